/// Reads packs/credibility.toml.
#include "pack/credibility.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

using model::DoubtKind;
using model::DoubtTest;

const std::vector<std::pair<std::string, Basis>> bases = {{"declared", Basis::Declared}, {"measured", Basis::Measured}};

constexpr std::int64_t most_days = 100'000;

/// The option of a test that says how much, or how many.
std::string_view option_of(DoubtKind kind) {
    switch (kind) {
        case DoubtKind::Retold: return "minutes";
        case DoubtKind::RoundLag: return "days";
        case DoubtKind::FarLag: return "above";
        case DoubtKind::FewMentions:
        case DoubtKind::FewSources: return "below";
        default: return {};
    }
}

/// Fields of the card's map (or "likeness") without which a test has nothing to ask.
std::vector<std::string_view> fields_asked(DoubtKind kind) {
    switch (kind) {
        case DoubtKind::Retold: return {"likeness"};
        case DoubtKind::RoundLag:
        case DoubtKind::FarLag: return {"known"};
        case DoubtKind::NotRoot: return {"root"};
        case DoubtKind::FewMentions: return {"mentions"};
        case DoubtKind::FewSources: return {"sources"};
        case DoubtKind::Untyped: return {"typed"};
        case DoubtKind::ElsePlace: return {"place", "actor1"};
        case DoubtKind::OfProvince:
        case DoubtKind::OfCountry: return {"position_precision"};
        case DoubtKind::AtOrigin: return {"latitude"};
        case DoubtKind::Untold: return {};
    }
    return {};
}

DoubtTest read_test(TableReader& reader, const std::string& id) {
    std::vector<std::pair<std::string, DoubtKind>> kinds;
    for (std::size_t i = 0; i < std::size(model::doubt_kind_names); ++i)
        kinds.emplace_back(std::string(model::doubt_kind_names[i]), static_cast<DoubtKind>(i));
    DoubtTest test;
    test.rule = id;
    test.kind = reader.choice("test", DoubtKind::Untold, kinds);
    if (!reader.has("test"))
        reader.fault(reader.table().where, "missing-key", fmt::format("rule '{}' has no 'test'", id),
                     "say what it asks: test = \"not-root\"");
    test.minutes = reader.integer_or("minutes", 0);
    for (const double days : reader.numbers("days"))
        test.days.push_back(std::abs(days) > most_days ? most_days + 1 : std::llround(days));
    test.slack_days = reader.integer_or("slack_days", 0);
    test.above = reader.integer_or("above", 0);
    test.below = reader.integer_or("below", 0);
    const std::string_view wanted = option_of(test.kind);
    for (const std::string_view option : {"minutes", "days", "above", "below"}) {
        const bool is_given = reader.table().find(option) != nullptr;
        if (is_given == (option == wanted)) continue;
        reader.fault(reader.table().where, is_given ? "bad-option" : "missing-key",
                     fmt::format("rule '{}' has {} option '{}', which the test '{}' {}", id, is_given ? "the" : "no",
                                 option, model::doubt_kind_names[static_cast<std::size_t>(test.kind)],
                                 is_given ? "does not have" : "needs"),
                     is_given ? "take it out" : "give it");
    }
    if (wanted == "days" && reader.table().find("days") != nullptr && test.days.empty())
        reader.fault(reader.table().where, "missing-key", fmt::format("rule '{}' names no days, so it never fires", id),
                     "write days = [7, 30]");
    if (test.kind != DoubtKind::RoundLag && reader.table().find("slack_days") != nullptr)
        reader.fault(reader.table().where, "bad-option",
                     fmt::format("rule '{}' has the option 'slack_days', which the test '{}' does not have", id,
                                 model::doubt_kind_names[static_cast<std::size_t>(test.kind)]),
                     "take it out");
    const auto is_sound = [](std::int64_t number) { return number >= 0 && number <= most_days; };
    if (!is_sound(test.minutes / 1440) || test.minutes < 0 || !is_sound(test.slack_days) || !is_sound(test.above)
        || !is_sound(test.below) || !std::ranges::all_of(test.days, is_sound))
        reader.fault(reader.table().where, "out-of-range",
                     fmt::format("an option of rule '{}' is below 0, or more than 100,000 days", id), "mend it");
    return test;
}

