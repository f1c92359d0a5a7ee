/// The index of countries: which signals, over all sections, are about each.
#pragma once

#include <string>
#include <vector>

#include "model/findings.hpp"
#include "pack/toml.hpp"

namespace icosa::brief {

struct Dossier;
struct Material;

/// A state or territory with at least one signal: of it, or of a pair or series that it is a part of.
struct CountryLine {
    /// A signal and the watch that found it.
    struct Entry {
        std::string id;
        std::string watch;
    };
    std::string place;
    pack::Title title;
    model::Grade grade = model::Grade::Note;  ///< the best of them
    std::vector<Entry> signals;               ///< each once; by grade, then in the order of the pages
};

/// By English title.
[[nodiscard]] std::vector<CountryLine> countries_of(const Dossier& dossier, const Material& material);

}  // namespace icosa::brief
