/// Reads areas and their watches, and strips.
#include "pack/watch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"
#include "pack/grades.hpp"

namespace icosa::pack {
namespace {

using model::Condition;
using model::Quantity;
using model::RecordKind;
using model::Unit;

const std::vector<std::pair<std::string, RecordKind>> record_kinds = {{"event", RecordKind::Event},
                                                                      {"observation", RecordKind::Observation},
                                                                      {"vote", RecordKind::Vote},
                                                                      {"designation", RecordKind::Designation}};
const std::vector<std::pair<std::string, Unit>> units = {
    {"place", Unit::Place}, {"actor", Unit::Actor},     {"dyad", Unit::Dyad},
    {"cell", Unit::Cell},   {"subject", Unit::Subject}, {"place-subject", Unit::PlaceSubject},
    {"world", Unit::World}};
const std::vector<std::pair<std::string, PeriodKind>> periods = {{"day", PeriodKind::Day},
                                                                 {"week", PeriodKind::Week},
                                                                 {"month", PeriodKind::Month},
                                                                 {"quarter", PeriodKind::Quarter},
                                                                 {"year", PeriodKind::Year}};
const std::vector<std::pair<std::string, Quantity>> event_quantities = {{"count", Quantity::Count},
                                                                        {"low", Quantity::Low},
                                                                        {"best", Quantity::Best},
                                                                        {"high", Quantity::High},
                                                                        {"mentions", Quantity::Mentions},
                                                                        {"intensity", Quantity::Intensity},
                                                                        {"intensity-mean", Quantity::IntensityMean},
                                                                        {"balance", Quantity::Balance},
                                                                        {"network-balance", Quantity::NetworkBalance}};
const std::vector<std::pair<std::string, Quantity>> observation_quantities = {
    {"last", Quantity::Last}, {"sum", Quantity::Sum}, {"mean", Quantity::Mean}, {"median", Quantity::Median}};
const std::vector<std::pair<std::string, Quantity>> vote_quantities = {{"agreement", Quantity::Agreement},
                                                                       {"yes-share", Quantity::YesShare},
                                                                       {"s-score", Quantity::SScore},
                                                                       {"kappa", Quantity::Kappa},
                                                                       {"ideal-point", Quantity::IdealPoint},
                                                                       {"ideal-distance", Quantity::IdealDistance},
                                                                       {"network-balance", Quantity::NetworkBalance}};
const std::vector<std::pair<std::string, Quantity>> count_only = {{"count", Quantity::Count}};
const std::vector<std::pair<std::string, Join>> joins = {
    {"unit", Join::Unit}, {"place", Join::Place}, {"parent", Join::Parent}, {"world", Join::World}};
const std::vector<std::pair<std::string, Join>> joins_of_conditions = {{"unit", Join::Unit},
                                                                       {"place", Join::Place},
                                                                       {"parent", Join::Parent},
                                                                       {"world", Join::World},
                                                                       {"both", Join::Both}};
const std::vector<std::pair<std::string, Form>> forms = {
    {"level", Form::Level}, {"difference", Form::Difference}, {"growth", Form::Growth}};
const std::vector<std::pair<std::string, Direction>> directions = {
    {"rise", Direction::Rise}, {"fall", Direction::Fall}, {"both", Direction::Both}};
const std::vector<std::pair<std::string, Condition::Field>> condition_fields = {
    {"intensity", Condition::Field::Intensity},
    {"mentions", Condition::Field::Mentions},
    {"best", Condition::Field::Best},
    {"value", Condition::Field::Value}};
constexpr std::pair<const char*, Condition::Comparison> comparisons[] = {
    {"at_least", Condition::Comparison::GreaterEqual},
    {"at_most", Condition::Comparison::LessEqual},
    {"above", Condition::Comparison::Greater},
    {"below", Condition::Comparison::Less},
    {"equal", Condition::Comparison::Equal}};

const std::vector<std::pair<std::string, Quantity>>& quantities_of(RecordKind kind) {
    switch (kind) {
        case RecordKind::Event: return event_quantities;
        case RecordKind::Observation: return observation_quantities;
        case RecordKind::Vote: return vote_quantities;
        default: return count_only;
    }
}

std::vector<Condition> read_conditions(TableReader& reader, Diagnostics& faults) {
    std::vector<Condition> out;
    for (const Node* node : reader.tables("where")) {
        TableReader one(*node, faults, "a condition");
        Condition condition;
        condition.field = one.choice("field", Condition::Field::Value, condition_fields);
        if (!node->find("field"))
            one.fault(node->where, "missing-key", "a condition has no 'field'", "add field = \"best\"");
        int given = 0;
        for (const auto& [key, comparison] : comparisons) {
            if (!one.has(key)) continue;
            condition.comparison = comparison;
            condition.value = one.number_or(key, 0);
            ++given;
        }
        if (given != 1)
            one.fault(node->where, "bad-condition", fmt::format("a condition has {} comparisons, it needs one", given),
                      "give one of at_least, at_most, above, below, equal");
        one.finish();
        out.push_back(condition);
    }
    return out;
}

/// `base` gives what is absent.
Selection read_selection(TableReader& reader, const Selection& base, Diagnostics& faults) {
    Selection out = base;
    const auto texts = [&](std::string_view key, std::vector<std::string>& into) {
        if (reader.has(key)) into = reader.texts(key);
    };
    texts("from", out.from);
    texts("kind", out.kinds);
    texts("code", out.codes);
    texts("issue", out.issues);
    texts("subject", out.subjects);
    texts("places", out.places);
    std::erase(out.places, "world");
    out.measure = reader.text_or("measure", out.measure);
    const RecordKind inferred = reader.table().find("measure") ? RecordKind::Observation : out.records;
    out.records = reader.choice("records", inferred, record_kinds);
    out.both_actors = reader.flag_or("both_actors", out.both_actors);
    if (reader.has("where")) out.where = read_conditions(reader, faults);
    if (reader.has("except_days")) {
        out.except_days.clear();
        for (const std::string& text : reader.texts("except_days")) {
            const auto day = parse_iso_day(text);
            if (day) out.except_days.push_back(*day);
            else
                reader.fault(reader.node("except_days")->where, "wrong-type",
                             fmt::format("'{}' in 'except_days' is not a day", text), "write it as 2020-12-31");
        }
        std::sort(out.except_days.begin(), out.except_days.end());
    }
    out.unit = reader.choice("unit", out.unit, units);
    out.period = reader.choice("period", out.period, periods);
    const auto& allowed = quantities_of(out.records);
    const bool fits =
        std::any_of(allowed.begin(), allowed.end(), [&](const auto& one) { return one.second == out.quantity; });
    out.quantity = reader.choice("value", fits ? out.quantity : allowed.front().second, allowed);
    if (out.records == RecordKind::Observation && out.measure.empty()) {
        reader.fault(reader.table().where, "missing-key", "records = \"observation\" without a measure",
                     "add measure = \"...\" as the source card calls it");
    }
    if (out.records != RecordKind::Observation && !out.measure.empty()) out.measure.clear();
    return out;
}

Node named_method(const std::string& name, const Where& where) {
    Node table;
    table.where = table.key_where = where;
    Node text;
    text.kind = Node::Kind::Text;
    text.text = name;
    text.where = text.key_where = where;
    table.members.emplace_back("name", std::move(text));
    return table;
}

void read_judging(TableReader& reader, Judging& out) {
    out.over = reader.int_or("over", 1);
    out.lag = reader.int_or("lag", 1);
    if (out.over < 1 || out.over > 1000)
        reader.fault(reader.table().find("over")->where, "out-of-range",
                     fmt::format("over = {}, allowed is 1 to 1000", out.over));
    if (out.lag < 1 || out.lag > 1000)
        reader.fault(reader.table().find("lag")->where, "out-of-range",
                     fmt::format("lag = {}, allowed is 1 to 1000", out.lag));
    out.over = std::clamp(out.over, 1, 1000);
    out.lag = std::clamp(out.lag, 1, 1000);
    out.form = reader.choice("form", Form::Level, forms);
    out.direction = reader.choice("direction", Direction::Rise, directions);
    out.minimum = reader.number_or("minimum", 0);
    const Node* method = reader.node("method");
    if (!method) return;
    if (method->kind == Node::Kind::Text) {
        out.method = named_method(method->text, method->where);
        out.method_name = method->text;
        return;
    }
    const Node* name = method->find("name");
    if (method->kind != Node::Kind::Table || !name || name->kind != Node::Kind::Text) {
        reader.fault(method->where, "bad-method", "'method' has no name", "write method = { name = \"ears-c2\" }");
        return;
    }
    out.method = *method;
    out.method_name = name->text;
}

Expect read_expect(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "an expect");
    Expect out;
    out.where = node.where;
    out.watch = reader.text_or("watch", "");
    out.strip = reader.text_or("strip", "");
    out.scale = reader.number_or("scale", 1);
    out.as_of = reader.day_or("as_of", no_day);
    out.state = reader.choice("state", std::string(),
                              {{"signal", std::string("signal")},
                               {"quiet", std::string("quiet")},
                               {"stale", std::string("stale")},
                               {"no-data", std::string("no-data")}});
    out.silent = reader.texts("silent");
    if (const Node* signals = reader.node("signals")) {
        out.carets_where = signals->where;
        if (!out.strip.empty()) out.carets = reader.text_or("signals", "");
        else out.signals = reader.texts("signals");
    }
    reader.finish();
    if (out.strip.empty() == (out.as_of == no_day)) {
        reader.fault(node.where, "bad-expect", "an expect has either a strip or an as_of day",
                     "give strip = \"..012\" or as_of = \"2020-12-31\"");
    } else if (out.is_strip()) {
        if (const auto values = strip_values(out); !values) faults.push_back(values.error());
        else if (const auto carets = strip_signals(out); !carets) faults.push_back(carets.error());
    } else if (out.signals.empty() && out.silent.empty() && out.state.empty()) {
        reader.fault(node.where, "bad-expect", "an expect on a day demands nothing", "give signals, silent or state");
    }
    return out;
}

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

Watch read_watch(const Node& node, Diagnostics& faults) {
    Watch out;
    const Node* id = node.find("id");
    TableReader reader(node, faults,
                       id && id->kind == Node::Kind::Text ? fmt::format("watch '{}'", id->text) : "a watch");
    out.where = node.where;
    for (const auto& [key, member] : node.members) out.key_where.emplace(key, member.key_where);
    out.id = reader.id("id");
    out.engine = reader.text("engine");
    out.title = reader.text("title");
    out.selection = read_selection(reader, {}, faults);
    read_judging(reader, out.judging);
    if (const Node* per = reader.node("per"); per && per->kind == Node::Kind::Table) {
        TableReader one(*per, faults, fmt::format("'per' of watch '{}'", out.id));
        out.per = Per{read_selection(one, out.selection, faults), one.choice("join", Join::Unit, joins)};
        one.finish();
    }
    if (const Node* beside = reader.node("beside"); beside && beside->kind == Node::Kind::Table) {
        TableReader one(*beside, faults, fmt::format("'beside' of watch '{}'", out.id));
        Selection base;
        base.places = out.selection.places;
        base.unit = out.selection.unit;
        base.period = out.selection.period;
        Beside second;
        second.selection = read_selection(one, base, faults);
        second.join = one.choice("join", Join::Unit, joins_of_conditions);
        read_judging(one, second.judging);
        if (second.judging.method_name.empty())
            one.fault(beside->where, "missing-key", fmt::format("'beside' of watch '{}' has no 'method'", out.id),
                      "add method = { name = \"...\" }");
        if (second.selection.period != out.selection.period)
            one.fault(beside->where, "bad-period",
                      fmt::format("'beside' of watch '{}' has another period than the watch", out.id),
                      "leave 'period' out");
        one.finish();
        out.beside = std::move(second);
    }
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
    out.groups = reader.texts("groups");
    out.clauses = reader.texts("clauses");
    out.cites = reader.texts("cite");
    out.caveats = reader.texts("caveats");
    for (const Node* expect : reader.tables("expect")) out.expects.push_back(read_expect(*expect, faults));
    reader.finish();
    return out;
}

}  // namespace

