/// Rules of a source as numbers.
#include "harmonise/credibility.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "methods/credibility/posterior.hpp"

namespace icosa::harmonise {
namespace {

methods::DoubtEvidence evidence_of(const pack::DoubtRule& rule, const pack::Prior& prior, bool fires) {
    return {rule.precision, rule.recall, std::isnan(rule.base_rate) ? prior.wrong : rule.base_rate, 0, fires};
}

std::vector<methods::DoubtEvidence> evidence_of(const std::vector<const pack::DoubtRule*>& rules,
                                                const pack::Prior& prior, std::uint64_t answers) {
    std::vector<methods::DoubtEvidence> out;
    std::map<std::string, std::int32_t> groups;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        out.push_back(evidence_of(*rules[i], prior, (answers >> i & 1) != 0));
        out.back().group = groups.emplace(rules[i]->group, static_cast<std::int32_t>(groups.size())).first->second;
    }
    return out;
}

}  // namespace

model::Credit credit_of(const pack::Credibility& credibility, std::string_view source, std::uint64_t answers) {
    const auto rules = credibility.rules_of(source);
    const pack::Prior& prior = *credibility.prior_of(source);
    const auto evidence = evidence_of(rules, prior, answers);
    const std::size_t worst = methods::heaviest_of(evidence);
    return {methods::credibility_of(prior.wrong, evidence), worst < rules.size() ? rules[worst]->id : ""};
}

std::vector<const pack::DoubtRule*> reasons_of(const pack::Credibility& credibility, std::string_view source,
                                               std::uint64_t answers) {
    const auto rules = credibility.rules_of(source);
    const pack::Prior* prior = credibility.prior_of(source);
    std::vector<const pack::DoubtRule*> out;
    for (std::size_t i = 0; i < rules.size(); ++i)
        if ((answers >> i & 1) != 0) out.push_back(rules[i]);
    std::ranges::stable_sort(out, std::greater<>(),
                             [&](const pack::DoubtRule* rule) { return weight_of(*rule, *prior).fires; });
    return out;
}

RuleWeight weight_of(const pack::DoubtRule& rule, const pack::Prior& prior) {
    if (std::isnan(rule.precision)) return {};
    return {methods::likelihood_ratio(evidence_of(rule, prior, true)),
            methods::likelihood_ratio(evidence_of(rule, prior, false))};
}

store::Doubter doubter_of(const pack::Credibility& credibility, const pack::PlaceBook& places) {
    store::Doubter out;
    for (const pack::Prior& prior : credibility.priors) {
        for (const std::string& source : prior.sources) {
            model::Doubts doubts{source, {}};
            for (const pack::DoubtRule* rule : credibility.rules_of(source)) doubts.tests.push_back(rule->test);
            if (!doubts.tests.empty()) out.sources.push_back(std::move(doubts));
        }
    }
    for (const pack::PlacePair& pair : places.borders()) {
        out.neighbours.emplace_back(pair.a, pair.b);
        out.neighbours.emplace_back(pair.b, pair.a);
    }
    out.weigh = [kept = std::make_shared<pack::Credibility>(credibility)](
                    std::string_view source, std::uint64_t answers) { return credit_of(*kept, source, answers); };
    return out;
}

}  // namespace icosa::harmonise
