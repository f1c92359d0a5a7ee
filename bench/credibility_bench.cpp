/// Copies, old dates and odd place codes planted into real rows of GDELT, ICEWS and UCDP: what the rules of
/// packs/credibility.toml find of them, over thresholds, beside the guard that others use (two outlets); and how many
/// rows a second are asked.
///
///     credibility_bench [ROWS]     ROWS of a made-up file for the speed, default 500000
///     ICOSA_DATA or ../shared/data, with gdelt/ and fresh/conflict/; a source whose file is not there is left out
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "base/text.hpp"
#include "bench.hpp"
#include "cli/own_run.hpp"
#include "gdelt_file.hpp"
#include "harmonise/credibility.hpp"
#include "harmonise/evidence.hpp"

namespace {

using namespace icosa;
namespace fs = std::filesystem;

[[noreturn]] void stop(const std::string& why) { bench::stop("credibility_bench", why); }

template <class T> T must(Result<T> result) {
    if (!result) stop(render(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// UCDP has no rules of its own: its events are coded by people. What the test would find there is asked all the same.
constexpr const char* rules_of_bench = R"([[prior]]
id = "bench-ucdp"
sources = ["ucdp-ged"]
wrong = 0.02
evidence = "of this bench"
reviewed = "2026-11-30"
[[doubt]]
id = "bench-told-again"
title = { en = "told again", zh = "重复" }
sources = ["ucdp-ged"]
test = "retold"
minutes = 0
precision = 0.5
recall = 0.5
evidence = "of this bench"
reviewed = "2026-11-30"
)";

/// What was planted where.
enum class Plant { Real, Copy, LateCopy, OldDate, Place };
constexpr std::array plant_names = {"real rows", "copies under new numbers", "copies an hour later",
                                    "dated a year back", "place codes GZ WE RB OS NI"};

struct Planted {
    std::vector<std::string> files;
    std::map<std::string, Plant> at;            ///< "file:line"; others are real
    std::map<std::string, std::string> places;  ///< of Place: the code
    std::map<std::string, int> outlets;         ///< NumSources of each row, where there is one
};

std::vector<std::string> lines_of(const fs::path& path) {
    std::ifstream in(path);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with('\r')) line.pop_back();
        out.push_back(line);
    }
    return out;
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> out;
    for (const auto cell : split(line, '\t')) out.emplace_back(cell);
    return out;
}

std::string joined(const std::vector<std::string>& cells) { return join(cells, "\t"); }

/// A file with a header that grows line by line.
class Writer {
public:
    Writer(Planted& planted, const fs::path& path) : planted_(planted), path_(path.string()), out_(path) {
        planted.files.push_back(path_);
    }
    std::string put(const std::string& line) {
        out_ << line << '\n';
        return fmt::format("{}:{}", path_, ++line_);
    }
    std::string plant(const std::string& line, Plant what) {
        std::string at = put(line);
        planted_.at[at] = what;
        return at;
    }

private:
    Planted& planted_;
    std::string path_;
    std::ofstream out_;
    int line_ = 0;
};

constexpr int planted_each = 200;

/// A quarter of an hour of GDELT 2.0, and the next ones with what is planted.
Planted plant_gdelt(const fs::path& real, const fs::path& folder) {
    constexpr std::size_t id = 0, day = 1, outlets = 32, country = 53, added = 59;
    constexpr std::array codes = {"GZ", "WE", "RB", "OS", "NI"};
    Planted out;
    std::vector<std::vector<std::string>> rows;
    for (const std::string& line : lines_of(real)) rows.push_back(cells_of(line));
    std::mt19937_64 random(20191024);
    {
        Writer first(out, folder / "20191024143000.export.CSV");
        for (const auto& row : rows) out.outlets[first.put(joined(row))] = std::atoi(row[outlets].c_str());
    }
    // each planted once, and never a real row that is told again already
    std::vector<std::size_t> order(rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::shuffle(order, random);
    std::size_t next = 0;
    std::int64_t number = 990'000'000;
    Writer soon(out, folder / "20191024144500.export.CSV"), late(out, folder / "20191024154500.export.CSV");
    for (int i = 0; i < planted_each; ++i) {
        auto copy = rows[order[next++]];
        copy[id] = std::to_string(number++);
        copy[added] = "20191024144500";
        out.outlets[soon.plant(joined(copy), Plant::Copy)] = std::atoi(copy[outlets].c_str());
        auto later = rows[order[next++]];
        later[id] = std::to_string(number++);
        later[added] = "20191024154500";
        late.plant(joined(later), Plant::LateCopy);
        auto old = rows[order[next++]];
        old[id] = std::to_string(number++);
        old[added] = "20191024144500";
        old[day] = "20181024";
        out.outlets[soon.plant(joined(old), Plant::OldDate)] = std::atoi(old[outlets].c_str());
    }
    for (int i = 0; i < planted_each; ++i) {
        auto odd = rows[order[next++]];
        odd[id] = std::to_string(number++);
        odd[added] = "20191024144500";
        odd[country] = codes[static_cast<std::size_t>(i) % codes.size()];
        const std::string at = soon.plant(joined(odd), Plant::Place);
        out.places[at] = odd[country];
    }
    return out;
}

/// Does a row begin with this line, and end with it? Cells may hold line ends.
bool is_whole_row(const std::vector<std::string>& lines, std::size_t at, char delimiter) {
    const auto begins = [&](const std::string& line) {
        const auto end = line.find_first_not_of("0123456789");
        return end != std::string::npos && end > 4 && line[end] == delimiter;
    };
    return begins(lines[at]) && (at + 1 == lines.size() || begins(lines[at + 1]))
        && std::ranges::count(lines[at], '"') % 2 == 0;
}

/// Copies under new numbers, on the same day, at the end of a table whose first column is the number.
Planted plant_copies(const fs::path& real, const fs::path& copy_to, char delimiter, std::int64_t number) {
    Planted out;
    const auto lines = lines_of(real);
    Writer all(out, copy_to);
    for (const auto& line : lines) all.put(line);
    std::mt19937_64 random(7);
    std::vector<std::size_t> order;
    for (std::size_t i = 1; i < lines.size(); ++i)
        if (is_whole_row(lines, i, delimiter)) order.push_back(i);
    std::ranges::shuffle(order, random);
    for (std::size_t i = 0; i < planted_each; ++i) {
        const std::string& line = lines[order.at(i)];
        all.plant(std::to_string(number++) + line.substr(line.find(delimiter)), Plant::Copy);
    }
    return out;
}

struct Judged {
    Plant plant = Plant::Real;
    std::uint64_t answers = 0;
    double credibility = 0;
    std::string place;
    int outlets = -1;
};

std::vector<Judged> judge(const Planted& planted, const app::Packs& packs, const std::string& source) {
    auto store = must(store::open_duckdb(":memory:", store::Access::ReadWrite, 2));
    must(harmonise::refresh_dimension(*store, packs.books(), packs.digest));
    std::int64_t stored = 0;
    for (const std::string& file : planted.files)
        stored += must(cli::ingest_own(*store, file, *packs.find_card(source), 2, store::Editions::Add)).stored;
    std::vector<Judged> out;
    must(store->doubted_events(source, last_possible_day, [&](const store::DoubtedEvent& event) {
        const std::string at = fmt::format("{}:{}", event.path, event.line);
        const auto found = planted.at.find(at);
        Judged one{found == planted.at.end() ? Plant::Real : found->second, event.answers, event.credibility,
                   event.place, -1};
        if (const auto outlets = planted.outlets.find(at); outlets != planted.outlets.end())
            one.outlets = outlets->second;
        if (const auto code = planted.places.find(at); code != planted.places.end()) {
            static const std::map<std::string, std::string> means = {
                {"GZ", "pse"}, {"WE", "pse"}, {"RB", "srb"}, {"OS", "fips:OS"}, {"NI", "nga"}};
            if (one.place != means.at(code->second))
                stop(fmt::format("{} is read as '{}', not '{}'", code->second, one.place, means.at(code->second)));
        }
        out.push_back(std::move(one));
    }));
    if (static_cast<std::int64_t>(out.size()) != stored) stop("rows are lost");
    return out;
}

/// Rules by what was planted.
void print_rules(const std::vector<Judged>& rows, const app::Packs& packs, const std::string& source) {
    const auto rules = packs.credibility.rules_of(source);
    std::array<std::int64_t, plant_names.size()> all{};
    for (const Judged& row : rows) ++all[static_cast<std::size_t>(row.plant)];
    fmt::print("\n{}\n  {:<28}", source, "rows");
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i] > 0) fmt::print(" {:>28}", fmt::format("{} {}", all[i], plant_names[i]));
    fmt::print("\n");
    for (std::size_t bit = 0; bit < rules.size(); ++bit) {
        std::array<std::int64_t, plant_names.size()> fired{};
        for (const Judged& row : rows) fired[static_cast<std::size_t>(row.plant)] += row.answers >> bit & 1;
        fmt::print("  {:<28}", rules[bit]->id);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i] > 0)
                fmt::print(" {:>27.1f}%", 100 * static_cast<double>(fired[i]) / static_cast<double>(all[i]));
        fmt::print("\n");
    }
}

