/// Runs of draws from CSV and Parquet; scores of many cells on any number of threads.
#include "table/draws.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <gtest/gtest.h>

#include "folder.hpp"
#include "methods/forecasts/count_model.hpp"
#include "methods/scores/score.hpp"
#include "store/parquet_writer.hpp"
#include "table/cell_scores.hpp"

namespace icosa::table {
namespace {

class Draws : public ::testing::Test {
protected:
    [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }

    /// "time/unit: draws; " of each run.
    static std::string runs_of(const std::string& path) {
        std::string out;
        DrawVisitor visitor;
        visitor.on_header = [](const std::vector<std::string>&) -> Result<DrawColumns> { return DrawColumns{0, 1, 2}; };
        visitor.on_run = [&](const DrawRun& run, const DrawNames& names) {
            out += names.times.text_of(run.time) + "/" + names.units.text_of(run.unit) + ":";
            for (const double draw : run.draws) out += " " + std::to_string(static_cast<int>(draw));
            out += "; ";
            return true;
        };
        const auto done = visit_draws(path, visitor);
        return done ? out : render(done.error());
    }

private:
    Folder folder_;
};

TEST_F(Draws, RunsAreTheSameInEveryForm) {
    const std::string wanted = "457/7: 0 3; 457/-8: 5; 458/7: 1 1; 457/7: 2; ";
    std::ofstream(file("a.csv")) << "m,u,x\n457,7,0\n457,7,3\n457,-8,5\n458,7,1\n458,7,1\n457,7,2\n";
    EXPECT_EQ(runs_of(file("a.csv")), wanted);
    using enum store::ColumnType;
    const std::vector<std::array<std::int64_t, 3>> rows{{457, 7, 0}, {457, 7, 3}, {457, -8, 5},
                                                        {458, 7, 1}, {458, 7, 1}, {457, 7, 2}};
    for (const auto type : {Integer, Number, Text}) {
        const auto cell = [&](std::int64_t value) -> store::Cell {
            if (type == Integer) return value;
            if (type == Number) return static_cast<double>(value);
            return std::to_string(value);
        };
        std::vector<std::vector<store::Cell>> cells;
        for (const auto& [month, unit, draw] : rows) cells.push_back({cell(month), cell(unit), cell(draw)});
        ASSERT_TRUE(store::write_parquet(file("a.parquet"), {{"m", type}, {"u", type}, {"x", type}}, cells));
        EXPECT_EQ(runs_of(file("a.parquet")), wanted) << static_cast<int>(type);
    }
}

TEST_F(Draws, ARunMayPassTheEndOfABlock) {
    auto writer = store::ParquetWriter::open(
        file("a.parquet"),
        {{"m", store::ColumnType::Integer}, {"u", store::ColumnType::Text}, {"x", store::ColumnType::Number}});
    ASSERT_TRUE(writer);
    for (int unit = 0; unit < 7; ++unit) {
        for (std::int64_t draw = 0; draw < 3000; ++draw)
            writer->add(std::int64_t{1})
                .add("a unit with a long name " + std::to_string(unit))
                .add(static_cast<double>(draw))
                .end_row();
    }
    ASSERT_TRUE(writer->close());
    std::vector<double> sums;
    DrawVisitor visitor;
    visitor.on_header = [](const std::vector<std::string>&) -> Result<DrawColumns> { return DrawColumns{0, 1, 2}; };
    visitor.on_run = [&](const DrawRun& run, const DrawNames&) {
        sums.push_back(0);
        for (const double draw : run.draws) sums.back() += draw;
        return true;
    };
    ASSERT_TRUE(visit_draws(file("a.parquet"), visitor));
    EXPECT_EQ(sums, std::vector<double>(7, 3000.0 * 2999 / 2));
}

TEST_F(Draws, AnAbsentCellIsNamedByItsRow) {
    using enum store::ColumnType;
    ASSERT_TRUE(store::write_parquet(
        file("a.parquet"), {{"m", Integer}, {"u", Integer}, {"x", Number}},
        {{std::int64_t{1}, std::int64_t{1}, 0.0}, {std::int64_t{1}, std::int64_t{1}, std::monostate{}}}));
    EXPECT_EQ(runs_of(file("a.parquet")),
              file("a.parquet")
                  + ":2:3: error[bad-value]: this row has no draw (each draw needs a time, a unit and an outcome)");
    ASSERT_TRUE(
        store::write_parquet(file("b.parquet"), {{"m", Integer}, {"u", Integer}, {"x", Number}},
                             {{std::int64_t{1}, std::int64_t{1}, 0.0}, {std::int64_t{1}, std::int64_t{1}, INFINITY}}));
    EXPECT_EQ(runs_of(file("b.parquet")),
              file("b.parquet") + ":2:3: error[bad-value]: 'inf' is not a number (each draw needs an outcome)");
}

TEST(Scoring, IsTheSameOnAnyNumberOfThreadsAndEqualToTheFormulae) {
    methods::Stream stream(5);
    std::vector<std::vector<double>> cells;
    std::vector<double> outcomes;
    double crps = 0;
    for (int cell = 0; cell < 3000; ++cell) {
        std::vector<double> draws;
        for (int draw = 0; draw < 40; ++draw)
            draws.push_back(stream.below(3) == 0 ? static_cast<double>(stream.below(cell % 7 == 0 ? 3000 : 4)) : 0);
        outcomes.push_back(static_cast<double>(stream.below(5)));
        crps += methods::crps(draws, outcomes.back());
        cells.push_back(std::move(draws));
    }
    CellScores first;
    for (const int threads : {1, 2, 5}) {
        Scoring scoring(threads);
        for (std::size_t i = 0; i < cells.size(); ++i) scoring.add(cells[i], outcomes[i]);
        const auto scores = scoring.finish();
        EXPECT_EQ(scores.cells, 3000);
        if (threads == 1) first = scores;
        EXPECT_EQ(scores.crps, first.crps);
        EXPECT_EQ(scores.ign, first.ign);
        EXPECT_EQ(scores.mis, first.mis);
        EXPECT_NEAR(scores.crps, crps, 1e-9 * crps);
    }
}

TEST(HeldTally, KeepsEveryDraw) {
    HeldTally tally;
    std::vector<double> draws{3, 0, 0, 2.5, 1e12, -4, 3, 0, 7}, back;
    for (const double draw : draws) tally.add(draw);
    tally.draws(back);
    std::sort(draws.begin(), draws.end());
    std::sort(back.begin(), back.end());
    EXPECT_EQ(back, draws);
}

}  // namespace
}  // namespace icosa::table
