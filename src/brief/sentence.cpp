/// The sentences themselves.
#include "brief/sentence.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "brief/dates.hpp"
#include "brief/front.hpp"
#include "brief/phrases.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

/// The patterns of figures in time, by language; a phrase of this key in packs/phrases.toml goes before.
struct Pattern {
    std::string_view key, en, zh;
};
constexpr Pattern course_pattern = {
    "course",
    "{subject}: {figure} {span}[ ({low} to {high})][, after {before}][ and {earlier}][: {change}].[ {parts}][ "
    "{kind}, {age} old.]",
    "{subject}：{span}{figure}[（{low}至{high}）][，{before}][，{earlier}][，{change}]。[{parts}][{kind}，距今{age}"
    "。]"};
constexpr Pattern parts_pattern = {"parts", "Of them {parts}.", "其中{parts}。"};
constexpr Pattern chance_pattern = {
    "chance",
    "{subject}: {chance} in 100 for {outcome} in the {months} months after {origin}[, {base} in 100 on average][, "
    "{earlier} in 100 a month ago].[ {figure} {span}][, {before} in the {months} before].",
    "{subject}：{origin}之后{months}个月内{outcome}的可能性为{chance}%[（平均{base}%）][，一个月前为{earlier}%]。[{"
    "span}{"
    "figure}][，此前{months}个月为{before}]。"};

constexpr Pattern beside_pattern = {"beside", "{subject}: {kinds} kinds of threat within twelve months: {parts}.",
                                    "{subject}：十二个月内有{kinds}类威胁同时出现：{parts}。"};

std::string pattern_of(const Pattern& own, const pack::Phrases& phrases, Language language) {
    if (const auto* given = phrases.find(own.key)) return in(given->text, language);
    return std::string(language == Language::Zh ? own.zh : own.en);
}

NumberKind kind_of(pack::FigureKind figure) {
    switch (figure) {
        case pack::FigureKind::Share: return NumberKind::Share;
        case pack::FigureKind::Value: return NumberKind::Value;
        case pack::FigureKind::Money: return NumberKind::Money;
        case pack::FigureKind::Count: break;
    }
    return NumberKind::Count;
}

std::string clause_of(const pack::Measure& measure, double value, const std::string& words, Language language) {
    const std::string& pattern = language == Language::Zh ? measure.zh
        : std::llround(value) == 1 && words == "1"        ? measure.en_one
                                                          : measure.en;
    const std::vector<Filling> fillings = {{"n", words}};
    return fill(pattern, fillings);
}

/// A figure in words where no measure is declared: its unit behind it.
std::string figure_of_unit(const std::string& words, const std::string& unit, const pack::Phrases& phrases,
                           Language language) {
    if (unit.empty() || words.ends_with('%')) return words;
    return language == Language::Zh ? fmt::format("{}（{}）", words, phrases.chinese_of(unit))
                                    : fmt::format("{} {}", words, unit);
}

