/// The newest clusters of a section on a map of their part of the world.
#pragma once

#include <string>
#include <vector>

#include "brief/dossier.hpp"
#include "brief/language.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

inline constexpr Words cluster_map_words = {"Newest clusters", "最新的聚集"};

/// Signals that have a circle, in the order of the page: on the map they are numbered from 1.
[[nodiscard]] std::vector<const model::Signal*> clusters_of(const SectionPage& page);

/// "1 Gulf of Guinea · 2 Red Sea"; empty where there are none.
[[nodiscard]] pack::Title cluster_places(const SectionPage& page, const Dossier& dossier);

/// An <svg> for a page with its style sheet: Equal Earth about the middle of the clusters, land and borders of Natural
/// Earth 1:50m (undetermined ones dashed), areas of disputed.toml dashed. Without outlines in the build there are the
/// lines of longitude and latitude alone. Empty where there are no clusters.
[[nodiscard]] std::string cluster_map(const SectionPage& page, const Dossier& dossier);
/// The same as a file of its own, with its style, its key and the notice of boundaries.
[[nodiscard]] std::string cluster_map_file(const SectionPage& page, const Dossier& dossier);
/// Its name beside dossier.md: "clusters-III.11.svg".
[[nodiscard]] std::string cluster_map_name(const SectionPage& page);

}  // namespace icosa::brief
