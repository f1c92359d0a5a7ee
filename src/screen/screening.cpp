/// Screening: who of a list may be meant by a name.
#include "screen/screening.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <thread>

#include "base/text.hpp"
#include "methods/names/search.hpp"

namespace icosa::screen {
namespace {

namespace names = methods::names;

constexpr double match_from = 0.65;
constexpr double unsure_from = 0.35;

/// A list puts remarks within a name ("X, born 1 Jan. 1960", "X (passport no. 1)"); other names stand in brackets,
/// parted by semicolons.
std::vector<std::string> names_within(const std::string& text) {
    std::string outer;
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto open = text.find('(', at);
        outer += text.substr(at, open - at);
        if (open == text.npos) break;
        const auto close = text.find(')', open);
        const std::string inner = text.substr(open + 1, close == text.npos ? close : close - open - 1);
        if (inner.find(';') != inner.npos)
            for (const auto part : split(inner, ';'))
                if (!trim(part).empty()) out.emplace_back(trim(part));
        outer += ' ';
        at = close == text.npos ? text.size() : close + 1;
    }
    for (const std::string_view remark : {", born ", " born on ", ", date of birth"})
        if (const auto from = outer.find(remark); from != outer.npos && from > 0) outer.resize(from);
    const bool says_something = names::fold_name(outer, names::Bearer::Unknown).strong() > 0;
    out.insert(out.begin(), says_something ? outer : text);
    return out;
}

struct IndexInput {
    std::vector<names::IndexedName> names;
    std::vector<std::pair<std::int32_t, std::int32_t>> origins;
};

IndexInput fold_lists(std::span<const model::Designee> lists, std::size_t from, std::size_t to) {
    IndexInput out;
    for (std::size_t d = from; d < to; ++d) {
        for (std::size_t n = 0; n < lists[d].names.size(); ++n) {
            const std::string& text = lists[d].names[n].text;
            const bool is_plain = text.find('(') == text.npos && text.find(" born ") == text.npos;
            for (const auto& one : is_plain ? std::vector<std::string>{text} : names_within(text)) {
                auto folded = names::fold_name(one, names::Bearer::Unknown);
                if (folded.strong() == 0) continue;
                out.names.push_back({std::move(folded), static_cast<std::int32_t>(d), {}});
                out.origins.emplace_back(static_cast<std::int32_t>(d), static_cast<std::int32_t>(n));
            }
        }
    }
    return out;
}

/// Parts of a whole on threads; what each makes is put together in their order.
IndexInput folded(std::span<const model::Designee> lists, int threads) {
    const auto parts = static_cast<std::size_t>(std::clamp(threads, 1, 16));
    std::vector<IndexInput> made(parts);
    std::vector<std::thread> workers;
    const auto run = [&](std::size_t part) {
        made[part] = fold_lists(lists, lists.size() * part / parts, lists.size() * (part + 1) / parts);
    };
    for (std::size_t part = 1; part < parts; ++part) workers.emplace_back(run, part);
    run(0);
    for (auto& worker : workers) worker.join();
    IndexInput out = std::move(made[0]);
    for (std::size_t part = 1; part < parts; ++part) {
        std::move(made[part].names.begin(), made[part].names.end(), std::back_inserter(out.names));
        out.origins.insert(out.origins.end(), made[part].origins.begin(), made[part].origins.end());
    }
    return out;
}

double with_evidence(double probability, double log_odds) {
    const double kept = std::clamp(probability, 1e-9, 1 - 1e-9);
    return 1 / (1 + std::exp(-(std::log(kept / (1 - kept)) + log_odds)));
}

}  // namespace

std::string_view verdict_words(Verdict verdict) {
    return verdict == Verdict::Match ? "possible match, for human review"
        : verdict == Verdict::Unsure ? "insufficient information"
                                     : "no match";
}

