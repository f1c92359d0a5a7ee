/// A finding while its units are judged: what is said of each, which cannot be judged, and the signals with their
/// grounds.
#pragma once

#include <string>
#include <vector>

#include "detect/status/participation.hpp"
#include "engine/engine.hpp"
#include "model/findings.hpp"
#include "pack/catalogue.hpp"
#include "pack/watch.hpp"

namespace icosa::detect {

/// Gathers what the questions find out and words it. Every unit ends as judged, not known since a day, or unknown.
class StatusFinding {
public:
    /// Both must outlive it.
    StatusFinding(const pack::Watch& watch, const engine::Setting& setting);

    /// Something of the catalogue was judged: the watch has a state.
    void count_judged() { ++judged_; }
    /// A unit was compared with the threshold.
    void count_examined() { ++finding_.units_examined; }
    /// One clause on what was judged, in the order of the watch.
    void say(std::string clause) { said_.push_back(std::move(clause)); }
    /// Past the day through which it is known: what was last known, and since when no more.
    void not_since(std::string why) { not_since_.push_back(std::move(why)); }
    /// The same of a mission or body that has an id.
    void not_since(std::string why, model::NotKnownSince what);
    /// An authored fact was looked at, which is known through that day at the latest.
    void observe_through(Day day);
    /// Nothing to judge, and why.
    void unknown(std::string why) { unknown_.push_back(std::move(why)); }
    /// The source of an instrument's acts, its note, and through which day it is known.
    void note_source(const model::Participation& participation);
    /// A strip beside the reading; those after the sixth are left out.
    void draw(model::Strip strip);

    /// A signal with its names, cites and caveats; figures, unusualness, severity and reason are the question's.
    [[nodiscard]] model::Signal begin(const std::string& subject, const std::string& title,
                                      const std::string& period) const;
    /// Graded with `ratio`; lineage and confidence from the acts it rests on and through which day they are known.
    void keep_from_acts(model::Signal signal, const model::Participation& participation,
                        const std::vector<const model::ParticipationAct*>& acts, double ratio);
    /// Graded with `ratio`; rests on one authored fact of a pack.
    void keep_authored(model::Signal signal, const pack::Knowledge& known, const Where& where, double ratio);

    /// Signals by grade, state and reading. Once, at the end.
    [[nodiscard]] model::WatchFinding finish();

private:
    void keep(model::Signal signal, double ratio);
    [[nodiscard]] const std::string& note_of(const std::string& source) const;
    [[nodiscard]] model::State state() const;
    [[nodiscard]] std::string reading() const;

    const pack::Watch& watch_;
    const engine::Setting& setting_;
    model::WatchFinding finding_;
    int judged_ = 0;
    std::vector<std::string> said_;
    std::vector<std::string> not_since_;
    std::vector<std::string> unknown_;
};

/// "2020": the period of what stands on a day.
[[nodiscard]] std::string year_label(Day day);

}  // namespace icosa::detect
