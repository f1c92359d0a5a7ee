/// Figures and sentences that JSON, Markdown, HTML and the terminal share.
#include "brief/wording.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "brief/numbers.hpp"

namespace icosa::brief {
namespace {

constexpr double largest_whole = 9007199254740992.0;  // 2^53: beyond it doubles skip whole numbers

double read_back(const std::string& text) {
    double out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out == 0 ? 0 : out;  // no minus zero
}

/// "1234.5" -> "1,234.5"
std::string group_text(const std::string& text) {
    const std::size_t begin = text.starts_with('-') ? 1 : 0;
    const std::size_t end = std::min(text.find('.'), text.size());
    if (text.find('e') != std::string::npos) return text;
    std::string out = text.substr(0, begin);
    for (std::size_t i = begin; i < end; ++i) {
        if (i > begin && (end - i) % 3 == 0) out += ',';
        out += text[i];
    }
    return out + text.substr(end);
}

}  // namespace

std::string grouped(std::int64_t number) { return group_text(std::to_string(number)); }

double rounded(double value, int digits) {
    return std::isfinite(value) ? read_back(fmt::format("{:.{}f}", value, digits)) : value;
}

double rounded(double value) {
    if (!std::isfinite(value) || value == std::floor(value)) return value == 0 ? 0 : value;
    if (std::abs(value) >= 1) return std::abs(value) < largest_whole ? rounded(value, 4) : value;
    return read_back(fmt::format("{:.6g}", value));
}

std::string figure(double value) {
    if (std::isnan(value)) return "–";
    if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
    const double size = std::abs(value);
    std::string text;
    if (value == std::floor(value) && size < largest_whole) text = fmt::format("{:.0f}", value);
    else if (size >= 1000) text = number_text(value, 0);
    else if (size >= 10) text = number_text(value, 1);
    else if (size >= 1) text = number_text(value, 2);
    else if (size >= 0.001) text = number_text(value, size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5);
    else text = fmt::format("{:.2g}", value);
    if (text == "-0") text = "0";
    text = group_text(text);
    return text.starts_with('-') ? "−" + text.substr(1) : text;
}

std::string share_text(double share) {
    if (share < 1 && share >= 0.9995) return ">0.999";
    return std::isnan(share) ? "–" : number_text(share, 3);
}

std::string_view state_word(model::State state) {
    return state == model::State::NoData ? "no data" : model::state_names[static_cast<std::size_t>(state)];
}

std::string_view state_symbol(model::State state) {
    switch (state) {
        case model::State::Signal: return "▲";
        case model::State::Quiet: return "○";
        case model::State::Stale: return "◐";
        case model::State::NoData: break;
    }
    return "–";
}

std::string_view clause_status_name(pack::ClauseStatus status) {
    switch (status) {
        case pack::ClauseStatus::Measured: return "measured";
        case pack::ClauseStatus::Authored: return "authored";
        case pack::ClauseStatus::NotMeasurable: break;
    }
    return "not-measurable";
}

bool authored_only(const SectionPage& page) {
    return page.watches.empty() && page.counts.measured == 0 && page.counts.authored > 0;
}

std::string_view fact_mark(const Fact& fact) { return fact.later ? " (of a later day)" : fact.stale ? " (check)" : ""; }

std::string later_line(const SectionPage& page, Day as_of) {
    if (page.later_facts == 0) return {};
    return fmt::format("{} adopted after {} and left out.",
                       plural(page.later_facts, "entry of the catalogue was", "entries of the catalogue were"),
                       iso(as_of));
}

std::string without_stop(std::string text) {
    while (text.ends_with('.')) text.pop_back();
    return text;
}

std::vector<std::string> watch_caveats(const model::WatchFinding& watch) {
    std::vector<std::string> out = watch.caveats;
    if (watch.signals.empty()) return out;
    for (const std::string& caveat : watch.signals.front().caveats) {
        const bool shared = std::ranges::all_of(watch.signals, [&](const model::Signal& signal) {
            return std::ranges::find(signal.caveats, caveat) != signal.caveats.end();
        });
        if (shared && std::ranges::find(out, caveat) == out.end()) out.push_back(caveat);
    }
    return out;
}

std::vector<std::string> others(const std::vector<std::string>& all, const std::vector<std::string>& known) {
    std::vector<std::string> out;
    for (const std::string& each : all) {
        if (std::ranges::find(known, each) == known.end()) out.push_back(each);
    }
    return out;
}

std::string plural(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

std::string day_or(Day day, std::string_view absent) { return day == no_day ? std::string(absent) : iso(day); }

std::string cadence_text(int months) {
    if (months <= 0) return "–";
    if (months == 1) return "monthly";
    if (months == 12) return "yearly";
    return months % 12 == 0 ? fmt::format("every {} years", months / 12) : fmt::format("every {} months", months);
}

std::string rows_line(const model::Lineage& lineage) {
    std::string out = plural(lineage.rows, "row", "rows");
    if (!lineage.sources.empty()) out += " of " + join(lineage.sources, ", ");
    if (lineage.told_by_several > 0) out += fmt::format(", of them {} told by several", lineage.told_by_several);
    return out;
}

std::string expected_ahead(const model::Forecast& forecast) {
    double sum = 0;
    for (const auto& month : forecast.months) sum += month.mean;
    const auto months = static_cast<std::int64_t>(forecast.months.size());
    const auto even = [](double value) { return number_words(value, NumberKind::Count, Language::En); };
    return fmt::format("{} {} expected in {}, {} at the pace of the last twelve months", even(sum), forecast.unit,
                       months == 1 ? "that month" : "these " + plural(months, "month", "months"),
                       even(forecast.benchmark_mean * static_cast<double>(months)));
}

std::string moved_line(const model::Forecast& forecast) {
    if (std::isnan(forecast.mean_before)) return {};
    const auto signed_figure = [](double value) {
        return value < 0 ? figure(rounded(value, 2)) : "+" + figure(rounded(value, 2));
    };
    double mean = 0;
    for (const auto& month : forecast.months) mean += month.mean / static_cast<double>(forecast.months.size());
    std::vector<std::string> parts;
    for (const model::Driver& one : forecast.drivers)
        parts.push_back(fmt::format("{} {}", one.what, signed_figure(one.effect)));
    return fmt::format("since a month ago, for the same months, {} a month (from {}): {}",
                       signed_figure(mean - forecast.mean_before), figure(rounded(forecast.mean_before, 2)),
                       join(parts, ", "));
}

std::string past_line(const model::PastLike& past) {
    std::vector<std::string> counts;
    for (const double count : past.followed) counts.push_back(figure(count));
    return fmt::format("{}, {}: {} followed ({})", past.subject_title, past.period, figure(past.followed_total),
                       join(counts, ", "));
}

double expected_by_chance(const SectionPage& page) {
    double sum = 0;
    for (const model::WatchFinding& watch : page.watches) sum += watch.signals_expected_by_chance;
    return sum;
}

std::string discovery_words(const model::WatchFinding& watch) {
    if (watch.state == model::State::NoData || watch.state == model::State::Stale || watch.discovery_procedure.empty())
        return {};
    const std::string aside =
        watch.set_aside > 0 ? fmt::format(", {} set aside", plural(watch.set_aside, "alarm", "alarms")) : std::string();
    return fmt::format("; {} at once, false-discovery rate {}{}", plural(watch.tests, "test", "tests"),
                       figure(watch.false_discovery_rate), aside);
}

pack::Title set_aside_line(const model::WatchFinding& watch) {
    constexpr std::size_t most_named = 5;
    if (watch.aside.empty()) return {};
    std::vector<std::string> en, zh;
    for (std::size_t i = 0; i < std::min(most_named, watch.aside.size()); ++i) {
        const model::AlarmAside& one = watch.aside[i];
        const std::string value = figure(one.observed), line = figure(one.threshold);
        en.push_back(fmt::format("{} ({}: {}, threshold {})", one.subject_title, one.period, value, line));
        zh.push_back(fmt::format("{}（{}：{}，阈值{}）", one.subject_title_zh, one.period, value, line));
    }
    const std::size_t more = watch.aside.size() - en.size();
    return {fmt::format("Above the threshold, but not clearly enough where {} are looked at at once, of which chance "
                        "puts some there: {}{}.",
                        grouped(watch.tests), join(en, "; "), more ? fmt::format("; and {} more", more) : ""),
            fmt::format("超过阈值，但同时考察{}项，其中会有偶然超出者，故不计入：{}{}。", grouped(watch.tests),
                        join(zh, "；"), more ? fmt::format("；另有{}项", more) : "")};
}

std::string_view group_title(pack::Group group, Language language) {
    switch (group) {
        case pack::Group::Area: return in(Words{"Areas of cooperation", "合作领域"}, language);
        case pack::Group::Principle: return in(Words{"Principles", "原则"}, language);
        case pack::Group::Platform: break;
    }
    return in(Words{"Platforms", "平台"}, language);
}

}  // namespace icosa::brief
