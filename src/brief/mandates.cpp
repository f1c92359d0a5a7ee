/// The words for each state.
#include "brief/mandates.hpp"

#include "brief/dates.hpp"

namespace icosa::brief {

std::string mandate_words(const pack::MandateStanding& standing, Language language) {
    using State = pack::MandateStanding::State;
    const bool zh = language == Language::Zh;
    const auto since = [&] { return day_words(standing.since, language); };
    const auto until = [&]() -> std::string {
        const Day day = standing.act->expires_on;
        if (day == no_day) return zh ? "有效，未定到期日" : "in force, no day of expiry named";
        return zh ? "有效期至" + day_words(day, language) : "in force until " + day_words(day, language);
    };
    std::string out;
    switch (standing.state) {
        case State::NotYet:
            if (!standing.next) return {};
            return zh ? standing.next->resolution + "，尚未开始" : standing.next->resolution + ", not begun yet";
        case State::InForce: out = until(); break;
        case State::RollOver: out = until() + (zh ? "（技术性延期）" : ", a technical roll-over"); break;
        case State::LastExtension: out = until() + (zh ? "（最后一次延期）" : ", the last extension"); break;
        case State::Closed: out = zh ? since() + "结束" : "closed on " + since(); break;
        case State::Lapsed:
            out = zh ? since() + "失效" : "lapsed on " + since();
            if (!standing.next) out += zh ? "，其后无新决议" : ", no later act followed";
            break;
        case State::NotKnown: out = zh ? since() + "以后不明" : "not known since " + since(); break;
    }
    if (standing.next)
        out += zh ? "，其后为" + standing.next->resolution : ", followed by " + standing.next->resolution;
    return out;
}

}  // namespace icosa::brief
