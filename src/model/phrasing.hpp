/// Phrasing: what a signal says as a pattern's key and its slots, for packs/phrases.toml.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/text.hpp"
#include "model/findings.hpp"

namespace icosa::model {

/// Slots in the order in which they are told.
class Phrasing {
public:
    explicit Phrasing(std::string key) { phrase_.key = std::move(key); }

    Phrasing& number(std::string name, double value) {
        return add({.name = std::move(name), .kind = Kind::Number, .number = value, .text = {}});
    }
    Phrasing& share(std::string name, double value) {
        return add({.name = std::move(name), .kind = Kind::Share, .number = value, .text = {}});
    }
    Phrasing& day(std::string name, Day value) {
        return add({.name = std::move(name), .kind = Kind::Day, .day = value, .text = {}});
    }
    /// Ids of a place, set, instrument, mechanism or mandate.
    Phrasing& named(std::string name, std::string id) {
        return add({.name = std::move(name), .kind = Kind::Place, .text = std::move(id)});
    }
    Phrasing& places(std::string name, const std::vector<std::string>& ids) {
        return named(std::move(name), join(ids, ","));
    }
    Phrasing& period(std::string name, std::string label) {
        return add({.name = std::move(name), .kind = Kind::Period, .text = std::move(label)});
    }
    Phrasing& text(std::string name, std::string value) {
        return add({.name = std::move(name), .kind = Kind::Text, .text = std::move(value)});
    }

    [[nodiscard]] Phrase phrase() const { return phrase_; }

private:
    using Kind = Slot::Kind;
    Phrasing& add(Slot slot) {
        phrase_.slots.push_back(std::move(slot));
        return *this;
    }
    Phrase phrase_;
};

}  // namespace icosa::model
