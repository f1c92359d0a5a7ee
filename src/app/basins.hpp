/// Transboundary basins: what happened between states about their waters, which agreements cover them, what is lacking.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/instrument_facts.hpp"
#include "app/packs.hpp"
#include "base/result.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// The scale of water events: -7 to 7.  src [wolf2003]
inline constexpr int bar_least = -7, bar_most = 7;
/// A class of the scale in our own words; "" outside it.
[[nodiscard]] std::string_view bar_words(int level);

/// What an agreement's text says of a provision, as the source codes it.
enum class Provided : std::uint8_t { NotKnown, No, Yes };

enum class Provision : std::uint8_t { Organisation, PriorNotice, Settlement, Monitoring };
inline constexpr std::array<std::string_view, 4> provision_names = {"organisation", "prior notice", "settlement",
                                                                    "monitoring"};

struct BasinAgreement {
    std::string id, title;  ///< of the source
    Day signed_on = no_day;
    std::set<std::string> signatories;  ///< place ids
    std::array<Provided, provision_names.size()> provides{};
    [[nodiscard]] bool provides_any(std::initializer_list<Provision> of) const;
};

struct BasinEvent {
    std::string id;  ///< of the source; "" = a row without one
    Day day = no_day;
    std::optional<int> level;  ///< of the scale; nothing: the source gives none
    bool levels_differ = false;  ///< among its pairs: then the commonest, of those as common the lowest
    std::vector<std::pair<std::string, std::string>> pairs;  ///< place ids; "" = no state
    /// Had all its pairs of two states signed one agreement of the basin by then, themselves or by a predecessor?
    /// Nothing: it has no such pair.
    std::optional<bool> is_covered;
};

/// Who of the riparians is party to a global convention.
struct BasinConvention {
    const pack::Instrument* instrument = nullptr;
    Split split;
    Day as_at = no_day;
    bool is_complete = false;  ///< is it known who is not in?
};

struct BasinFacts {
    const pack::PlaceFacts* place = nullptr;
    std::vector<std::string> riparians;
    std::vector<BasinEvent> events;  ///< by day
    std::int64_t pair_rows = 0;  ///< rows of the file behind them
    std::vector<BasinAgreement> agreements;  ///< by day, the oldest first
    std::vector<std::string> outside;  ///< riparians that signed none, nor a predecessor of theirs
    std::vector<std::string> by_predecessor;  ///< riparians of whom only a predecessor signed
    std::vector<BasinConvention> conventions;

    [[nodiscard]] std::int64_t count(int from, int to) const;  ///< events of levels from..to
    [[nodiscard]] std::int64_t conflictive() const { return count(bar_least, -1); }
    [[nodiscard]] std::int64_t cooperative() const { return count(1, bar_most); }
    [[nodiscard]] std::int64_t conflictive_not_covered() const;
    /// Yes where any agreement does; No where the source says of all that they do not.
    [[nodiscard]] Provided provided(Provision what) const;
    /// In words: "no agreement", "no organisation", "monitoring not known", "2 riparians outside all".
    [[nodiscard]] std::vector<std::string> gaps() const;
};

struct BasinsKnown {
    Day events_first = no_day, events_last = no_day;  ///< no_day: the store has none
    Day agreements_last = no_day;
    std::int64_t without_number = 0;  ///< rows that do not say of which event they are: each counts as one
    std::vector<BasinFacts> basins;  ///< by conflictive events not covered, the most first
};

/// Of all basins of packs/places, or those named. Events from `since` to `until`; agreements signed by `until`.
///
/// err   Data no-water: the store has neither events nor agreements
[[nodiscard]] Result<BasinsKnown> basin_facts(store::Store& store, const Packs& packs, Day as_of, Day since, Day until,
                                              const std::vector<std::string>& basins);

/// The id of a basin by its id, name or code. err   Usage: unknown-basin, with the nearest
[[nodiscard]] Result<std::string> basin_named(const pack::PlaceBook& places, const std::string& word);

}  // namespace icosa::app
