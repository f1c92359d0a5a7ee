/// Signals gathered by country.
#include "brief/countries.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "brief/compose.hpp"

namespace icosa::brief {
namespace {

struct Gathered {
    const model::Signal* signal;
    const model::WatchFinding* watch;
};

bool is_country(const pack::PlaceFacts* place) {
    return place && (place->kind == "state" || place->kind == "territory" || place->kind == "disputed");
}

}  // namespace

std::vector<CountryLine> countries_of(const Dossier& dossier, const Material& material) {
    std::map<std::string, std::vector<Gathered>> by_place;
    std::set<std::string> seen;
    for (const auto* group : {&dossier.areas, &dossier.principles, &dossier.platforms}) {
        for (const SectionPage& page : *group) {
            for (const model::WatchFinding& watch : page.watches) {
                for (const model::Signal& signal : watch.signals) {
                    if (!seen.insert(signal.id).second) continue;
                    for (const std::string_view part : split(signal.subject, '|')) {
                        const std::string id(part);
                        if (is_country(material.places.find_place(id))) by_place[id].push_back({&signal, &watch});
                    }
                }
            }
        }
    }
    std::vector<CountryLine> out;
    for (auto& [place, list] : by_place) {
        std::ranges::stable_sort(
            list, [](const Gathered& a, const Gathered& b) { return a.signal->grade > b.signal->grade; });
        CountryLine line{place, material.places.find_place(place)->name, list.front().signal->grade, {}};
        for (const Gathered& one : list) line.signals.push_back({one.signal->id, one.watch->id});
        out.push_back(std::move(line));
    }
    std::ranges::stable_sort(out, {}, [](const CountryLine& one) { return one.title.en; });
    return out;
}

}  // namespace icosa::brief
