/// A designee: a person, body or vessel as one entry of a list describes it. Held in memory and in a user's own store;
/// nothing of it is ever shipped, and exports carry the reference number alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.hpp"

namespace icosa::model {

enum class DesigneeKind : std::uint8_t { Individual, Entity, Vessel, Aircraft, Unknown };

/// How much a list itself vouches for a name.
enum class NameQuality : std::uint8_t {
    Primary,  ///< the name that the entry stands under
    Good,     ///< an alias that identifies
    Weak,     ///< an alias too common, or too vague, to identify ("low quality", "weak aka"), or a nickname
    Former,   ///< formerly known as
    Original  ///< the name in the script of the person's own language
};

struct ListedName {
    std::string text;  ///< whole, parts in the list's order, as UTF-8
    NameQuality quality = NameQuality::Primary;
    std::vector<std::string> parts = {};  ///< as the list divides it (family name, given names); empty = it does not
};

/// A date of birth as wide as the list gives it: a day, a year, years from to.
struct BirthDate {
    Day first = no_day;
    Day last = no_day;
    bool is_approximate = false;
};

struct ListedDocument {
    std::string type;    ///< "Passport", "National Identification Number", "IMO", ..., in the list's words
    std::string number;
    std::string issuer;  ///< country, in the list's words; "" = not given
};

struct Designee {
    std::string list;       ///< source card id: "un-list", "ofac-sdn", "uk-list"
    std::string regime;     ///< as the card's lookup names it: "taliban"; a programme's own code
    std::string reference;  ///< the list's own reference number, trimmed
    DesigneeKind kind = DesigneeKind::Unknown;
    std::vector<ListedName> names;
    std::vector<BirthDate> births;
    std::vector<std::string> birth_places;
    std::vector<std::string> nationalities;  ///< in the list's words; never raises a score
    std::vector<ListedDocument> documents;
    std::vector<std::string> titles;
    std::string comment;
    Day listed = no_day;
    Day updated = no_day;
    std::string file = {};
    std::int32_t line = 0;
};

}  // namespace icosa::model
