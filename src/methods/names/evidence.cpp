/// What an alignment says for and against one bearer, as a few numbers.
#include "methods/names/evidence.hpp"

#include <algorithm>

namespace icosa::methods::names {
namespace {

std::size_t letters(const FoldedName& name, std::size_t from, std::size_t count) {
    std::size_t out = 0;
    for (std::size_t i = from; i < from + count; ++i) out += name.tokens[i].text.size();
    return out;
}

/// "x bin y" met "y bin x".
bool is_reversed(const FoldedName& a, const FoldedName& b, const Alignment& alignment) {
    const auto is_son = [](const FoldedName& name, std::size_t i) {
        return i < name.tokens.size() && name.tokens[i].text == "bin";
    };
    for (const TokenMeeting& son : alignment.meetings) {
        if (!is_son(a, son.a_from + 1U) || son.b_from < 2 || !is_son(b, son.b_from - 1U)) continue;
        for (const TokenMeeting& father : alignment.meetings)
            if (father.a_from == son.a_from + 2 && father.b_from + 2 == son.b_from) return true;
    }
    return false;
}

/// Words of one name stand in another order in the other one, and not only the last ones first.
bool is_order_broken(const FoldedName& a, const Alignment& alignment) {
    std::array<std::uint8_t, most_aligned> place{};  // in b, of each token of a, from 1
    for (const TokenMeeting& one : alignment.meetings)
        if (one.a_count > 0 && one.b_count > 0 && !is_weak(a.tokens[one.a_from].kind))
            place[one.a_from] = static_cast<std::uint8_t>(one.b_from + 1);
    int met = 0, falls = 0, first = 0, last = 0;
    for (const int at : place) {
        if (at == 0) continue;
        if (met++ == 0) first = at;
        else if (at < last) ++falls;
        last = at;
    }
    if (met > 0 && first < last) ++falls;
    return met >= 3 && falls > 1;
}

struct Left {
    double weight = 0;
    bool form = false, number = false, patronymic = false, initial = false, name = false;
};

Left left_of(const FoldedName& name, std::span<const float> weights, std::span<const std::uint8_t> left) {
    Left out;
    for (const std::size_t i : left) {
        const WordKind kind = name.tokens[i].kind;
        out.form |= kind == WordKind::Form;
        out.number |= kind == WordKind::Number;
        out.patronymic |= kind == WordKind::Patronymic;
        out.initial |= kind == WordKind::Initial;
        out.name |= kind == WordKind::Name;
        if (!is_weak(kind)) out.weight += static_cast<double>(weights[i]);
    }
    return out;
}

}  // namespace

float plain_weight(const NameToken& token) {
    switch (token.kind) {
        case WordKind::Particle:
        case WordKind::Title:
        case WordKind::Form: return 0.1F;
        case WordKind::Initial: return 0.3F;
        case WordKind::Patronymic: return 0.4F;
        case WordKind::Generic: return 1.0F;
        case WordKind::Number: return 0.7F;
        case WordKind::Name: break;
    }
    return token.text.size() <= 2 ? 0.7F : 1.0F;
}

Features features_of(const FoldedName& a, const FoldedName& b, std::span<const float> weights_a,
                     std::span<const float> weights_b, const Alignment& alignment) {
    Features out{};
    const auto feature = [&](Feature one) -> double& { return out[static_cast<std::size_t>(one)]; };
    double edits = 0, cost = 0, length = 0, strange = 0;
    int met = 0, initials = 0;
    bool patronymic_differs = false;
    for (const TokenMeeting& one : alignment.meetings) {
        const WordKind kind = one.a_count > 0 ? a.tokens[one.a_from].kind : WordKind::Particle;
        if (one.how == Meeting::Initial) ++initials;
        if (one.how == Meeting::Repeated || one.how == Meeting::Initial
            || (is_weak(kind) && one.how != Meeting::Joined))
            continue;
        met += std::max(one.a_count, one.b_count);
        const double long_of =
            static_cast<double>(std::max(letters(a, one.a_from, one.a_count), letters(b, one.b_from, one.b_count)));
        if (one.how == Meeting::Acronym) continue;
        edits += one.edits;
        strange += std::min<double>(one.edits, 2.2 * static_cast<double>(one.cost));
        cost += static_cast<double>(one.cost);
        length += long_of;
        patronymic_differs |= kind == WordKind::Patronymic && one.likeness < 0.75F;
    }
    const Left left_a = left_of(a, weights_a, alignment.left_a), left_b = left_of(b, weights_b, alignment.left_b);
    const double less = std::min(left_a.weight, left_b.weight), more = std::max(left_a.weight, left_b.weight);
    const auto strong_weight = [](const FoldedName& name, std::span<const float> weights) {
        double total = 0;
        for (std::size_t i = 0; i < name.tokens.size(); ++i)
            if (!is_weak(name.tokens[i].kind)) total += static_cast<double>(weights[i]);
        return total;
    };
    const double whole = left_a.weight > left_b.weight ? strong_weight(a, weights_a) : strong_weight(b, weights_b);
    feature(Feature::Edits) = std::min(edits, 8.0);
    feature(Feature::EditCost) = length > 0 ? cost / length : 0;
    feature(Feature::EditsBeyondTwo) = std::clamp(strange - 2, 0.0, 6.0);
    feature(Feature::LeftBoth) = std::min(less, 3.0);
    feature(Feature::LeftOne) = std::min(more - less, 4.0);
    feature(Feature::LeftShare) = whole > 0 ? (more - less) / whole : 0;
    feature(Feature::SingleWord) = met == 1 ? 1 : 0;
    feature(Feature::NothingMet) = met == 0 ? 1 : 0;
    feature(Feature::Initials) = std::min(initials, 2);
    feature(Feature::FormConflict) = left_a.form && left_b.form ? 1 : 0;
    feature(Feature::NumberConflict) = left_a.number || left_b.number ? 1 : 0;
    const bool patronymics = patronymic_differs || (left_a.patronymic && left_b.patronymic);
    const bool initials_differ = (left_a.initial && (left_b.initial || left_b.name)) || (left_b.initial && left_a.name);
    feature(Feature::BrokenOrder) = is_order_broken(a, alignment) ? 1 : 0;
    feature(Feature::MiddleConflict) = patronymics || initials_differ || is_reversed(a, b, alignment) ? 1 : 0;
    return out;
}

}  // namespace icosa::methods::names
