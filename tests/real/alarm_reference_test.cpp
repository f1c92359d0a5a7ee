/// The count methods against the numbers of R's surveillance 1.20.3 on its own four families of series: bounds to 1e-6,
/// the same alarms.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "detect/judges/method_table.hpp"

namespace icosa::detect {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const char* variable, const char* otherwise) {
    const char* given = std::getenv(variable);
    return given ? fs::path(given) : fs::path(ICOSA_ROOT) / otherwise;
}

std::vector<std::vector<std::string>> rows_of(const fs::path& path) {
    std::vector<std::vector<std::string>> out;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> cells;
        for (const auto cell : split(trim(line), ','))
            cells.emplace_back(cell.starts_with('"') && cell.size() > 1 ? cell.substr(1, cell.size() - 2) : cell);
        out.push_back(std::move(cells));
    }
    return out;
}

std::size_t column_of(const std::vector<std::string>& header, const std::string& name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
}

TEST(Reference, CountMethodsEqualSurveillance) {
    const fs::path reference = folder_of("ICOSA_ALARMS", "../shared/acceptance/reference/alarms");
    const fs::path series = folder_of("ICOSA_DATA", "../shared/data") / "epidemics";
    if (!fs::exists(reference / "cases.csv") || !fs::is_directory(series)) {
        GTEST_SKIP() << "skipped: no reference cases at " << reference << " or no series at " << series
                     << "; set ICOSA_ALARMS and ICOSA_DATA";
    }
    const auto cases = rows_of(reference / "cases.csv");
    int compared = 0;
    for (std::size_t c = 1; c < cases.size(); ++c) {
        const auto& one = cases[c];
        const Method* method = find_method(one.at(2));
        if (!method) continue;  // a method of another kind
        const auto table = rows_of(series / one[0]);
        const std::size_t column = column_of(table.front(), one[1]);
        ASSERT_LT(column, table.front().size()) << one[0] << " " << one[1];
        std::vector<double> values;
        for (std::size_t r = 1; r < table.size(); ++r)
            values.push_back(parse_number(table[r][column]).value_or(std::nan("")));
        std::vector<std::pair<std::string, std::string>> flags;
        const auto words = split(one[3], ' ');
        for (std::size_t w = 0; w + 1 < words.size(); w += 2) {
            if (words[w] != "--period") flags.emplace_back(words[w].substr(2), words[w + 1]);  // the series' own, 52
        }
        Diagnostics faults;
        const auto options = pack::parse_options(flags, method->spec, faults);
        ASSERT_TRUE(faults.empty()) << render(faults.front());
        const auto judged = method->judge({values, 52, 0}, options);
        ASSERT_TRUE(judged);
        const auto wanted = rows_of(reference / one[4]);
        const std::size_t bound = column_of(wanted.front(), "upperbound");
        const std::size_t alarm = column_of(wanted.front(), "alarm");
        for (std::size_t r = 1; r < wanted.size(); ++r) {
            const auto index = static_cast<std::size_t>(*parse_integer(wanted[r][0])) - 1;
            const Judgement& got = judged->at(index);
            const auto upper = parse_number(wanted[r][bound]);
            ASSERT_EQ(upper.has_value(), !std::isnan(got.threshold)) << one[4] << ":" << r + 1;
            if (upper) {
                EXPECT_NEAR(got.threshold, *upper, 1e-6 * std::max(1.0, std::fabs(*upper))) << one[4] << ":" << r + 1;
            }
            EXPECT_EQ(got.alarm, wanted[r][alarm] == "1" || wanted[r][alarm] == "TRUE") << one[4] << ":" << r + 1;
            ++compared;
        }
    }
    EXPECT_GT(compared, 10000);
    RecordProperty("rows_compared", compared);
}

}  // namespace
}  // namespace icosa::detect
