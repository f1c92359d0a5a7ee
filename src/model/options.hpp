/// What could answer a warning, as plain structs: respond finds it, brief tells it. A person decides.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"

namespace icosa::model {

enum class OptionKind : std::uint8_t { Instrument, Mandate, Convenor, Capacity };
inline constexpr std::string_view option_kind_names[] = {"instrument", "mandate", "convenor", "capacity"};

/// Of a principle: passed, or marked with who or what is in the way.
struct PrincipleVerdict {
    std::string principle;
    bool passed = false;
    std::vector<std::string> who;    ///< ids of places
    bool armed_groups = false;       ///< among `who`
    std::string basis;
    std::vector<std::string> kinds;  ///< sections of the other kinds of threat
};

/// Past situations like this one and what followed, with and without the option: counts of episodes. "Was followed
/// by", never "worked".
struct Precedent {
    int with = 0, with_fell = 0;
    int without = 0, without_fell = 0;
    int first_year = 0, last_year = 0;
    bool is_newest_known = false;  ///< are the place's own newest months in the figures?
};

struct Option {
    OptionKind kind = OptionKind::Instrument;
    std::vector<std::string> ids =
        {};  ///< of the catalogue: an instrument, a mission, the bodies that convene together
    std::vector<std::string> in = {};   ///< states concerned that take part, are hosts or have a seat
    std::vector<std::string> out = {};  ///< states concerned that would have to join, or have none
    Day known_through = no_day;    ///< of who takes part
    Precedent precedent = {};
    std::vector<PrincipleVerdict> verdicts = {};  ///< in order of the tests
};

/// Why a signal has no option.
enum class NoOption : std::uint8_t {
    None,        ///< it has
    NoMatter,    ///< no pack says what could answer such a measure
    NoPlace,     ///< it is about no state
    NoViolence,  ///< violence was neither observed nor forecast there
};

/// Unranked.
struct Response {
    std::string signal;
    std::string matter;               ///< of packs/options.toml
    std::vector<std::string> states;  ///< concerned: the place, states whose troops take part
    bool armed_groups = false;        ///< parties without a seat
    std::vector<Option> options;      ///< at most seven
    NoOption why_none = NoOption::None;
};

}  // namespace icosa::model
