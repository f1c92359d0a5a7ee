/// packs/places/borders.toml beside the country of each half-degree cell of PRIO-GRID: every difference has its reason
/// here.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "pack/places.hpp"

namespace icosa {
namespace {

namespace fs = std::filesystem;
using Pair = std::pair<std::string, std::string>;

constexpr int columns = 720, cells = 360 * columns;

/// Countries of cells that share a side, by lower-case ISO 3166 code as the counts name them.
std::set<Pair> grid_borders(const fs::path& folder, std::set<std::string>& countries) {
    std::map<std::string, std::string, std::less<>> iso3;
    std::string line;
    std::ifstream counts(folder / "ged_country_month_1989_2020.csv");
    std::getline(counts, line);
    while (std::getline(counts, line)) {
        const auto row = split(line, ',');
        auto& code = iso3[std::string(row[1])];
        code = row[3].empty() ? "xkx" : std::string(row[3]);
        std::transform(code.begin(), code.end(), code.begin(),
                       [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    }
    std::vector<std::string> of_cell(static_cast<std::size_t>(cells) + 1);
    std::ifstream skeleton(folder / "skeleton_pg_c.csv");
    std::getline(skeleton, line);
    while (std::getline(skeleton, line)) {
        const auto row = split(trim(line), ',');
        of_cell[static_cast<std::size_t>(*parse_integer(row[1]))] = iso3.find(row[0])->second;
    }
    std::set<Pair> out;
    for (int cell = 1; cell <= cells; ++cell) {
        const auto& here = of_cell[static_cast<std::size_t>(cell)];
        if (here.empty()) continue;
        countries.insert(here);
        const int east = (cell - 1) % columns + 1 == columns ? cell - columns + 1 : cell + 1, north = cell + columns;
        for (const int other : {east, north}) {
            if (other > cells) continue;
            const auto& there = of_cell[static_cast<std::size_t>(other)];
            if (!there.empty() && there != here) out.insert(std::minmax(here, there));
        }
    }
    return out;
}

/// Sides shared by cells of places that do not touch: half a degree is wide.
const std::map<Pair, std::string_view> not_borders = {
    {{"ago", "bwa"}, "Namibia's Caprivi Strip between them is narrower than a cell"},
    {{"alb", "ita"}, "Strait of Otranto, over 50 km of water"},
    {{"are", "qat"}, "Saudi Arabia's coast between them is narrower than a cell"},
    {{"blz", "hnd"}, "Guatemala's coast between them is narrower than a cell"},
    {{"cyp", "tur"}, "over 50 km of water"},
    {{"deu", "swe"}, "over 50 km of water"},
    {{"dnk", "pol"}, "Bornholm, over 50 km of water"},
    {{"est", "fin"}, "Gulf of Finland, over 50 km of water"},
    {{"irn", "kwt"}, "Iraq's coast between them is narrower than a cell"},
    {{"mar", "mrt"}, "the grid counts Western Sahara with Morocco"},
    {{"pak", "tjk"}, "Afghanistan's Wakhan Corridor between them is narrower than a cell"},
};

/// Borders shorter than the grid can show.
const std::map<Pair, std::string_view> not_in_grid = {
    {{"aze", "tur"}, "a few kilometres of the Aras, at Nakhchivan"},
    {{"cub", "usa"}, "the fence of the base at Guantánamo"},
};

TEST(Borders, AgreeWithPrioGridButForReasons) {
    const char* given = std::getenv("ICOSA_DATA");
    const fs::path folder = (given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data") / "ucdp";
    if (!fs::exists(folder / "skeleton_pg_c.csv"))
        GTEST_SKIP() << "skipped: no cells at " << folder << "; set ICOSA_DATA";
    pack::PlaceBook book;
    Diagnostics faults;
    for (const auto& file : pack::toml_files(ICOSA_ROOT "/packs/places"))
        book.read(pack::load_toml(file).value(), faults);
    book.check(faults);
    ASSERT_TRUE(faults.empty()) << render(faults.front());
    std::set<std::string> countries;
    const auto grid = grid_borders(folder, countries);
    ASSERT_GT(grid.size(), 300U);
    const Day day = day_of(2020, 12, 31);
    std::set<Pair> land, near;
    for (const auto& country : countries) {
        for (const auto& other : book.neighbours(country, day)) land.insert(std::minmax(country, other));
        for (const auto& other : book.neighbours(country, day, pack::Borders::LandAndNarrowSea))
            near.insert(std::minmax(country, other));
    }
    for (const auto& [a, b] : grid)
        EXPECT_NE(near.contains({a, b}), not_borders.contains({a, b}))
            << a << '-' << b << ": in the grid; either a border, or a reason why not";
    for (const auto& [a, b] : land) {
        if (!countries.contains(a) || !countries.contains(b))
            continue;  // no cell of its own: micro-states, territories, areas counted with others
        EXPECT_NE(grid.contains({a, b}), not_in_grid.contains({a, b}))
            << a << '-' << b << ": a border; either in the grid, or a reason why not";
    }
    for (const auto& [pair, reason] : not_borders)
        EXPECT_TRUE(grid.contains(pair)) << pair.first << '-' << pair.second << ": " << reason;
}

TEST(Borders, ByDay) {
    pack::PlaceBook book;
    Diagnostics faults;
    for (const auto& file : pack::toml_files(ICOSA_ROOT "/packs/places"))
        book.read(pack::load_toml(file).value(), faults);
    book.check(faults);
    using List = std::vector<std::string>;
    EXPECT_EQ(book.neighbours("sdn", day_of(2010, 1, 1)),
              (List{"caf", "cod", "egy", "eri", "eth", "ken", "lby", "tcd", "uga"}));
    EXPECT_EQ(book.neighbours("sdn", day_of(2012, 1, 1)), (List{"caf", "egy", "eri", "eth", "lby", "ssd", "tcd"}));
    EXPECT_EQ(book.neighbours("ymd", day_of(1989, 1, 1)), (List{"omn", "sau", "yar"}));
    EXPECT_EQ(book.neighbours("jpn", day_of(2020, 1, 1)), List{});
    EXPECT_EQ(book.neighbours("jpn", day_of(2020, 1, 1), pack::Borders::LandAndNarrowSea), (List{"kor", "rus"}));
}

}  // namespace
}  // namespace icosa
