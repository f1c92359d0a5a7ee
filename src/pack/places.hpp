/// Places: states, territories, historical states, seas, basins, chokepoints; the sets they form; areas whose status is
/// not determined; their names and codes, and the codes of sums that are no places.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/date.hpp"
#include "model/evidence.hpp"
#include "pack/knowledge.hpp"
#include "pack/position.hpp"
#include "pack/sea_lanes.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// A code of a crosswalk system, within the days for which it means the place.
struct PlaceCode {
    std::string system;
    std::string code;
    Day first = first_possible_day;
    Day last = last_possible_day;
    Where where;
};

/// What a code means within days.
struct CodeUse {
    std::string place;
    Day first = first_possible_day;
    Day last = last_possible_day;
};

struct PlaceFacts {
    std::string id;
    std::string kind;  ///< state, territory, historical, sea, basin, chokepoint, disputed
    Title name;
    Day first = first_possible_day;
    Day last = last_possible_day;
    std::optional<Position> at;
    double radius_km = 0;
    std::vector<Position> polygon;  ///< a ring, not closed
    std::vector<std::string> riparians;
    std::vector<std::string> concerned;  ///< disputed areas: the parties
    std::vector<std::string> successors;
    std::vector<PlaceCode> codes;
    std::string note;
    Where where;
};

struct PlaceSet {
    std::string id;
    Title name;
    std::string kind;  ///< region, organisation, list
    std::vector<model::Membership> members;
    std::vector<model::Membership> suspended;  ///< members still
    Knowledge known;
    std::string note;
    Where where;
};

/// Two places that touch, within days.
struct PlacePair {
    std::string a, b;
    bool across_water = false;
    Day first = first_possible_day;
    Day last = last_possible_day;
    Where where;
};

/// A place within days, as the outlines that other places have today.
struct PlaceExtent {
    std::string place;
    std::vector<std::string> outlines;  ///< place ids
    Day first = first_possible_day;
    Day last = last_possible_day;
    Where where;
};

/// A code under which a publisher gives a sum over places (WLD, "World"), or a row of no place ("Stateless"): its rows
/// are set aside under the title, for a name without one that of the list it stands in. The names of sets are
/// aggregates too, but for one that a place bears ("Micronesia").
struct Aggregate {
    std::string system;
    std::string code;
    std::string title;
    Where where;
};

enum class Borders { Land, LandAndNarrowSea };

/// What some sources count under a place beside it: "Israel with the Palestinian territories".
struct FiledName {
    std::string place;
    std::vector<std::string> sources;  ///< ids of cards
    Title name;
    Where where;
};

/// All of packs/places.
class PlaceBook {
public:
    [[nodiscard]] const PlaceFacts* find_place(std::string_view id) const;
    [[nodiscard]] const PlaceSet* find_set(std::string_view id) const;
    /// Members of a set on a day, sorted; a place id stands for itself. Nothing for an unknown id.
    [[nodiscard]] std::optional<std::vector<std::string>> members(std::string_view set_or_place, Day day) const;
    /// The place that a code means on a day; "" where it means none.
    [[nodiscard]] std::string place_of(std::string_view system, std::string_view code, Day day) const;
    /// Every meaning of a code, however it is written (model::code_key), by days.
    [[nodiscard]] const std::vector<CodeUse>& uses_of(std::string_view system, std::string_view code) const;
    /// The aggregate that a code means; null where it means none.
    [[nodiscard]] const Aggregate* find_aggregate(std::string_view system, std::string_view code) const;
    /// The places beside a place on a day, sorted: those of which pairs, and both places, exist then. None for one
    /// without neighbours or unknown.
    [[nodiscard]] std::vector<std::string> neighbours(std::string_view place, Day day,
                                                      Borders borders = Borders::Land) const;
    /// The English name of a place or set; "a|b" as "A – B"; an id that is not known comes back as it is.
    [[nodiscard]] std::string title_of(std::string_view id) const;
    [[nodiscard]] const std::vector<PlaceFacts>& places() const { return places_; }
    [[nodiscard]] const std::vector<PlaceSet>& sets() const { return sets_; }
    /// How figures of any of the sources on the place are to be named; null = by its own name.
    [[nodiscard]] const Title* filed_as(std::string_view place, const std::vector<std::string>& sources) const;
    [[nodiscard]] const std::vector<FiledName>& filed() const { return filed_; }
    [[nodiscard]] const std::vector<PlacePair>& borders() const { return borders_; }
    [[nodiscard]] const std::vector<PlaceExtent>& extents() const { return extents_; }
    [[nodiscard]] const std::vector<Aggregate>& aggregates() const { return aggregates_; }
    [[nodiscard]] const SeaLanes& lanes() const { return lanes_; }
    /// Where a sea node or a place with a position lies; nothing for any other id.
    [[nodiscard]] std::optional<Position> position_of(std::string_view sea_node_or_place) const;

    void read(const Node& file, Diagnostics& faults);
    /// After all files: gives the names of `[[names]]` to their places; then unknown members, codes that mean two
    /// places on one day or a place and an aggregate, borders of unknown places or told twice.
    void check(Diagnostics& faults);

private:
    void read_place(const Node& node, Diagnostics& faults);
    void read_set(const Node& node, Diagnostics& faults);
    void read_disputed(const Node& node, Diagnostics& faults);
    void read_filed(const Node& node, Diagnostics& faults);
    void read_borders(const Node& node, Diagnostics& faults);
    void read_extent(const Node& node, Diagnostics& faults);

    /// Names that one `[[names]]` adds; the place may stand in a file that is read later.
    struct PlaceNames {
        std::string place;
        std::vector<PlaceCode> names;
        Where where;
    };
    using NamesOfFile = std::set<std::tuple<std::string, std::string, Day>>;  ///< place, name, first day
    void read_names(const Node& node, NamesOfFile& told, Diagnostics& faults);
    void read_aggregates(const Node& node, Diagnostics& faults);
    void give_names(Diagnostics& faults);
    void check_extents(Diagnostics& faults) const;
    void add_sets_as_aggregates();
    void check_aggregates(Diagnostics& faults) const;
    void check_sea_lanes(Diagnostics& faults) const;

    std::vector<PlaceFacts> places_;
    std::vector<PlaceSet> sets_;
    std::vector<PlacePair> borders_;
    std::vector<FiledName> filed_;
    std::vector<PlaceNames> names_;  ///< until `check` gives them to their places
    std::vector<Aggregate> aggregates_;
    std::vector<PlaceExtent> extents_;
    SeaLanes lanes_;
    void index_code(const std::string& place, const PlaceCode& code);

    std::map<std::string, std::vector<CodeUse>, std::less<>> code_index_;  ///< by system and key
    std::map<std::string, std::size_t, std::less<>> place_index_;
    std::map<std::string, std::size_t, std::less<>> set_index_;
};

/// The `members` of a set or mechanism: ids, or tables of place, first, last.
[[nodiscard]] std::vector<model::Membership> parse_memberships(TableReader& reader, std::string_view key,
                                                               const std::string& what);

}  // namespace icosa::pack