/// What one thread works with.
class Screening::Searcher {
public:
    explicit Searcher(const Screening& all) : all_(all), search_(all.index_, all.near_) {}

    Answer answer(const Asked& asked, std::size_t most) {
        Answer out;
        const auto folded_name = names::fold_name(asked.name, names::Bearer::Unknown);
        if (folded_name.is_cut) {
            out.note = "only the beginning of this name was read";
            out.verdict = Verdict::Unsure;
        }
        if (folded_name.strong() == 0) {
            out.verdict = Verdict::Unsure;
            out.note = "no word to go by";
            return out;
        }
        // an identifier may lift what the name alone leaves low
        const bool has_more = asked.born.first != no_day || !asked.document.empty();
        const double least = has_more ? 0.02 : unsure_from;
        for (auto& hit : search_.find(folded_name, least, has_more ? 4 * most : most)) {
            const Origin origin = all_.origins_[hit.name];
            const model::Designee& listed = all_.lists_[static_cast<std::size_t>(origin.designee)];
            const model::ListedName& name = listed.names[static_cast<std::size_t>(origin.name)];
            Found one;
            one.designee = origin.designee;
            one.identifiers = check_identifiers(asked, listed);
            one.score = with_evidence(hit.probability, one.identifiers.log_odds);
            // dates of lists err: what matches by name is told although they differ
            if (one.score < unsure_from && hit.probability < match_from && !hit.is_same && !hit.is_within) continue;
            one.matched_name = name.text;
            one.is_weak_alias = name.quality == model::NameQuality::Weak;
            const bool identifies = !one.is_weak_alias || one.identifiers.log_odds > 0;
            one.verdict = one.score >= match_from && identifies ? Verdict::Match : Verdict::Unsure;
            one.words = names::explain(folded_name, all_.index_.names()[hit.name].name, hit.alignment);
            one.by_chance = std::exp(-hit.features[static_cast<std::size_t>(names::ListFeature::Said)]);
            out.found.push_back(std::move(one));
        }
        std::stable_sort(out.found.begin(), out.found.end(),
                         [](const Found& a, const Found& b) { return a.score > b.score; });
        if (out.found.size() > most) out.found.resize(most);
        for (const Found& one : out.found) out.verdict = std::max(out.verdict, one.verdict);
        return out;
    }

private:
    const Screening& all_;
    names::NameSearch search_;
};

Screening::Screening(std::vector<model::Designee> lists, int threads)
    : lists_(std::move(lists)), index_([&] {
          IndexInput input = folded(lists_, threads);
          origins_.reserve(input.origins.size());
          for (const auto& [designee, name] : input.origins) origins_.push_back({designee, name});
          return names::NameIndex(std::move(input.names));
      }()) {}

Answer Screening::of(const Asked& asked, std::size_t most) const { return Searcher(*this).answer(asked, most); }

std::vector<Answer> Screening::of_all(std::span<const Asked> asked, std::size_t most, int threads,
                                      const std::function<void(std::int64_t)>& done) const {
    std::vector<Answer> out(asked.size());
    std::atomic<std::size_t> next = 0;
    std::mutex telling;
    std::int64_t finished = 0;
    const auto run = [&] {
        constexpr std::size_t at_once = 256;
        Searcher searcher(*this);
        for (std::size_t from = next.fetch_add(at_once); from < asked.size(); from = next.fetch_add(at_once)) {
            const std::size_t to = std::min(asked.size(), from + at_once);
            for (std::size_t i = from; i < to; ++i) out[i] = searcher.answer(asked[i], most);
            const std::scoped_lock guard(telling);
            finished += static_cast<std::int64_t>(to - from);
            if (done) done(finished);
        }
    };
    std::vector<std::thread> workers;
    for (int i = 1; i < std::min(threads, 64); ++i) workers.emplace_back(run);
    run();
    for (auto& worker : workers) worker.join();
    return out;
}

}  // namespace icosa::screen
