/// Named fields of dossier.json: texts made plain, numbers rounded, absent days and counts null.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "brief/dossier.hpp"

namespace icosa::brief {

/// Writes a name with a value into the object that stands open in `json`.
struct JsonFields {
    JsonWriter json{2};

    void text(std::string_view name, std::string_view of);
    /// Nothing at all where the text is empty.
    void optional_text(std::string_view name, std::string_view of);
    /// Whole numbers exactly, others as `rounded`.
    void number(std::string_view name, double of);
    /// Below 0 = not known.
    void count(std::string_view name, std::int64_t of);
    void day(std::string_view name, Day of);
    void title(std::string_view name, const pack::Title& of);
    void texts(std::string_view name, const std::vector<std::string>& of);
    /// An array of objects; `write` gives the fields of each.
    template <class T, class Write> void list(std::string_view name, const std::vector<T>& of, Write write) {
        json.key(name).begin_array();
        for (const T& each : of) {
            json.begin_object();
            write(each);
            json.end_object();
        }
        json.end_array();
    }
};

}  // namespace icosa::brief
