/// Covers of the states by members.
#include "respond/options/convenors.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "methods/relations/smallest_cover.hpp"

namespace icosa::respond {
namespace {

struct Body {
    const pack::Mechanism* mechanism = nullptr;
    std::vector<std::string> members;
    std::uint64_t seats = 0;  ///< of the states asked for
};

Convening convening_of(const std::vector<const Body*>& family, const std::vector<std::string>& states) {
    Convening out;
    std::uint64_t seats = 0;
    for (const Body* body : family) {
        out.bodies.push_back(body->mechanism->id);
        out.members += body->members.size();
        seats |= body->seats;
    }
    for (std::size_t i = 0; i < states.size(); ++i) (seats >> i & 1 ? out.in : out.out).push_back(states[i]);
    return out;
}

}  // namespace

std::vector<Convening> convenings(const std::vector<std::string>& states,
                                  const std::vector<const pack::Mechanism*>& bodies, const pack::PlaceBook& places,
                                  Day day) {
    std::vector<Body> seated;
    for (const pack::Mechanism* mechanism : bodies) {
        Body body{mechanism, members_of(*mechanism, places, day), 0};
        for (std::size_t i = 0; i < std::min<std::size_t>(states.size(), 64); ++i) {
            if (std::ranges::binary_search(body.members, states[i])) body.seats |= std::uint64_t{1} << i;
        }
        if (body.seats) seated.push_back(std::move(body));
    }
    std::vector<std::uint64_t> seats;
    for (const Body& body : seated) seats.push_back(body.seats);
    const std::size_t many = std::min<std::size_t>(states.size(), 64);
    const std::uint64_t all = many == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << many) - 1;
    std::vector<Convening> out;
    for (const auto& family : methods::smallest_covers(seats, all, most_bodies_together)) {
        std::vector<const Body*> together;
        for (const std::size_t one : family) together.push_back(&seated[one]);
        out.push_back(convening_of(together, states));
    }
    if (out.empty()) {
        int most = 0;
        for (const Body& body : seated) most = std::max(most, std::popcount(body.seats));
        for (const Body& body : seated) {
            if (std::popcount(body.seats) == most) out.push_back(convening_of({&body}, states));
        }
    }
    std::ranges::stable_sort(out, [](const Convening& a, const Convening& b) {
        return std::tie(a.members, a.bodies) < std::tie(b.members, b.bodies);
    });
    return out;
}

}  // namespace icosa::respond
