/// Files that tests of drafts write, and the places of the packs.
#pragma once

#include <string>

#include "draft/guess.hpp"
#include "folder.hpp"
#include "pack/places.hpp"

namespace icosa::draft {

/// A file of this name and text in the test's own folder.
inline std::string made_file(const std::string& name, const std::string& text) {
    static const Folder folder;
    return folder.put(name, text);
}

inline const pack::PlaceBook& shipped_places() {
    static const pack::PlaceBook book = [] {
        pack::PlaceBook out;
        Diagnostics faults;
        for (const auto& path : pack::toml_files(ICOSA_ROOT "/packs/places"))
            out.read(pack::load_toml(path).value(), faults);
        out.check(faults);
        return out;
    }();
    return book;
}

inline Result<Guess> guess_of_text(const std::string& name, const std::string& text, Asked asked = {}) {
    return guess(made_file(name, text), asked, shipped_places());
}

/// A French log: three places, `days` days from 2021-01-01.
inline std::string french_log(int days) {
    std::string out = "date;lieu;nombre;dégâts;remarque\n";
    for (int i = 0; i < days; ++i) {
        const Civil c = civil_of(day_of(2021, 1, 1) + i);
        for (const char* place : {"Mali", "Tchad", "Burkina Faso"})
            out += std::to_string(c.day) + "/" + std::to_string(c.month) + "/" + std::to_string(c.year) + ";" + place
                + ";" + std::to_string(2 + i % 3) + ";1.234,5;près du marché\n";
    }
    return out;
}

}  // namespace icosa::draft
