/// Fills the patterns of packs/phrases.toml and the texts of packs/options.toml.
#include "brief/options.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "brief/dates.hpp"
#include "brief/mandates.hpp"
#include "brief/phrases.hpp"
#include "model/phrasing.hpp"

namespace icosa::brief {
namespace {

using model::Option;
using model::OptionKind;

constexpr Words armed_groups_words = {"armed groups that take part", "参与其中的武装团体"};

pack::Title phrase_in_words(const model::Phrase& phrase, const NameBooks& books) {
    pack::Title out;
    const pack::PhrasePattern* pattern = books.phrases.find(phrase.key);
    if (!pattern) return out;
    for (const Language language : languages) {
        std::vector<Filling> fillings;
        for (const model::Slot& slot : phrase.slots)
            fillings.emplace_back(slot.name, slot_words(slot, books, language));
        (language == Language::Zh ? out.zh : out.en) = fill(in(pattern->text, language), fillings);
    }
    return out;
}

const pack::Answering* answer_of(const pack::Matter& matter, const std::string& id) {
    const auto found = std::ranges::find(matter.answers, id, &pack::Answering::id);
    return found == matter.answers.end() ? nullptr : &*found;
}

pack::Title names_of(const std::vector<std::string>& ids, const NameBooks& books) {
    pack::Title out;
    for (const std::string& id : ids) {
        const pack::Title name = name_of_id(id, books);
        out.en += (out.en.empty() ? "" : " with ") + name.en;
        out.zh += (out.zh.empty() ? "" : "与") + in(name, Language::Zh);
    }
    return out;
}

pack::Title reach_of(const Option& option, const pack::Answering* answer, const OptionBooks& books) {
    std::string key = option.kind == OptionKind::Instrument   ? "option.in-force"
        : option.kind == OptionKind::Mandate                  ? "option.host"
        : option.kind == OptionKind::Capacity                 ? "option.asked"
        : answer && answer->seats_all                         ? "option.open"
        : answer && answer->form == pack::OptionForm::Mandate ? "option.binding"
                                                              : "option.seats";
    model::Phrasing phrasing(std::move(key));
    phrasing.places("in", option.in);
    if (!option.out.empty()) phrasing.places("out", option.out);
    if (option.known_through != no_day && option.known_through < books.as_of)
        phrasing.day("known", option.known_through);
    return phrase_in_words(phrasing.phrase(), books.names);
}

/// Nothing of capacity, which no figure can count.
pack::Title precedent_words(const Option& option, const OptionBooks& books) {
    const model::Precedent& of = option.precedent;
    const auto plain = [&](const char* key) { return phrase_in_words(model::Phrasing(key).phrase(), books.names); };
    if (option.kind == OptionKind::Capacity) return {};
    if (option.kind == OptionKind::Convenor) return plain("option.no-talks");
    if (!of.is_newest_known) return plain("option.not-newest");
    if (of.with + of.without == 0) return plain("option.no-precedent");
    if (of.with == 0 || of.without == 0) return plain(of.with == 0 ? "option.never-with" : "option.always-with");
    model::Phrasing phrasing(option.kind == OptionKind::Mandate ? "option.precedent-operation" : "option.precedent");
    phrasing.number("with", of.with).number("with_fell", of.with_fell);
    phrasing.number("without", of.without).number("without_fell", of.without_fell);
    phrasing.text("first", std::to_string(of.first_year)).text("last", std::to_string(of.last_year));
    return phrase_in_words(phrasing.phrase(), books.names);
}

/// The failures noted of these states by the day.
pack::Title failures_words(const pack::Answering& answer, const Option& option, Day as_of) {
    pack::Title out;
    for (const pack::Failure& one : answer.failures) {
        const auto is_concerned = [&](const std::string& id) {
            return std::ranges::find(option.in, id) != option.in.end()
                || std::ranges::find(option.out, id) != option.out.end();
        };
        if (one.day > as_of || std::ranges::none_of(one.places, is_concerned)) continue;
        out.en += (out.en.empty() ? "" : "; ") + one.what.en + " (" + one.source + ")";
        out.zh += (out.zh.empty() ? "" : "；") + one.what.zh + "（" + one.source + "）";
    }
    return out;
}

/// "{who}" as names, the armed groups after the states.
std::string who_words(const model::PrincipleVerdict& verdict, const OptionBooks& books, Language language) {
    const model::Slot states{.name = "who", .kind = model::Slot::Kind::Place, .text = join(verdict.who, ",")};
    std::string out = verdict.who.empty() ? "" : slot_words(states, books.names, language);
    if (!verdict.armed_groups) return out;
    if (!out.empty()) out += language == Language::Zh ? "、" : ", ";
    return out + std::string(in(armed_groups_words, language));
}

std::string kinds_words(const std::vector<std::string>& sections, const pack::Framework& framework, Language language) {
    std::string out;
    for (const std::string& id : sections) {
        const pack::Section* section = framework.section(id);
        const bool zh = language == Language::Zh;
        out += fmt::format("{}{}",
                           out.empty() ? ""
                               : zh    ? "、"
                                       : ", ",
                           section ? fmt::format("{} ({})", in(section->title, language), id) : id);
    }
    return out;
}

PrincipleLine principle_line(const model::PrincipleVerdict& verdict, const OptionBooks& books) {
    PrincipleLine out{verdict.principle, verdict.passed, {}};
    const auto test = std::ranges::find(books.matters.tests, verdict.principle, &pack::PrincipleTest::principle);
    if (test == books.matters.tests.end()) return out;
    const pack::Title& pattern = verdict.passed ? test->passed : test->marked;
    for (const Language language : languages) {
        const std::vector<Filling> fillings = {
            {"who", who_words(verdict, books, language)},
            {"basis", verdict.basis},
            {"kinds", kinds_words(verdict.kinds, books.framework, language)},
        };
        (language == Language::Zh ? out.why.zh : out.why.en) = fill(in(pattern, language), fillings);
    }
    return out;
}

/// Of a mandate: by its resolution, how it stands, its host's consent; refused where any mandate is.
void tell_mandate(const pack::Mission& mission, const Option& option, const pack::Matter& matter,
                  const OptionBooks& books, OptionLine& out) {
    const pack::MandateStanding standing = pack::standing_on(mission, books.as_of);
    if (!standing.act) return;
    const pack::MandateTerms terms = pack::terms_of(mission, *standing.act);
    out.basis = standing.act->resolution;
    out.does = {mandate_words(standing, Language::En), mandate_words(standing, Language::Zh)};
    model::Phrasing consent(terms.consent == "given"    ? "option.consent-given"
                                : terms.consent.empty() ? "option.consent-unknown"
                                                        : "option.consent-reserved");
    consent.places("hosts", mission.host);
    consent.text("how", terms.consent);
    out.consent = phrase_in_words(consent.phrase(), books.names);
    for (const pack::Answering& one : matter.answers) {
        if (one.form != pack::OptionForm::Mandate) continue;
        out.refuse = one.refuse;
        out.failed = failures_words(one, option, books.as_of);
    }
}

pack::Title why_no_option(model::NoOption why, const NameBooks& books) {
    using enum model::NoOption;
    const char* key = why == NoMatter ? "option.none-matter"
        : why == NoPlace              ? "option.none-place"
                                      : "option.none-violence";
    return why == None ? pack::Title{} : phrase_in_words(model::Phrasing(key).phrase(), books);
}

/// "passed II.1, II.3; marked: II.2 (no seat: ...)"
std::string principles_words(const OptionLine& option, Language language) {
    const bool zh = language == Language::Zh;
    std::string passed, marked;
    for (const PrincipleLine& one : option.principles) {
        if (one.passed) passed += (passed.empty() ? "" : zh ? "、" : ", ") + one.principle;
        else
            marked += (marked.empty() ? ""
                           : zh       ? "；"
                                      : "; ")
                + fmt::format(fmt::runtime(zh ? "{}（{}）" : "{} ({})"), one.principle, in(one.why, language));
    }
    std::string out = passed.empty() ? "" : (zh ? "通过" : "passed ") + passed;
    if (!marked.empty())
        out += (out.empty() ? "" : zh ? "；" : "; ") + std::string(zh ? "标记：" : "marked: ") + marked;
    return out;
}

}  // namespace

Words option_kind_words(OptionKind kind) {
    switch (kind) {
        case OptionKind::Instrument: return {"Instrument in force", "生效文书"};
        case OptionKind::Mandate: return {"Mandate", "授权任务"};
        case OptionKind::Convenor: return {"Who could convene", "可召集者"};
        case OptionKind::Capacity: return {"Capacity", "能力建设"};
    }
    return {};
}

OptionLine option_line(const Option& option, const pack::Matter& matter, const OptionBooks& books) {
    OptionLine out;
    out.kind = option.kind;
    out.ids = option.ids;
    out.title = names_of(option.ids, books.names);
    const pack::Answering* answer = answer_of(matter, option.ids.front());
    if (answer) {
        out.basis = answer->basis;
        out.does = answer->does;
        out.consent = answer->consent;
        out.refuse = answer->refuse;
        out.failed = failures_words(*answer, option, books.as_of);
    }
    if (const pack::Mission* mission = books.names.catalogue.mission(option.ids.front()))
        tell_mandate(*mission, option, matter, books, out);
    out.reach = reach_of(option, answer, books);
    out.precedent = precedent_words(option, books);
    for (const model::PrincipleVerdict& verdict : option.verdicts)
        out.principles.push_back(principle_line(verdict, books));
    return out;
}

ResponseLines response_lines(const model::Response& response, const pack::Title& title, model::Grade grade,
                             const OptionBooks& books) {
    ResponseLines out;
    out.signal = response.signal;
    out.subject = title;
    out.grade = grade;
    out.armed_groups = response.armed_groups;
    out.none = why_no_option(response.why_none, books.names);
    const pack::Matter* matter = books.matters.find(response.matter);
    if (!matter) return out;
    out.matter = matter->title;
    for (const Option& option : response.options) out.options.push_back(option_line(option, *matter, books));
    return out;
}

pack::Title tally_sentence(std::string_view principle, const std::vector<const ResponseLines*>& responses,
                           const NameBooks& books) {
    int passed = 0, marked = 0;
    for (const ResponseLines* response : responses) {
        for (const OptionLine& option : response->options) {
            for (const PrincipleLine& one : option.principles) {
                if (one.principle == principle) ++(one.passed ? passed : marked);
            }
        }
    }
    if (passed + marked == 0) return {};
    model::Phrasing phrasing("option.tally");
    phrasing.number("all", passed + marked).number("passed", passed).number("marked", marked);
    return phrase_in_words(phrasing.phrase(), books);
}

std::vector<std::pair<Words, pack::Title>> option_items(const OptionLine& option) {
    std::vector<std::pair<Words, pack::Title>> out = {
        {{"It", "内容"}, option.does},
        {{"Reaches", "涉及"}, option.reach},
        {{"Must agree", "须同意者"}, option.consent},
        {{"Could refuse", "可拒绝者"}, option.refuse},
        {{"Failed before", "曾告失败"}, option.failed},
        {{"Like situations", "相似情形"}, option.precedent},
        {{"Principles", "原则"}, {principles_words(option, Language::En), principles_words(option, Language::Zh)}}};
    std::erase_if(out, [](const auto& item) { return item.second.en.empty(); });
    return out;
}

}  // namespace icosa::brief
