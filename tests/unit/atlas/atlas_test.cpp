/// What a point is in, with the shipped places: capitals, enclaves, areas, seas, days before a state's first one.
#include "atlas/atlas.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <tuple>

#include <gtest/gtest.h>

#include "methods/space/land.hpp"

namespace icosa::atlas {
namespace {

pack::PlaceBook shipped_places() {
    pack::PlaceBook out;
    Diagnostics faults;
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(ICOSA_ROOT "/packs/places")) files.push_back(file);
    std::ranges::sort(files);
    for (const auto& path : files) {
        std::ostringstream text;
        text << std::ifstream(path).rdbuf();
        if (const auto file = pack::parse_toml(text.str(), path.string())) out.read(*file, faults);
    }
    out.check(faults);
    for (const Error& fault : faults) ADD_FAILURE() << render(fault);
    return out;
}

const pack::PlaceBook& world() {
    static const pack::PlaceBook places = shipped_places();
    return places;
}

const Day now = day_of(2026, 1, 1);

class TheAtlas : public testing::Test {
protected:
    void SetUp() override {
        if (!Atlas::has_countries()) GTEST_SKIP() << "no outlines of countries in this build";
    }

    Atlas atlas_{world()};
};

TEST_F(TheAtlas, EveryOutlineWithANumberIsOfAPlace) {
    for (std::size_t i = 0; i < methods::land().countries.size(); ++i) {
        const auto& country = methods::land().countries[i];
        if (country.number.empty()) continue;
        EXPECT_FALSE(atlas_.outlines().place_of(static_cast<std::uint8_t>(i + 1), now).empty())
            << country.number << ' ' << country.name;
    }
}

TEST_F(TheAtlas, LandIsOfACountry) {
    const std::tuple<double, double, const char*> known[] = {
        {48.857, 2.352, "fra"},  {-1.286, 36.817, "ken"}, {-29.314, 27.484, "lso"}, {43.94, 12.46, "smr"},
        {54.71, 20.51, "rus"},   {-5.3, 12.3, "ago"},     {64.84, -147.72, "usa"},  {-17.8, 178.0, "fji"},
        {-16.8, -179.97, "fji"}, {-80, 0, "ata"},         {45.05, 34.1, "ukr"},     {9.56, 44.06, "som"},
        {35.25, 33.6, "cyp"},    {4.93, -52.3, "guf"},    {78.3, 16, "sjm"},
    };
    for (const auto& [latitude, longitude, place] : known) {
        const Whereabouts found = atlas_.at({latitude, longitude}, now);
        EXPECT_EQ(found.ground, Ground::Land) << place;
        EXPECT_EQ(found.country, place);
        EXPECT_TRUE(found.sea.empty() && found.disputed.empty() && found.nearest_country.empty()) << place;
        EXPECT_GT(found.coast_km, 0) << place;
    }
}

TEST_F(TheAtlas, AnAreaOfUndeterminedStatusIsOfNoState) {
    for (const auto& [latitude, longitude, area] : {std::tuple(9.8, 28.4, "abyei"),
                                                    {24.5, -13.5, "western-sahara"},
                                                    {33.0, 35.8, "golan"},
                                                    {34.1, 74.8, "jammu-and-kashmir"},
                                                    {35.4, 77.2, "jammu-and-kashmir"},
                                                    {-51.7, -58.5, "falkland-islands-malvinas"}}) {
        const Whereabouts found = atlas_.at({latitude, longitude}, now);
        EXPECT_EQ(found.disputed, area);
        EXPECT_EQ(found.country, "") << area;
    }
}

TEST_F(TheAtlas, WaterIsOfASeaWithTheNearestCoast) {
    const Whereabouts gulf = atlas_.at({12.3, 47.5}, now);
    EXPECT_EQ(gulf.ground, Ground::Water);
    EXPECT_EQ(gulf.sea, "gulf-of-aden");
    EXPECT_EQ(gulf.nearest_country, "som");
    EXPECT_NEAR(gulf.coast_km, 125, 15);
    const Whereabouts origin = atlas_.at({0, 0}, now);
    EXPECT_EQ(origin.gid, 129961);
    EXPECT_EQ(origin.ground, Ground::Water);
    EXPECT_EQ(origin.nearest_country, "gha");
    EXPECT_EQ(atlas_.at({24.9, -13.0 - 3.5}, now).nearest_country, "western-sahara");
    EXPECT_EQ(atlas_.at({-8.52, 179.19}, now).without_outline, "tuv");
}

TEST_F(TheAtlas, AnEarlierDayHasTheStateOfThatDayOrNone) {
    const methods::GlobePoint juba{4.85, 31.6}, khartoum{15.55, 32.53}, kyiv{50.45, 30.52}, bonn{50.73, 7.1},
        asmara{15.33, 38.93}, riga{56.95, 24.2};
    EXPECT_EQ(atlas_.at(juba, day_of(2012, 1, 1)).country, "ssd");
    EXPECT_EQ(atlas_.at(juba, day_of(2011, 7, 8)).country, "sdn");
    EXPECT_EQ(atlas_.at(khartoum, day_of(2005, 1, 1)).country, "sdn");
    EXPECT_EQ(atlas_.at(kyiv, day_of(1985, 1, 1)).country, "ussr");
    EXPECT_EQ(atlas_.at(bonn, day_of(1990, 10, 3)).country, "deu");
    EXPECT_EQ(atlas_.at(bonn, day_of(1985, 1, 1)).country, "");
    EXPECT_EQ(atlas_.at(asmara, day_of(1990, 1, 1)).country, "eth");
    EXPECT_NE(atlas_.at(riga, day_of(1985, 1, 1)).country, "ussr");
    EXPECT_EQ(atlas_.at(khartoum, day_of(1930, 1, 1)).country, "");
}

TEST_F(TheAtlas, ARecordOffTheCoastCountsToTheNearest) {
    EXPECT_EQ(atlas_.country_at({4.7, 8.0 - 0.5}, now), "nga");
    EXPECT_EQ(atlas_.country_at({9.297655, 80.885115}, now), "lka");  // 12 km off
    EXPECT_EQ(atlas_.country_at({0, 0}, now), "");
    EXPECT_EQ(atlas_.country_at({12.11, 14.97}, now),
              "cmr");  // west of the Chari, as the source draws it
}

TEST_F(TheAtlas, DistancesToAPlace) {
    Distances distances(atlas_);
    EXPECT_EQ(distances.km_to("fra", {48.857, 2.352}, now), 0);
    EXPECT_NEAR(distances.km_to("deu", {48.857, 2.352}, now).value(), 285, 40);
    EXPECT_EQ(distances.km_to("sdn", {4.85, 31.6}, day_of(2005, 1, 1)), 0);
    EXPECT_GT(distances.km_to("sdn", {4.85, 31.6}, now).value(), 300);
    EXPECT_EQ(distances.km_to("tuv", {-8.52, 179.19}, now), std::nullopt);
    EXPECT_EQ(distances.km_to("nowhere", {0, 0}, now), std::nullopt);
    const auto box = atlas_.box_of("mli", now);
    ASSERT_TRUE(box);
    EXPECT_NEAR(box->x_min, -12.26, 0.05);
    EXPECT_NEAR(box->y_max, 25.0, 0.05);
    EXPECT_FALSE(atlas_.box_of("sdn", day_of(1930, 1, 1)));
}

}  // namespace
}  // namespace icosa::atlas
