/// Sums, decays and counts of past rises, made once a unit; rows read off them.
#include "forecast/escalation_features.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

namespace icosa::forecast {
namespace {

constexpr int level_spans[] = {1, 2, 3, 6, 12, 24, 36, 60, 120};
constexpr double decay_memories[] = {3, 12, 48};
constexpr double decay_log_memories[] = {6, 24};
constexpr int longest_silence = 240;
constexpr double level_pad = 2;  ///< a month, in ratios of levels

float as_feature(double value) { return static_cast<float>(value); }
double log_level(double sum, int span) { return std::log(sum / span + level_pad); }

}  // namespace

std::string_view sign_words(Sign sign) {
    using enum Sign;
    switch (sign) {
        case NewestMonths: return "its newest months against those before";
        case OwnPast: return "its own level over the years";
        case Silence: return "how long it has been silent";
        case Bursts: return "how high it has stood before, against what would be needed";
        case PastRises: return "how often it got worse before";
        case OtherCounts: return "other counts of the same place";
        case Around: return "what happens around it";
        case World: return "the world's level and its place in it";
        case Season: return "the time of year";
    }
    return "";
}

double Worsening::needed(double before) const {
    if (quiet_below > 0) return before < quiet_below ? least : std::numeric_limits<double>::infinity();
    return std::max(factor * before, before + least);
}

EscalationFeatures::Sums EscalationFeatures::sums_of(std::span<const double> values) {
    Sums out;
    out.total.push_back(0);
    out.known.push_back(0);
    for (const double value : values) {
        const bool known = !std::isnan(value);
        out.total.push_back(out.total.back() + (known ? value : 0));
        out.known.push_back(out.known.back() + (known ? 1 : 0));
    }
    return out;
}

double EscalationFeatures::scaled_sum(const Sums& sums, int first, int month, int span) const {
    const int many = static_cast<int>(sums.total.size()) - 1;
    const int end = std::clamp(month + 1 - first, 0, many), begin = std::clamp(month + 1 - span - first, 0, many);
    const auto e = static_cast<std::size_t>(end), b = static_cast<std::size_t>(begin);
    const double known = sums.known[e] - sums.known[b];
    return known > 0 ? (sums.total[e] - sums.total[b]) / known * span : 0;
}

double EscalationFeatures::before(const Unit& unit, int month) const {
    return month >= unit.first && month < unit.end ? unit.before[static_cast<std::size_t>(month - unit.first)]
                                                   : std::numeric_limits<double>::quiet_NaN();
}

bool EscalationFeatures::is_known(std::size_t unit, int month) const { return !std::isnan(before(unit, month)); }

namespace {

/// Decayed means of the counts, then of their logarithms, month by month.
struct DecayedMeans {
    std::array<double, 5> decayed{}, weight{};

    double take(std::size_t k, double count) {
        const bool known = !std::isnan(count);
        const double keep = std::exp(-1 / (k < 3 ? decay_memories[k] : decay_log_memories[k - 3]));
        decayed[k] = keep * decayed[k] + (!known ? 0 : k < 3 ? count : std::log1p(count));
        weight[k] = keep * weight[k] + (known ? 1 : 0);
        return weight[k] > 0 ? decayed[k] / weight[k] : 0;
    }
};

/// The greatest months and sums of a past, how many sums reached a line, how the months spread; the newest first.
struct LookBack {
    std::array<double, 3> greatest{};  ///< months of 12, 36, 120
    std::array<double, 2> greatest_sum{};  ///< sums of 24, 120
    std::array<double, 3> exceeded{}, sums{};  ///< of 24, 60, 120
    std::array<double, 2> logs{}, squares{}, many{};  ///< of 12, 36
    double swing = 0, previous = -1;

