/// kill -9 of one of two writers at random moments, and rows torn by hand: what a writer was told is kept stands there,
/// and the chain is whole. A few moments every day, a thousand in the long run.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "folder.hpp"
#include "ledger/ledger.hpp"

namespace icosa::ledger {
namespace {

namespace fs = std::filesystem;

constexpr const char* noon = "2026-11-30T12:00:00Z";
constexpr int longest_life_us = 20'000;

/// What a writer says of a row once append has returned.
struct Promise {
    std::int64_t number = 0;
    std::array<char, 64> digest{};
};

struct Writer {
    pid_t process = -1;
    int promises = -1;
};

/// A process that adds rows until it is killed.
Writer begin_writer(const std::string& path, int name) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) std::abort();
    const pid_t process = ::fork();
    if (process != 0) {
        ::close(ends[1]);
        return {process, ends[0]};
    }
    ::close(ends[0]);
    for (int i = 0;; ++i) {
        const auto row = append(
            path, noon, NewRow{"note", "{\"writer\":" + std::to_string(name) + ",\"i\":" + std::to_string(i) + "}"});
        if (!row) ::_exit(1);
        Promise promise;
        promise.number = row->number;
        std::ranges::copy(row->digest, promise.digest.begin());
        if (::write(ends[1], &promise, sizeof promise) != sizeof promise) ::_exit(2);
    }
}

void end_writer(const Writer& writer, std::vector<Promise>& kept) {
    ::kill(writer.process, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(writer.process, &status, 0), writer.process);
    EXPECT_TRUE(WIFSIGNALED(status)) << "a writer ended by itself with " << WEXITSTATUS(status);
    Promise promise;
    while (::read(writer.promises, &promise, sizeof promise) == sizeof promise) kept.push_back(promise);
    ::close(writer.promises);
}

/// As if the machine had stopped within a write: a part of a row, of any length, at the end.
void tear(const std::string& path, std::mt19937& draw) {
    const auto ledger = read(path);
    ASSERT_TRUE(ledger);
    const Row* last = ledger->rows.empty() ? nullptr : &ledger->rows.back();
    const std::string line = line_of(row_after(last, noon, {"note", "{\"torn\":true}"}));
    std::uniform_int_distribution<std::size_t> length(1, line.size() - 1);
    std::ofstream(path, std::ios::binary | std::ios::app) << line.substr(0, length(draw));
}

void kill_writers(int moments) {
    const Folder folder;
    const std::string path = folder.file("a.jsonl");
    const char* asked = std::getenv("ICOSA_SEED");
    const unsigned seed = asked ? static_cast<unsigned>(std::strtoul(asked, nullptr, 10)) : 7;
    std::mt19937 draw(seed);
    std::uniform_int_distribution<int> life(0, longest_life_us);
    std::vector<Promise> kept;
    int torn = 0;
    for (int moment = 0; moment < moments && !::testing::Test::HasFatalFailure(); moment += 2) {
        const Writer one = begin_writer(path, moment), other = begin_writer(path, moment + 1);
        std::this_thread::sleep_for(std::chrono::microseconds(life(draw)));
        end_writer(one, kept);
        std::this_thread::sleep_for(std::chrono::microseconds(life(draw)));
        end_writer(other, kept);
        if (draw() % 4 == 0) tear(path, draw), ++torn;
        if (moment % 100 == 0) fs::remove(path + ".torn");
    }
    const auto ledger = read(path);
    ASSERT_TRUE(ledger);
    EXPECT_TRUE(ledger->faults.empty()) << render(ledger->faults.front());
    ASSERT_FALSE(kept.empty());
    for (const Promise& one : kept) {
        ASSERT_LE(one.number, static_cast<std::int64_t>(ledger->rows.size())) << "an acknowledged row is lost";
        const Row& row = ledger->rows[static_cast<std::size_t>(one.number - 1)];
        ASSERT_EQ(row.digest, std::string(one.digest.begin(), one.digest.end()));
    }
    std::printf("seed %u: %d kills, %d rows torn by hand; %zu rows acknowledged, %zu there\n", seed, moments, torn,
                kept.size(), ledger->rows.size());
}

TEST(Kills, Sixty) { kill_writers(60); }

TEST(Crash, AThousandKillsOfTwoWriters) { kill_writers(1000); }

}  // namespace
}  // namespace icosa::ledger
