/// The report in words and as JSON.
#include <algorithm>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "respond/allocations/allocation_report.hpp"

namespace icosa::respond {
namespace {

using methods::Places;

/// A plain table: the first column to the left, the others to the right.
class PlainTable {
public:
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    [[nodiscard]] std::string text() const {
        std::vector<std::size_t> widths;
        for (const auto& row : rows_) {
            widths.resize(std::max(widths.size(), row.size()), 0);
            for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
        }
        std::string out;
        for (const auto& row : rows_) {
            std::string line = "  ";
            for (std::size_t i = 0; i < row.size(); ++i)
                line += i == 0 ? fmt::format("{:{}}", row[i], widths[i]) : fmt::format("  {:>{}}", row[i], widths[i]);
            while (line.ends_with(' ')) line.pop_back();
            out += line + "\n";
        }
        return out;
    }

private:
    std::vector<std::vector<std::string>> rows_;
};

std::string signed_text(Places number) { return number > 0 ? fmt::format("+{}", number) : fmt::format("{}", number); }

double share_of(const AllocationModel& model, const RuleAwards& rule, std::size_t claimant) {
    const Places need = model.problem.claimants[claimant].need();
    return need > 0 ? static_cast<double>(rule.awards[claimant]) / static_cast<double>(need) : 1.0;
}

std::string limits_word(const methods::Claimant& one) {
    const std::string floor = one.floor > 0 ? fmt::format("{}", one.floor) : "";
    const std::string cap = one.cap < methods::no_limit ? fmt::format("{}", one.cap) : "";
    return floor.empty() && cap.empty() ? "" : floor + ".." + cap;
}

std::string awards_table(const AllocationModel& model, const AllocationReport& report) {
    PlainTable table;
    std::vector<std::string> head = {"", "need", "floor..cap"};
    for (const auto& rule : report.rules) head.push_back(rule.name);
    table.add(head);
    for (std::size_t i = 0; i < model.claimants.size(); ++i) {
        const auto& one = model.problem.claimants[i];
        std::vector<std::string> row = {model.claimants[i].title, fmt::format("{}", one.need()), limits_word(one)};
        for (const auto& rule : report.rules) row.push_back(fmt::format("{}", rule.awards[i]));
        table.add(row);
    }
    std::vector<std::string> sums = {"in all", "", ""};
    Places needs = 0;
    for (const auto& one : model.problem.claimants) needs += one.need();
    sums[1] = fmt::format("{}", needs);
    for (const auto& rule : report.rules) sums.push_back(fmt::format("{}", rule.placed));
    table.add(sums);
    if (model.has_groups) {
        for (std::size_t g = 0; g < model.groups.size(); ++g) {
            std::vector<std::string> row = {"of which " + model.groups[g].title, "", ""};
            Places need = 0;
            for (const auto& one : model.problem.claimants) need += one.group == static_cast<int>(g) ? one.need() : 0;
            row[1] = fmt::format("{}", need);
            for (const auto& rule : report.rules) {
                Places sum = 0;
                for (std::size_t i = 0; i < rule.awards.size(); ++i)
                    sum += model.problem.claimants[i].group == static_cast<int>(g) ? rule.awards[i] : 0;
                row.push_back(fmt::format("{}", sum));
            }
            table.add(row);
        }
    }
    return table.text();
}

std::string rules_words(const AllocationModel& model, const AllocationReport& report) {
    std::string out;
    for (const auto& rule : report.rules)
        out += fmt::format("  {}: {}. Least served: {}, {} % of its need\n", rule.name, rule.meaning,
                           model.claimants[rule.least_served].title,
                           number_text(100 * share_of(model, rule, rule.least_served), 1));
    return out;
}

std::string gains_table(const AllocationModel& model, const AllocationReport& report) {
    const auto& base = report.rules.front();
    PlainTable table;
    std::vector<std::string> head = {""};
    for (std::size_t r = 1; r < report.rules.size(); ++r) head.push_back(report.rules[r].name);
    table.add(head);
    bool any = false;
    for (std::size_t i = 0; i < model.claimants.size(); ++i) {
        std::vector<std::string> row = {model.claimants[i].title};
        bool differs = false;
        for (std::size_t r = 1; r < report.rules.size(); ++r) {
            const Places by = report.rules[r].awards[i] - base.awards[i];
            differs = differs || by != 0;
            row.push_back(signed_text(by));
        }
        if (differs) table.add(row);
        any = any || differs;
    }
    if (!any) return "  nobody: all rules give the same\n";
    std::vector<std::string> gain = {"gain"}, lose = {"lose"};
    for (std::size_t r = 1; r < report.rules.size(); ++r) {
        gain.push_back(fmt::format("{}", report.rules[r].gain));
        lose.push_back(fmt::format("{}", report.rules[r].lose));
    }
    table.add(gain);
    table.add(lose);
    return table.text();
}

std::string hosts_table(const AllocationModel& model, const AllocationReport& report) {
    PlainTable table;
    std::vector<std::string> head = {"host"};
    for (const auto& year : model.years) head.push_back(year.empty() ? model.what : year);
    head.emplace_back("capacity");
    table.add(head);
    for (std::size_t h = 0; h < model.hosts.size(); ++h) {
        std::vector<Places> by_year(model.years.size(), 0);
        for (const auto& row : report.plan.rows) by_year[row.year] += row.host == h ? row.places : 0;
        std::vector<std::string> cells = {model.hosts[h].title};
        Places capacity = 0;
        for (std::size_t y = 0; y < by_year.size(); ++y) {
            cells.push_back(fmt::format("{}", by_year[y]));
            capacity += model.problem.hosts[h].capacity[y];
        }
        cells.push_back(capacity < methods::no_limit ? fmt::format("{}", capacity) : "");
        table.add(cells);
    }
    return table.text();
}

void put_rule(JsonWriter& json, const AllocationModel& model, const RuleAwards& rule, const RuleAwards& base) {
    json.begin_object().field("rule", rule.name).field("placed", rule.placed).key("awards").begin_object();
    for (std::size_t i = 0; i < model.claimants.size(); ++i) json.field(model.claimants[i].id, rule.awards[i]);
    json.end_object().key("against_proportional").begin_object();
    for (std::size_t i = 0; i < model.claimants.size(); ++i)
        json.field(model.claimants[i].id, rule.awards[i] - base.awards[i]);
    json.end_object()
        .field("gain", rule.gain)
        .field("lose", rule.lose)
        .field("moved", rule.moved)
        .field("least_served", model.claimants[rule.least_served].id)
        .field("least_share", share_of(model, rule, rule.least_served))
        .end_object();
}

}  // namespace

std::string allocation_text(const AllocationModel& model, const AllocationReport& report) {
    std::string out = model.title + "\n";
    if (!model.note.empty()) out += model.note + "\n";
    out += fmt::format("{} {} among {} claimants. Needs as stated by {}, {}: {}\n\n", model.problem.total, model.what,
                       model.claimants.size(), model.author, model.date, model.source);
    out += awards_table(model, report) + "\n" + rules_words(model, report);
    if (const Places left = model.problem.total - report.rules.front().placed; left > 0)
        out += fmt::format("  {} {} cannot be given; in the way of the whole total:\n", left, model.what);
    for (const auto& one : report.in_the_way) out += fmt::format("    {}\n", one);
    out += fmt::format("\nWho gains and who loses against proportion, in {}:\n", model.what);
    out += gains_table(model, report);
    const bool has_classes =
        std::ranges::any_of(model.problem.hosts, [](const auto& host) { return host.least_class > 1; });
    if (has_classes) out += "  (the rules do not look at least classes; the plan does)\n";
    if (!report.plan.exists)
        return out + "\nNo plan was found before the search ended; that there is none is not shown.\n";
    if (!report.plan.is_proven)
        out += "\nThe search for the plan ended early: it keeps all limits, but another may be better by its aim.\n";
    if (model.has_hosts) {
        out += "\nThe plan by host (--json has it by claimant, field, host and year):\n" + hosts_table(model, report);
        if (report.plan.cost > 0) out += fmt::format("  cost: {}\n", number_text(report.plan.cost, 2));
    }
    return out;
}

std::string allocation_json(const AllocationModel& model, const AllocationReport& report) {
    JsonWriter json;
    json.begin_object()
        .field("title", model.title)
        .field("what", model.what)
        .field("total", model.problem.total)
        .field("author", model.author)
        .field("date", model.date)
        .field("source", model.source)
        .key("needs")
        .begin_object();
    for (std::size_t i = 0; i < model.claimants.size(); ++i)
        json.field(model.claimants[i].id, model.problem.claimants[i].need());
    json.end_object().key("rules").begin_array();
    for (const auto& rule : report.rules) put_rule(json, model, rule, report.rules.front());
    json.end_array().key("in_the_way").begin_array();
    for (const auto& one : report.in_the_way) json.value(one);
    json.end_array().key("plan");
    if (!report.plan.exists) return json.null().end_object().text();
    json.begin_object()
        .field("proven", report.plan.is_proven)
        .field("placed", report.plan.placed)
        .field("cost", report.plan.cost)
        .key("rows")
        .begin_array();
    for (const auto& row : report.plan.rows)
        json.begin_object()
            .field("claimant", model.claimants[row.claimant].id)
            .field("field", model.fields[row.field])
            .field("host", model.hosts[row.host].id)
            .field("year", model.years[row.year])
            .field("places", row.places)
            .end_object();
    return json.end_array().end_object().end_object().text();
}

}  // namespace icosa::respond
