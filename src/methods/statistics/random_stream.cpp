/// How a stream begins.
#include "methods/statistics/random_stream.hpp"

namespace icosa::methods {
namespace {

std::uint64_t splitmix(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

}  // namespace

UnitStream::UnitStream(std::uint64_t seed, std::uint64_t number) : state_() {
    std::uint64_t from = seed;
    from = splitmix(from) + number;
    for (auto& word : state_) word = splitmix(from);
}

}  // namespace icosa::methods