bool is_planted(const Judged& row) { return row.plant == Plant::Copy || row.plant == Plant::OldDate; }

/// What a cut finds of copies and old dates, real rows counted as if all were right.
void print_cut(const std::string& name, const std::vector<Judged>& rows, const auto& is_cut) {
    std::int64_t planted = 0, found = 0, real = 0, cut = 0;
    for (const Judged& row : rows) {
        if (row.plant == Plant::LateCopy || row.plant == Plant::Place) continue;
        (is_planted(row) ? planted : real) += 1;
        if (is_cut(row)) (is_planted(row) ? found : cut) += 1;
    }
    const double precision = found + cut == 0 ? 0 : static_cast<double>(found) / static_cast<double>(found + cut);
    fmt::print("  {:<22} {:>9.3f} {:>9.3f} {:>12.1f}%\n", name, found + cut == 0 ? std::nan("") : precision,
               static_cast<double>(found) / static_cast<double>(planted),
               100 * static_cast<double>(cut) / static_cast<double>(real));
}

void print_curve(const std::vector<Judged>& rows) {
    fmt::print("  {:<22} {:>9} {:>9} {:>13}\n", "credibility below", "precision", "recall", "real rows cut");
    for (const double threshold : {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 0.8})
        print_cut(number_text(threshold), rows, [&](const Judged& row) { return row.credibility < threshold; });
}

