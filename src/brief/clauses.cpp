/// Counts and questions of clauses in words.
#include "brief/clauses.hpp"

#include <fmt/format.h>

#include "brief/dates.hpp"

namespace icosa::brief {
namespace {

constexpr std::size_t most_asked = 4;  ///< questions written out; the others are counted

void add(pack::Title& out, int count, std::string_view en, std::string_view zh) {
    out.en += fmt::format("{}{} {}", out.en.empty() ? "" : " · ", count, en);
    out.zh += fmt::format("{}{} {}", out.zh.empty() ? "" : " · ", count, zh);
}

}  // namespace

pack::Title clause_line(const ClauseCounts& counts) {
    pack::Title out;
    add(out, counts.alive, "alive", "项有现时数据");
    add(out, counts.stale, "stale", "项数据陈旧");
    add(out, counts.membership, "on membership only", "项仅依据缔约情况");
    if (counts.packs) add(out, counts.packs, "from our own lists", "项依据自编清单");
    if (counts.authored) add(out, counts.authored, "authored", "项依据人工录入的事实");
    if (counts.not_measurable) add(out, counts.not_measurable, "not measurable", "项无法度量");
    return out;
}

pack::Title unanswered_line(const SectionPage& page) {
    pack::Title out;
    std::size_t count = 0;
    for (const ClausePage& clause : page.clauses) {
        const bool by_lists = clause.basis == model::Basis::Packs;
        if (clause.status != pack::ClauseStatus::Measured || clause.alive || by_lists) continue;
        if (++count > most_asked) continue;
        const bool known = clause.known_to != no_day;
        out.en += fmt::format(" {} {} ({})", clause.id, clause.asks.en,
                              known ? "data to " + day_words(clause.known_to, Language::En) : "no data");
        out.zh += fmt::format("{} {}（{}）", clause.id, clause.asks.zh,
                              known ? "数据截至" + day_words(clause.known_to, Language::Zh) : "无数据");
    }
    if (count == 0) return out;
    if (count > most_asked) {
        out.en += fmt::format(" And {} more.", count - most_asked);
        out.zh += fmt::format("另有{}项。", count - most_asked);
    }
    out.en = "Cannot be answered on this day:" + out.en;
    out.zh = "当日无法回答：" + out.zh;
    return out;
}

pack::Title basis_word(model::Basis basis) {
    switch (basis) {
        case model::Basis::Proxy: return {"proxy", "替代指标"};
        case model::Basis::Membership: return {"membership only", "仅依据缔约情况"};
        case model::Basis::Packs: return {"from our own lists", "依据自编清单"};
        case model::Basis::Data: break;
    }
    return {};
}

}  // namespace icosa::brief