    void take_count(int age, double count) {
        constexpr int of_greatest[] = {12, 36, 120}, of_spread[] = {12, 36};
        for (std::size_t k = 0; k < 3; ++k) {
            if (age < of_greatest[k]) greatest[k] = std::max(greatest[k], count);
        }
        const double log = std::log1p(count);
        for (std::size_t k = 0; k < 2; ++k) {
            if (age >= of_spread[k]) continue;
            logs[k] += log;
            squares[k] += log * log;
            many[k] += 1;
        }
        if (age >= of_spread[0]) return;
        if (previous >= 0) swing += std::abs(log - previous);
        previous = log;
    }
    void take_sum(int age, double past, double needed) {
        constexpr int of_greatest[] = {24, 120}, of_line[] = {24, 60, 120};
        for (std::size_t k = 0; k < 2; ++k) {
            if (age < of_greatest[k]) greatest_sum[k] = std::max(greatest_sum[k], past);
        }
        for (std::size_t k = 0; k < 3; ++k) {
            if (age >= of_line[k]) continue;
            sums[k] += 1;
            exceeded[k] += past >= needed ? 1 : 0;
        }
    }
};

}  // namespace

void EscalationFeatures::add_unit(const CountSeries& series) {
    Unit unit;
    unit.first = series.first;
    unit.end = series.end();
    unit.values = sums_of(series.counts);
    std::vector<double> active;
    for (const double count : series.counts) active.push_back(std::isnan(count) ? count : count > 0 ? 1 : 0);
    unit.active = sums_of(active);
    const auto n = series.counts.size();
    const double marks[] = {1, std::max(1.0, asked_.least / 2), std::max(1.0, 2 * asked_.least)};
    for (auto& silent : unit.silent) silent.assign(n, longest_silence);
    std::array<int, 3> since{longest_silence, longest_silence, longest_silence};
    DecayedMeans decayed;
    for (std::size_t i = 0; i < n; ++i) {
        const double count = series.counts[i];
        const bool known = !std::isnan(count);
        for (std::size_t k = 0; k < 3; ++k) {
            since[k] = known && count >= marks[k] ? 0 : std::min(since[k] + 1, longest_silence);
            unit.silent[k][i] = as_feature(since[k]);
        }
        for (std::size_t k = 0; k < 5; ++k) {
            const double mean = decayed.take(k, count);
            if (k < 3) unit.decayed[k].push_back(mean);
            else unit.decayed_log[k - 3].push_back(mean);
        }
        const auto months = static_cast<std::size_t>(asked_.months);
        const bool all =
            i + 1 >= months && unit.values.known[i + 1] - unit.values.known[i + 1 - months] > asked_.months - 0.5;
        unit.before.push_back(all ? unit.values.total[i + 1] - unit.values.total[i + 1 - months]
                                  : std::numeric_limits<double>::quiet_NaN());
    }
    unit.rises.push_back(0);
    unit.judged.push_back(0);
    unit.near_rises.push_back(0);
    unit.moves.push_back(0);
    unit.moves_squared.push_back(0);
    Worsening smaller = asked_;
    smaller.factor = 1 + (asked_.factor - 1) / 2;
    smaller.least = asked_.least / 2;
    for (const double sum : unit.before) {
        const double so_far = unit.greatest.empty() ? 0 : unit.greatest.back();
        unit.greatest.push_back(std::isnan(sum) ? so_far : std::max(so_far, sum));
    }
    for (std::size_t i = 0; i < n; ++i) {
        const int month = series.first + static_cast<int>(i);
        const double was = before(unit, month), came = before(unit, month + asked_.months);
        const bool judged = !std::isnan(was) && !std::isnan(came);
        unit.judged.push_back(unit.judged.back() + (judged ? 1 : 0));
        unit.rises.push_back(unit.rises.back() + (judged && asked_.happened(was, came) ? 1 : 0));
        unit.near_rises.push_back(unit.near_rises.back() + (judged && smaller.happened(was, came) ? 1 : 0));
        const double move =
            judged ? std::log(came + level_pad * asked_.months) - std::log(was + level_pad * asked_.months) : 0;
        unit.moves.push_back(unit.moves.back() + move);
        unit.moves_squared.push_back(unit.moves_squared.back() + move * move);
    }
    units_.push_back(std::move(unit));
}

void EscalationFeatures::add_months() {
    double judged_all = 0, rises_all = 0;
    std::vector<double> judged, rises;
    for (int month = first_; month < end_; ++month) {
        Month of;
        double units = 0, judged_now = 0, rises_now = 0;
        const int origin = month - asked_.months;
        for (const Unit& unit : units_) {
            if (origin >= unit.first && origin < unit.end) {
                const auto i = static_cast<std::size_t>(origin - unit.first);
                judged_now += unit.judged[i + 1] - unit.judged[i];
                rises_now += unit.rises[i + 1] - unit.rises[i];
            }
            if (month < unit.first || month >= unit.end) continue;
            units += 1;
            of.total_6 += scaled_sum(unit.values, unit.first, month, 6);
            of.total_12 += scaled_sum(unit.values, unit.first, month, 12);
            of.total_60 += scaled_sum(unit.values, unit.first, month, 60);
            of.share_active += scaled_sum(unit.values, unit.first, month, 6) > 0 ? 1 : 0;
            of.levels_6.push_back(scaled_sum(unit.values, unit.first, month, 6));
            of.levels_24.push_back(scaled_sum(unit.values, unit.first, month, 24));
        }
        if (units > 0) of.share_active /= units;
        std::sort(of.levels_6.begin(), of.levels_6.end());
        std::sort(of.levels_24.begin(), of.levels_24.end());
        judged_all += judged_now;
        rises_all += rises_now;
        judged.push_back(judged_now);
        rises.push_back(rises_now);
        double judged_12 = 0, rises_12 = 0;
        for (std::size_t k = judged.size() > 12 ? judged.size() - 12 : 0; k < judged.size(); ++k) {
            judged_12 += judged[k];
            rises_12 += rises[k];
        }
        of.base_rate = judged_all > 0 ? rises_all / judged_all : 0;
        of.rises_all = (rises_all + 1) / (judged_all + 50);
        of.rises_12 = (rises_12 + 20 * of.rises_all) / (judged_12 + 20);
        months_.push_back(std::move(of));
    }
}

void EscalationFeatures::name_columns(std::size_t others) {
    using enum Sign;
    const auto add = [&](Sign sign, std::string name) { columns_.push_back({std::move(name), sign}); };
    for (const int span : level_spans) add(span <= 6 ? NewestMonths : OwnPast, fmt::format("level of {} months", span));
    for (const char* name :
         {"1 to 6", "3 to 12", "3 to the 12 before", "6 to the 6 before", "1 to 3", "3 to the 3 before"})
        add(NewestMonths, name);
    for (const char* name : {"6 to 24", "12 to 60", "24 to 120", "6 to 60"}) add(OwnPast, name);
    for (const char* name : {"since 1", "since half", "since twice"}) add(Silence, name);
    for (const char* name : {"active 6", "active 12", "active 24", "active 60", "active 120"}) add(Silence, name);
    for (const char* name : {"max 12", "max 36", "max 120", "max sum 24", "max sum 120", "sum to max"})
        add(Bursts, name);
    for (const char* name : {"needed", "needed to max 24", "needed to max 120", "needed to 24", "needed to 60",
                             "needed to 120", "needed to 3", "exceeded 24", "exceeded 60", "exceeded 120", "level ever",
                             "needed to max ever", "needed to ever"})
        add(Bursts, name);
    for (const char* name : {"spread 12", "spread 36", "swing 12"}) add(Bursts, name);
    for (const char* name : {"decayed 3", "decayed 12", "decayed 48", "decayed log 6", "decayed log 24"})
        add(OwnPast, name);
    for (const char* name : {"rises 24", "rises 60", "rises all", "share of rises", "since rise", "share of rises 120",
                             "near rises 24", "near rises 60", "share of near rises", "moves", "moves 60"})
        add(PastRises, name);
    for (const char* name : {"world 6", "world trend", "world long trend", "world active", "world rises 12",
                             "world rises", "rank 6", "rank 24", "share of world"})
        add(World, name);
    if (!regions_.empty()) {
        for (const char* name : {"3", "6", "24", "60", "3 to 24", "6 to 60", "highest", "active", "rising"})
            add(Around, fmt::format("region: {}", name));
    }
    add(Season, "sine of the year");
    add(Season, "cosine of the year");
    add(OwnPast, "months known");
    for (std::size_t k = 0; k < others; ++k) {
        for (const char* name : {"3", "12", "60", "3 to 12"})
            add(OtherCounts, fmt::format("other {}: {}", k + 1, name));
    }
}

EscalationFeatures::EscalationFeatures(const CountPanel& panel, const Others& others, const Worsening& asked)
    : asked_(asked), first_(panel.first()), end_(panel.end()) {
    for (const CountSeries& series : panel.series) add_unit(series);
    for (const auto& other : others) {
        for (std::size_t u = 0; u < units_.size(); ++u) {
            // On the months of the unit itself.
            std::vector<double> values;
            for (int month = units_[u].first; month < units_[u].end; ++month)
                values.push_back(other[u].has(month) ? other[u].at(month) : std::numeric_limits<double>::quiet_NaN());
            units_[u].others.push_back(sums_of(values));
        }
    }
    add_months();
    if (!panel.regions.empty()) {
        regions_.resize(units_.size());
        for (std::size_t u = 0; u < units_.size(); ++u) {
            for (std::size_t v = 0; v < units_.size(); ++v) {
                if (u != v && !panel.regions[u].empty() && panel.regions[u] == panel.regions[v])
                    regions_[u].push_back(v);
            }
        }
    }
    name_columns(others.size());
}

void EscalationFeatures::Company::add(const EscalationFeatures& of, const Unit& unit, int month) {
    if (month < unit.first || month >= unit.end) return;
    const auto sum = [&](int span) { return of.scaled_sum(unit.values, unit.first, month, span); };
    units += 1;
    active += sum(6) > 0 ? 1 : 0;
    sum_3 += sum(3);
    sum_6 += sum(6);
    sum_24 += sum(24);
    sum_60 += sum(60);
    highest_12 = std::max(highest_12, sum(12));
    const double now = of.before(unit, month), was = of.before(unit, month - of.asked_.months);
    rising += !std::isnan(now) && !std::isnan(was) && of.asked_.happened(was, now) ? 1 : 0;
}

void EscalationFeatures::add_company(const Company& company, std::vector<float>& to) const {
    const double many = std::max(1.0, company.units);
    const auto add = [&](double value) { to.push_back(as_feature(value)); };
    add(std::log1p(company.sum_3));
    add(std::log1p(company.sum_6));
    add(std::log1p(company.sum_24));
    add(std::log1p(company.sum_60));
    add(log_level(company.sum_3, 3) - log_level(company.sum_24, 24));
    add(log_level(company.sum_6, 6) - log_level(company.sum_60, 60));
    add(std::log1p(company.highest_12));
    add(company.active / many);
    add(company.rising / many);
}

// A line a feature: their order is that of the names.
void EscalationFeatures::add_row(std::size_t u, int month, std::vector<float>& to, double times) const {
    const Unit& unit = units_[u];
    const auto i = static_cast<std::size_t>(month - unit.first);
    const auto sum = [&](int span) { return scaled_sum(unit.values, unit.first, month, span); };
    const auto level = [&](int span) { return log_level(sum(span), span); };
    const auto level_before = [&](int span, int ago) {
        return month - ago < unit.first ? log_level(sum(span), span)
                                        : log_level(scaled_sum(unit.values, unit.first, month - ago, span), span);
    };
    const auto add = [&](double value) { to.push_back(as_feature(value)); };
    for (const int span : level_spans) add(std::log1p(sum(span)));
    add(level(1) - level(6));
    add(level(3) - level(12));
    add(level(3) - level_before(12, 3));
    add(level(6) - level_before(6, 6));
    add(level(1) - level(3));
    add(level(3) - level_before(3, 3));
    add(level(6) - level(24));
    add(level(12) - level(60));
    add(level(24) - level(120));
    add(level(6) - level(60));
    for (const auto& silent : unit.silent) add(std::log1p(silent[i]));
    for (const int span : {6, 12, 24, 60, 120}) add(scaled_sum(unit.active, unit.first, month, span) / span);
    // The greatest months and sums; how many sums reached what is needed now.
    const double was = unit.before[i], needed = std::min(asked_.needed(was) * times, 1e9);
    LookBack look;
    for (int age = 0; age < 120 && age <= static_cast<int>(i); ++age) {
        const std::size_t at = i - static_cast<std::size_t>(age);
        const double count = unit.values.total[at + 1] - unit.values.total[at];
        look.take_count(age, count);
        if (!std::isnan(unit.before[at])) look.take_sum(age, unit.before[at], needed);
    }
    const auto& [greatest, greatest_sum, exceeded, sums, logs, squares, many, swing, previous] = look;
    for (const double one : greatest) add(std::log1p(one));
    for (const double one : greatest_sum) add(std::log1p(one));
    const double months = asked_.months, log_needed = std::log(needed + level_pad * months);
    add(std::log(was + level_pad * months) - std::log(greatest_sum[1] + level_pad * months));
    add(log_needed);
    for (const double one : greatest_sum) add(log_needed - std::log(one + level_pad * months));
    for (const int span : {24, 60, 120}) add(log_needed - std::log(sum(span) / span * months + level_pad * months));
    add(log_needed - std::log(sum(3) / 3 * months + level_pad * months));
    for (std::size_t k = 0; k < 3; ++k) add(exceeded[k] / std::max(1.0, sums[k]));
    const double ever = sum(static_cast<int>(i) + 1) / (static_cast<double>(i) + 1) * months;
    add(std::log(ever + level_pad * months));
    add(log_needed - std::log(unit.greatest[i] + level_pad * months));
    add(log_needed - std::log(ever + level_pad * months));
    for (std::size_t k = 0; k < 2; ++k) {
        const double mean = logs[k] / many[k];
        add(std::sqrt(std::max(0.0, squares[k] / many[k] - mean * mean)));
    }
    add(swing / std::max(1.0, many[0] - 1));
    for (const auto& one : unit.decayed) add(std::log1p(one[i]));
    for (const auto& one : unit.decayed_log) add(one[i]);
    // Rises whose months were over by now.
    const Month& world = months_[static_cast<std::size_t>(month - first_)];
    const int over = static_cast<int>(i) - asked_.months + 1;  // origins that can be judged now
    const auto o = static_cast<std::size_t>(std::max(0, over));
    const auto rises = [&](std::size_t back) { return unit.rises[o] - unit.rises[o > back ? o - back : 0]; };
    add(rises(24) / 24);
    add(rises(60) / 60);
    add(std::log1p(unit.rises[o]));
    add((unit.rises[o] + 60 * world.rises_all) / (unit.judged[o] + 60));
    int since = longest_silence;
    for (std::size_t back = 0; back < o && back < longest_silence; ++back) {
        if (unit.rises[o - back] <= unit.rises[o - back - 1]) continue;
        since = static_cast<int>(back);
        break;
    }
    add(std::log1p(since));
    const auto back = [&](const std::vector<double>& of, std::size_t span) {
        return of[o] - of[o > span ? o - span : 0];
    };
    add((back(unit.rises, 120) + 24 * world.rises_all) / (back(unit.judged, 120) + 24));
    add(back(unit.near_rises, 24) / 24);
    add(back(unit.near_rises, 60) / 60);
    add((unit.near_rises[o] + 60 * world.rises_all) / (unit.judged[o] + 60));
    add(std::sqrt(unit.moves_squared[o] / (unit.judged[o] + 24)));
    add(std::sqrt(back(unit.moves_squared, 60) / (back(unit.judged, 60) + 12)));
    add(std::log1p(world.total_6));
    add(std::log1p(world.total_6) - std::log1p(world.total_12 / 2));
    add(std::log1p(world.total_12) - std::log1p(world.total_60 / 5));
    add(world.share_active);
    add(world.rises_12);
    add(world.rises_all);
    const auto rank = [](const std::vector<double>& levels, double value) {
        const auto below = std::lower_bound(levels.begin(), levels.end(), value) - levels.begin();
        const auto above = levels.end() - std::upper_bound(levels.begin(), levels.end(), value);
        return 0.5 + (static_cast<double>(below) - static_cast<double>(above)) / 2 / static_cast<double>(levels.size());
    };
    add(rank(world.levels_6, sum(6)));
    add(rank(world.levels_24, sum(24)));
    add(std::log((sum(12) + 12) / (world.total_12 + 12)));
    if (!regions_.empty()) {
        Company company;
        for (const std::size_t other : regions_[u]) company.add(*this, units_[other], month);
        add_company(company, to);
    }
    const double angle = 2 * std::numbers::pi * (month % 12) / 12;
    add(std::sin(angle));
    add(std::cos(angle));
    add(std::log1p(std::min(120.0, static_cast<double>(i))));
    for (const Sums& other : unit.others) {
        const auto of = [&](int span) { return scaled_sum(other, unit.first, month, span); };
        for (const int span : {3, 12, 60}) add(std::log1p(of(span)));
        add(log_level(of(3), 3) - log_level(of(12), 12));
    }
}

}  // namespace icosa::forecast
