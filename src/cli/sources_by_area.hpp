/// Which sources each area reads, how old the newest of each is, and how a newer one is had.
#pragma once

#include <map>
#include <string>

#include "app/packs.hpp"
#include "cli/as_of.hpp"
#include "model/evidence.hpp"

namespace icosa::cli {

enum class Written { Table, JsonLines };

/// A line an area and source, on the standard output. states: of the sources that the store holds, by id.
void print_sources_by_area(const app::Packs& packs, const std::map<std::string, model::SourceState>& states,
                           const Moment& moment, Written as);

}  // namespace icosa::cli
