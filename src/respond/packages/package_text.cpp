/// The report in words and as JSON. With rival sets of preferences only what holds under all of them is told.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "respond/packages/package_report.hpp"

namespace icosa::respond {
namespace {

using methods::AgreementAnswers;
using methods::PickedPackage;
using methods::PointVector;

constexpr std::size_t most_listed = 20;
constexpr std::size_t most_in_json = 10'000;
constexpr std::size_t most_ranges = 5;

/// A table with a left column of names, columns of points, and a last column of words.
class PointTable {
public:
    explicit PointTable(const PackageModel& model) {
        for (const auto& party : model.parties) heads_.push_back(party.title);
    }
    void add(std::string name, const PointVector& worth, std::string words) {
        std::vector<std::string> cells;
        for (std::size_t p = 0; p < heads_.size(); ++p) cells.push_back(points_text(worth[p]));
        rows_.push_back({std::move(name), std::move(cells), std::move(words)});
    }
    void add(std::string name, std::string words) { rows_.push_back({std::move(name), {}, std::move(words)}); }

    [[nodiscard]] std::string text() const {
        std::size_t left = 0;
        for (const auto& row : rows_) left = std::max(left, row.name.size());
        std::string out = fmt::format("  {:{}}", "points", left);
        for (const auto& head : heads_) out += fmt::format("  {:>6}", head);
        out += "\n";
        for (const auto& row : rows_) {
            out += fmt::format("  {:{}}", row.name, left);
            for (std::size_t p = 0; p < row.cells.size(); ++p)
                out += fmt::format("  {:>{}}", row.cells[p], std::max<std::size_t>(6, heads_[p].size()));
            out += "  " + row.words + "\n";
        }
        return out;
    }

private:
    struct Row {
        std::string name;
        std::vector<std::string> cells;
        std::string words;
    };
    std::vector<std::string> heads_;
    std::vector<Row> rows_;
};

struct RuleOf {
    std::string_view name;
    const std::optional<PickedPackage>& (*pick)(const AgreementAnswers&);
    std::string_view meaning;
};

constexpr RuleOf rules_told[] = {
    {"nash", [](const AgreementAnswers& all) -> const auto& { return all.nash; },
     "the greatest product of gains over today"},
    {"kalai-smorodinsky", [](const AgreementAnswers& all) -> const auto& { return all.kalai_smorodinsky; },
     "gains as even as can be, each as a share of the most that party could gain"},
    {"egalitarian", [](const AgreementAnswers& all) -> const auto& { return all.egalitarian; },
     "the gain of whoever gains least as great as can be, then the next"},
};

std::string plural(std::int64_t n, const std::string& one) { return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s"); }

std::string who_says(const PackageModel& model, const std::string& set) {
    std::string out;
    for (std::size_t p = 0; p < model.parties.size(); ++p) {
        const Preference& own = model.preference(static_cast<int>(p), set);
        out += fmt::format("  {}: {} as stated by {}, {}: {}\n", model.parties[p].title,
                           own.has_points ? "points" : "an order", own.author, own.date, own.source);
    }
    return out;
}

enum class Beside { Points, Nothing };

std::string listed(const PackageModel& model, const SetReport& set, const std::vector<std::int64_t>& packages,
                   Beside beside) {
    std::string out;
    PointTable table(model);
    for (std::size_t n = 0; n < std::min(packages.size(), most_listed); ++n) {
        std::string words = model.changes(set.space.values_of(packages[n]));
        if (beside == Beside::Points) table.add("", set.space.worth_of(packages[n]), std::move(words));
        else out += fmt::format("  {}\n", words);
    }
    if (beside == Beside::Points) out = table.text();
    if (packages.size() > most_listed)
        out += fmt::format("  and {} more (--json has {})\n", packages.size() - most_listed,
                           packages.size() > most_in_json ? fmt::format("the first {}", most_in_json) : "them all");
    return out;
}

std::string answers_text(const PackageModel& model, const SetReport& set) {
    PointTable table(model);
    table.add("today", set.answers.today, "as things stand");
    for (const RuleOf& rule : rules_told) {
        const auto& pick = rule.pick(set.answers);
        if (!pick) {
            table.add(std::string(rule.name), "none: in every package somebody is below today");
            continue;
        }
        std::string words = model.changes(set.space.values_of(pick->package));
        if (pick->ties > 1) words += fmt::format("  (and {} ranked the same)", pick->ties - 1);
        table.add(std::string(rule.name), pick->worth, std::move(words));
    }
    std::string out = table.text();
    for (const RuleOf& rule : rules_told) out += fmt::format("  {}: {}\n", rule.name, rule.meaning);
    return out;
}

std::string adjusted_text(const PackageModel& model, const SetReport& set) {
    if (!set.adjusted) return {};
    const auto& found = *set.adjusted;
    std::vector<std::string> won[2];
    for (std::size_t i = 0; i < model.issues.size(); ++i) {
        if (static_cast<int>(i) != found.divided) won[found.first_share[i] > 0 ? 0 : 1].push_back(model.issues[i].id);
    }
    std::string out = fmt::format("\nAdjusted winner, if an issue could be divided: each gets {} of 100 points.\n",
                                  number_text(found.first_points, 2));
    for (std::size_t p = 0; p < 2; ++p)
        out += fmt::format("  {} has its way on {}\n", model.parties[p].title,
                           won[p].empty() ? "no whole issue" : join(won[p], ", "));
    if (found.divided >= 0) {
        const double share = found.first_share[static_cast<std::size_t>(found.divided)];
        out += fmt::format("  '{}' is divided: {} to {}, {} to {}\n",
                           model.issues[static_cast<std::size_t>(found.divided)].id, number_text(share, 4),
                           model.parties[0].title, number_text(1 - share, 4), model.parties[1].title);
    }
    return out;
}

std::string costs_text(const PackageModel& model, const SetReport& set) {
    if (set.costs.empty()) return {};
    std::string out = "\nWhat each demand costs: without it\n";
    for (const auto& [what, answers] : set.costs) {
        if (answers.packages == set.answers.packages) {
            out += fmt::format("  {}: nothing, the same packages\n", what);
            continue;
        }
        out += fmt::format("  {}: {} instead of {}", what, plural(answers.packages, "package"), set.answers.packages);
        if (set.has_points) {
            for (std::size_t p = 0; p < model.parties.size(); ++p) {
                if (answers.most_at_all[p] != set.answers.most_at_all[p])
                    out += fmt::format("; {} could reach {} points, not {}", model.parties[p].title,
                                       points_text(answers.most_at_all[p]), points_text(set.answers.most_at_all[p]));
            }
            for (const RuleOf& rule : rules_told) {
                const auto& now = rule.pick(set.answers);
                const auto& then = rule.pick(answers);
                if (then && (!now || now->worth != then->worth))
                    out += fmt::format("; {} would name: {}", rule.name,
                                       model.changes(set.space.values_of(then->package)));
            }
        }
        out += "\n";
    }
    return out;
}

/// The points of an issue: those of its best value.
double issue_points(const SetReport& set, const methods::FactorRange& range) {
    methods::PartyPoints best = 0;
    for (const auto& value : set.space.points[static_cast<std::size_t>(range.issue)])
        best = std::max(best, value[static_cast<std::size_t>(range.party)]);
    return static_cast<double>(best) / methods::points_unit;
}

std::string range_text(const PackageModel& model, const SetReport& set, const methods::FactorRange& range) {
    const double points = issue_points(set, range);
    const std::string above = range.to >= 2 ? "twice that or more" : number_text(points * range.to, 2);
    return fmt::format("{}, '{}': stated {}, may be {} to {}",
                       model.parties[static_cast<std::size_t>(range.party)].title,
                       model.issues[static_cast<std::size_t>(range.issue)].id, number_text(points, 2),
                       number_text(points * range.from, 2), above);
}

std::string upsets_text(const PackageModel& model, std::string_view rule, const std::vector<methods::Upset>& upsets) {
    if (upsets.empty()) return fmt::format("  {}: the same under every change tried\n", rule);
    const auto nearest_one =
        std::ranges::min_element(upsets, {}, [](const auto& upset) { return std::abs(upset.factor - 1); });
    return fmt::format(
        "  {}: {} of the changes tried name another package, the least of them {:+.0f} % for {} on "
        "'{}'\n",
        rule, upsets.size(), (nearest_one->factor - 1) * 100,
        model.parties[static_cast<std::size_t>(nearest_one->party)].title,
        model.issues[static_cast<std::size_t>(nearest_one->issue)].id);
}

std::string sensitivity_text(const PackageModel& model, const SetReport& set) {
    std::string out = "\nHow far may points be wrong before another package is named?\n";
    if (!set.nash_ranges.empty()) {
        out += "  nash, a party's points on one issue, the others as stated (the narrowest first):\n";
        for (std::size_t n = 0; n < std::min(set.nash_ranges.size(), most_ranges); ++n)
            out += "    " + range_text(model, set, set.nash_ranges[n]) + "\n";
    }
    if (set.tried.empty()) return out + "  the other rules were not tried: there are too many packages\n";
    out += upsets_text(model, "kalai-smorodinsky", set.upsets.kalai_smorodinsky);
    out += upsets_text(model, "egalitarian", set.upsets.egalitarian);
    return out + "  (tried: 1, 2, 5, 10, 20, 50 % more and less on one issue of one party; between them nothing is "
                 "said)\n";
}

std::string one_set_text(const PackageModel& model, const SetReport& set) {
    std::string out = "\nUnder these assumed preferences:\n" + who_says(model, set.name) + "\n";
    out += fmt::format(
        "{} all demands; no other one beats {} of them.\n",
        set.answers.packages == 1 ? "1 package keeps" : fmt::format("{} packages keep", set.answers.packages),
        set.undominated.size());
    if (set.has_points) {
        out += "\n" + answers_text(model, set) + adjusted_text(model, set);
    } else {
        out += fmt::format(
            "{} gave an order and no points, so no rule that adds or multiplies points is applied: "
            "what is told is only which packages no other one surely beats.\n",
            join(set.without_points, ", "));
    }
    out += "\nBeaten by no other package (changes from today):\n"
        + listed(model, set, set.undominated, set.has_points ? Beside::Points : Beside::Nothing);
    out += costs_text(model, set);
    if (set.has_points) out += sensitivity_text(model, set);
    out +=
        "\nThere is one set of preferences. A rival one ([[preference]] with set = \"...\") would show what holds "
        "under both.\n";
    return out;
}

std::string rival_sets_text(const PackageModel& model, const PackageReport& report) {
    std::string out = "\nOnly what holds under all of these assumed preferences is told.\n";
    for (const auto& set : report.sets) {
        out += fmt::format("\nSet '{}': {} all demands, no other one beats {} of them\n", set.name,
                           set.answers.packages == 1 ? "1 package keeps"
                                                     : fmt::format("{} packages keep", set.answers.packages),
                           set.undominated.size())
            + who_says(model, set.name);
    }
    const SetReport& first = report.sets.front();
    const bool has_points = std::ranges::all_of(report.sets, &SetReport::has_points);
    if (has_points) {
        out += "\n";
        const std::optional<std::int64_t>* same[] = {&report.nash_in_all, &report.kalai_in_all,
                                                     &report.egalitarian_in_all};
        for (std::size_t r = 0; r < 3; ++r)
            out += fmt::format("  {}: {}\n", rules_told[r].name,
                               *same[r] ? model.changes(first.space.values_of(**same[r]))
                                        : "not the same package under all of them, so none is told");
    } else {
        out += "\nSome party gave an order and no points, so no rule that adds or multiplies points is applied.\n";
    }
    out += fmt::format("\nBeaten by no other package under any of them: {}\n",
                       plural(static_cast<std::int64_t>(report.undominated_in_all.size()), "package"))
        + listed(model, first, report.undominated_in_all, Beside::Nothing);
    return out;
}

// ---- JSON ----

void put_package(JsonWriter& json, const PackageModel& model, const std::vector<int>& values) {
    json.begin_object();
    for (std::size_t i = 0; i < model.issues.size(); ++i)
        json.field(model.issues[i].id, model.issues[i].values[static_cast<std::size_t>(values[i])]);
    json.end_object();
}

void put_points(JsonWriter& json, const PackageModel& model, const PointVector& worth) {
    json.begin_object();
    for (std::size_t p = 0; p < model.parties.size(); ++p)
        json.field(model.parties[p].id, static_cast<double>(worth[p]) / methods::points_unit);
    json.end_object();
}

void put_pick(JsonWriter& json, const PackageModel& model, const SetReport& set,
              const std::optional<PickedPackage>& pick) {
    if (!pick) {
        json.null();
        return;
    }
    json.begin_object().key("package");
    put_package(json, model, set.space.values_of(pick->package));
    json.key("points");
    put_points(json, model, pick->worth);
    json.field("ranked_the_same", pick->ties - 1).end_object();
}

void put_answers(JsonWriter& json, const PackageModel& model, const SetReport& set, const AgreementAnswers& answers) {
    json.field("keep_all_demands", answers.packages);
    if (!set.has_points) return;
    json.field("nobody_below_today", answers.for_all);
    for (const RuleOf& rule : rules_told) {
        json.key(rule.name == "kalai-smorodinsky" ? "kalai_smorodinsky" : rule.name);
        put_pick(json, model, set, rule.pick(answers));
    }
    json.key("greatest_sum");
    put_pick(json, model, set, answers.greatest_sum);
    json.key("most_points");
    put_points(json, model, answers.most_at_all);
}

void put_undominated(JsonWriter& json, const PackageModel& model, const SetReport& set,
                     const std::vector<std::int64_t>& packages, bool with_points) {
    json.field("undominated", packages.size()).key("undominated_packages").begin_array();
    for (std::size_t n = 0; n < std::min(packages.size(), most_in_json); ++n) {
        json.begin_object().key("package");
        put_package(json, model, set.space.values_of(packages[n]));
        if (with_points) {
            json.key("points");
            put_points(json, model, set.space.worth_of(packages[n]));
        }
        json.end_object();
    }
    json.end_array();
}

void put_upsets(JsonWriter& json, const PackageModel& model, std::string_view key,
                const std::vector<methods::Upset>& upsets) {
    json.key(key).begin_array();
    for (const auto& upset : upsets)
        json.begin_object()
            .field("party", model.parties[static_cast<std::size_t>(upset.party)].id)
            .field("issue", model.issues[static_cast<std::size_t>(upset.issue)].id)
            .field("factor", upset.factor)
            .end_object();
    json.end_array();
}

void put_sensitivity(JsonWriter& json, const PackageModel& model, const SetReport& set) {
    json.key("nash_ranges").begin_array();
    for (const auto& range : set.nash_ranges) {
        const double points = issue_points(set, range);
        json.begin_object()
            .field("party", model.parties[static_cast<std::size_t>(range.party)].id)
            .field("issue", model.issues[static_cast<std::size_t>(range.issue)].id)
            .field("points", points)
            .field("from", points * range.from);
        json.key("to");
        (range.to >= 2 ? json.null() : json.value(points * range.to)).end_object();
    }
    json.end_array().key("factors_tried").begin_array();
    for (const double factor : set.tried) json.value(factor);
    json.end_array();
    put_upsets(json, model, "kalai_smorodinsky_upsets", set.upsets.kalai_smorodinsky);
    put_upsets(json, model, "egalitarian_upsets", set.upsets.egalitarian);
}

void put_adjusted(JsonWriter& json, const PackageModel& model, const SetReport& set) {
    json.key("adjusted_winner");
    if (!set.adjusted) {
        json.null();
        return;
    }
    json.begin_object().field("points", set.adjusted->first_points).key("shares").begin_object();
    for (std::size_t i = 0; i < model.issues.size(); ++i) json.field(model.issues[i].id, set.adjusted->first_share[i]);
    json.end_object().field("of", model.parties[0].id).key("divided");
    if (set.adjusted->divided < 0) json.null();
    else json.value(model.issues[static_cast<std::size_t>(set.adjusted->divided)].id);
    json.end_object();
}

void put_set(JsonWriter& json, const PackageModel& model, const SetReport& set, bool alone) {
    json.begin_object().field("set", set.name).field("has_points", set.has_points).key("preferences").begin_array();
    for (std::size_t p = 0; p < model.parties.size(); ++p) {
        const Preference& own = model.preference(static_cast<int>(p), set.name);
        json.begin_object()
            .field("party", model.parties[p].id)
            .field("kind", own.has_points ? "points" : "order")
            .field("author", own.author)
            .field("date", own.date)
            .field("source", own.source)
            .end_object();
    }
    json.end_array();
    if (!alone) {
        json.field("keep_all_demands", set.answers.packages).field("undominated", set.undominated.size()).end_object();
        return;
    }
    json.key("today");
    put_points(json, model, set.answers.today);
    put_answers(json, model, set, set.answers);
    put_undominated(json, model, set, set.undominated, set.has_points);
    put_adjusted(json, model, set);
    json.key("costs").begin_array();
    for (const auto& [what, answers] : set.costs) {
        json.begin_object().field("without", what);
        put_answers(json, model, set, answers);
        json.end_object();
    }
    json.end_array();
    if (set.has_points) put_sensitivity(json, model, set);
    json.end_object();
}

}  // namespace

std::string packages_text(const PackageModel& model, const PackageReport& report) {
    std::string out = model.title + "\n";
    if (!model.note.empty()) out += model.note + "\n";
    out += fmt::format("{} of {} and {}.\n", plural(model.packages(), "package"),
                       plural(static_cast<std::int64_t>(model.issues.size()), "issue"),
                       model.parties.size() == 1 ? "1 party" : fmt::format("{} parties", model.parties.size()));
    return out + (report.sets.size() == 1 ? one_set_text(model, report.sets.front()) : rival_sets_text(model, report));
}

std::string packages_json(const PackageModel& model, const PackageReport& report) {
    JsonWriter json;
    const bool alone = report.sets.size() == 1;
    json.begin_object()
        .field("title", model.title)
        .field("caveat", "under these assumed preferences")
        .field("packages", model.packages())
        .key("sets")
        .begin_array();
    for (const auto& set : report.sets) put_set(json, model, set, alone);
    json.end_array();
    if (!alone) {
        const SetReport& first = report.sets.front();
        json.key("holds_under_all_sets").begin_object();
        const std::pair<std::string_view, const std::optional<std::int64_t>&> same[] = {
            {"nash", report.nash_in_all},
            {"kalai_smorodinsky", report.kalai_in_all},
            {"egalitarian", report.egalitarian_in_all}};
        for (const auto& [name, package] : same) {
            json.key(name);
            if (package) put_package(json, model, first.space.values_of(*package));
            else json.null();
        }
        put_undominated(json, model, first, report.undominated_in_all, false);
        json.end_object();
    }
    return json.end_object().text();
}

}  // namespace icosa::respond
