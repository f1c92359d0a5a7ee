/// Ideal points of all sessions: simulated votes of the Assembly's size are recovered first, then timed; beside it R's
/// MCMCpack on four small ones, where R has it.
#include <sys/resource.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <fmt/format.h>

#include "bench.hpp"
#include "methods/relations/ideal_points.hpp"
#include "methods/relations/repeated_questions.hpp"
#include "methods/statistics/probability.hpp"
#include "table/votes.hpp"

namespace {

using namespace icosa;
using methods::CastBallot;
using methods::Choice;
using methods::HeldRollCall;

struct Votes {
    int voters = 0, questions = 0;
    std::vector<HeldRollCall> calls;
    std::vector<CastBallot> ballots;
    std::vector<double> points;  ///< [voters][sessions]
};

/// 73 sessions of 84 roll calls among 150 voters: as many ballots as the Assembly has cast.
Votes simulated(int voters, int sessions, int calls) {
    std::mt19937_64 random(1);
    const auto uniform = [&] { return (static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53; };
    const auto normal = [&] { return methods::normal_quantile(uniform()); };
    Votes out;
    out.voters = voters;
    for (int v = 0; v < voters; ++v) {
        double x = normal();
        for (int t = 0; t < sessions; ++t, x = 0.99 * x + 0.14 * normal()) out.points.push_back(x);
    }
    for (int t = 0; t < sessions; ++t) {
        for (int k = 0; k < calls; ++k) {
            const double b = 1.3 * normal(), cut = 0.8 + normal(), width = 0.2 + uniform();
            out.calls.push_back({t + 1, out.questions});
            for (int v = 0; v < voters; ++v) {
                const double z = b * out.points[static_cast<std::size_t>(v * sessions + t)] + normal();
                if (uniform() < 0.05) continue;
                out.ballots.push_back({v, out.questions,
                                       z < cut               ? Choice::Yes
                                           : z < cut + width ? Choice::Abstain
                                                             : Choice::No});
            }
            ++out.questions;
        }
    }
    return out;
}

double correlation(const Votes& votes, const methods::IdealPointFit& fit, int sessions) {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (const auto& point : fit.points) {
        const double a = votes.points[static_cast<std::size_t>(point.voter * sessions + point.session - 1)],
                     b = point.value;
        n += 1, x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
    }
    return (xy - x * y / n) / std::sqrt((xx - x * x / n) * (yy - y * y / n));
}

/// Yes against not yes, as MCMCdynamicIRT1d takes it: rows voters, columns roll calls.
double r_seconds(const Votes& votes, int draws) {
    if (std::system("Rscript -e 'quit(status = !requireNamespace(\"MCMCpack\", quietly = TRUE))' >/dev/null 2>&1") != 0)
        return std::nan("");
    const auto folder = std::filesystem::temp_directory_path() / "icosa-ideal-points-bench";
    std::filesystem::create_directories(folder);
    std::vector<std::vector<int>> table(static_cast<std::size_t>(votes.voters),
                                        std::vector<int>(votes.calls.size(), -1));
    for (const auto& ballot : votes.ballots)
        table[static_cast<std::size_t>(ballot.voter)][static_cast<std::size_t>(ballot.roll_call)] =
            ballot.choice == Choice::Yes ? 1 : 0;
    std::ofstream csv(folder / "votes.csv");
    for (const auto& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i)
            csv << (i ? "," : "") << (row[i] < 0 ? "NA" : std::to_string(row[i]));
        csv << "\n";
    }
    csv.close();
    std::ofstream times(folder / "times.csv");
    for (const auto& call : votes.calls) times << call.session << "\n";
    times.close();
    std::ofstream script(folder / "run.R");
    script << "suppressMessages(library(MCMCpack))\nx <- as.matrix(read.csv('" << (folder / "votes.csv").string()
           << "', header = FALSE))\nrownames(x) <- paste0('v', seq_len(nrow(x)))\n"
           << "t <- scan('" << (folder / "times.csv").string() << "', quiet = TRUE)\n"
           << "s <- system.time(MCMCdynamicIRT1d(x, item.time.map = t, burnin = 0, mcmc = " << draws
           << ", thin = " << draws << ", verbose = 0, tau2.start = 0.02, A0 = 1, B0 = 1, seed = 1))\n"
           << "cat(s[['elapsed']])\n";
    script.close();
    FILE* pipe = popen(("Rscript " + (folder / "run.R").string() + " 2>/dev/null").c_str(), "r");
    double seconds = std::nan("");
    if (pipe) {
        if (std::fscanf(pipe, "%lf", &seconds) != 1) seconds = std::nan("");
        pclose(pipe);
    }
    std::filesystem::remove_all(folder);
    return seconds;
}

double peak_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace

int main() {
    constexpr int sessions = 73;
    const Votes votes = simulated(150, sessions, 84);
    methods::IdealPointOptions options;
    options.innovation = 0.04;
    for (int v = 0; v < votes.voters; ++v) {
        if (votes.points[static_cast<std::size_t>(v * sessions)] > 1.5) options.positive_voter = v;
    }
    Result<methods::IdealPointFit> fit;
    const double took = icosa::bench::seconds(
        [&] { fit = methods::ideal_points(votes.voters, votes.questions, votes.calls, votes.ballots, options); });
    const double recovered = fit ? correlation(votes, *fit, sessions) : 0;
    if (!fit || recovered < 0.95) {
        fmt::print("the answer is wrong: correlation {:.4f} with the simulated points\n", recovered);
        return 1;
    }
    fmt::print(
        "simulated: {} ballots, {} sessions: {:.2f} s on two threads, {} sweeps, correlation {:.4f}, peak {:.0f} MB\n",
        votes.ballots.size(), sessions, took, fit->sweeps, recovered, peak_mb());

    const auto folder =
        std::filesystem::path(std::getenv("ICOSA_DATA") ? std::getenv("ICOSA_DATA") : ICOSA_ROOT "/../shared/data")
        / "un-votes";
    if (std::filesystem::exists(folder / "un_votes.csv")) {
        const auto calls = table::read_roll_calls((folder / "un_roll_calls.csv").string());
        Result<table::BallotTable> table;
        const double reading = icosa::bench::seconds(
            [&] { table = table::read_ballots((folder / "un_votes.csv").string(), "country_code", *calls); });
        const auto asked = methods::repeated_questions(calls->sessions, calls->titles);
        std::vector<HeldRollCall> held;
        for (std::size_t i = 0; i < calls->ids.size(); ++i) held.push_back({calls->sessions[i], asked.question[i]});
        for (const int threads : {1, 2}) {
            methods::IdealPointOptions real;
            real.threads = threads;
            const double seconds = icosa::bench::seconds([&] {
                fit = methods::ideal_points(static_cast<int>(table->voters.size()), asked.questions, held,
                                            table->ballots, real);
            });
            fmt::print("General Assembly: {} ballots: read {:.2f} s, {} thread{} {:.2f} s, {} sweeps, peak {:.0f} MB\n",
                       table->ballots.size(), reading, threads, threads == 1 ? "" : "s", seconds, fit->sweeps,
                       peak_mb());
        }
    } else {
        fmt::print("skipped: no un_votes.csv under {}\n", folder.string());
    }

    const Votes few = simulated(60, 4, 20);
    const double ours = icosa::bench::seconds(
        [&] { fit = methods::ideal_points(few.voters, few.questions, few.calls, few.ballots, options); });
    constexpr int draws = 1000;
    const double theirs = r_seconds(few, draws);
    if (std::isnan(theirs)) fmt::print("skipped: R has no MCMCpack (Debian: r-cran-mcmcpack)\n");
    else
        fmt::print(
            "four sessions, {} ballots: {:.4f} s; MCMCdynamicIRT1d {:.2f} s for {} draws of two categories: {:.0f} "
            "times as long\n",
            few.ballots.size(), ours, theirs, draws, theirs / ours);
    return 0;
}
