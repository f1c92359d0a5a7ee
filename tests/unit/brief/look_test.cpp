/// The page at its real size: twenty areas, sixty watches. ICOSA_LOOK=DIR writes it there, to be looked at.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "brief/render.hpp"
#include "fixture.hpp"

namespace icosa::brief {
namespace {

using fixture::World;

World large_world() {
    World world = fixture::small_world();
    Diagnostics faults;
    const auto framework = pack::load_toml(std::string(ICOSA_ROOT) + "/packs/framework/gsi.toml");
    EXPECT_TRUE(framework.has_value());
    if (framework) world.framework = pack::parse_framework(*framework, faults);
    for (const char* folder : {"instruments", "mechanisms", "mandates"}) {
        for (const std::string& file : pack::toml_files(std::string(ICOSA_ROOT) + "/packs/" + folder)) {
            if (const auto node = pack::load_toml(file)) world.catalogue.read(*node, faults);
        }
    }
    for (const std::string& file : pack::toml_files(std::string(ICOSA_ROOT) + "/packs/places")) {
        if (const auto node = pack::load_toml(file)) world.places.read(*node, faults);
    }
    return world;
}

TEST(BriefPage, TwentyAreasAndSixtyWatchesStayUnderAMegabyteAndAHalf) {
    const World world = large_world();
    const Dossier dossier = compose(fixture::large_material(world));
    ASSERT_EQ(dossier.areas.size(), 20U);
    ASSERT_EQ(dossier.principles.size(), 6U);
    ASSERT_EQ(dossier.platforms.size(), 5U);
    EXPECT_GE(dossier.totals.watches, 60);
    const std::string page = render_html(dossier);
    EXPECT_LT(page.size(), 1'500'000U);
    EXPECT_GT(page.size(), 100'000U);
    if (const char* folder = std::getenv("ICOSA_LOOK")) {
        std::ofstream(std::string(folder) + "/index.html") << page;
        std::ofstream(std::string(folder) + "/dossier.md") << render_markdown(dossier);
        std::ofstream(std::string(folder) + "/dossier.json") << render_json(dossier);
        for (const int width : {80, 100, 120, 160}) {
            std::ofstream(std::string(folder) + "/table-" + std::to_string(width) + ".txt")
                << render_table(dossier, width, Colour::Plain);
        }
    }
}

}  // namespace
}  // namespace icosa::brief
