/// Details by row, rows by file, files by age.
#include "harmonise/element_sets.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.hpp"
#include "model/element_choice.hpp"

namespace icosa::harmonise {
namespace {

constexpr int days_of_one_catalogue = 3;

/// A set while its details come; whole once all that SGP4 needs was there.
struct GrowingSet {
    model::ElementSet set;
    unsigned known = 0;
    bool is_faulty = false;

    [[nodiscard]] bool is_whole() const {
        constexpr unsigned all = (1U << 8U) - 1;
        return known == all && !is_faulty && set.mean_motion_rev_per_day > 0 && set.eccentricity >= 0
            && set.eccentricity < 1;
    }
    void add(const model::Detail& detail) {
        using enum model::DetailField;
        switch (detail.field) {
            case ObjectNumber: return whole(detail.text);
            case Epoch: return epoch(detail.text);
            case MeanMotion: return number(detail.text, set.mean_motion_rev_per_day, 2);
            case Eccentricity: return number(detail.text, set.eccentricity, 3);
            case Inclination: return number(detail.text, set.inclination_deg, 4);
            case AscendingNode: return number(detail.text, set.ascending_node_deg, 5);
            case PerigeeArgument: return number(detail.text, set.perigee_argument_deg, 6);
            case MeanAnomaly: return number(detail.text, set.mean_anomaly_deg, 7);
            case Drag: return number(detail.text, set.drag_per_er, 31);
            case ObjectName: set.name = detail.text; return;
            case Designator: set.designator = detail.text; return;
            default: return;
        }
    }

private:
    void is_known(unsigned bit) {
        if (bit < 8) known |= 1U << bit;
    }
    void number(const std::string& text, double& into, unsigned bit) {
        const auto value = parse_number(text);
        if (!value) is_faulty = true;
        else into = *value;
        is_known(bit);
    }
    void whole(const std::string& text) {
        const auto value = parse_integer(text);
        if (!value || *value < 1 || *value > 999'999'999) is_faulty = true;
        else set.object = static_cast<std::int32_t>(*value);
        is_known(0);
    }
    void epoch(const std::string& text) {
        const auto at = parse_instant(text);
        if (!at) is_faulty = true;
        else {
            set.epoch_day = at->day;
            set.epoch_us = at->us;
        }
        is_known(1);
    }
};

struct CatalogueFile {
    std::vector<model::ElementSet> sets;
    Instant newest;
};

}  // namespace

Result<std::vector<model::ElementSet>> element_sets(store::Store& store, const std::string& source, Day as_of) {
    std::map<std::string, CatalogueFile> files;
    std::optional<GrowingSet> growing;
    const auto finish = [&] {
        if (growing && growing->is_whole()) {
            CatalogueFile& file = files[growing->set.file];
            file.newest = std::max(file.newest, model::epoch_of(growing->set));
            file.sets.push_back(std::move(growing->set));
        }
        growing.reset();
    };
    TRY(store.details(source, model::RecordKind::Event, as_of, [&](const std::string& path, const model::Detail& one) {
        if (growing && (growing->set.line != one.line || growing->set.file != path)) finish();
        if (!growing) {
            growing.emplace();
            growing->set.file = path;
            growing->set.line = one.line;
        }
        growing->add(one);
    }));
    finish();
    Instant newest;
    for (const auto& [path, file] : files) newest = std::max(newest, file.newest);
    const CatalogueFile* largest = nullptr;
    for (const auto& [path, file] : files) {
        if (newest.day - file.newest.day > days_of_one_catalogue) continue;
        if (!largest || file.sets.size() > largest->sets.size()) largest = &file;
    }
    if (!largest) return std::vector<model::ElementSet>();
    std::set<std::int32_t> objects;
    std::vector<model::ElementSet> out = largest->sets;
    for (const model::ElementSet& set : out) objects.insert(set.object);
    for (const auto& [path, file] : files) {
        if (&file == largest || newest.day - file.newest.day > days_of_one_catalogue) continue;
        for (const model::ElementSet& set : file.sets)
            if (objects.contains(set.object)) out.push_back(set);
    }
    return out;
}

}  // namespace icosa::harmonise
