/// Screening of made-up names against a made-up list of 35,000: first held against a full scan with the similarity of
/// Jaro and Winkler, then timed, one thread and two, with the ratio to that scan.
///
///     names_bench [ASKED]     how many names are asked, default 20000
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "bench.hpp"
#include "screen/screening.hpp"

namespace {

using namespace icosa;

[[noreturn]] void stop(const std::string& why) { bench::stop("names_bench", why); }

std::mt19937_64 random_bits(19691201);
std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_bits() % n); }

/// A word of two to four syllables.
std::string word() {
    static constexpr const char* heads[] = {"b", "d", "f", "g", "h", "j", "k", "l",  "m",
                                            "n", "p", "r", "s", "t", "v", "z", "sh", "kh"};
    static constexpr const char* tails[] = {"a", "e", "i", "o", "u", "an", "ar", "il", "od", "us", "im"};
    std::string out;
    for (std::size_t i = 0, n = 2 + below(3); i < n; ++i) out += std::string(heads[below(18)]) + tails[below(11)];
    return out;
}

/// Words by the law of Zipf, as names are: few are of many.
struct Words {
    std::vector<std::string> all;
    explicit Words(std::size_t n) {
        while (all.size() < n) all.push_back(word());
    }
    const std::string& draw() {
        const double u = static_cast<double>(random_bits() >> 11U) / 9007199254740992.0;
        return all[static_cast<std::size_t>(static_cast<double>(all.size()) * u * u * u)];
    }
};

std::string slip(std::string name) {
    const std::size_t at = 1 + below(name.size() - 2);
    switch (below(3)) {
        case 0: name.erase(at, 1); break;
        case 1: name.insert(at, 1, name[at]); break;
        default: name[at] = "aeiou"[below(5)]; break;
    }
    return name;
}

/// Similarity of Jaro with the prefix of Winkler, 0.1 a letter, four at most.
double jaro_winkler(const std::string& a, const std::string& b) {
    const std::size_t longer = std::max(a.size(), b.size());
    const std::size_t reach = longer > 3 ? longer / 2 - 1 : 0;
    std::vector<char> used_a(a.size()), used_b(b.size());
    std::size_t same = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = i > reach ? i - reach : 0; j < std::min(b.size(), i + reach + 1); ++j)
            if (!used_b[j] && a[i] == b[j]) {
                used_a[i] = used_b[j] = 1;
                ++same;
                break;
            }
    if (same == 0) return 0;
    std::size_t swaps = 0;
    for (std::size_t i = 0, j = 0; i < a.size(); ++i) {
        if (!used_a[i]) continue;
        while (!used_b[j]) ++j;
        swaps += a[i] != b[j++] ? 1U : 0U;
    }
    const double m = static_cast<double>(same);
    const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size())
                         + (m - static_cast<double>(swaps / 2)) / m)
        / 3;
    std::size_t prefix = 0;
    while (prefix < 4 && prefix < std::min(a.size(), b.size()) && a[prefix] == b[prefix]) ++prefix;
    return jaro + 0.1 * static_cast<double>(prefix) * (1 - jaro);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t asked_many = argc > 1 ? static_cast<std::size_t>(std::atoll(argv[1])) : 20'000;
    if (jaro_winkler("martha", "marhta") < 0.961 || jaro_winkler("martha", "marhta") > 0.962)
        stop("Jaro and Winkler's own example differs");
    Words given(3'000), family(12'000);
    std::vector<model::Designee> lists;
    std::vector<std::string> names;
    for (int i = 0; i < 35'000; ++i) {
        model::Designee one;
        one.list = "made-up";
        one.reference = std::to_string(i);
        names.push_back(given.draw() + " " + given.draw() + " " + family.draw());
        one.names.push_back({names.back()});
        lists.push_back(std::move(one));
    }
    std::vector<screen::Asked> asked;
    std::vector<int> meant;  // -1: nobody
    while (asked.size() < asked_many) {
        const bool is_listed = asked.size() % 10 == 0;
        meant.push_back(is_listed ? static_cast<int>(below(names.size())) : -1);
        asked.push_back(
            {.name = is_listed ? slip(names[static_cast<std::size_t>(meant.back())]) : given.draw() + " " + word()});
    }
    const double indexing = bench::seconds([&] { const screen::Screening timed(lists, 1); });
    const screen::Screening screening(lists, 1);
    std::vector<screen::Answer> one, two;
    const double of_one = bench::seconds([&] { one = screening.of_all(asked, 5, 1); });
    const screen::Screening again(lists, 2);
    const double of_two = bench::seconds([&] { two = again.of_all(asked, 5, 2); });
    std::size_t listed = 0, first = 0, scanned = 0, scan_first = 0;
    double scanning = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (one[i].found.size() != two[i].found.size()) stop("two threads say something else");
        if (meant[i] < 0) continue;
        ++listed;
        const auto& want = names[static_cast<std::size_t>(meant[i])];
        if (!one[i].found.empty() && one[i].found.front().matched_name == want) ++first;
        if (scanned == 200) continue;
        ++scanned;
        std::size_t best = 0;
        double most = -1;
        scanning += bench::seconds([&] {
            for (std::size_t k = 0; k < names.size(); ++k)
                if (const double s = jaro_winkler(asked[i].name, names[k]); s > most) most = s, best = k;
        });
        if (names[best] == want) ++scan_first;
    }
    const double share = static_cast<double>(first) / static_cast<double>(listed);
    if (share < 0.9) stop(fmt::format("of names with one slip only {:.3f} are found first", share));
    const double a_second = static_cast<double>(asked.size()) / of_one,
                 scan_a_second = static_cast<double>(scanned) / scanning;
    fmt::print("35,000 names indexed in {:.2f} s; {} names asked: {:.0f} a second of one thread, {:.0f} of two\n",
               indexing, asked.size(), a_second, static_cast<double>(asked.size()) / of_two);
    fmt::print(
        "  first of {} with one slip: {:.1f} %; a full scan by Jaro and Winkler: {:.1f} % of {}, {:.1f} names a "
        "second, "
        "{:.0f} times slower\n",
        listed, 100 * share, 100.0 * static_cast<double>(scan_first) / static_cast<double>(scanned), scanned,
        scan_a_second, a_second / scan_a_second);
}