std::string upper_first(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/// "Of them 93,239 refugees, 794,491 asylum-seekers."; "" where the signal has no parts.
std::string parts_sentence(const model::Signal& signal, const SentenceBooks& books, Language language) {
    std::string told;
    for (const model::Part& part : signal.parts) {
        const pack::Measure* measure = books.measures.find(part.measure);
        if (!measure) continue;
        if (!told.empty()) told += language == Language::Zh ? "，" : ", ";
        told += clause_of(*measure, part.value, number_words(part.value, kind_of(measure->figure), language), language);
    }
    if (told.empty()) return {};
    const std::vector<Filling> fillings = {{"parts", told}};
    return fill(pattern_of(parts_pattern, books.names.phrases, language), fillings);
}

/// A sentence that says nothing of the parts, and then the parts.
std::string with_parts(std::string sentence, const model::Signal& signal, const SentenceBooks& books,
                       Language language) {
    const std::string parts = parts_sentence(signal, books, language);
    if (parts.empty()) return sentence;
    return sentence + (language == Language::Zh ? "" : " ") + parts;
}

/// "1,792 in 2023"; Chinese "2023年为1,792".
std::string figure_then(const std::string& words, const std::string& span, Language language) {
    return language == Language::Zh ? span + "为" + words : words + " " + span;
}

bool course_moves(model::Change change) {
    return change == model::Change::New || change == model::Change::Rising || change == model::Change::Falling;
}

/// Does a word that compares with the same season of the year before say the opposite of what the span before says?
bool only_on_the_year(const model::Course& course, const pack::CourseRule* rule) {
    if (!rule || !rule->seasonal || std::isnan(course.before) || std::isnan(course.year_before)) return false;
    return course.change == model::Change::Rising
        ? course.now <= course.before
        : course.change == model::Change::Falling && course.now >= course.before;
}

/// "rising", "rising on the year"; of a movement in a period that ended over a year ago "rising then, no newer figure
/// of this source".
std::string change_of_age(const model::Signal& signal, const model::WatchFinding& watch, const pack::CourseRule* rule,
                          Language language) {
    const bool stays = is_still_low(signal, watch);
    std::string change =
        change_words(stays ? model::Change::StillHigh : signal.course.change, stays || is_low(signal), language);
    if (!stays && only_on_the_year(signal.course, rule))
        change = language == Language::Zh ? "同比" + change : change + " on the year";
    if (stays || !course_moves(signal.course.change) || signal.lateness_days <= newest_within_days) return change;
    return language == Language::Zh ? "当时" + change + "，该来源其后无数据"
                                    : change + " then, no newer figure of this source";
}

std::string told_by_course(const model::Signal& signal, const model::WatchFinding& watch, const SentenceBooks& books,
                           Language language) {
    const bool zh = language == Language::Zh;
    const model::Course& course = signal.course;
    const NumberKind kind = number_kind(signal, books.measures);
    const auto words = [&](double value) { return number_words(value, kind, language); };
    const Period last{course.kind, course.last_period};
    const auto then = [&](double value, const std::string& when) -> std::string {
        if (std::isnan(value)) return {};
        return figure_then(value == 0 && kind == NumberKind::Count && !zh ? "none" : words(value), when, language);
    };
    const pack::Measure* measure = books.measures.find(signal.measure);
    const std::string now = words(course.now);
    std::string figure = measure ? clause_of(*measure, course.now, now, language)
                                 : figure_of_unit(now, signal.severity.unit, books.names.phrases, language);
    if (!measure) {
        const std::string title = zh ? watch.title_zh : watch.title;
        if (!title.empty()) figure = zh ? fmt::format("{}，{}", title, figure) : fmt::format("{} ({})", figure, title);
    }
    const pack::CourseRule* rule = books.measures.rule_of(signal.measure, course.kind);
    const bool averages = course.span > 1 && rule && rule->averages;
    std::string span = span_words({course.kind, course.last_period}, course.span, language);
    if (averages) span = zh ? span + "平均" : "on average " + span;
    const auto n = course.values.size();
    // Of years, the one before the year before tells more than the same span of a year before, which it is.
    const bool yearly = course.kind == PeriodKind::Year && course.span == 1;
    const bool same_span = course.span == periods_per_year(course.kind);
    const std::string before = then(course.before, span_before_words(last, course.span, language));
    std::string earlier;
    if (yearly && n >= 3) earlier = then(course.values[n - 3], span_words({last.kind, last.number - 2}, 1, language));
    else if (!same_span) earlier = then(course.year_before, zh ? "上年同期" : "a year earlier");
    if (course.before == 0 && (yearly && n >= 3 ? course.values[n - 3] : course.year_before) == 0) earlier.clear();
    const std::string age = signal.lateness_days > 0 ? age_words(signal.lateness_days, language) : std::string();
    const bool ranged = std::isfinite(course.low) && std::isfinite(course.high) && course.low < course.high;
    std::vector<Filling> fillings = {
        {"subject", in(name_of_subject(signal, books.names), language)},
        {"figure", figure},
        {"span", span},
        {"low", ranged ? words(course.low) : ""},
        {"high", ranged ? words(course.high) : ""},
        {"before", before.empty() ? earlier : before},
        {"earlier", before.empty() ? "" : earlier},
        {"change", change_of_age(signal, watch, rule, language)},
        {"parts", parts_sentence(signal, books, language)},
        {"kind", figures_of(course.kind, language)},
        {"age", age},
    };
    return fill(pattern_of(course_pattern, books.names.phrases, language), fillings);
}

/// "2,316 people killed in attacks on civilians in 2024", "Cholera, 2025"; "" where no figure is known.
std::string figure_told(const model::Signal& signal, const model::WatchFinding& watch, const SentenceBooks& books,
                        Language language) {
    const bool zh = language == Language::Zh;
    const bool course = std::isfinite(signal.course.now);
    const double now = course ? signal.course.now : signal.observed;
    const auto period = parse_any_period(signal.period);
    if (!std::isfinite(now) || !period) return {};
    const std::string words = number_words(now, number_kind(signal, books.measures), language);
    const pack::Measure* measure = books.measures.find(signal.measure.empty() ? watch.measure : signal.measure);
    std::string figure = measure ? clause_of(*measure, now, words, language)
                                 : figure_of_unit(words, signal.severity.unit, books.names.phrases, language);
    if (const auto bar = signal.subject.find('|'); bar != std::string::npos)
        figure = fmt::format("{}{}{}", signal.subject.substr(bar + 1), zh ? "：" : ": ", figure);
    const std::string span = course
        ? span_words({signal.course.kind, signal.course.last_period}, signal.course.span, language)
        : period_words(*period, language);
    return zh ? span + figure : course ? figure + " " + span : figure + ", " + span;
}

/// A signal of which neither a course nor a pattern is known.
std::string told_by_title(const model::Signal& signal, const model::WatchFinding& watch, const SentenceBooks& books) {
    constexpr Language language = Language::Zh;
    const auto part = [](double value) { return value >= 0 && value <= 1; };
    const bool is_share = part(signal.observed) && part(signal.threshold)
        && (signal.observed != std::floor(signal.observed) || signal.threshold != std::floor(signal.threshold));
    const NumberKind kind = is_share ? NumberKind::Share : number_kind(signal, books.measures);
    const auto period = parse_any_period(signal.period);
    const pack::Measure* measure = books.measures.find(signal.measure);
    const std::string now = number_words(signal.observed, kind, language);
    const std::string figure = measure ? clause_of(*measure, signal.observed, now, language) : "数值为" + now;
    std::string out = in(name_of_subject(signal, books.names), language) + "：";
    if (!watch.title_zh.empty()) out += watch.title_zh + "。";
    out += (period ? period_words(*period, language) : signal.period) + (measure ? "" : "，") + figure;
    if (std::isfinite(signal.expected)) out += "，通常为" + number_words(signal.expected, kind, language);
    if (std::isfinite(signal.threshold)) out += "，界限为" + number_words(signal.threshold, kind, language);
    return out + "。";
}

std::string told_by_phrase(const pack::PhrasePattern& pattern, const model::Signal& signal, const SentenceBooks& books,
                           Language language) {
    std::vector<Filling> fillings;
    for (const model::Slot& slot : signal.phrase.slots)
        fillings.emplace_back(slot.name, slot_words(slot, books.names, language));
    // What every signal has, for patterns that name it and slots that do not.
    const NumberKind kind = number_kind(signal, books.measures);
    const auto period = parse_any_period(signal.period);
    fillings.emplace_back("subject", in(name_of_subject(signal, books.names), language));
    const std::string observed = number_words(signal.observed, kind, language);
    fillings.emplace_back("n", observed);
    fillings.emplace_back("expected", number_words(signal.expected, kind, language));
    fillings.emplace_back("threshold", number_words(signal.threshold, kind, language));
    const pack::Measure* measure = books.measures.find(signal.measure);
    fillings.emplace_back("measure", measure ? in(measure->name, language) : "");
    fillings.emplace_back("figure",
                          measure ? clause_of(*measure, signal.observed, observed, language)
                                  : figure_of_unit(observed, signal.severity.unit, books.names.phrases, language));
    const model::Course& course = signal.course;
    const bool is_none = course.before == 0 && kind == NumberKind::Count && language == Language::En;
    fillings.emplace_back(
        "before", std::isfinite(course.before) ? is_none ? "none" : number_words(course.before, kind, language) : "");
    fillings.emplace_back("kind", figures_of(course.kind, language));
    fillings.emplace_back("age", signal.lateness_days > 0 ? age_words(signal.lateness_days, language) : "");
    fillings.emplace_back("period", period ? period_words(*period, language) : signal.period);
    std::string out = upper_first(fill(in(pattern.text, language), fillings));
    const bool ends = out.ends_with('.') || out.ends_with("。") || out.ends_with("？") || out.ends_with('?');
    return ends ? out : out + (language == Language::Zh ? "。" : ".");
}

}  // namespace

