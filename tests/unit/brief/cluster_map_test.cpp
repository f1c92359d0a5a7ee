/// Maps of clusters: every circle is there, numbered; the window is no wider than it must be.
#include "brief/cluster_map.hpp"

#include <gtest/gtest.h>

#include "atlas/atlas.hpp"

namespace icosa::brief {
namespace {

std::size_t times(const std::string& what, std::string_view in) {
    std::size_t out = 0;
    for (std::size_t at = in.find(what); at != in.npos; at = in.find(what, at + 1)) ++out;
    return out;
}

model::Signal cluster(const std::string& subject, double lat, double lon, double km) {
    model::Signal out;
    out.id = "w/" + subject + "/2020-01";
    out.subject = subject;
    out.subject_title = "within some km of a point";
    out.reason = "10 events & more";
    out.around = model::Circle{lat, lon, km};
    return out;
}

SectionPage page(std::vector<model::Signal> signals) {
    SectionPage out;
    out.section = "III.11";
    out.title = {"Sea and rivers", "海洋与河流"};
    model::WatchFinding watch;
    watch.signals = std::move(signals);
    out.watches.push_back(std::move(watch));
    return out;
}

TEST(ClusterMap, NothingWithoutClusters) {
    const Dossier dossier;
    EXPECT_EQ(cluster_map(page({}), dossier), "");
    EXPECT_EQ(cluster_map_file(page({model::Signal()}), dossier), "");
    EXPECT_EQ(cluster_places(page({}), dossier).en, "");
}

TEST(ClusterMap, CirclesAreNumberedAndNamedByPlace) {
    Dossier dossier;
    dossier.names["gulf"] = {"Gulf", "海湾"};
    const auto of = page({cluster("gulf|cell:1", 4.25, 5.75, 120), cluster("cell:2", 6, 2, 30),
                          cluster("gulf|cell:3", 3.25, 6.75, 120)});
    const std::string map = cluster_map(of, dossier);
    EXPECT_EQ(times("class=\"clu\"", map), 3U);
    EXPECT_EQ(times("10 events &amp; more", map), 3U);
    EXPECT_NE(map.find(">3</text>"), std::string::npos);
    EXPECT_EQ(cluster_places(of, dossier).en, "1, 3 Gulf · 2 within some km of a point");
    EXPECT_EQ(cluster_places(of, dossier).zh, "1, 3 海湾 · 2 within some km of a point");
    EXPECT_EQ(map.find("class=\"land\"") == std::string::npos, !atlas::Atlas::has_countries());
    const std::string file = cluster_map_file(of, dossier);
    EXPECT_TRUE(file.starts_with("<?xml"));
    EXPECT_NE(file.find("Boundaries, names and designations"), std::string::npos);
    EXPECT_EQ(times("<svg", file), times("</svg>", file));
    EXPECT_EQ(cluster_map_name(of), "clusters-III.11.svg");
    EXPECT_EQ(file, cluster_map_file(of, dossier));
}

/// How far apart two circles stand on the sheet, from the cx of those that are drawn as dots.
TEST(ClusterMap, TwoSidesOfTheDateLineAreNeighbours) {
    const Dossier dossier;
    const std::string near = cluster_map(page({cluster("a", -17, 179.8, 0), cluster("b", -17, -179.8, 0)}), dossier);
    const auto cx = [](const std::string& map, std::size_t from) {
        const std::size_t at = map.find("cx=\"", from) + 4;
        return std::pair{std::stod(map.substr(at)), at};
    };
    const auto [first, after] = cx(near, 0);
    const auto [second, end] = cx(near, after);
    EXPECT_LT(std::abs(first - second), 20);
    EXPECT_GT(std::abs(first - second), 5);
    const std::string world =
        cluster_map(page({cluster("a", 0, -120, 0), cluster("b", 0, 0, 0), cluster("c", 0, 120, 0)}), dossier);
    const auto [c, after_c] = cx(world, 0);  // the first is on top, so it is written last
    EXPECT_NEAR(c, 600, 1);                  // five sixths of the sheet
}

TEST(ClusterMap, ALongKeyIsBrokenBetweenItsEntries) {
    const Dossier dossier;
    std::vector<model::Signal> many;
    for (int i = 0; i < 8; ++i) {
        many.push_back(cluster("cell:" + std::to_string(i), 5 + i, 5, 50));
        many.back().subject_title = "within 50 km of a point with a rather long name " + std::to_string(i);
    }
    const std::string file = cluster_map_file(page(std::move(many)), dossier);
    EXPECT_EQ(times("class=\"n\"", file), 6U);  // what it shows, two entries a line, and the notice
}

}  // namespace
}  // namespace icosa::brief
