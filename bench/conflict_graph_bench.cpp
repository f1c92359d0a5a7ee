/// Stability in conflicts of 2^16 states and 4 decision makers, and of 2^20 and 6: first held against the definitions
/// on small games and against the second check on large ones, then timed, alone and through the program.
///
///     conflict_graph_bench [DIR]     DIR for the model files, default the folder of temporary files
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "../tests/unit/methods/conflict_graph/random_game.hpp"
#include "bench.hpp"
#include "methods/conflict_graph/checker.hpp"
#include "methods/conflict_graph/moves.hpp"
#include "methods/conflict_graph/stability.hpp"

using namespace icosa::methods::conflict_graph;

namespace {

[[noreturn]] void stop(const std::string& why) { icosa::bench::stop("conflict_graph_bench", why); }

using icosa::bench::seconds;

std::mt19937_64 random_bits(19930615);
int below(int n) { return static_cast<int>(random_bits() % static_cast<std::uint64_t>(n)); }

Term term(int options, int named) {
    Term out;
    for (int k = 0; k < named; ++k) {
        const State bit = State{1} << below(options);
        out.mask |= bit;
        if (below(2) == 0) out.value |= bit;
        else out.value &= ~bit;
    }
    return out;
}

/// What makes a game hard: nothing; or one-way options, infeasible and unseen states.
enum class Kind { Plain, Mixed };

struct Large {
    Game game;
    std::vector<std::vector<Condition>> statements;
};

Large large_game(int options, int makers, Kind kind) {
    Large out;
    out.game.options = options;
    out.game.makers.resize(static_cast<std::size_t>(makers));
    for (int o = 0; o < options; ++o) {
        const bool is_one_way = kind == Kind::Mixed && below(3) == 0;
        out.game.directions.push_back(is_one_way ? (below(2) == 0 ? Direction::Forward : Direction::Back)
                                                 : Direction::Both);
        out.game.makers[static_cast<std::size_t>(o * makers / options)].options |= State{1} << o;
    }
    if (kind == Kind::Mixed) {
        for (int i = 0; i < 8; ++i) out.game.infeasible.push_back(term(options, 5));
        for (auto& maker : out.game.makers) maker.unseen.push_back(term(options, 5));
    }
    for (int i = 0; i < makers; ++i) {
        out.statements.emplace_back();
        for (int j = 0; j < options; ++j) {
            Condition statement = {term(options, 1 + below(3))};
            if (below(2) == 0) statement.push_back(term(options, 1 + below(3)));
            out.statements.back().push_back(std::move(statement));
        }
    }
    return out;
}

void check_small() {
    testing::RandomGames random(5);
    for (int number = 0; number < 300; ++number) {
        const auto small = random.next();
        const Stability found = stability(small.game, small.states, small.ranks);
        for (std::size_t i = 0; i < small.ranks.size(); ++i)
            for (std::size_t s = 0; s < small.states.size(); ++s)
                if (found.makers[i][s] != testing::marks_by_definition(small, i, s)) stop("a small game differs");
    }
}

std::string condition_json(const Condition& condition, int options) {
    std::string members;
    for (const Term& one : condition) {
        std::string pairs;
        for (int o = 0; o < options; ++o)
            if ((one.mask >> o & 1U) != 0)
                pairs +=
                    fmt::format("{}[{},\"{}\"]", pairs.empty() ? "" : ",", o, (one.value >> o & 1U) != 0 ? 'Y' : 'N');
        members += fmt::format("{}[{}]", members.empty() ? "" : ",", pairs);
    }
    return fmt::format(R"({{"compound":true,"members":[{}]}})", members);
}

std::string conditions_json(const std::vector<Condition>& all, int options) {
    std::string out;
    for (const Condition& one : all) out += (out.empty() ? "" : ",") + condition_json(one, options);
    return "[" + out + "]";
}

void write_model(const Large& large, const std::string& path) {
    constexpr const char* directions[] = {"both", "fwd", "back"};
    const Game& game = large.game;
    std::string options, makers;
    for (int o = 0; o < game.options; ++o)
        options += fmt::format(R"({}{{"name":"o{}","permittedDirection":"{}"}})", o == 0 ? "" : ",", o,
                               directions[static_cast<int>(game.directions[static_cast<std::size_t>(o)])]);
    for (std::size_t i = 0; i < game.makers.size(); ++i) {
        std::string own;
        for (int o = 0; o < game.options; ++o)
            if ((game.makers[i].options >> o & 1U) != 0) own += fmt::format("{}{}", own.empty() ? "" : ",", o);
        makers += fmt::format(R"({}{{"name":"D{}","options":[{}],"preferences":{},"misperceptions":{}}})",
                              i == 0 ? "" : ",", i, own, conditions_json(large.statements[i], game.options),
                              conditions_json({game.makers[i].unseen}, game.options));
    }
    std::ofstream(path) << fmt::format(R"({{"options":[{}],"decisionMakers":[{}],"infeasibles":{}}})", options, makers,
                                       conditions_json({game.infeasible}, game.options));
}

void time_game(int options, int makers, Kind kind, const std::string& directory) {
    const Large large = large_game(options, makers, kind);
    std::vector<State> states;
    std::vector<Ranking> ranks;
    Stability found;
    const double listing = seconds([&] { states = *feasible_states(large.game, std::size_t{1} << options); });
    const double ranking = seconds([&] {
        for (const auto& statements : large.statements) ranks.push_back(ranks_by_statements(states, statements));
    });
    const double mapping = seconds([&] { static_cast<void>(map_moves(large.game, states, 0, ranks[0])); });
    const double judging = seconds([&] { found = stability(large.game, states, ranks); });
    std::int64_t looks = 200'000'000;
    std::size_t checked = 0;
    for (std::size_t s = 0; s < states.size() && checked < 400; s += 1 + states.size() / 100, ++checked)
        for (const Concept under : all_concepts) {
            const auto verdict = check_equilibrium(large.game, states, ranks, s, under, looks);
            const bool is_claimed = (found.equilibria[s] & mark_of(under)) != 0;
            if (verdict != Verdict::Unknown && (verdict == Verdict::Holds) != is_claimed)
                stop("the second check differs");
        }
    const std::string path = directory + "/conflict_graph_bench.gmcr";
    write_model(large, path);
    const auto run = icosa::bench::run_icosa("conflict_graph_bench", {"negotiate", path, "--json"});
    std::filesystem::remove(path);
    fmt::print(
        "2^{} states x {} ({}, {} feasible): listed {:.2f} s, ranked {:.2f} s, judged {:.2f} s (a map of moves "
        "{:.2f} s); {} states checked a second time\n",
        options, makers, kind == Kind::Plain ? "plain" : "one-way, infeasible, unseen", states.size(), listing, ranking,
        judging, mapping, checked);
    fmt::print("  icosa negotiate --json: {:.2f} s of the clock, {:.2f} s of the processor, {} MB, {} MB of JSON\n",
               run.seconds, run.processor_seconds, run.peak_mb, run.out.size() >> 20U);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string directory = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
    check_small();
    for (const Kind kind : {Kind::Plain, Kind::Mixed}) {
        time_game(16, 4, kind, directory);
        time_game(20, 6, kind, directory);
    }
}
