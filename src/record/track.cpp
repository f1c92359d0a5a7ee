/// Episodes, outcomes, rates.
#include "record/track.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/date.hpp"
#include "base/number.hpp"
#include "methods/statistics/probability.hpp"
#include "methods/statistics/proportion.hpp"

namespace icosa::record {
namespace {

int year_of(int month) { return civil_of(first_day_of(month, PeriodKind::Month)).year; }

struct Base {
    int units = 0;
    int followed = 0;
};

}  // namespace

Track::Track(std::string watch, const OutcomeTruth& truth, std::vector<std::size_t> asked)
    : watch_(std::move(watch)), truth_(truth), asked_(std::move(asked)) {}

void Track::add(int month, const std::vector<model::Signal>& signals) {
    months_.push_back(month);
    for (const model::Signal& signal : signals) {
        const auto unit = truth_.unit_of(signal);
        if (!unit) continue;
        said_.push_back({*unit, truth_.about(*unit), month, signal.grade, signal.course.change, signal.size});
        for (const std::size_t one : said_.back().about) with_signal_.emplace(one, month);
    }
}

/// kept(said, followed) for the first signal of each episode; two signals are of one kind where kind() is equal.
template <class Kind, class Kept> void Track::each_episode(const Kind& kind, const Kept& kept) const {
    std::map<std::pair<std::size_t, decltype(kind(said_.front()))>, int> last;
    for (const Said& one : said_) {
        const auto before = last.find({one.unit, kind(one)});
        const bool begins = before == last.end() || one.month - before->second > truth_.outcome().months;
        for (const std::size_t unit : one.about) last[{unit, kind(one)}] = one.month;
        if (!begins) continue;
        if (const auto happened = truth_.happened(one.unit, one.month)) kept(one, *happened);
    }
}

TrackRow Track::row(model::Grade grade, const model::Change* change) const {
    TrackRow out;
    out.watch = watch_;
    out.outcome = truth_.outcome().id;
    out.grade = model::grade_names[static_cast<std::size_t>(grade)];
    out.change = change ? std::string(model::change_names[static_cast<std::size_t>(*change)]) : "all";
    if (out.change.empty()) out.change = "none";
    const auto wanted = [&](const Said& one) { return one.grade == grade && (!change || one.change == *change); };
    each_episode([&](const Said& one) { return wanted(one); },
                 [&](const Said& one, bool happened) {
                     if (!wanted(one)) return;
                     ++out.signals;
                     out.followed += happened ? 1 : 0;
                 });
    const auto interval = methods::wilson_interval(out.followed, out.signals);
    out.share = interval.share;
    out.low = interval.low;
    out.high = interval.high;
    std::set<std::pair<std::size_t, int>> said;
    for (const Said& one : said_) {
        if (!wanted(one)) continue;
        for (const std::size_t unit : one.about) said.emplace(unit, one.month);
    }
    Base base;
    std::vector<double> leads;
    for (const std::size_t unit : asked_) {
        bool runs = false, caught = false;
        for (const int month : months_) {
            const auto happened = truth_.happened(unit, month);
            if (happened && !with_signal_.contains({unit, month})) {
                ++base.units;
                base.followed += *happened ? 1 : 0;
            }
            if (!happened || !*happened) {
                runs = false;
                continue;
            }
            if (!runs) ++out.outcomes;
            caught = runs && caught;
            runs = true;
            if (caught || !said.contains({unit, month})) continue;
            caught = true;
            ++out.caught;
            leads.push_back(truth_.lead(unit, month));
        }
    }
    out.base_rate = base.units == 0 ? nan_value : static_cast<double>(base.followed) / base.units;
    out.lift = base.followed == 0 ? nan_value : out.share / out.base_rate;
    out.median_lead_months = leads.empty() ? nan_value : methods::median(leads);
    out.false_alarms_a_year =
        months_.empty() ? 0 : 12.0 * (out.signals - out.followed) / static_cast<double>(months_.size());
    return out;
}

std::vector<TrackRow> Track::rows() const {
    std::vector<TrackRow> out;
    for (const auto grade : {model::Grade::Note, model::Grade::Watch, model::Grade::Warning}) {
        TrackRow all = row(grade, nullptr);
        if (all.signals == 0) continue;
        out.push_back(std::move(all));
        for (std::size_t c = 0; c < std::size(model::change_names); ++c) {
            const auto change = static_cast<model::Change>(c);
            TrackRow one = row(grade, &change);
            if (one.signals > 0) out.push_back(std::move(one));
        }
    }
    return out;
}

pack::WatchRecord Track::record() const {
    pack::WatchRecord out;
    out.watch = watch_;
    out.outcome = truth_.outcome().id;
    out.months = truth_.outcome().months;
    if (!months_.empty()) {
        out.first = period_label(months_.front(), PeriodKind::Month);
        out.last = period_label(months_.back(), PeriodKind::Month);
    }
    std::map<int, pack::BaseCount> base;
    for (const std::size_t unit : asked_) {
        for (const int month : months_) {
            const auto happened = truth_.happened(unit, month);
            if (!happened || with_signal_.contains({unit, month})) continue;
            pack::BaseCount& year = base[year_of(month)];
            year.year = year_of(month);
            ++year.units;
            year.followed += *happened ? 1 : 0;
        }
    }
    for (const auto& [year, count] : base) out.base.push_back(count);
    std::map<std::tuple<model::Change, model::Size, int>, pack::KindCount> kinds;
    each_episode([](const Said& one) { return std::pair{one.change, one.size}; },
                 [&](const Said& one, bool happened) {
                     pack::KindCount& count = kinds[{one.change, one.size, year_of(one.month)}];
                     count = {one.change, one.size, year_of(one.month), count.signals + 1,
                              count.followed + (happened ? 1 : 0)};
                 });
    for (const auto& [key, count] : kinds) out.kinds.push_back(count);
    return out;
}

}  // namespace icosa::record
