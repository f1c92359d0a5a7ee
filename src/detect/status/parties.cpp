/// From an instrument's standing to its participants, or to the words for why there are none.
#include "detect/status/parties.hpp"

#include <fmt/format.h>

namespace icosa::detect {
namespace {

constexpr int strip_years = 30;

/// "not participants of CTBT as at 2015-03-31: ...; not known since".
std::string absent_words(const Asked& asked, const pack::Instrument& instrument, const Participants& parties,
                         const Standing& standing, const std::vector<std::string>& whom) {
    const Shares shares = shares_of(whom, parties);
    if (shares.out.empty()) return standing.why;
    return fmt::format("not participants of {} as at {}: {}; not known since", instrument.short_title,
                       iso(standing.day), asked.members.names(shares.out));
}

}  // namespace

std::vector<const pack::Instrument*> instruments_of(const Asked& asked) {
    std::vector<const pack::Instrument*> out;
    for (const std::string& id : asked.watch.instruments) {
        if (const pack::Instrument* instrument = asked.setting.catalogue.instrument(id)) out.push_back(instrument);
    }
    return out;
}

std::vector<const model::ParticipationAct*> Parties::acts_of(const std::vector<std::string>& who) const {
    std::vector<const model::ParticipationAct*> out;
    for (const std::string& participant : who) out.push_back(on_day.at(participant));
    return out;
}

std::optional<Parties> parties_of(const Asked& asked, const pack::Instrument& instrument,
                                  const std::vector<std::string>& whom, StatusFinding& finding) {
    const auto found = asked.evidence.participation.find(instrument.id);
    const model::Participation* participation = found == asked.evidence.participation.end() ? nullptr : &found->second;
    const Day as_of = asked.setting.as_of;
    const Standing standing = standing_of(instrument, participation, as_of);
    if (standing.kind == Standing::Kind::Unknown) {
        finding.unknown(standing.why);
        return std::nullopt;
    }
    if (!participation) return std::nullopt;  // a standing that is known has acts behind it
    finding.note_source(*participation);
    Participants on_day = pack::participants_on(participation->acts, standing.day == no_day ? as_of : standing.day);
    if (standing.kind == Standing::Kind::NotSince) {
        finding.not_since(absent_words(asked, instrument, on_day, standing, whom));
        return std::nullopt;
    }
    finding.draw(history_of(fmt::format("participants of {}", instrument.short_title), participation->acts,
                            standing.day, strip_years));
    return Parties{instrument, *participation, std::move(on_day)};
}

}  // namespace icosa::detect
