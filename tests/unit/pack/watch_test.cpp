#include "pack/watch.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "pack/grades.hpp"

namespace icosa::pack {
namespace {

AreaPack read(const std::string& toml, Diagnostics& faults) {
    const auto file = parse_toml(toml, "packs/areas/x.toml");
    EXPECT_TRUE(file) << (file ? "" : render(file.error()));
    return parse_area(*file, faults);
}

constexpr const char* sea = R"(
[area]
section = "III.11"
note = "limits"
no_data = [ { clause = "III.11.d", reason = "none" } ]
[[watch]]
id = "sea.incidents"
engine = "event-surveillance"
title = "More incidents"
from = ["asam", "pirate-attacks"]
kind = ["piracy"]
places = "seas"
period = "month"
method = { name = "ears-c2", alpha = 0.01 }
minimum = 3
clauses = ["III.11.a"]
cite = ["fricker2008"]
where = [ { field = "mentions", at_least = 5 } ]
[[watch]]
id = "sea.ratio"
engine = "indicator-surveillance"
title = "Attacks among all"
from = ["asam"]
kind = ["hijacking"]
unit = "world"
period = "year"
per = { kind = ["hijacking", "boarding"], join = "world" }
beside = { from = ["x"], measure = "troops", value = "sum", join = "place", method = { name = "threshold", at_least = 3 } }
form = "growth"
lag = 2
method = "robust-deviation"
direction = "both"
[[expect]]
strip   = "..01 9"
signals = "     ^"
[[expect]]
watch = "sea.incidents"
as_of = "2020-12-31"
signals = ["gulf-of-guinea/2020-12"]
silent = ["north-sea"]
)";

TEST(Watch, ReadsSelectionMethodAndExpects) {
    Diagnostics faults;
    const AreaPack area = read(sea, faults);
    for (const Error& fault : faults) ADD_FAILURE() << render(fault);
    EXPECT_EQ(area.section, "III.11");
    EXPECT_EQ(area.no_data.front().reason, "none");
    ASSERT_EQ(area.watches.size(), 2U);
    const Watch& incidents = area.watches[0];
    EXPECT_EQ(incidents.selection.from, (std::vector<std::string>{"asam", "pirate-attacks"}));
    EXPECT_EQ(incidents.selection.kinds, std::vector<std::string>{"piracy"});
    EXPECT_EQ(incidents.selection.places, std::vector<std::string>{"seas"});
    EXPECT_EQ(incidents.selection.period, PeriodKind::Month);
    EXPECT_EQ(incidents.selection.unit, model::Unit::Place);
    EXPECT_EQ(incidents.judging.method_name, "ears-c2");
    EXPECT_EQ(incidents.judging.minimum, 3);
    ASSERT_EQ(incidents.selection.where.size(), 1U);
    EXPECT_EQ(incidents.selection.where[0].field, model::Condition::Field::Mentions);
    EXPECT_EQ(incidents.selection.where[0].value, 5);
    ASSERT_EQ(incidents.expects.size(), 1U);
    EXPECT_EQ(incidents.expects[0].as_of, day_of(2020, 12, 31));
    EXPECT_EQ(incidents.expects[0].silent, std::vector<std::string>{"north-sea"});
    const Watch& ratio = area.watches[1];
    ASSERT_TRUE(ratio.per);
    EXPECT_EQ(ratio.per->selection.from, std::vector<std::string>{"asam"});  // absent keys are the watch's own
    EXPECT_EQ(ratio.per->selection.kinds.size(), 2U);
    EXPECT_EQ(ratio.per->selection.unit, model::Unit::World);
    EXPECT_EQ(ratio.per->join, Join::World);
    ASSERT_TRUE(ratio.beside);
    EXPECT_EQ(ratio.beside->selection.records, model::RecordKind::Observation);
    EXPECT_EQ(ratio.beside->selection.quantity, model::Quantity::Sum);
    EXPECT_TRUE(ratio.beside->selection.kinds.empty());  // nothing but places, unit and period is inherited
    EXPECT_EQ(ratio.beside->judging.method_name, "threshold");
    EXPECT_EQ(ratio.judging.form, Form::Growth);
    EXPECT_EQ(ratio.judging.lag, 2);
    EXPECT_EQ(ratio.judging.direction, Direction::Both);
    ASSERT_EQ(ratio.expects.size(), 1U);  // by line order
    EXPECT_EQ(ratio.expects[0].watch, "sea.ratio");
}

TEST(Watch, FaultsOfAWholeFileAtOnce) {
    Diagnostics faults;
    (void)read(R"([area]
section = "III.1"
[[watch]]
id = "a.b"
engine = "event-surveillance"
title = "t"
from = ["x"]
perod = "month"
value = "cout"
recent = 0
method = { alpha = 1 }
[[watch]]
id = "a.b"
engine = "event-surveillance"
title = "t"
[[expect]]
as_of = "2020-12-31"
)",
               faults);
    std::string all;
    for (const Error& fault : faults) all += render(fault) + "\n";
    EXPECT_NE(
        all.find("packs/areas/x.toml:8:1: error[unknown-key]: watch 'a.b' has no key 'perod' (did you mean 'period'?)"),
        std::string::npos)
        << all;
    EXPECT_NE(all.find("9:9: error[not-allowed]: 'value' of watch 'a.b' is 'cout'"), std::string::npos) << all;
    EXPECT_NE(all.find("error[out-of-range]: recent = 0"), std::string::npos) << all;
    EXPECT_NE(all.find("error[bad-method]"), std::string::npos) << all;
    EXPECT_NE(all.find("error[duplicate-id]"), std::string::npos) << all;
    EXPECT_NE(all.find("error[bad-expect]: an expect on a day demands nothing"), std::string::npos) << all;
}

