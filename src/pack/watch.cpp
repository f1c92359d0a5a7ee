/// Reads areas and their watches.
#include "pack/watch.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "pack/grades.hpp"

namespace icosa::pack {
namespace {

const std::vector<std::pair<std::string, Join>> joins = {
    {"unit", Join::Unit}, {"place", Join::Place}, {"parent", Join::Parent}, {"world", Join::World}};
const std::vector<std::pair<std::string, Join>> joins_of_conditions = {{"unit", Join::Unit},
                                                                       {"place", Join::Place},
                                                                       {"parent", Join::Parent},
                                                                       {"world", Join::World},
                                                                       {"both", Join::Both}};

void read_outlook(TableReader& reader, Watch& out) {
    Outlook& outlook = out.outlook;
    if (const Node* horizon = reader.node("horizon")) {
        const auto steps = reader.numbers("horizon");
        const bool good = steps.size() == 2 && steps[0] == std::floor(steps[0]) && steps[1] == std::floor(steps[1])
            && steps[0] >= 1 && steps[1] >= steps[0] && steps[1] <= 36;
        if (!good)
            reader.fault(horizon->where, "out-of-range",
                         fmt::format("'horizon' of watch '{}' is no first and last month ahead", out.id),
                         "write horizon = [1, 12]: whole months from 1 to 36, in order");
        else outlook.first_step = static_cast<int>(steps[0]), outlook.last_step = static_cast<int>(steps[1]);
    }
    outlook.crossing = reader.number_or("crossing", outlook.crossing);
    if (outlook.crossing < 1)
        reader.fault(reader.table().find("crossing")->where, "out-of-range",
                     fmt::format("crossing = {}, allowed is 1 and more", outlook.crossing));
    outlook.model = reader.text_or("model", outlook.model);
    outlook.learn_from = reader.text_or("learn_from", "");
    if (outlook.learn_from == "world") outlook.learn_from.clear();
    outlook.shown = reader.int_or("shown", outlook.shown);
    if (outlook.shown < 0 || outlook.shown > 300)
        reader.fault(reader.table().find("shown")->where, "out-of-range",
                     fmt::format("shown = {}, allowed is 0 to 300", outlook.shown));
}

Beside read_beside(const Node& node, const Watch& watch, Diagnostics& faults) {
    TableReader one(node, faults, fmt::format("'beside' of watch '{}'", watch.id));
    Selection base;
    base.places = watch.selection.places;
    base.unit = watch.selection.unit;
    base.period = watch.selection.period;
    Beside second;
    second.selection = read_selection(one, base, faults);
    second.join = one.choice("join", Join::Unit, joins_of_conditions);
    read_judging(one, second.judging);
    if (second.judging.method_name.empty())
        one.fault(node.where, "missing-key", fmt::format("'beside' of watch '{}' has no 'method'", watch.id),
                  "add method = { name = \"...\" }");
    if (second.selection.period != watch.selection.period)
        one.fault(node.where, "bad-period",
                  fmt::format("'beside' of watch '{}' has another period than the watch", watch.id),
                  "leave 'period' out");
    one.finish();
    return second;
}

std::vector<Tell> read_tells(const Node& node, const Watch& watch, Diagnostics& faults) {
    std::vector<Tell> out;
    for (const auto& [key, member] : node.members) {
        TableReader one(member, faults, fmt::format("'tells.{}' of watch '{}'", key, watch.id));
        Tell tell;
        tell.key = key;
        tell.title = one.title("title");
        Selection base = watch.selection;
        base.where.clear();
        tell.selection = read_selection(one, base, faults);
        tell.names = one.text_or("names", "");
        tell.figures = one.flag_or("figures", false);
        tell.newest = one.int_or("newest", 0);
        one.finish();
        if (tell.newest == 0 && tell.selection.period != watch.selection.period)
            one.fault(member.where, "bad-period",
                      fmt::format("'tells.{}' of watch '{}' has another period than the watch", key, watch.id),
                      "leave 'period' out, or say how many of the 'newest' are told");
        out.push_back(std::move(tell));
    }
    std::sort(out.begin(), out.end(), [](const Tell& a, const Tell& b) { return a.key < b.key; });
    return out;
}

// A key of the table, a field of the watch: in the order of docs/packs.md.
Watch read_watch(const Node& node, Diagnostics& faults) {
    Watch out;
    const Node* id = node.find("id");
    TableReader reader(node, faults,
                       id && id->kind == Node::Kind::Text ? fmt::format("watch '{}'", id->text) : "a watch");
    out.where = node.where;
    for (const auto& [key, member] : node.members) out.key_where.emplace(key, member.key_where);
    out.id = reader.id("id");
    out.engine = reader.text("engine");
    out.title = reader.title("title");
    out.counts = reader.text_or("counts", "");
    out.outcomes = reader.texts("outcome");
    out.digest = digest_of(node,
                           {"title", "counts", "clauses", "cite", "caveats", "expect", "severity_unit", "shown",
                            "proxy", "on_page", "parts", "phrase", "tells"});
    out.selection = read_selection(reader, {}, faults);
    read_judging(reader, out.judging);
    if (const Node* per = reader.node("per"); per && per->kind == Node::Kind::Table) {
        TableReader one(*per, faults, fmt::format("'per' of watch '{}'", out.id));
        out.per = Per{read_selection(one, out.selection, faults), one.choice("join", Join::Unit, joins)};
        one.finish();
    }
    if (const Node* beside = reader.node("beside"); beside && beside->kind == Node::Kind::Table)
        out.beside = read_beside(*beside, out, faults);
    if (const Node* bases = reader.node("bases"); bases && bases->kind == Node::Kind::Table) {
        TableReader one(*bases, faults, fmt::format("'bases' of watch '{}'", out.id));
        Selection base;
        base.unit = model::Unit::SubjectPosition;
        base.period = out.selection.period;
        out.bases = read_selection(one, base, faults);
        one.finish();
    }
    for (const Node* node_of : reader.tables("parts")) {
        TableReader one(*node_of, faults, fmt::format("'parts' of watch '{}'", out.id));
        Part part{read_selection(one, out.selection, faults), one.text("counts")};
        one.finish();
        out.parts.push_back(std::move(part));
    }
    out.phrase = reader.text_or("phrase", "");
    if (const Node* tells = reader.node("tells"); tells && tells->kind == Node::Kind::Table)
        out.tells = read_tells(*tells, out, faults);
    out.recent = reader.int_or("recent", 1);
    if (out.recent < 1 || out.recent > 120) {
        reader.fault(node.find("recent")->where, "out-of-range",
                     fmt::format("recent = {}, allowed is 1 to 120", out.recent));
        out.recent = 1;
    }
    out.severity_unit = reader.text_or("severity_unit", "");
    if (const Node* given = reader.node("first_year")) {
        const int year = reader.int_or("first_year", 1);
        if (is_civil(year, 1, 1)) out.first_day = day_of(year, 1, 1);
        else reader.fault(given->where, "out-of-range", fmt::format("first_year = {}, allowed is 1 to 9999", year));
    }
    if (const Node* day = reader.node("first_day"); day && out.first_day != no_day)
        reader.fault(day->where, "two-beginnings", fmt::format("watch '{}' has both first_year and first_day", out.id),
                     "give one of them");
    out.first_day = reader.day_or("first_day", out.first_day);
    if (const Node* discovery = reader.node("false_discovery"); discovery && discovery->kind == Node::Kind::Table) {
        TableReader one(*discovery, faults, fmt::format("'false_discovery' of watch '{}'", out.id));
        out.false_discovery_rate = read_rate(one, 0);
        out.any_dependence =
            one.choice("procedure", false, {{"benjamini-hochberg", false}, {"benjamini-yekutieli", true}});
        one.finish();
    }
    read_outlook(reader, out);
    out.instruments = reader.texts("instruments");
    out.mechanisms = reader.texts("mechanisms");
    out.mandates = reader.texts("mandates");
    out.among = reader.text_or("among", "");
    for (const Node* threat : reader.tables("threat")) {
        TableReader one(*threat, faults, fmt::format("a threat of watch '{}'", out.id));
        out.threats.push_back({one.title("title"), one.texts("watches")});
        one.finish();
    }
    out.groups = reader.texts("groups");
    out.clauses = reader.texts("clauses");
    out.cites = reader.texts("cite");
    out.caveats = reader.texts("caveats");
    if (reader.table().find("proxy")) out.proxy = reader.title("proxy");
    out.on_page = reader.flag_or("on_page", true);
    for (const Node* expect : reader.tables("expect")) out.expects.push_back(read_expect(*expect, faults));
    reader.finish();
    return out;
}

/// Rows without places of their own have the area's.
Row read_row(const Node& node, const std::vector<std::string>& places, Diagnostics& faults) {
    TableReader reader(node, faults, "a row");
    Row out{reader.id("watch"), reader.texts("clauses"), reader.texts("places"), node.where};
    if (out.places.empty()) out.places = places;
    if (out.places.empty())
        reader.fault(node.where, "missing-key", fmt::format("the row of watch '{}' has no places", out.watch),
                     "give places = [\"SET\"] in [area], or in the row");
    reader.finish();
    return out;
}

/// Expects that stand outside a watch go to the one they name, else to the one above them.
void give_expects(AreaPack& out, TableReader& top, Diagnostics& faults) {
    for (const Node* node : top.tables("expect")) {
        Expect expect = read_expect(*node, faults);
        Watch* owner = nullptr;
        for (Watch& watch : out.watches) {
            if (expect.watch.empty() ? watch.where.line < expect.where.line : watch.id == expect.watch) owner = &watch;
        }
        if (!owner) {
            top.fault(expect.where, "unknown-id",
                      expect.watch.empty()
                          ? "an expect stands above all watches"
                          : fmt::format("an expect is for watch '{}', which this file does not have", expect.watch),
                      "put it below its watch, or name the watch");
            continue;
        }
        owner->expects.push_back(std::move(expect));
    }
    for (Watch& watch : out.watches) {
        for (Expect& expect : watch.expects) expect.watch = watch.id;
    }
}

void check_ids(const AreaPack& out, TableReader& top) {
    for (std::size_t i = 0; i < out.watches.size(); ++i) {
        const Watch& watch = out.watches[i];
        for (std::size_t j = 0; j < i; ++j) {
            if (out.watches[j].id == watch.id)
                top.fault(watch.where, "duplicate-id",
                          fmt::format("watch '{}' is there already, at line {}", watch.id, out.watches[j].where.line),
                          "give it another id");
        }
    }
}

}  // namespace

model::Basis basis_of(const Watch& watch) {
    if (!watch.proxy.en.empty()) return model::Basis::Proxy;
    if (!watch.instruments.empty()) return model::Basis::Membership;
    if (!watch.mechanisms.empty() || !watch.mandates.empty()) return model::Basis::Packs;
    return model::Basis::Data;
}

AreaPack parse_area(const Node& file, Diagnostics& faults) {
    AreaPack out;
    out.where = file.where;
    TableReader top(file, faults, "the area");
    std::vector<std::string> places;
    if (const Node* area = top.node("area"); area && area->kind == Node::Kind::Table) {
        TableReader reader(*area, faults, "[area]");
        out.section = reader.text("section");
        out.note = reader.text_or("note", "");
        places = reader.texts("places");
        for (const Node* node : reader.tables("no_data")) {
            TableReader one(*node, faults, "a no_data entry");
            out.no_data.push_back({one.text("clause"), one.text("reason"), node->where});
            one.finish();
        }
        reader.finish();
        out.where = area->where;
    } else {
        top.fault(file.where, "missing-key", "the file has no [area] table", "add [area] with section = \"III.1\"");
    }
    for (const Node* node : top.tables("row")) out.rows.push_back(read_row(*node, places, faults));
    for (const Node* node : top.tables("watch")) out.watches.push_back(read_watch(*node, faults));
    give_expects(out, top, faults);
    check_ids(out, top);
    top.finish();
    return out;
}

}  // namespace icosa::pack
