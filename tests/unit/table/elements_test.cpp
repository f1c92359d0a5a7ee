/// Element sets out of tables: what is left out is counted, and of several sets of an object one is taken.
#include "table/elements.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "folder.hpp"
#include "model/element_choice.hpp"

namespace icosa::table {
namespace {

class ElementTables : public ::testing::Test {
protected:
    [[nodiscard]] std::string put(const std::string& text) const { return folder_.put("t", text); }
    /// Numbers of the objects taken, then the kinds left out with their counts.
    [[nodiscard]] std::string told(const std::string& text) const {
        const auto read = read_elements(put(text));
        if (!read) return fmt::format("{}: {}", read.error().code, read.error().what);
        std::string out;
        for (const auto& set : read->sets) out += fmt::format("{} ", set.object);
        for (const auto& one : read->left_out) out += fmt::format("| {} {} ", one.count, one.what);
        return out;
    }

    static constexpr const char* header =
        "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,"
        "RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,NORAD_CAT_ID,"
        "BSTAR,DECAY_DATE\n";
    static std::string row(const std::string& number, const std::string& epoch = "2024-11-01T12:00:00",
                           const std::string& motion = "15.5", const std::string& eccentricity = "0.001",
                           const std::string& inclination = "51.6", const std::string& more = "0,{},.1E-3,") {
        return fmt::format("PROBE {},2024-001A,{},{},{},{},10,20,30,{}\n", number, epoch, motion, eccentricity,
                           inclination, fmt::format(fmt::runtime(more), number));
    }

    Folder folder_;
};

TEST_F(ElementTables, TakesSetsAndCountsTheRest) {
    EXPECT_EQ(told(header + row("1") + row("123456789")), "1 123456789 ");
    EXPECT_EQ(
        told(header + row("1") + row("2", "2024-11-01T12:00:00", "0") + row("3", "2024-11-01T12:00:00", "0")
             + row("4", "2024-11-01T12:00:00", "15", "1") + row("5", "1024-11-01T12:00:00") + row("1234567890")
             + row("6", "2024-11-01T12:00:00", "15", "0.1", "181")
             + row("7", "2024-11-01T12:00:00", "15", "0.1", "1", "0,{},.1E-3,2024-11-02")
             + row("8", "2024-11-01T12:00:00", "15", "0.1", "1", "4,{},.1E-3,")
             + row("9", "2024-11-01T12:00:00", "15", "0.1", "1", "0,{},x,")),
        "1 | 2 mean motion out of range (0, 20] revolutions a day | 1 eccentricity out of range [0, 1) | 1 no epoch "
        "of 1957 to 2100 | 1 no catalogue number of one to nine digits | 1 inclination out of range [0, 180] degrees "
        "| 1 object has decayed | 1 elements of SGP4-XP, which SGP4 must not read (EPHEMERIS_TYPE) | 1 B* is no "
        "number ");
}

TEST_F(ElementTables, EmptyAndForeignTables) {
    EXPECT_EQ(told(header), "no-elements: the catalogue is empty: there is no row in it");
    EXPECT_EQ(told("[]"), "no-elements: the catalogue is empty: there is no row in it");
    EXPECT_EQ(told("a,b\n1,x\n").substr(0, 74),
              "no-elements: this is no table of mean elements: it lacks EPOCH, MEAN_MOTIO");
    EXPECT_TRUE(
        told(header + row("1", "2024-11-01T12:00:00", "0")).starts_with("no-elements: none of the 1 rows can be "));
    EXPECT_TRUE(told("Invalid query: none").starts_with("error-answer"));
}

TEST_F(ElementTables, JsonOfNumbersAndOfTexts) {
    const std::string numbers = R"([{"OBJECT_NAME":"A","OBJECT_ID":"2024-001A","EPOCH":"2024-11-01T12:00:00.5",)"
                                R"("MEAN_MOTION":15.5,"ECCENTRICITY":1e-3,"INCLINATION":51.6,"RA_OF_ASC_NODE":10,)"
                                R"("ARG_OF_PERICENTER":20,"MEAN_ANOMALY":30,"NORAD_CAT_ID":123456,"BSTAR":1.2e-4}])";
    const auto read = read_elements(put(numbers));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->sets[0].object, 123456);
    EXPECT_EQ(read->sets[0].eccentricity, 0.001);
    EXPECT_EQ(read->sets[0].drag_per_er, 0.00012);
    EXPECT_EQ(model::epoch_of(read->sets[0]), (Instant{day_of(2024, 11, 1), day_us / 2 + 500'000}));
    EXPECT_EQ(read->sets[0].line, 1);
}

model::ElementSet set_of(int object, int day, const char* name = "A") {
    model::ElementSet out;
    out.object = object;
    out.name = name;
    out.epoch_day = day_of(2024, 11, day);
    return out;
}

TEST(ElementsAt, NewestBeforeElseNearest) {
    const Instant at{day_of(2024, 11, 10), 0};
    const std::vector<model::ElementSet> sets = {set_of(2, 12),
                                                 set_of(1, 8),
                                                 set_of(1, 9),
                                                 set_of(1, 11),
                                                 set_of(2, 15),
                                                 set_of(3, 10, "OLD NAME"),
                                                 set_of(3, 10, "NEW NAME")};
    const auto chosen = model::elements_at(sets, at);
    ASSERT_EQ(chosen.sets.size(), 3U);
    EXPECT_EQ(chosen.sets[0].epoch_day, day_of(2024, 11, 9));
    EXPECT_EQ(chosen.sets[1].epoch_day, day_of(2024, 11, 12));
    EXPECT_EQ(chosen.sets[2].name, "NEW NAME");
    EXPECT_EQ(chosen.older_left, 4);
    EXPECT_EQ(chosen.after_instant, 1);
    EXPECT_EQ(chosen.renamed, 1);
    EXPECT_EQ(chosen.examples[0], "object 2: its epoch 2024-11-12T00:00:00Z is after 2024-11-10T00:00:00Z");
    EXPECT_EQ(chosen.examples[1], "object 3: 'OLD NAME' and 'NEW NAME'");
}

}  // namespace
}  // namespace icosa::table