bool is_low(const model::Signal& signal) { return signal.observed < signal.threshold; }

bool is_still_low(const model::Signal& signal, const model::WatchFinding& watch) {
    constexpr double no_less = 0.9;  // of the span before
    const model::Course& course = signal.course;
    if (!watch.warns_of_falls || course.change != model::Change::Falling) return false;
    const double against = std::isnan(course.before) ? course.year_before : course.before;
    return std::isnan(against) || !(course.now < std::min(against, no_less * against));
}

NumberKind number_kind(const model::Signal& signal, const pack::Measures& measures) {
    const pack::Measure* measure = measures.find(signal.measure);
    if (measure) return kind_of(measure->figure);
    if (signal.severity.unit.starts_with("share")) return NumberKind::Share;
    const double now = std::isfinite(signal.course.now) ? signal.course.now : signal.observed;
    return now == std::floor(now) ? NumberKind::Count : NumberKind::Value;
}

pack::Title sentence_of(const model::Signal& signal, const model::WatchFinding& watch, const SentenceBooks& books) {
    if (const auto* pattern = signal.phrase.key.empty() ? nullptr : books.names.phrases.find(signal.phrase.key))
        return {with_parts(told_by_phrase(*pattern, signal, books, Language::En), signal, books, Language::En),
                with_parts(told_by_phrase(*pattern, signal, books, Language::Zh), signal, books, Language::Zh)};
    const bool told = signal.course.change != model::Change::None
        || (std::isfinite(signal.observed) && books.measures.find(signal.measure));
    if (told && std::isfinite(signal.course.now))
        return {told_by_course(signal, watch, books, Language::En), told_by_course(signal, watch, books, Language::Zh)};
    return {with_parts(without_stop(signal.reason) + ".", signal, books, Language::En),
            with_parts(told_by_title(signal, watch, books), signal, books, Language::Zh)};
}

