/// Folds acts into participants.
#include "pack/participants.hpp"

namespace icosa::pack {

Participants participants_on(std::span<const model::ParticipationAct> acts, Day day) {
    Participants last;
    for (const auto& act : acts) {
        if (act.counts_from() > day) continue;
        if (!ends_participation(act.act) && !makes_participant(act.act)) continue;
        const auto [at, fresh] = last.emplace(act.participant, &act);
        if (!fresh && act.counts_from() >= at->second->counts_from()) at->second = &act;
    }
    std::erase_if(last, [](const auto& one) { return ends_participation(one.second->act); });
    return last;
}

const std::vector<std::string>& known_acts() {
    static const std::vector<std::string> acts = {"signature",
                                                  "ratification",
                                                  "acceptance",
                                                  "approval",
                                                  "accession",
                                                  "succession",
                                                  "definitive-signature",
                                                  "formal-confirmation",
                                                  "consent-to-be-bound",
                                                  "provisional-application",
                                                  "adoption",
                                                  "endorsement",
                                                  "withdrawal",
                                                  "suspension",
                                                  "termination",
                                                  "application",
                                                  "participation"};
    return acts;
}

bool ends_participation(std::string_view act) { return act == "withdrawal" || act == "termination"; }

bool makes_participant(std::string_view act) {
    return act != "signature" && act != "provisional-application" && act != "application" && !ends_participation(act)
        && act != "suspension";
}

}  // namespace icosa::pack
