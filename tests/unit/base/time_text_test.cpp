/// Texts and what they mean; columns and how they are written.
#include "base/time_text.hpp"

#include <gtest/gtest.h>

#include "base/month_name.hpp"
#include "base/time_column.hpp"

namespace icosa {
namespace {

std::string meaning(std::string_view text, TimeForm form) {
    const auto span = read_time(text, form);
    return span ? period_label(period_of(span->first, span->kind), span->kind) : "no";
}

/// All meanings, in the order of the forms.
std::string meanings(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < time_forms; ++i) {
        const auto one = meaning(text, static_cast<TimeForm>(i));
        if (one != "no") out += (out.empty() ? "" : " ") + one;
    }
    return out.empty() ? "no" : out;
}

TEST(TimeText, ReadsWhatTablesWrite) {
    const std::pair<const char*, const char*> texts[] = {
        // months
        {"202011", "2020-11 2020-W11 2011-11-20 2020-11-20"},
        {"2010M01", "2010-01"},
        {"2010-M01", "2010-01"},
        {"2010m1", "2010-01"},
        {"Jan 2010", "2010-01"},
        {"jan. 2010", "2010-01"},
        {"janv-18", "2018-01"},
        {"févr. 2018", "2018-02"},
        {"août 2018", "2018-08"},
        {"März 2018", "2018-03"},
        {"Dez 99", "1999-12"},
        {"enero de 2010", "2010-01"},
        {"set/2010", "2010-09"},
        {"Май 2010", "2010-05"},
        {"2010 Nov", "2010-11"},
        {"2010.01", "2010-01"},
        {"2010.1", "no"},
        {"2010-13", "2010-W13"},
        {"2010-00", "no"},
        // days
        {"2020-11-03", "2020-11-03"},
        {"2020-1-3", "2020-01-03"},
        {"2020/11/03", "2020-11-03"},
        {"2020.11.03", "2020-11-03"},
        {"20201103", "2020-11-03"},
        {"20200101.0", "2020-01-01"},
        {"31.12.2001", "2001-12-31"},
        {"12/31/2001", "2001-12-31"},
        {"1/5/2015", "2015-05-01 2015-01-05"},
        {"1/5/15", "2015-05-01 2015-01-05"},
        {"10/11/12", "2012-11-10 2012-10-11"},
        {"10-11-12", "2012-11-10 2012-10-11 2010-11-12"},
        {"01-Jan-01", "2001-01-01"},
        {"3 Nov 2020", "2020-11-03"},
        {"November 3, 2020", "2020-11-03"},
        {"Tue, 3 Nov 2020", "2020-11-03"},
        {"3 ноября 2020", "2020-11-03"},
        {"3 de noviembre de 2020", "2020-11-03"},
        {"010203", "2003-02-01 2003-01-02 2001-02-03"},
        {"31122020", "2020-12-31"},
        {"43831", "2020-01-01"},
        {"43831.5", "2020-01-01"},
        {"0205-03-14", "0205-03-14"},
        {"29.02.2020", "2020-02-29"},
        {"29.02.2021", "no"},
        {"2021-02-29", "no"},
        // days with a time
        {"2020-11-03T14:30", "2020-11-03"},
        {"2020-11-03T00:00:00Z", "2020-11-03"},
        {"2020-11-03 00:00:00.000 +0200", "2020-11-03"},
        {"2020-11-03 00:00:00+02", "2020-11-03"},
        {"2020-11-03 9:30 PM", "2020-11-03"},
        {"20201103T143000Z", "2020-11-03"},
        {"20201103143000", "2020-11-03"},
        {"31/12/2001 23:59", "2001-12-31"},
        {"2020-11-03T25:00", "no"},
        {"2020-11-03Tea", "no"},
        {"2020-11-03 and later", "no"},
        {"2020-11 12:00", "no"},
        // quarters, weeks, years
        {"2005Q1", "2005-Q1"},
        {"2005-Q1", "2005-Q1"},
        {"Q1 2005", "2005-Q1"},
        {"4Q05", "2005-Q4"},
        {"2005-T4", "2005-Q4"},
        {"2005Q5", "no"},
        {"2020W53", "2020-W53"},
        {"2020 W53", "2020-W53"},
        {"2020-W53", "2020-W53"},
        {"KW 53/2020", "2020-W53"},
        {"2020-S05", "2020-W05"},
        {"2021-W53", "no"},
        {"202053", "2020-W53"},
        {"202153", "no"},
        {"2020-W53-7", "2021-01-03"},
        {"2020", "2020"},
        {"2020.0", "2020"},
        // none
        {"Total", "no"},
        {"", "no"},
        {"12", "no"},
        {"２０２０-11-03", "no"},
        {"٢٠٢٠", "no"},
        {"1.234.567", "no"},
    };
    for (const auto& [text, wanted] : texts) EXPECT_EQ(meanings(text), wanted) << text;
}

TEST(TimeText, PeriodsEndWithTheirLastDay) {
    EXPECT_EQ(iso(read_time("2020-02", TimeForm::YearMonth)->last), "2020-02-29");
    EXPECT_EQ(iso(read_time("2020Q1", TimeForm::Quarter)->last), "2020-03-31");
    EXPECT_EQ(iso(read_time("2020W53", TimeForm::Week)->last), "2021-01-03");
    EXPECT_EQ(iso(read_time("2020", TimeForm::Year)->last), "2020-12-31");
}

TEST(TimeText, MonthsMayBeCutWhereTheyStayOne) {
    EXPECT_EQ(month_of_name("jui"), 0);
    EXPECT_EQ(month_of_name("juil"), 7);
    EXPECT_EQ(month_of_name("JUIN"), 6);
    EXPECT_EQ(month_of_name("ma"), 0);
    EXPECT_EQ(month_of_name("Ноя"), 11);
}

Result<TimeForm> form_of(std::initializer_list<const char*> cells, TimeForms allowed = all_time_forms) {
    TimeColumn column(allowed);
    int line = 2;
    for (const char* cell : cells) column.see(cell, line++);
    return column.form({"a.csv", 0, 1});
}

TEST(TimeColumn, IsDecidedByAllItsCells) {
    EXPECT_EQ(*form_of({"1/5/2015", "13/5/2015"}), TimeForm::DayFirst);
    EXPECT_EQ(*form_of({"1/5/2015", "5/13/2015"}), TimeForm::MonthFirst);
    EXPECT_EQ(*form_of({"1/1/2015", "2/2/2015"}), TimeForm::DayFirst);  // means the same either way
    EXPECT_EQ(*form_of({"202001", "202053"}), TimeForm::CompactWeek);
    EXPECT_EQ(*form_of({"2020-01", "2020-12"}), TimeForm::YearMonth);
    EXPECT_EQ(*form_of({"2020-01", "2020-53"}), TimeForm::BareWeek);
    EXPECT_EQ(*form_of({"010203", "310103"}), TimeForm::SixDayFirst);
    EXPECT_EQ(*form_of({"1/5/2015"}, *parse_time_forms("mdy")), TimeForm::MonthFirst);
}

TEST(TimeColumn, NamesTheCellThatIsBadOrOpen) {
    const auto open = form_of({"1/1/2015", "1/5/2015"});
    ASSERT_FALSE(open);
    EXPECT_EQ(render(open.error()),
              "a.csv:3:1: error[ambiguous-time]: '1/5/2015' may be 2015-05-01 or 2015-01-05, and no cell of this column "
              "decides (say --date-form dmy or mdy)");
    const auto bad = form_of({"2015-01", "2015-02", "Mean", "2015-04"});
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().where.line, 4);
    EXPECT_EQ(bad.error().what,
              "'Mean' is none of the months written as 2020-11, as the other 3 cells of this column are");
}

TEST(TimeColumn, StopsOnceDecided) {
    TimeColumn column;
    EXPECT_FALSE(column.decided());
    column.see("1/5/2015");
    EXPECT_FALSE(column.decided());
    column.see("13/5/2015");
    EXPECT_TRUE(column.decided());
}

}  // namespace
}  // namespace icosa
