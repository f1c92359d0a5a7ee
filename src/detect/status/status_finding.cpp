/// Grounds of a signal, order of signals, wording of a reading.
#include "detect/status/status_finding.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"

namespace icosa::detect {
namespace {

using model::ParticipationAct;
using model::State;

constexpr int news_days = 60;
constexpr std::size_t most_strips = 6;
constexpr std::size_t most_judged_told = 3, most_others_told = 2;

model::Lineage lineage_of(const std::vector<const ParticipationAct*>& acts) {
    model::Lineage out;
    out.rows = static_cast<std::int64_t>(acts.size());
    std::set<std::string> sources;
    for (const ParticipationAct* act : acts) {
        sources.insert(act->source);
        if (!act->file.empty()) out.files.push_back({act->file, act->line});
    }
    std::sort(out.files.begin(), out.files.end(),
              [](const auto& a, const auto& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); });
    out.sources.assign(sources.begin(), sources.end());
    return out;
}

struct ConfidenceWhy {
    model::Confidence confidence = model::Confidence::Low;
    std::string why;
};

/// A status table of the depositary, known through the day: high; one of both: moderate.
ConfidenceWhy confidence_in(const model::Participation& participation, Day as_of) {
    const int after = as_of - participation.known_through;
    const std::string known = after <= 0
        ? fmt::format("known through {}", iso(participation.known_through))
        : fmt::format("known through {}, {} days before", iso(participation.known_through), after);
    return {
        participation.from_table && after <= 0       ? model::Confidence::High
            : participation.from_table || after <= 0 ? model::Confidence::Moderate
                                                     : model::Confidence::Low,
        fmt::format("{}; {}", participation.from_table ? "status table of the depositary" : "authored facts", known)};
}

/// "A; B; C; and 4 more examined".
std::string few(std::vector<std::string> list, std::size_t most, std::string_view what) {
    const std::size_t all = list.size();
    if (all > most) list.resize(most);
    return join(list, "; ") + (all > most ? fmt::format("; and {} more {}", all - most, what) : "");
}

}  // namespace

StatusFinding::StatusFinding(const pack::Watch& watch, const engine::Setting& setting)
    : watch_(watch), setting_(setting), finding_(engine::head_of(watch)) {}

const std::string& StatusFinding::note_of(const std::string& source) const {
    static const std::string none;
    const auto facts = setting_.sources.find(source);
    return facts == setting_.sources.end() ? none : facts->second.note;
}

void StatusFinding::note_source(const model::Participation& participation) {
    finding_.observed_through =
        std::max(finding_.observed_through, std::min(participation.known_through, setting_.as_of));
    const auto act = std::find_if(participation.acts.begin(), participation.acts.end(),
                                  [](const ParticipationAct& one) { return one.source != "pack"; });
    if (act == participation.acts.end() || !finding_.source.empty()) return;
    finding_.source = act->source;
    if (const std::string& note = note_of(act->source); !note.empty()) finding_.caveats.push_back(note);
}

void StatusFinding::draw(model::Strip strip) {
    if (finding_.strips.size() < most_strips) finding_.strips.push_back(std::move(strip));
}

model::Signal StatusFinding::begin(const std::string& subject, const std::string& title,
                                   const std::string& period) const {
    model::Signal signal;
    signal.subject = subject;
    signal.subject_title = title;
    signal.period = period;
    signal.id = fmt::format("{}/{}/{}", watch_.id, subject, period);
    signal.cites = watch_.cites;
    signal.caveats = watch_.caveats;
    return signal;
}

void StatusFinding::keep(model::Signal signal, double ratio) {
    signal.size = engine::size_of(signal.unusualness, ratio, setting_.grades);
    // a dated act or expiry of these months is news; what merely stands, stands as it did
    const auto day = parse_iso_day(signal.period);
    signal.course.change = day && setting_.as_of - *day <= news_days ? model::Change::New : model::Change::StillHigh;
    const Day stands = day ? std::min(*day, setting_.as_of) : finding_.observed_through;
    signal.lateness_days = stands == no_day ? 0 : std::max(0, setting_.as_of - stands);
    finding_.signals.push_back(std::move(signal));
}

void StatusFinding::keep_from_acts(model::Signal signal, const model::Participation& participation,
                                   const std::vector<const ParticipationAct*>& acts, double ratio) {
    signal.lineage = lineage_of(acts);
    const auto confidence = confidence_in(participation, setting_.as_of);
    signal.confidence = confidence.confidence;
    signal.confidence_why = confidence.why;
    if (setting_.as_of > participation.known_through)
        signal.caveats.push_back(fmt::format("participation known through {} only", iso(participation.known_through)));
    if (!participation.acts.empty()) {
        if (const std::string& note = note_of(participation.acts.front().source); !note.empty())
            signal.caveats.push_back(note);
    }
    keep(std::move(signal), ratio);
}

void StatusFinding::not_since(std::string why, model::NotKnownSince what) {
    not_since(std::move(why));
    finding_.not_known.push_back(std::move(what));
}

void StatusFinding::observe_through(Day day) {
    finding_.observed_through = std::max(finding_.observed_through, std::min(day, setting_.as_of));
}

void StatusFinding::keep_authored(model::Signal signal, const pack::Knowledge& known, const Where& where,
                                  double ratio) {
    signal.confidence = model::Confidence::Moderate;
    signal.confidence_why = known.known_through == no_day
        ? "authored fact"
        : fmt::format("authored fact, known through {}", iso(known.known_through));
    signal.lineage = {1, {"pack"}, {{where.file, where.line}}};
    signal.caveats.push_back(
        fmt::format("authored fact, after {}", known.source.empty() ? known.against : known.source));
    keep(std::move(signal), ratio);
}

State StatusFinding::state() const {
    if (!finding_.signals.empty()) return State::Signal;
    if (judged_ > 0) return State::Quiet;
    return not_since_.empty() ? State::NoData : State::Stale;
}

std::string StatusFinding::reading() const {
    std::string out;
    if (!finding_.signals.empty())
        out = fmt::format("{} of {} examined signal; first: {}", finding_.signals.size(), finding_.units_examined,
                          finding_.signals.front().reason);
    else if (judged_ > 0) out = few(said_, most_judged_told, "examined");
    if (!not_since_.empty())
        out += fmt::format("{}{}",
                           out.empty() ? "" : "; not known: ", few(not_since_, most_others_told, "not known since"));
    if (!unknown_.empty())
        out += fmt::format("{}{}", out.empty() ? "" : "; no data: ", few(unknown_, most_others_told, "without data"));
    return out.empty() ? "nothing of what the watch names is in the catalogue" : out;
}

model::WatchFinding StatusFinding::finish() {
    std::stable_sort(finding_.signals.begin(), finding_.signals.end(),
                     [](const model::Signal& a, const model::Signal& b) {
                         if (a.grade != b.grade) return a.grade > b.grade;
                         if (a.unusualness != b.unusualness) return a.unusualness > b.unusualness;
                         return a.id < b.id;
                     });
    if (finding_.source.empty() && judged_ > 0) finding_.source = "pack";
    finding_.state = state();
    finding_.reading = reading();
    return std::move(finding_);
}

std::string year_label(Day day) { return period_label(period_of(day, PeriodKind::Year), PeriodKind::Year); }

}  // namespace icosa::detect