AreaPack parse_area(const Node& file, Diagnostics& faults) {
    AreaPack out;
    out.where = file.where;
    TableReader top(file, faults, "the area");
    if (const Node* area = top.node("area"); area && area->kind == Node::Kind::Table) {
        TableReader reader(*area, faults, "[area]");
        out.section = reader.text("section");
        out.note = reader.text_or("note", "");
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
    for (const Node* node : top.tables("watch")) out.watches.push_back(read_watch(*node, faults));
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
    for (std::size_t i = 0; i < out.watches.size(); ++i) {
        Watch& watch = out.watches[i];
        for (Expect& expect : watch.expects) expect.watch = watch.id;
        for (std::size_t j = 0; j < i; ++j) {
            if (out.watches[j].id == watch.id)
                top.fault(watch.where, "duplicate-id",
                          fmt::format("watch '{}' is there already, at line {}", watch.id, out.watches[j].where.line),
                          "give it another id");
        }
    }
    top.finish();
    return out;
}

Result<std::vector<double>> strip_values(const Expect& expect) {
    std::vector<double> out;
    for (std::size_t i = 0; i < expect.strip.size(); ++i) {
        const char c = expect.strip[i];
        if (c == ' ') continue;
        if (c == '.') out.push_back(std::numeric_limits<double>::quiet_NaN());
        else if (c >= '0' && c <= '9') out.push_back(expect.scale * (c - '0'));
        else if (c >= 'a' && c <= 'z') out.push_back(expect.scale * (c - 'a' + 10));
        else
            return fail(Fault::Pack, "bad-strip", expect.where,
                        fmt::format("the strip has '{}' at its position {}", excerpt(std::string_view(&c, 1)), i + 1),
                        "use 0-9, a-z (10 to 35), '.' for not observed, blanks for the eye");
    }
    return out;
}

Result<std::vector<int>> strip_signals(const Expect& expect) {
    std::vector<int> out;
    const Where& where = expect.carets_where.line > 0 ? expect.carets_where : expect.where;
    int period = 0;
    for (std::size_t i = 0; i < std::max(expect.strip.size(), expect.carets.size()); ++i) {
        const bool in_strip = i < expect.strip.size() && expect.strip[i] != ' ';
        const char caret = i < expect.carets.size() ? expect.carets[i] : ' ';
        if (caret == '^' && !in_strip)
            return fail(Fault::Pack, "bad-strip", where,
                        fmt::format("the caret at position {} stands under no period", i + 1),
                        "put it under a digit of the strip");
        if (caret != '^' && caret != ' ')
            return fail(Fault::Pack, "bad-strip", where,
                        fmt::format("'{}' at position {} of signals is neither a caret nor a blank",
                                    excerpt(std::string_view(&caret, 1)), i + 1),
                        "use '^' and blanks");
        if (caret == '^') out.push_back(period);
        if (in_strip) ++period;
    }
    return out;
}

}  // namespace icosa::pack
