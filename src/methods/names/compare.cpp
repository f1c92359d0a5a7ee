/// Two names: how probable it is that they name one bearer, and why.
#include "methods/names/compare.hpp"

#include <cmath>

#include <fmt/format.h>

#include "methods/names/pair_weights.hpp"

namespace icosa::methods::names {
namespace {

std::vector<float> plain_weights(const FoldedName& name) {
    std::vector<float> out;
    for (const auto& token : name.tokens) out.push_back(plain_weight(token));
    return out;
}

std::string words_of(const FoldedName& name, std::size_t from, std::size_t count) {
    std::string out;
    for (std::size_t i = from; i < from + count; ++i) out += (out.empty() ? "" : " ") + name.tokens[i].text;
    return out;
}

std::string words_left(const FoldedName& name, std::span<const std::uint8_t> left) {
    std::string out;
    for (const std::size_t i : left) out += (out.empty() ? "" : " ") + name.tokens[i].text;
    return out.empty() ? "-" : out;
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
    return verdict == Verdict::Match ? "match" : verdict == Verdict::Unsure ? "unsure" : "no";
}

Comparison compare_names(std::string_view a, std::string_view b, Bearer bearer) {
    Comparison out;
    out.a = fold_name(a, bearer);
    out.b = fold_name(b, bearer);
    if (out.a.tokens.empty() || out.b.tokens.empty()) {
        out.verdict = Verdict::Unsure;
        return out;
    }
    const auto weights_a = plain_weights(out.a), weights_b = plain_weights(out.b);
    out.alignment = align(out.a, out.b, weights_a, weights_b);
    out.features = features_of(out.a, out.b, weights_a, weights_b, out.alignment);
    const PairWeights& weights = bearer == Bearer::Person ? person_weights : organisation_weights;
    double odds = weights.bias;
    for (std::size_t i = 0; i < feature_count; ++i) odds += weights.of[i] * out.features[i];
    out.probability = 1 / (1 + std::exp(-odds));
    constexpr double match_from = 0.5, unsure_from = 0.25;
    out.verdict = out.probability >= match_from ? Verdict::Match
        : out.probability >= unsure_from        ? Verdict::Unsure
                                                : Verdict::No;
    return out;
}

std::string explain(const FoldedName& a, const FoldedName& b, const Alignment& alignment) {
    std::string out;
    for (const TokenMeeting& one : alignment.meetings) {
        if (!out.empty()) out += "; ";
        if (one.how == Meeting::Repeated) {
            const bool in_a = one.b_count == 0;
            out += in_a ? words_of(a, one.a_from, 1) : words_of(b, one.b_from, 1);
            out += " said twice";
            continue;
        }
        const std::string here = words_of(a, one.a_from, one.a_count), there = words_of(b, one.b_from, one.b_count);
        switch (one.how) {
            case Meeting::Same: out += here + " = " + there; break;
            case Meeting::Initial: out += here + " may be " + there; break;
            case Meeting::Acronym: out += here + " by first letters " + there; break;
            default: out += fmt::format("{} ~ {} {:.2f}", here, there, static_cast<double>(one.likeness)); break;
        }
    }
    if (out.empty()) out = "no word met";
    if (!alignment.left_a.empty() || !alignment.left_b.empty())
        out += fmt::format("; left: {} | {}", words_left(a, alignment.left_a), words_left(b, alignment.left_b));
    return out;
}

}  // namespace icosa::methods::names
