/// The questions that instrument-status answers, a file each.
#pragma once

#include "detect/status/membership.hpp"
#include "detect/status/status_finding.hpp"
#include "engine/engine.hpp"
#include "model/evidence.hpp"
#include "pack/spec.hpp"
#include "pack/watch.hpp"

namespace icosa::detect {

/// What a question is asked of.
struct Asked {
    const model::Evidence& evidence;
    const pack::Watch& watch;
    const engine::Setting& setting;
    const pack::Options& options;  ///< of the question's own Spec
    Membership members;
};

/// A row of the table of questions. `ask` judges what the watch names and tells it to the finding.
struct Question {
    const pack::Spec& spec;
    void (*ask)(const Asked&, StatusFinding&);
};

extern const pack::Spec participation_spec;
void ask_participation(const Asked& asked, StatusFinding& finding);

extern const pack::Spec gap_spec;
void ask_gap(const Asked& asked, StatusFinding& finding);

extern const pack::Spec entry_into_force_spec;
void ask_entry_into_force(const Asked& asked, StatusFinding& finding);

extern const pack::Spec acts_since_spec;
void ask_acts_since(const Asked& asked, StatusFinding& finding);

extern const pack::Spec cadence_overdue_spec;
void ask_cadence_overdue(const Asked& asked, StatusFinding& finding);

extern const pack::Spec mandate_expiry_spec;
void ask_mandate_expiry(const Asked& asked, StatusFinding& finding);

}  // namespace icosa::detect