/// NaN where it is not given.
double read_share(TableReader& reader, std::string_view key) {
    const double share = reader.number_or(key, std::numeric_limits<double>::quiet_NaN());
    if (!std::isnan(share) && (share <= 0 || share >= 1))
        reader.fault(reader.node(key)->where, "out-of-range",
                     fmt::format("'{}' is {}, which is no share between 0 and 1", key, number_text(share)),
                     "a share of 0 or 1 was never measured: give what the number of rows allows, such as 0.99");
    return share;
}

template <class Declared> void read_grounds(TableReader& reader, Declared& out) {
    out.basis = reader.choice("basis", Basis::Declared, bases);
    out.evidence = reader.text("evidence");
    out.cites = reader.texts("cite");
    out.reviewed = reader.day_or("reviewed", no_day);
    if (out.reviewed == no_day)
        reader.fault(reader.table().where, "missing-key", fmt::format("'{}' has no 'reviewed'", out.id),
                     "say on which day its figures were looked at");
    if (out.sources.empty())
        reader.fault(reader.table().where, "missing-key", fmt::format("'{}' names no sources", out.id),
                     "add sources = [\"gdelt-2\"]");
}

Prior read_prior(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "a prior");
    Prior out;
    out.where = node.where;
    out.id = reader.id("id");
    out.sources = reader.texts("sources");
    out.wrong = read_share(reader, "wrong");
    if (std::isnan(out.wrong)) {
        reader.fault(node.where, "missing-key", fmt::format("prior '{}' has no 'wrong'", out.id),
                     "give the share of rows that are no such event");
        out.wrong = 0.5;
    }
    read_grounds(reader, out);
    reader.finish();
    return out;
}

DoubtRule read_rule(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "a rule of credibility");
    DoubtRule out;
    out.where = node.where;
    out.id = reader.id("id");
    out.title = reader.title("title");
    out.sources = reader.texts("sources");
    out.test = read_test(reader, out.id);
    out.group = reader.text_or("group", out.id);
    out.precision = read_share(reader, "precision");
    out.recall = read_share(reader, "recall");
    out.base_rate = read_share(reader, "base_rate");
    out.is_counted = reader.flag_or("counted", true);
    read_grounds(reader, out);
    reader.finish();
    if (out.is_counted && std::isnan(out.precision))
        reader.fault(node.where, "missing-key", fmt::format("rule '{}' counts and has no 'precision'", out.id),
                     "give it, or counted = false");
    if (out.is_counted && out.test.kind == DoubtKind::Untold)
        reader.fault(node.where, "bad-option", fmt::format("rule '{}' counts, and does not say what it asks", out.id),
                     "set counted = false");
    return out;
}

/// Figures of a rule that a source of this prior cannot have.
void check_figures(const DoubtRule& rule, const Prior& prior, Diagnostics& faults) {
    const double base = std::isnan(rule.base_rate) ? prior.wrong : rule.base_rate;
    if (std::isnan(rule.precision)) return;
    if (rule.precision <= base)
        faults.push_back({Fault::Pack, "no-doubt", rule.where,
                          fmt::format("rule '{}' has precision {}, no more than the base rate {}: it says nothing "
                                      "against an event",
                                      rule.id, number_text(rule.precision), number_text(base)),
                          "take it out, or counted = false with no precision"});
    const double alarms = rule.recall * base * (1 - rule.precision) / (rule.precision * (1 - base));
    if (alarms >= 1)
        faults.push_back({Fault::Pack, "out-of-range", rule.where,
                          fmt::format("precision, recall and base rate of rule '{}' cannot all be right: it would fire "
                                      "on {} of the right rows",
                                      rule.id, number_text(alarms)),
                          "look at the measurement again"});
}

