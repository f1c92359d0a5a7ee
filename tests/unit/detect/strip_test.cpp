/// Runs every case of tests/strips; tests/strips/README.md says how they are written.
#include "engine/expect.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "detect/engines.hpp"

namespace icosa::detect {
namespace {

struct Case {
    std::string file;
    int line = 0;
    std::string title;
    std::vector<std::pair<std::string, std::string>> lines;
};

std::vector<Case> cases_of(const std::filesystem::path& path) {
    std::vector<Case> out;
    std::ifstream in(path);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.starts_with("# ")) out.push_back({path.filename().string(), number, line.substr(2), {}});
        else if (!trim(line).empty() && !out.empty()) {
            const std::size_t end = std::min(line.find(' '), line.size());
            const bool drawn = line.starts_with("series") || line.starts_with("signals");
            out.back().lines.emplace_back(line.substr(0, end),
                                          drawn ? (line.size() > 9 ? line.substr(9) : "")
                                                : std::string(trim(std::string_view(line).substr(end))));
        }
    }
    return out;
}

/// The case as a watch in a pack: the same parser, the same path.
std::string toml_of(const Case& one) {
    std::string method, keys, strip, signals, scale;
    std::string period = "period = \"week\"\n";
    for (const auto& [key, value] : one.lines) {
        if (key == "method") {
            for (const auto part : split(value, ' ')) {
                const std::string text(part);
                const auto equals = text.find('=');
                if (equals == std::string::npos) method = fmt::format("name = \"{}\"", text);
                else
                    method +=
                        fmt::format(", {} = {}", text.substr(0, equals),
                                    parse_number(text.substr(equals + 1)) ? text.substr(equals + 1)
                                                                          : "\"" + text.substr(equals + 1) + "\"");
            }
        } else if (key == "series") strip = value;
        else if (key == "signals") signals = value;
        else if (key == "scale") scale = value;
        else if (key == "period") period = fmt::format("period = \"{}\"\n", value);
        else keys += fmt::format("{} = {}\n", key, parse_number(value) ? value : "\"" + value + "\"");
    }
    return fmt::format(
        "[area]\nsection = \"III.1\"\n[[watch]]\nid = \"strip\"\nengine = \"event-surveillance\"\ntitle = "
        "\"t\"\n{}{}method = {{ {} }}\n[[expect]]\nstrip = \"{}\"\nsignals = \"{}\"\n{}",
        period, keys, method, strip, signals, scale.empty() ? "" : "scale = " + scale + "\n");
}

TEST(Strips, AllSignalAsDrawn) {
    int count = 0;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(ICOSA_ROOT "/tests/strips")) {
        if (entry.path().extension() == ".strip") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        for (const Case& one : cases_of(file)) {
            ++count;
            const auto node = pack::parse_toml(toml_of(one), one.file);
            ASSERT_TRUE(node) << one.file << ":" << one.line << " " << render(node.error());
            Diagnostics faults;
            const auto area = pack::parse_area(*node, faults);
            for (const Error& fault : faults) ADD_FAILURE() << one.file << ":" << one.line << " " << render(fault);
            if (!faults.empty() || area.watches.front().expects.empty()) continue;
            const auto outcome =
                engine::run_strip(event_surveillance(), area.watches.front(), area.watches.front().expects.front());
            EXPECT_TRUE(outcome) << one.file << ":" << one.line << " " << one.title << "\n"
                                 << (outcome ? "" : outcome.error().what);
        }
    }
    EXPECT_GE(count, 20);
}

TEST(Strips, ADifferenceIsShown) {
    const auto node = pack::parse_toml(
        "[area]\nsection = \"III.1\"\n[[watch]]\nid = \"a.b\"\nengine = \"event-surveillance\"\ntitle = \"t\"\nmethod "
        "= { name = \"threshold\", at_least = 5 }\n[[expect]]\nstrip = \"12 67\"\nsignals = \"   ^\"\n",
        "x.toml");
    Diagnostics faults;
    const auto area = pack::parse_area(*node, faults);
    ASSERT_TRUE(faults.empty());
    const auto outcome = engine::run_strip(event_surveillance(), area.watches[0], area.watches[0].expects[0]);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().where.line, 8);
    EXPECT_EQ(outcome.error().what,
              "the strip of watch 'a.b' does not signal as drawn\n    strip  12 67\n    drawn     ^\n    found     ^^");
}

}  // namespace
}  // namespace icosa::detect
