/// [coverage] and [assert] of a card: what its silence means, and which files of it are to be believed.
#include "pack/source_card/draft.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

void read_days(CardDraft& draft, const Node& days, TableReader& reader) {
    CoverageRule& rule = draft.card.coverage;
    const auto day = [&](std::size_t i) {
        return days.items[i].kind == Node::Kind::Text ? parse_iso_day(days.items[i].text) : std::nullopt;
    };
    if (days.kind == Node::Kind::Array && days.items.size() == 2 && day(0) && day(1)) {
        rule.days_from_file = false;
        rule.first_day = *day(0);
        rule.last_day = *day(1);
        if (rule.last_day < rule.first_day)
            reader.fault(days.where, "bad-days", fmt::format("'days' of {} end before they begin", draft.name),
                         "the first day comes first");
    } else if (days.kind != Node::Kind::Text || days.text != "file") {
        reader.fault(days.where, "bad-days", fmt::format("'days' of {} are neither \"file\" nor two days", draft.name),
                     "write days = \"file\" or [\"1989-01-01\", \"2020-12-31\"]");
    }
}

}  // namespace

void read_coverage(CardDraft& draft, const Node& node) {
    TableReader reader(node, draft.faults, fmt::format("[coverage] of {}", draft.name));
    CoverageRule& rule = draft.card.coverage;
    rule.complete = reader.flag_or("complete", false);
    if (const Node* places = reader.node("places")) {
        if (places->kind == Node::Kind::Table) {
            TableReader of(*places, draft.faults, fmt::format("'places' of {}", draft.name));
            rule.places_column = of.text("column");
            of.finish();
            draft.check_column(rule.places_column, places->where, "'places'");
        } else {
            rule.places = reader.texts("places");
            if (rule.places == std::vector<std::string>{"world"}) rule.places.clear();
        }
    }
    if (const Node* days = reader.node("days")) read_days(draft, *days, reader);
    const auto whole = reader.choice<std::string>("whole", "", {{"year", "year"}, {"month", "month"}});
    rule.whole_years = whole == "year";
    rule.whole_months = whole == "month";
    rule.leaves_running_out = reader.choice<bool>("running", false, {{"counted", false}, {"left out", true}});
    rule.complete_from_rows = reader.integer_or("complete_from_rows", 0);
    reader.finish();
}

constexpr double most_rows = 1e15;  ///< a bound above this is none

void read_assert(CardDraft& draft, const Node& node) {
    TableReader reader(node, draft.faults, fmt::format("[assert] of {}", draft.name));
    if (const auto rows = reader.numbers("rows"); rows.size() == 2) {
        draft.card.assert_rows_min = static_cast<std::int64_t>(std::clamp(rows[0], 0.0, most_rows));
        draft.card.assert_rows_max = static_cast<std::int64_t>(std::clamp(rows[1], 0.0, most_rows));
        if (rows[1] > 0 && rows[1] < rows[0])
            reader.fault(reader.node("rows")->where, "out-of-range",
                         fmt::format("'rows' of {} has a maximum below its minimum", draft.name),
                         "write [minimum, maximum]; maximum 0 = none");
    } else if (reader.has("rows")) {
        reader.fault(reader.node("rows")->where, "wrong-type",
                     fmt::format("'rows' of {} is not two numbers", draft.name),
                     "write [minimum, maximum]; maximum 0 = none");
    }
    const auto share = [&](const char* key, double usual) {
        const double out = reader.number_or(key, usual);
        if (out < 0 || out > 1)
            reader.fault(reader.node(key)->where, "out-of-range",
                         fmt::format("'{}' of {} is outside 0 to 1", key, draft.name), "write a share, such as 0.03");
        return out;
    };
    draft.card.assert_rejects_share = share("rejects_share", 0.03);
    draft.card.assert_lost_share = share("lost_share", 0.5);
    reader.finish();
}

}  // namespace icosa::pack
