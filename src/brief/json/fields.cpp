/// How each kind of value stands in dossier.json.
#include "brief/json/fields.hpp"

#include <cmath>

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

void JsonFields::text(std::string_view name, std::string_view of) { json.key(name).value(plain(of)); }

void JsonFields::optional_text(std::string_view name, std::string_view of) {
    if (!of.empty()) text(name, of);
}

void JsonFields::number(std::string_view name, double of) {
    // A count may be larger than what a shortest double writes without an exponent.
    if (std::isfinite(of) && of == std::floor(of) && std::abs(of) < 9e15)
        json.field(name, static_cast<std::int64_t>(of));
    else json.field(name, rounded(of));
}

void JsonFields::count(std::string_view name, std::int64_t of) {
    json.key(name);
    if (of < 0) json.null();
    else json.value(of);
}

void JsonFields::day(std::string_view name, Day of) {
    json.key(name);
    if (of == no_day) json.null();
    else json.value(iso(of));
}

void JsonFields::title(std::string_view name, const pack::Title& of) {
    json.key(name).begin_object();
    text("en", of.en);
    text("zh", of.zh);
    json.end_object();
}

void JsonFields::texts(std::string_view name, const std::vector<std::string>& of) {
    json.key(name).begin_array();
    for (const std::string& each : of) json.value(plain(each));
    json.end_array();
}

}  // namespace icosa::brief