/// Which bit is a rule's.
std::size_t bit_of(const app::Packs& packs, const std::string& source, const std::string& rule) {
    const auto rules = packs.credibility.rules_of(source);
    const auto found = std::ranges::find(rules, rule, &pack::DoubtRule::id);
    if (found == rules.end()) stop("no rule " + rule);
    return static_cast<std::size_t>(found - rules.begin());
}

/// The share of planted rows of a kind on which a rule fires: the answer that is checked before anything is timed.
void check_found(const std::vector<Judged>& rows, Plant plant, std::size_t bit, double least, double most) {
    std::int64_t all = 0, fired = 0;
    for (const Judged& row : rows) {
        if (row.plant != plant) continue;
        ++all;
        fired += row.answers >> bit & 1;
    }
    const double share = all == 0 ? 0 : static_cast<double>(fired) / static_cast<double>(all);
    if (share < least || share > most)
        stop(fmt::format("a rule fires on {:.3f} of the {}, not {} to {}", share,
                         plant_names[static_cast<std::size_t>(plant)], least, most));
}

void print_places(const std::vector<Judged>& rows) {
    fmt::print("  real rows kept by place    all  Gaza and West Bank  Syria  Ukraine  places\n");
    const auto line = [&](const std::string& name, const auto& is_kept) {
        std::map<std::string, std::int64_t> kept;
        std::int64_t sum = 0;
        for (const Judged& row : rows) {
            if (row.plant != Plant::Real || !is_kept(row)) continue;
            ++kept[row.place];
            ++sum;
        }
        fmt::print("  {:<22} {:>7} {:>19} {:>6} {:>8} {:>7}\n", name, sum, kept["pse"], kept["syr"], kept["ukr"],
                   std::ranges::count_if(kept, [](const auto& one) { return one.second > 0; }));
    };
    line("all", [](const Judged&) { return true; });
    for (const double threshold : {0.05, 0.1, 0.15, 0.2, 0.25, 0.3})
        line("credible " + number_text(threshold), [&](const Judged& row) { return row.credibility >= threshold; });
    line("NumSources >= 2 (rival)", [](const Judged& row) { return row.outlets >= 2; });
}

