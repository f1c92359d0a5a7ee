/// The real price files: FAO's indicator of one market as a second program gives it, and what a day's wage buys.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "detect/judges/method_table.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/recognise.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa {
namespace {

namespace fs = std::filesystem;

constexpr int first_month = (2018 - 1970) * 12;
constexpr int months = 72;

/// Local prices by subject, month by month from January 2018; NaN = not observed.
using Prices = std::map<std::string, std::vector<double>>;

Result<Prices> read_prices(const fs::path& folder) {
    Diagnostics faults;
    const auto cards = pack::load_source_cards(ICOSA_ROOT "/packs/sources", faults);
    model::TermTable terms;
    Prices out;
    for (int year = 2018; year <= 2023; ++year) {
        const std::string path = (folder / fmt::format("wfp_food_prices_global_{}.csv", year)).string();
        const auto* card = TRY(ingest::recognise(path, cards));
        const auto reader = TRY(ingest::FileReader::open(path, *card, terms));
        for (model::Batch batch; TRY(reader->next(batch));) {
            for (const auto& one : batch.observations) {
                if (terms.at(one.measure).text != "food-price-local" || terms.at(one.place).text != "SYR") continue;
                auto& series =
                    out.try_emplace(terms.at(one.subject).text, months, std::numeric_limits<double>::quiet_NaN())
                        .first->second;
                series[static_cast<std::size_t>(period_of(one.first_day, PeriodKind::Month) - first_month)] = one.value;
            }
        }
    }
    return out;
}

class RealPrices : public testing::Test {
protected:
    void SetUp() override {
        const char* given = std::getenv("ICOSA_DATA");
        const fs::path folder = (given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data") / "food-prices";
        if (!fs::is_directory(folder)) GTEST_SKIP() << "skipped: no price files at " << folder << "; set ICOSA_DATA";
        auto read = read_prices(folder);
        ASSERT_TRUE(read) << render(read.error());
        prices = std::move(*read);
    }
    /// Median over the markets of a commodity in a month.
    [[nodiscard]] double median_of(std::string_view commodity, int month) const {
        std::vector<double> all;
        for (const auto& [subject, series] : prices) {
            if (subject.starts_with(commodity)) all.push_back(series[static_cast<std::size_t>(month)]);
        }
        return methods::median(all);
    }
    Prices prices;
};

TEST_F(RealPrices, TheIndicatorOfOneMarketIsThatOfASecondProgram) {
    const auto& rice = prices.at("Rice|KG|Retail|SYP|Deir-ez-Zor");
    const auto* method = detect::find_method("ipa");
    const auto judged = method->judge({rice, 12, 0}, pack::default_options(method->spec));
    ASSERT_TRUE(judged) << render(judged.error());
    // November 2023, by tests/reference/price/make_reference.py on the same rows: 2.855520, 2.045405, 2.369451
    EXPECT_EQ((*judged)[70].note, "abnormally high: IPA 2.37 (quarterly 2.86, annual 2.05; 4 earlier years)");
    EXPECT_TRUE((*judged)[70].alarm);
    EXPECT_TRUE(std::isnan((*judged)[47].threshold));
}

TEST_F(RealPrices, EverySeriesCanBeAskedEveryQuestion) {
    std::size_t computed = 0, asked = 0;
    for (const char* name : {"ipa", "alps", "stl", "mann-kendall", "theil-sen"}) {
        const auto* method = detect::find_method(name);
        for (const auto& [subject, series] : prices) {
            if (std::string_view(name) == "stl" && ++asked % 25 != 0) continue;  // it takes the longest
            const auto judged = method->judge({series, 12, 70}, pack::default_options(method->spec));
            ASSERT_TRUE(judged) << name << " " << subject << " " << render(judged.error());
            computed += std::isnan((*judged)[70].threshold) ? 0 : 1;
        }
    }
    EXPECT_GT(computed, 1000u);
}

TEST_F(RealPrices, ADaysWageInKilogramsOfFlour) {
    const auto buys = [&](int month) {
        return median_of("Wage (non-qualified labour)|Day|", month) / median_of("Wheat flour|KG|", month);
    };
    EXPECT_NEAR(buys(0), 9.1, 0.05);   // January 2018
    EXPECT_NEAR(buys(66), 3.4, 0.05);  // July 2023
}

}  // namespace
}  // namespace icosa