pack::Title sentence_of_beside(const model::Signal& signal, const SignalsById& others, const SentenceBooks& books) {
    pack::Title out;
    for (const Language language : languages) {
        const bool zh = language == Language::Zh;
        std::string parts;
        for (const model::BesideSignal& beside : signal.beside) {
            const auto found = others.find(beside.signal);
            const std::string figure =
                found == others.end() ? "" : figure_told(*found->second.first, *found->second.second, books, language);
            parts += fmt::format("{}{}{}",
                                 parts.empty() ? ""
                                     : zh      ? "；"
                                               : "; ",
                                 zh ? beside.kind_zh : beside.kind,
                                 figure.empty() ? ""
                                     : zh       ? "（" + figure + "）"
                                                : " (" + figure + ")");
        }
        const std::vector<Filling> fillings = {{"subject", in(name_of_subject(signal, books.names), language)},
                                               {"kinds", small_number(static_cast<int>(signal.observed), language)},
                                               {"parts", parts}};
        (zh ? out.zh : out.en) = fill(pattern_of(beside_pattern, books.names.phrases, language), fillings);
    }
    return out;
}

pack::Title sentence_of(const model::Chance& chance, const model::WatchFinding& watch, const SentenceBooks& books) {
    const pack::Outcome* outcome = books.outcomes.find(chance.outcome);
    const pack::Measure* measure = books.measures.find(chance.measure.empty() ? watch.measure : chance.measure);
    const int months = outcome ? outcome->months : 6;
    const auto origin = parse_any_period(chance.origin);
    const auto sum = [&](int from_end) {
        double out = 0;
        const auto n = static_cast<int>(chance.observed.size());
        if (n < from_end + months) return std::nan("");
        for (int i = n - from_end - months; i < n - from_end; ++i) out += chance.observed[static_cast<std::size_t>(i)];
        return outcome && outcome->averages ? out / months : out;
    };
    const double now = sum(0), before = sum(months);
    pack::Title out;
    for (const Language language : languages) {
        const bool zh = language == Language::Zh;
        const NumberKind kind = measure ? kind_of(measure->figure) : NumberKind::Count;
        std::string figure;
        if (std::isfinite(now) && measure)
            figure = upper_first(clause_of(*measure, now, number_words(now, kind, language), language));
        std::vector<Filling> fillings = {
            {"subject",
             in(name_of_subject(chance.subject, chance.subject_title, books.names, model::sources_in(watch.source)),
                language)},
            {"chance", in_hundred(chance.probability.value, language)},
            {"outcome",
             outcome  ? in(outcome->title, language)
                 : zh ? std::string("恶化")
                      : chance.probability.outcome},
            {"months", small_number(months, language)},
            {"origin", origin ? period_words(*origin, language) : chance.origin},
            {"base", in_hundred(chance.probability.base_rate, language)},
            {"earlier", std::isnan(chance.before) ? "" : in_hundred(chance.before, language)},
            {"figure", figure},
            {"span", figure.empty() || !origin ? "" : span_words(*origin, months, language)},
            {"before", figure.empty() || std::isnan(before) ? "" : number_words(before, kind, language)},
        };
        std::string text = fill(pattern_of(chance_pattern, books.names.phrases, language), fillings);
        for (const std::string_view stop : {"..", "。。"}) {
            if (text.ends_with(stop)) text.resize(text.size() - stop.size() / 2);
        }
        (zh ? out.zh : out.en) = std::move(text);
    }
    return out;
}

