/// Cards written in the test that needs them.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "pack/source_card.hpp"
#include "pack/toml.hpp"

namespace icosa::ingest {

/// source: keys of [source] beyond the needed ones; rest: the other tables.
inline pack::SourceCard card_of(const std::string& id, const std::string& source, const std::string& rest) {
    const std::string text = "[source]\nid = \"" + id + "\"\ntitle = \"T\"\npublisher = \"P\"\nlicence = \"CC0-1.0\"\n"
        + source + "\n" + rest;
    auto file = pack::parse_toml(text, "packs/sources/" + id + ".toml");
    if (!file) {
        ADD_FAILURE() << render(file.error());
        return {};
    }
    Diagnostics faults;
    auto card = pack::parse_source_card(*file, faults);
    for (const Error& fault : faults) ADD_FAILURE() << render(fault);
    return card;
}

}  // namespace icosa::ingest