void time_rows(const app::Packs& packs, const fs::path& folder, std::int64_t rows) {
    const std::string path = (folder / "speed.export.CSV").string();
    if (bench::make_gdelt_file(path, 0, rows) < 0) stop("cannot write " + path);
    std::array<double, 2> took{};
    double anew = 0;
    for (const bool with_rules : {false, true}) {
        auto store = must(
            store::open_duckdb((folder / fmt::format("s{}.duckdb", with_rules)).string(), store::Access::ReadWrite, 2));
        const pack::Credibility none;
        const harmonise::Books books{packs.cards, packs.places, packs.catalogue, with_rules ? packs.credibility : none};
        must(harmonise::refresh_dimension(*store, books, "one"));
        took[with_rules ? 1 : 0] = bench::seconds([&] {
            if (must(cli::ingest_own(*store, path, *packs.find_card("gdelt-2"), 2, store::Editions::Add)).stored
                != rows)
                stop("rows of the made file are lost");
        });
        if (with_rules) anew = bench::seconds([&] { must(harmonise::refresh_dimension(*store, books, "two")); });
    }
    const double asked = std::max(1e-9, took[1] - took[0]);
    fmt::print(
        "\nspeed, {} made-up rows of GDELT, two threads: read in {:.2f} s, with the rules in {:.2f} s ({:.0f} rows a "
        "second asked, {:.2f} of the time of reading); all asked anew when packs change: {:.2f} s ({:.0f} rows a "
        "second)\n",
        rows, took[0], took[1], static_cast<double>(rows) / asked, took[1] / took[0], anew,
        static_cast<double>(rows) / anew);
    bench::remove_gdelt_file(path);
}

}  // namespace

int main(int count, char** words) {
    const std::int64_t rows = count > 1 ? std::atoll(words[1]) : 500'000;
    const char* given = std::getenv("ICOSA_DATA");
    const fs::path data = given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data";
    const fs::path folder = fs::temp_directory_path() / fmt::format("icosa-credibility-{}", ::getpid());
    fs::create_directories(folder / "icews");
    fs::create_directories(folder / "ucdp");
    std::ofstream(folder / "rules.toml") << rules_of_bench;
    Diagnostics faults;
    const app::Packs packs =
        app::load_packs({std::string(ICOSA_ROOT) + "/packs", "", {(folder / "rules.toml").string()}}, faults);
    if (!faults.empty()) stop(render(faults.front()));

    if (const fs::path real = data / "gdelt/20191024143000.export.CSV"; fs::exists(real)) {
        const auto found = judge(plant_gdelt(real, folder), packs, "gdelt-2");
        check_found(found, Plant::Copy, bit_of(packs, "gdelt-2", "told-again"), 1, 1);
        check_found(found, Plant::LateCopy, bit_of(packs, "gdelt-2", "told-again"), 0, 0.2);
        check_found(found, Plant::OldDate, bit_of(packs, "gdelt-2", "round-lag"), 1, 1);
        print_rules(found, packs, "gdelt-2");
        print_curve(found);
        print_cut("NumSources < 2 (rival)", found, [](const Judged& row) { return row.outlets < 2; });
        print_places(found);
    } else {
        fmt::print("gdelt-2: left out, {} is not there\n", real.string());
    }
    if (const fs::path real = data / "gdelt/icews.events.2018.sample.tab"; fs::exists(real)) {
        const auto found =
            judge(plant_copies(real, folder / "icews/icews.events.2018.sample.tab", '\t', 990'000'000), packs, "icews");
        check_found(found, Plant::Copy, bit_of(packs, "icews", "told-again-same-day"), 1, 1);
        print_rules(found, packs, "icews");
        print_curve(found);
    } else {
        fmt::print("icews: left out, {} is not there\n", real.string());
    }
    if (const fs::path real = data / "fresh/conflict/GEDEvent_v26_0_1.csv"; fs::exists(real)) {
        const auto found =
            judge(plant_copies(real, folder / "ucdp/GEDEvent_v26_0_1.csv", ',', 990'000'000), packs, "ucdp-ged");
        check_found(found, Plant::Copy, bit_of(packs, "ucdp-ged", "bench-told-again"), 1, 1);
        print_rules(found, packs, "ucdp-ged");
        print_curve(found);
    } else {
        fmt::print("ucdp-ged: left out, {} is not there\n", real.string());
    }
    time_rows(packs, folder, rows);
    fs::remove_all(folder);
    return 0;
}