pack::Title measure_name(std::string_view measure, const model::WatchFinding& watch, const pack::Measures& measures) {
    if (const auto* found = measures.find(measure)) return found->name;
    return {watch.title, watch.title_zh};
}

std::string change_words(model::Change change, bool low, Language language) {
    const bool zh = language == Language::Zh;
    switch (change) {
        case model::Change::New: return zh ? "新出现" : "new";
        case model::Change::Rising: return zh ? "上升" : "rising";
        case model::Change::StillHigh: return low ? (zh ? "仍处低位" : "still low") : (zh ? "仍处高位" : "still high");
        case model::Change::Falling: return zh ? "下降" : "falling";
        case model::Change::BackInRange: return zh ? "已回到常态范围" : "back in its range";
        case model::Change::None: break;
    }
    return {};
}

std::string confidence_words(model::Confidence confidence, Language language) {
    static constexpr std::string_view zh[] = {"低", "中", "高"};
    const auto at = static_cast<std::size_t>(confidence);
    return std::string(language == Language::Zh ? zh[at] : model::confidence_names[at]);
}

std::string grade_words(model::Grade grade, Language language) {
    static constexpr std::string_view zh[] = {"提示", "关注", "警告"};
    const auto at = static_cast<std::size_t>(grade);
    return std::string(language == Language::Zh ? zh[at] : model::grade_names[at]);
}

std::string record_words(const model::Record& record, Language language) {
    const bool zh = language == Language::Zh;
    if (record.outcome.empty() || record.signals == 0) return zh ? "无既往记录" : "no record";
    return zh ? fmt::format("既往{}次中{}次应验", grouped(record.signals), grouped(record.followed))
              : fmt::format("{} of {} followed", grouped(record.followed), grouped(record.signals));
}

}  // namespace icosa::brief
