/// Published conflicts as other programs wrote them: equilibria as the definitions have them, counted by hand and by an
/// independent search.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "respond/games/analysis.hpp"
#include "respond/games/gmcr_file.hpp"

namespace icosa {
namespace {

namespace games = respond::games;
namespace graph = methods::conflict_graph;

std::string folder() {
    const char* given = std::getenv("ICOSA_DATA");
    return (given ? std::string(given) : std::string(ICOSA_ROOT) + "/../shared/data") + "/conflict-games/";
}

struct Known {
    std::string file;
    std::size_t feasible;
    std::array<int, 4> equilibria;  ///< nash, gmr, smr, seq
    std::string state;  ///< one of all four
};

TEST(ConflictGames, EquilibriaOfPublishedConflicts) {
    const std::vector<Known> all = {{"Prisoners.gmcr", 4, {1, 2, 2, 2}, "NN"},
                                    {"Cuban.gmcr", 12, {1, 7, 7, 3}, "YNYN"},
                                    {"Elmira.gmcr", 12, {6, 8, 8, 6}, "YNYNY"},
                                    {"Garrison.gmcr", 23, {7, 15, 15, 7}, ""}};
    for (const Known& known : all) {
        const std::string path = folder() + known.file;
        if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
        std::ifstream file(path);
        std::ostringstream text;
        text << file.rdbuf();
        Diagnostics faults;
        const auto model = games::read_gmcr(text.str(), path, faults);
        ASSERT_TRUE(model) << known.file;
        EXPECT_EQ(model->states.size(), known.feasible);
        const auto found = games::analyse(*model);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->claims, found->checked);
        std::array<int, 4> counts{};
        for (const std::uint8_t marks : found->stable.equilibria)
            for (std::size_t k = 0; k < 4; ++k) counts[k] += marks >> k & 1;
        EXPECT_EQ(counts, known.equilibria) << known.file;
        if (known.state.empty()) continue;
        EXPECT_EQ(found->stable.equilibria[*games::state_named(*model, known.state)], graph::all_marks);
    }
}

}  // namespace
}  // namespace icosa