TEST(Strip, DigitsLettersGapsAndCarets) {
    Expect expect;
    expect.strip = ".09az 5";
    expect.carets = "    ^ ^";
    expect.scale = 2;
    const auto values = strip_values(expect);
    ASSERT_TRUE(values);
    ASSERT_EQ(values->size(), 6U);
    EXPECT_TRUE(std::isnan((*values)[0]));
    EXPECT_EQ((*values)[3], 20);
    EXPECT_EQ((*values)[4], 70);
    EXPECT_EQ(*strip_signals(expect), (std::vector<int>{4, 5}));
    expect.carets = "     ^";
    EXPECT_EQ(strip_signals(expect).error().what, "the caret at position 6 stands under no period");
    expect.strip = "01-2";
    EXPECT_EQ(strip_values(expect).error().what, "the strip has '-' at its position 3");
}

TEST(Grades, ReadsAndRefusesUnknownKeys) {
    Diagnostics faults;
    const auto file = parse_toml(
        "[size]\nlarge = { unusualness = 0.9, ratio = 2 }\n[grade]\nwatch = { share = 0.2 }\nwarnig = {}\n"
        "[confidence]\nhigh_marks = 3\n",
        "packs/grades.toml");
    const Grades grades = parse_grades(*file, faults);
    EXPECT_EQ(grades.large.ratio, 2);
    EXPECT_EQ(grades.watch.share, 0.2);
    EXPECT_EQ(grades.high_marks, 3);
    EXPECT_EQ(grades.extreme.unusualness, 0.999);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].cure, "did you mean 'warning'?");
}

TEST(Selection, MatchedIsATruthValueOrAWindow) {
    const auto matched = [](const std::string& value, Diagnostics& faults) {
        return read(
                   "[area]\nsection = \"III.11\"\n[[watch]]\nid = \"w.x\"\nengine = \"event-surveillance\"\n"
                   "title = \"t\"\nfrom = [\"a\", \"b\"]\nmatched = "
                       + value + "\n",
                   faults)
            .watches.at(0)
            .selection.matched;
    };
    Diagnostics faults;
    EXPECT_EQ(matched("true", faults), (model::MatchedWithin{25, 2, ""}));
    EXPECT_EQ(matched("false", faults), std::nullopt);
    EXPECT_EQ(matched("{ km = 50, days = 1, taxonomy = \"sea\" }", faults), (model::MatchedWithin{50, 1, "sea"}));
    EXPECT_TRUE(faults.empty());
    const auto denominator = [&](const std::string& keys) {
        return read(
                   "[area]\nsection = \"III.11\"\n[[watch]]\nid = \"w.x\"\nengine = \"event-surveillance\"\n"
                   "title = \"t\"\nfrom = [\"a\", \"b\"]\nmatched = true\nper = { "
                       + keys + " }\n",
                   faults)
            .watches.at(0)
            .per->selection.matched.has_value();
    };
    EXPECT_TRUE(denominator("kind = [\"k\"]"));
    EXPECT_FALSE(denominator("from = [\"c\"]")) << "which sources are matched is said where they are named";
    EXPECT_FALSE(denominator("measure = \"m\""));
    for (const auto& [value, code] : {std::pair("3", "wrong-type"),
                                      {"{ km = 30000 }", "out-of-range"},
                                      {"{ days = -1 }", "out-of-range"},
                                      {"{ miles = 3 }", "unknown-key"}}) {
        Diagnostics wrong;
        (void)matched(value, wrong);
        ASSERT_EQ(wrong.size(), 1U) << value;
        EXPECT_EQ(wrong[0].code, code) << value;
    }
}

}  // namespace
}  // namespace icosa::pack
