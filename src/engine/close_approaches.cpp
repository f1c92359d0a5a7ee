/// Sets made ready for the search, and a sample of what it dropped for the checker.
#include "engine/close_approaches.hpp"

#include <algorithm>

#include "engine/orbit_elements.hpp"

namespace icosa::engine {

namespace orbit = methods::orbit;

ApproachesFound find_approaches(std::span<const model::ElementSet> sets, const ApproachQuestion& question) {
    std::vector<orbit::Satellite> satellites;
    satellites.reserve(sets.size());
    for (const model::ElementSet& set : sets)
        satellites.push_back(orbit::initialise(orbit_elements(set), question.gravity, question.mode));
    orbit::ConjunctionSearch search;
    search.start = orbit_instant(question.start);
    search.hours = question.hours;
    search.within_km = question.within_km;
    search.threads = question.threads;
    search.samples = question.samples;
    search.progress = question.progress;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        if (std::find(question.against.begin(), question.against.end(), sets[i].object) != question.against.end())
            search.against.push_back(i);
    }
    ApproachesFound out;
    out.answer = orbit::find_conjunctions(satellites, search);
    if (question.samples > 0)
        out.check = orbit::check_dropped(satellites, search.start, out.answer.step_seconds, question.within_km,
                                         out.answer.sample, question.checking);
    return out;
}

}  // namespace icosa::engine