void check_rule(const DoubtRule& rule, const Credibility& all, std::span<const SourceCard> cards, Diagnostics& faults) {
    for (const std::string& source : rule.sources) {
        const auto card = std::ranges::find(cards, source, &SourceCard::id);
        if (card == cards.end()) continue;
        for (const std::string_view field : fields_asked(rule.test.kind)) {
            const bool is_given = field == "likeness"
                ? !card->likeness.empty()
                : card->map.contains(std::string(field)) || (field == "latitude" && card->map.contains("at"));
            if (!is_given)
                faults.push_back({Fault::Pack, "missing-field", rule.where,
                                  fmt::format("rule '{}' asks for '{}', which the card of '{}' does not give", rule.id,
                                              field, source),
                                  "add it to the card, or take the source out of the rule"});
        }
        if (const Prior* prior = all.prior_of(source)) check_figures(rule, *prior, faults);
        else
            faults.push_back({Fault::Pack, "no-prior", rule.where,
                              fmt::format("rule '{}' is about '{}', which no [[prior]] names", rule.id, source),
                              "say what share of its rows is wrong"});
    }
}

}  // namespace

const Prior* Credibility::prior_of(std::string_view source) const {
    for (const Prior& one : priors)
        if (std::ranges::find(one.sources, source) != one.sources.end()) return &one;
    return nullptr;
}

const DoubtRule* Credibility::find_rule(std::string_view id) const {
    const auto found = std::ranges::find(rules, id, &DoubtRule::id);
    return found == rules.end() ? nullptr : &*found;
}

std::vector<const DoubtRule*> Credibility::rules_of(std::string_view source) const {
    std::vector<const DoubtRule*> out;
    if (!prior_of(source)) return out;
    for (const DoubtRule& one : rules)
        if (one.is_counted && std::ranges::find(one.sources, source) != one.sources.end()) out.push_back(&one);
    return out;
}

Credibility parse_credibility(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "the rules of credibility");
    Credibility out;
    for (const Node* node : top.tables("prior")) out.priors.push_back(read_prior(*node, faults));
    for (const Node* node : top.tables("doubt")) out.rules.push_back(read_rule(*node, faults));
    top.finish();
    return out;
}

void check_credibility(const Credibility& credibility, std::span<const SourceCard> cards, Diagnostics& faults) {
    std::set<std::string> ids, with_prior;
    std::vector<std::string> known;
    for (const SourceCard& card : cards)
        if (card.record == model::RecordKind::Event) known.push_back(card.id);
    const auto check_named = [&](const std::string& id, const std::vector<std::string>& sources, const Where& where) {
        if (!ids.insert(id).second)
            faults.push_back({Fault::Pack, "two-ids", where, fmt::format("'{}' is declared twice", id),
                              "give each an id of its own"});
        for (const std::string& source : sources) {
            if (std::ranges::find(known, source) != known.end()) continue;
            const auto near = nearest(source, known);
            faults.push_back({Fault::Pack, "unknown-source", where,
                              fmt::format("'{}' is about '{}', which is no source card of events", id, source),
                              near ? fmt::format("did you mean '{}'?", *near) : "`icosa sources` lists them"});
        }
    };
    for (const Prior& one : credibility.priors) {
        check_named(one.id, one.sources, one.where);
        for (const std::string& source : one.sources) {
            if (with_prior.insert(source).second) continue;
            faults.push_back(
                {Fault::Pack, "two-priors", one.where, fmt::format("'{}' has two priors", source), "name it in one"});
        }
    }
    for (const DoubtRule& one : credibility.rules) {
        check_named(one.id, one.sources, one.where);
        check_rule(one, credibility, cards, faults);
    }
    for (const std::string& source : with_prior) {
        if (credibility.rules_of(source).size() <= model::most_doubts) continue;
        faults.push_back({Fault::Pack, "out-of-range", credibility.prior_of(source)->where,
                          fmt::format("'{}' has more than {} rules", source, model::most_doubts), "join some"});
    }
}

}  // namespace icosa::pack
