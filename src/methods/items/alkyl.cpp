/// Reads alkyl names by their parts.
#include <algorithm>
#include <set>
#include <utility>

#include "methods/items/name_family.hpp"

namespace icosa::methods {
namespace {

struct Stem {
    std::string_view name;
    int carbons;
};
constexpr Stem stems[] = {{"methyl", 1}, {"ethyl", 2},  {"propyl", 3}, {"butyl", 4}, {"pentyl", 5}, {"amyl", 5},
                          {"hexyl", 6},  {"heptyl", 7}, {"octyl", 8},  {"nonyl", 9}, {"decyl", 10}, {"pinacolyl", 6}};
constexpr std::string_view branches[] = {"", "n", "iso", "i", "sec", "s", "tert", "t", "neo", "cyclo"};
constexpr Stem multipliers[] = {{"di", 2}, {"tri", 3}, {"tetra", 4}};

/// An alkyl without substituents: "isopropyl", "tert-butyl"; where it may end, with its carbons.
void add_simple_ends(std::string_view letters, std::size_t at, std::set<AlkylEnd>& out) {
    for (const std::string_view branch : branches) {
        if (!letters.substr(at).starts_with(branch)) continue;
        const std::size_t from = at + branch.size();
        for (const Stem& stem : stems) {
            if (letters.substr(from).starts_with(stem.name)) out.insert({from + stem.name.size(), stem.carbons});
        }
    }
}

}  // namespace

std::vector<AlkylEnd> alkyl_ends(std::string_view letters, std::size_t at, int most) {
    std::set<AlkylEnd> out, open{{at, 0}};
    while (!open.empty()) {
        const AlkylEnd from = *open.begin();
        open.erase(open.begin());
        std::size_t begin = from.end;
        while (begin < letters.size() && letters[begin] >= '0' && letters[begin] <= '9') ++begin;
        std::set<AlkylEnd> simple;
        add_simple_ends(letters, begin, simple);
        for (const AlkylEnd& one : simple) {
            if (from.carbons + one.carbons > most) continue;
            out.insert({one.end, from.carbons + one.carbons});
            open.insert({one.end, from.carbons + one.carbons});  // as a substituent of the next
        }
        for (const auto& [name, times] : multipliers) {  // of substituents alone: a parent follows
            if (!letters.substr(begin).starts_with(name)) continue;
            simple.clear();
            add_simple_ends(letters, begin + name.size(), simple);
            for (const AlkylEnd& one : simple) {
                if (from.carbons + times * one.carbons < most)
                    open.insert({one.end, from.carbons + times * one.carbons});
            }
        }
    }
    return {out.begin(), out.end()};
}

}  // namespace icosa::methods
