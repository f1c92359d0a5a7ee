/// What fit_pairs.py and fit_lists.py are fed with: the features of pairs, or of names asked of a list, a line each.
/// Built by hand: g++ -std=c++23 -O3 -I src -o features tests/reference/names/features.cpp src/methods/names/*.cpp
/// src/base/text.cpp src/base/result.cpp -lfmt -licui18n -licuuc
///
///     features pairs < LINES           schema TAB name TAB name
///     features list LIST < NAMES       LIST: reference TAB name; at most 8 hits a name
#include <fstream>
#include <iostream>
#include <unordered_map>

#include <fmt/format.h>

#include "methods/names/compare.hpp"
#include "methods/names/search.hpp"

using namespace icosa::methods::names;

namespace {

void pairs() {
    for (std::string line; std::getline(std::cin, line);) {
        const auto first = line.find('\t'), second = line.find('\t', first + 1);
        const std::string schema = line.substr(0, first);
        const Bearer bearer = schema == "Person" ? Bearer::Person
            : schema == "LegalEntity"            ? Bearer::Unknown
                                                 : Bearer::Organisation;
        const auto one = compare_names(line.substr(first + 1, second - first - 1), line.substr(second + 1), bearer);
        for (const double value : one.features) fmt::print("{:.4f} ", value);
        fmt::print("\n");
    }
}

void list(const char* path) {
    std::vector<IndexedName> names;
    std::vector<std::string> references;
    std::unordered_map<std::string, std::int32_t> bearers;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto tab = line.find('\t');
        auto folded = fold_name(line.substr(tab + 1), Bearer::Unknown);
        if (folded.strong() == 0) continue;
        const auto number = static_cast<std::int32_t>(bearers.size());
        names.push_back({std::move(folded), bearers.emplace(line.substr(0, tab), number).first->second, {}});
        references.push_back(line.substr(0, tab));
    }
    const NameIndex index(std::move(names));
    NearWords near(index);
    NameSearch search(index, near);
    for (std::string name; std::getline(std::cin, name);)
        for (const auto& hit : search.find(fold_name(name, Bearer::Unknown), 0, 8)) {
            fmt::print("{}\t{}\t", name, references[hit.name]);
            for (const double value : hit.features) fmt::print("{:.4f} ", value);
            fmt::print("\n");
        }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 2) list(argv[2]);
    else pairs();
}
