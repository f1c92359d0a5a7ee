/// A file and a card to records: every kind of record, every kind of reject, coverage, and the same records with any
/// number of threads.
#include "ingest/card_reader.hpp"

#include <cmath>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cards.hpp"
#include "folder.hpp"

namespace icosa::ingest {
namespace {

struct Outcome {
    model::Batch records;
    Closing closing;
    std::string error;
    std::string term(model::TermId id) const {
        return id == model::no_term ? "" : terms->at(id).system + ":" + terms->at(id).text;
    }
    std::shared_ptr<model::TermTable> terms = std::make_shared<model::TermTable>();
};

template <class T> void append(std::vector<T>& to, const std::vector<T>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

Outcome read(const std::string& path, const pack::SourceCard& card, const ReadOptions& options = {}, int threads = 1) {
    Outcome out;
    auto reader = FileReader::open(path, card, *out.terms, options);
    if (!reader) {
        out.error = render(reader.error());
        return out;
    }
    std::mutex mutex;
    const auto work = [&] {
        for (model::Batch batch;;) {
            const auto more = (*reader)->next(batch);
            const std::lock_guard lock(mutex);
            if (!more) out.error = render(more.error());
            if (!more || !*more) return;
            append(out.records.events, batch.events);
            append(out.records.observations, batch.observations);
            append(out.records.actions, batch.actions);
            append(out.records.votes, batch.votes);
            append(out.records.roll_calls, batch.roll_calls);
            append(out.records.designations, batch.designations);
        }
    };
    {
        std::vector<std::jthread> all;
        for (int i = 1; i < threads; ++i) all.emplace_back(work);
        work();
    }
    if (!out.error.empty()) return out;
    auto closing = (*reader)->close();
    if (closing) out.closing = std::move(*closing);
    else out.error = render(closing.error());
    return out;
}

const std::string event_header = "id,day,until,kind,cc,a1,a2,lat,lon,best,tone,n,added\n";
pack::SourceCard event_card(const std::string& more = "", const std::string& rest = "") {
    return card_of("ev",
                   "record = \"event\"\nheader = [\"id\", \"day\", \"kind\"]\nidentity = [\"id\"]\nnulls = "
                   "[\"NA\"]\npublication_lag_days = 7\n"
                       + more,
                   R"(
[map]
day = { column = "day", parse = "date" }
last_day = { column = "until", parse = "date" }
known = { column = "added", parse = "timestamp-date" }
kind = { column = "kind", lookup = "kind" }
place = { column = "cc", system = "iso3", optional = true }
actor1 = { column = "a1", system = "cow", parse = "whole" }
subject = { columns = ["a1", "a2"], system = "pair" }
latitude = { column = "lat" }
longitude = { column = "lon" }
best = { column = "best" }
intensity = { column = "tone" }
mentions = { column = "n", scale = 2 }
[lookup.kind]
"raid" = "piracy"
"14*" = "protest"
"1411" = "strike"
)" + rest);
}

TEST(CardReader, KindsToldByWords) {
    auto card = card_of("told", "record = \"event\"\nheader = [\"day\"]\n",
                        "[map]\nday = { column = \"day\" }\nkind = { value = \"report\" }\n"
                        "subject = { columns = [\"title\", \"text\"], words = \"kinds\" }\n");
    card.map.at("subject").word_table = pack::WordTable(
        {{"kinds", "fire", {"fire*"}, {}, {}, no_day, {}, {}}, {"kinds", "flood", {"flood"}, {}, {}, no_day, {}, {}}});
    const Folder folder;
    const std::string rows = "2020-01-01,A flood,fire\n2020-01-02,,Firemen came\n2020-01-03,,\n";
    const auto out = read(folder.put("told.csv", "day,title,text\n" + rows), card);
    ASSERT_EQ(out.records.events.size(), 3u) << out.error;
    EXPECT_EQ(out.term(out.records.events[0].subject), "subject:kinds:flood") << "the first column goes before";
    EXPECT_EQ(out.term(out.records.events[1].subject), "subject:kinds:fire");
    EXPECT_EQ(out.term(out.records.events[2].subject), "");
}

TEST(CardReader, Events) {
    const Folder folder;
    const auto path = folder.put("e.csv",
                                 std::string(event_header)
                                     .append("7,2020-02-28,2020-03-01,raid,SYR,0652,NA,35.763369,36.558974,4,-1.2345,5,"
                                             "20200401120000\r\n8,2020-02-01,,1499,,,,,,NA,,,\n"));
    const auto out = read(path, event_card());
    ASSERT_EQ(out.error, "");
    ASSERT_EQ(out.records.events.size(), 2u);
    const auto& event = out.records.events[0];
    EXPECT_EQ(event.line, 2);
    EXPECT_EQ(iso(event.first_day), "2020-02-28");
    EXPECT_EQ(iso(event.last_day), "2020-03-01");
    EXPECT_EQ(event.precision, model::Precision::Range);
    EXPECT_EQ(iso(event.known_day), "2020-04-01");
    EXPECT_EQ(out.term(event.kind), "kind:piracy");
    EXPECT_EQ(out.term(event.place), "iso3:SYR");
    EXPECT_EQ(out.term(event.actor1), "cow:652");
    EXPECT_EQ(out.term(event.subject), "pair:0652|");
    EXPECT_EQ(event.latitude_microdeg, 35'763'369);
    EXPECT_EQ(event.cell, 181154);
    EXPECT_EQ(event.fatalities_best, 4);
    EXPECT_EQ(event.fatalities_low, model::no_int);
    EXPECT_EQ(event.intensity_milli, -1235);
    EXPECT_EQ(event.mentions, 10);
    EXPECT_EQ(event.weight, 1);
    const auto& bare = out.records.events[1];
    EXPECT_EQ(out.term(bare.kind), "kind:protest");
    EXPECT_EQ(bare.place, model::no_term);
    EXPECT_EQ(bare.subject, model::no_term);
    EXPECT_EQ(bare.cell, model::no_int);
    EXPECT_EQ(bare.fatalities_best, model::no_int);
    EXPECT_EQ(iso(bare.known_day), "2020-02-08");
    EXPECT_NE(bare.identity, event.identity);
    EXPECT_EQ(out.closing.rows, 2);
    EXPECT_EQ(out.closing.rejected, 0);
    EXPECT_EQ(iso(out.closing.first_day), "2020-02-01");
    EXPECT_EQ(iso(out.closing.last_day), "2020-03-01");
    EXPECT_EQ(out.closing.digest, digest_of(path).value());
}

TEST(CardReader, RejectsSayWhatAndWhere) {
    const Folder folder;
    std::string text = event_header;
    for (int i = 0; i < 20; ++i) text += fmt::format("{},2020-01-01,,raid,,,,,,,,,\n", i);
    text +=
        "20,yesterday,,raid,,,,,,,,,\n"       // line 22
        "21,2020-01-01,2019-01-01,raid,,,,,,,,,\n"
        "22,2020-01-01,,arson,,,,,,,,,\n"
        "23,2020-01-01,,raid,,,,91,,,,,\n"
        "24,2020-01-01,,raid,,,,,,many,,,\n"
        "25,2020-01-01\n"
        "26,2020-01-01,,raid,,,,,,,,,,,\n"
        "27,,,raid,,,,,,,,,\n"
        "28,2020-01-01,,raid,,x7,,,,,,,2.02E+13\n";
    const auto out = read(folder.put("e.csv", text), event_card());
    ASSERT_EQ(out.error, "");
    EXPECT_EQ(out.closing.rows, 29);
    EXPECT_EQ(out.closing.rejected, 9);
    EXPECT_EQ(out.records.events.size(), 20u);
    std::vector<std::string> said;
    for (const auto& r : out.closing.rejects)
        said.push_back(fmt::format("{}:{} {} '{}' {}", r.line, r.column, r.field, r.text, r.problem));
    EXPECT_EQ(said,
              (std::vector<std::string>{
                  "22:2 day 'yesterday' is not a day such as 2020-11-03",
                  "23:3 until '2019-01-01' lies before the first day, 2020-01-01",
                  "24:4 kind 'arson' is not in the lookup 'kind' of source 'ev'",
                  "25:8 lat '91' is not a latitude from -90 to 90", "26:10 best 'many' is not a whole number",
                  "27:0 row '25,2020-01-01' the row has 2 column(s), 13 are needed",
                  "28:0 row '26,2020-01-01,,raid,,,,,,,,,,,' the row has 15 columns, the file has 13",
                  "29:2 day '' is empty, and every record needs it", "30:6 a1 'x7' is not a whole number"}));
    for (const auto& reject : out.closing.rejects) EXPECT_NE(reject.cure, "");
}

TEST(CardReader, AKnownDayThatCannotBeReadFallsBackToTheLag) {
    const Folder folder;
    const auto out = read(folder.put("e.csv", event_header + "1,2020-01-01,,raid,,,,,,,,,2.02E+13\n"), event_card());
    ASSERT_EQ(out.records.events.size(), 1u);
    EXPECT_EQ(iso(out.records.events[0].known_day), "2020-01-08");
}

TEST(CardReader, TooManyRejectsRefuseTheFile) {
    const Folder folder;
    std::string text = event_header;
    for (int i = 0; i < 200; ++i) text += fmt::format("{},{},,raid,,,,,,,,,\n", i, i % 10 == 3 ? "soon" : "2020-01-01");
    const auto path = folder.put("e.csv", text);
    EXPECT_EQ(read(path, event_card()).error,
              std::string(path).append(
                  ":5:2: error[too-many-rejects]: 20 of 200 rows cannot be read as source 'ev', "
                  "which allows 3 %; the first: 'soon' in column 'day' is not a day such as "
                  "2020-11-03 "
                  "(nothing of the file is stored; look at this line, or name another card with --source ID)"));
    EXPECT_EQ(read(path, event_card("", "[assert]\nrejects_share = 0.1\n")).closing.rejected, 20);
    EXPECT_NE(read(path, event_card("", "[assert]\nrejects_share = 0.1\nrows = [0, 100]\n"))
                  .error.find("error[too-many-rows]: the file has 200 rows, source 'ev' has at most 100"),
              std::string::npos);
    EXPECT_NE(
        read(folder.put("f.csv", event_header + "1,soon,,raid,,,,,,,,,\n"), event_card()).error.find("1 of 1 rows"),
        std::string::npos);
}

TEST(CardReader, SameRecordsWithAnyNumberOfThreads) {
    const Folder folder;
    std::string text = event_header;
    for (int i = 0; i < 5000; ++i)
        text += fmt::format("{},2020-01-{:02},,{},C{},{},\"x\n{}\",{},{},{},0.5,1,\n", i, i % 28 + 1,
                            i % 3 ? "raid" : "1411", i % 50, i % 200, i, i % 90, i % 180, i % 97 == 0 ? "bad" : "3");
    const auto path = folder.put("e.csv", text);
    const auto gather = [&](int threads, std::size_t block, Level level) {
        ReadOptions options;
        options.chunks.block_bytes = block;
        options.level = level;
        auto out = read(path, event_card(), options, threads);
        EXPECT_EQ(out.error, "");
        std::sort(out.records.events.begin(), out.records.events.end(),
                  [](const auto& a, const auto& b) { return a.line < b.line; });
        std::vector<std::string> lines;
        for (const auto& e : out.records.events) {
            lines.push_back(fmt::format("{} {} {} {} {} {} {} {} {} {:x} {:x}", e.line, iso(e.first_day),
                                        iso(e.known_day), out.term(e.kind), out.term(e.place), out.term(e.actor1),
                                        out.term(e.subject), e.cell, e.fatalities_best, e.identity, e.content));
        }
        for (const auto& r : out.closing.rejects) lines.push_back(fmt::format("{}:{} {}", r.line, r.column, r.text));
        lines.push_back(fmt::format("{} {} {} {}", out.closing.rows, out.closing.rejected, out.closing.digest,
                                    iso(out.closing.last_day)));
        return lines;
    };
    const auto one = gather(1, 1u << 20, best_level());
    EXPECT_EQ(one.size(), 5000u + 1u);
    EXPECT_EQ(gather(1, 1000, Level::Scalar), one);
    for (const int threads : {2, 4}) EXPECT_EQ(gather(threads, 500, best_level()), one);
}

TEST(CardReader, TheFirstErrorOfAFileIsTheErrorWhicheverThreadMeetsIt) {
    const Folder folder;
    std::string text = event_header;
    for (int i = 0; i < 4000; ++i)
        text += fmt::format("{},2020-01-01,,raid,{},,,,,,,,\n", i, i == 1500 || i == 1600 || i == 3000 ? "\xE9" : "x");
    const auto path = folder.put("e.csv", text);
    for (int round = 0; round < 20; ++round) {
        ReadOptions options;
        options.chunks.block_bytes = 400;
        EXPECT_EQ(
            read(path, event_card(), options, 4).error,
            std::string(path).append(
                ":1502:23: error[wrong-encoding]: byte 0xE9 is not UTF-8, the encoding of "
                "source 'ev' "
                "(save the file as UTF-8, or, if it is Latin-1, set encoding = \"latin-1\" in the card of 'ev')"));
    }
}

TEST(CardReader, Latin1IsTranscoded) {
    const Folder folder;
    const auto out = read(folder.put("e.csv", event_header + "1,2020-01-01,,raid,C\xF4te,,,,,,,,\n"),
                          event_card("encoding = \"latin-1\""));
    ASSERT_EQ(out.records.events.size(), 1u);
    EXPECT_EQ(out.term(out.records.events[0].place), "iso3:Côte");
}

TEST(CardReader, TagRowsAreNoRows) {
    const Folder folder;
    const auto path = folder.put(
        "e.csv", event_header + ",#date,,#kind,,,,,,,,,\n1,2020-01-01,,raid,,,,,,,,,\n2,2020-01-01,,raid,#5,,,,,,,,\n");
    const auto out = read(path, event_card("skip_rows_with = \"#\""));
    EXPECT_EQ(out.closing.rows, 2);
    ASSERT_EQ(out.records.events.size(), 2u);  // only rows right after the header are tags
    EXPECT_EQ(out.records.events[0].line, 3);
}

TEST(CardReader, IdentityAndContent) {
    const Folder folder;
    const std::string rows =
        "1,2020-01-01,,raid,A,,,,,,,,\n1,2020-01-01,,raid,A,,,,,,,,\n2,2020-01-01,,raid,B,,,,,,,,\n";
    const auto first = read(folder.put("a.csv", event_header + rows), event_card()).records.events;
    const auto again =
        read(folder.put("b.csv", "\xEF\xBB\xBF" + event_header + "2,2020-01-01,,raid,C,,,,,,,,\r\n"), event_card())
            .records.events;
    EXPECT_EQ(first[0].identity, first[1].identity);
    EXPECT_EQ(first[0].content, first[1].content);
    EXPECT_EQ(first[2].identity, again[0].identity);
    EXPECT_NE(first[2].content, again[0].content);
    const auto parts = event_card("content = [\"day\", \"kind\"]");
    EXPECT_EQ(read(folder.path() + "/a.csv", parts).records.events[2].content,
              read(folder.path() + "/b.csv", parts).records.events[0].content);
    auto none = event_card();
    none.identity.clear();
    const auto apart = read(folder.path() + "/a.csv", none).records.events;
    EXPECT_NE(apart[0].identity, apart[1].identity);
    EXPECT_EQ(apart[0].identity, read(folder.path() + "/a.csv", none).records.events[0].identity);
}

pack::SourceCard series_card(const std::string& coverage = "") {
    return card_of("se",
                   "record = \"observation\"\nheader = [\"year\", \"iso\"]\nnulls = [\"NA\"]\nidentity = [\"iso\", "
                   "\"year\", \"market\", \"item\"]\n",
                   R"(
[map]
day = { column = "year", parse = "year" }
place = { column = "iso", system = "iso3" }
subject = { columns = ["market", "item"] }
[[measure]]
id = "price"
title = "Price"
unit = "usd"
column = "value"
low = "lo"
high = "hi"
when = { column = "type", value = "FOOD" }
[[measure]]
id = "fuel"
title = "Fuel"
unit = "usd"
column = "value"
scale = 0.5
when = { column = "type", value = "FUEL" }
[[measure]]
id = "level"
title = "Level"
unit = "points"
column = "status"
lookup = "status"
[lookup.status]
"none" = 0
"some" = 1.5
)" + coverage);
}

TEST(CardReader, Observations) {
    const Folder folder;
    const auto out = read(folder.put("s.csv",
                                     "year,iso,market,item,type,value,lo,hi,status\n2019,SYR,M,rice,FOOD,2.5,2,3,"
                                     "some\n2020,IRQ,M,oil,FUEL,3,,,\n2018,IRQ,,,OTHER,3,,,NA\n"),
                          series_card());
    ASSERT_EQ(out.error, "");
    ASSERT_EQ(out.records.observations.size(), 4u);
    const auto& price = out.records.observations[0];
    EXPECT_EQ(out.term(price.measure), "measure:price");
    EXPECT_EQ(price.value, 2.5);
    EXPECT_EQ(price.low, 2);
    EXPECT_EQ(price.high, 3);
    EXPECT_EQ(out.term(price.subject), "subject:M|rice");
    EXPECT_EQ(iso(price.last_day), "2019-12-31");
    EXPECT_EQ(out.term(out.records.observations[1].measure), "measure:level");
    EXPECT_EQ(out.records.observations[1].value, 1.5);
    EXPECT_TRUE(std::isnan(out.records.observations[1].low));
    EXPECT_EQ(out.term(out.records.observations[2].measure), "measure:fuel");
    EXPECT_EQ(out.records.observations[2].value, 1.5);
    EXPECT_EQ(out.term(out.records.observations[3].measure),
              "measure:price");  // a row without a value is a row all the same
    EXPECT_TRUE(std::isnan(out.records.observations[3].value));
    EXPECT_EQ(out.records.observations[3].line, 4);
    EXPECT_EQ(out.closing.rows, 3);
    EXPECT_EQ(out.closing.records, 4);
}

TEST(CardReader, AValueThatItsScaleMakesInfiniteIsAReject) {
    const Folder folder;
    const auto card = card_of("s", "record = \"observation\"\nheader = [\"t\"]",
                              "[map]\nday = { column = \"t\", parse = \"year\" }\n[[measure]]\nid = \"a\"\n"
                              "title = \"A\"\nunit = \"1\"\ncolumn = \"a\"\nscale = 1000\n");
    const auto out = read(folder.put("s.csv", "t,a\n2019,1e306\n2020,1\n"), card);
    ASSERT_EQ(out.error, "");
    ASSERT_EQ(out.records.observations.size(), 1u);
    EXPECT_EQ(out.records.observations[0].value, 1000);
    ASSERT_EQ(out.closing.rejects.size(), 1u);
    EXPECT_EQ(out.closing.rejects[0].line, 2);
    EXPECT_EQ(out.closing.rejects[0].column, 2);
}

TEST(CardReader, ASumIsOfTheCellsThatHaveAFigure) {
    const Folder folder;
    const auto card = card_of("s", "record = \"observation\"\nheader = [\"t\"]\nnulls = [\"-\"]",
                              "[map]\nday = { column = \"t\", parse = \"year\" }\n[[measure]]\nid = \"all\"\n"
                              "title = \"All\"\nunit = \"1\"\nminimum = 0\noptional = true\n"
                              "sum = [\"a\", \"b\", \"c\"]\nnulls = [\"0\"]\n");
    const auto out = read(folder.put("s.csv", "t,a,b,c\n2019,3,-,4\n2020,0,,-\n2021,,5,\n2022,1,-2,3\n"), card);
    ASSERT_EQ(out.error, "");
    ASSERT_EQ(out.records.observations.size(), 3u);
    EXPECT_EQ(out.records.observations[0].value, 7);
    EXPECT_TRUE(std::isnan(out.records.observations[1].value));
    EXPECT_EQ(out.records.observations[2].value, 5);
    ASSERT_EQ(out.closing.rejects.size(), 1u);
    EXPECT_EQ(out.closing.rejects[0].line, 5);
    EXPECT_EQ(out.closing.rejects[0].column, 3);
    // a file without one of the columns has another figure, and gives none
    const auto part = read(folder.put("p.csv", "t,a,b\n2019,3,4\n"), card);
    ASSERT_EQ(part.error, "");
    ASSERT_EQ(part.records.observations.size(), 1u);
    EXPECT_TRUE(std::isnan(part.records.observations[0].value));
}

TEST(CardReader, CoverageFollowsTheCard) {
    const Folder folder;
    const auto path = folder.put("s.csv",
                                 "year,iso,market,item,type,value,lo,hi,status\n2019,SYR,,,FOOD,1,,,\n2021,IRQ,,,FOOD,"
                                 "1,,,\n2020,SYR,,,FOOD,1,,,\n");
    const auto of = [&](const std::string& rule, const ReadOptions& options = {}) {
        return read(path, series_card("[coverage]\n" + rule), options).closing.coverage.at(0);
    };
    auto coverage = of("complete = true\nplaces = { column = \"iso\" }\n");
    EXPECT_TRUE(coverage.complete);
    EXPECT_EQ(coverage.places, (std::vector<std::string>{"iso3:IRQ", "iso3:SYR"}));
    EXPECT_EQ(iso(coverage.first_day), "2019-01-01");
    EXPECT_EQ(iso(coverage.last_day), "2021-12-31");
    EXPECT_FALSE(of("complete = true\ncomplete_from_rows = 4\n").complete);
    EXPECT_TRUE(of("complete = true\ncomplete_from_rows = 3\n").complete);
    EXPECT_FALSE(of("complete = false\n").complete);
    coverage = of("complete = true\nplaces = [\"asean\"]\ndays = [\"2000-01-01\", \"2010-12-31\"]\n");
    EXPECT_EQ(coverage.places, std::vector<std::string>{"asean"});
    EXPECT_EQ(iso(coverage.first_day), "2000-01-01");
    ReadOptions options;
    options.covers = model::Coverage{true, no_day, day_of(2030, 1, 1), {"syr"}, {}};
    coverage = of("complete = false\n", options);
    EXPECT_TRUE(coverage.complete);
    EXPECT_EQ(iso(coverage.first_day), "2019-01-01");
    EXPECT_EQ(iso(coverage.last_day), "2030-01-01");
}

TEST(CardReader, WholeMonthsWidenTheDays) {
    const Folder folder;
    const auto card = event_card("", "[coverage]\ncomplete = true\nwhole = \"month\"\n");
    const auto out =
        read(folder.put("e.csv", event_header + "1,2020-01-15,,raid,,,,,,,,,\n2,2020-02-10,,raid,,,,,,,,,\n"), card);
    EXPECT_EQ(iso(out.closing.coverage[0].first_day), "2020-01-01");
    EXPECT_EQ(iso(out.closing.coverage[0].last_day), "2020-02-29");
}

pack::SourceCard treaty_card() {
    return card_of(
        "untc",
        "record = \"treaty-action\"\nheader = [\"Participant\"]\nfile_name = \"(\\\\d+-.*)\\\\.csv\"\nidentity = "
        "[\"file.1\", \"Participant\"]\npublication_lag_days = 30\nvintage_from = \"2015-03-31\"",
        "[map]\ninstrument = { column = \"file.1\", system = \"untc\" }\nparticipant = { column = \"Participant\", "
        "system = \"name\" }\nact = { columns = [\"*\"], parse = \"untc-action\" }\n");
}

TEST(CardReader, TreatyActions) {
    const Folder folder;
    std::string text =
        "Participant,Signature,\"Ratification, Accession(a)\",UNTS Volume\nAfghanistan,14 Jan 1993,24 Sep "
        "2003,7\nAndorra,,27 Feb 2003 a,\nNowhere,,,\nBad,,27 Feb 2003 z,\n";
    for (int i = 0; i < 3; ++i) text += fmt::format("State {},1 Jan 2000,,\n", i);
    const auto out = read(folder.put("26-3.csv", text), treaty_card());
    ASSERT_EQ(out.error, "");
    std::vector<std::string> said;
    for (const auto& a : out.records.actions)
        said.push_back(fmt::format("{} {} {} {} {} {}", a.line, out.term(a.instrument), out.term(a.participant),
                                   out.term(a.act), iso(a.day), iso(a.known_day)));
    said.resize(4);
    EXPECT_EQ(said,
              (std::vector<std::string>{"2 untc:26-3 name:Afghanistan act:signature 1993-01-14 1993-02-13",
                                        "2 untc:26-3 name:Afghanistan act:ratification 2003-09-24 2003-10-24",
                                        "3 untc:26-3 name:Andorra act:accession 2003-02-27 2003-03-29",
                                        "4 untc:26-3 name:Nowhere   "}));
    ASSERT_EQ(out.closing.rejects.size(), 1u);
    EXPECT_EQ(out.closing.rejects[0].line, 5);
    EXPECT_EQ(out.closing.rejects[0].column, 3);
    EXPECT_EQ(out.closing.rows, 7);
    EXPECT_EQ(iso(out.closing.vintage_day), "2015-03-31");
    const auto other = folder.put("treaty.csv", text);
    EXPECT_EQ(read(other, treaty_card()).error,
              std::string(other).append(": error[unnamed-file]: source 'untc' takes 'file.1' from the file's name, "
                                        "which does not fit (\\d+-.*)\\.csv (give the file the name that its publisher "
                                        "gave it)"));
}

TEST(CardReader, VotesAndRollCallsWithTheirCompanion) {
    const Folder folder;
    const auto votes = card_of(
        "vo", "record = \"vote\"\nheader = [\"rcid\", \"country\", \"vote\"]\nidentity = [\"rcid\", \"country\"]",
        "[map]\nroll_call = { column = \"rcid\" }\nvoter = { column = \"country\" }\nballot = { column = \"vote\", "
        "lookup = \"b\" }\n[lookup.b]\n\"1\" = \"yes\"\n\"2\" = \"abstain\"\n");
    auto out = read(folder.put("v.csv", "rcid,country,vote\n3,Cuba,1\n3,Haiti,2\n"), votes);
    ASSERT_EQ(out.records.votes.size(), 2u);
    EXPECT_EQ(out.records.votes[1].ballot, model::Ballot::Abstain);
    EXPECT_EQ(out.term(out.records.votes[0].voter), "name:Cuba");
    EXPECT_EQ(out.records.votes[0].known_day, no_day);

    const auto calls = card_of(
        "rc",
        "record = \"roll-call\"\nheader = [\"rcid\", \"date\"]\nidentity = [\"rcid\"]\ncompanion = "
        "\"issues.csv\"\ncompanion_key = \"rcid\"",
        "[map]\nroll_call = { column = \"rcid\" }\nday = { column = \"date\", parse = \"date\" }\nresolution = { "
        "column = \"unres\" }\nissue = { column = \"issue\" }\nimportant = { column = \"imp\", parse = \"yes-no\" }\n");
    const auto path = folder.put("r.csv", "rcid,date,unres,imp\n3,1946-01-01,R/1/66,0\n4,1946-01-02,R/1/79,1\n");
    out = read(path, calls);
    ASSERT_EQ(out.error, "");
    EXPECT_EQ(out.records.roll_calls.size(), 2u);  // no companion there
    folder.put("issues.csv", "rcid,issue\n3,me\n3,hr\n9,ec\n");
    out = read(path, calls);
    ASSERT_EQ(out.records.roll_calls.size(), 3u);
    EXPECT_EQ(out.term(out.records.roll_calls[0].issue), "issue:me");
    EXPECT_EQ(out.term(out.records.roll_calls[1].issue), "issue:hr");
    EXPECT_EQ(out.records.roll_calls[1].line, 2);
    EXPECT_EQ(out.records.roll_calls[2].issue, model::no_term);
    EXPECT_EQ(out.records.roll_calls[2].important, 1);
    EXPECT_EQ(out.closing.rows, 2);
    folder.put("issues.csv", "rcid,issue\n3,me\n3,\n");
    out = read(path, calls);
    ASSERT_EQ(out.records.roll_calls.size(), 3u);
    EXPECT_EQ(out.records.roll_calls[1].issue, model::no_term) << "an empty cell is not the one above it";
}

TEST(CardReader, Designations) {
    const Folder folder;
    const auto card = card_of(
        "uk", "record = \"designation\"\nheader = [\"unique_id\", \"date\"]\nidentity = [\"unique_id\"]",
        "[map]\nlist = { value = \"uk\" }\nregime = { column = \"un\", lookup = \"r\" }\ntype = { column = \"type\" "
        "}\nreference = { column = \"unique_id\" }\nday = { column = \"date\", parse = \"date-dmy\" }\n"
        "updated = { column = \"upd\", parse = \"date-dmy\" }\n[lookup.r]\n\"TA*\" = \"taliban\"\n\"\" = "
        "\"national\"\n");
    const auto out =
        read(folder.put("u.csv",
                        "unique_id,un,type,date,upd\nAFG1,TAe.010,entity,29/06/2012,16/04/2026\nX1,,individual,,\n"),
             card);
    ASSERT_EQ(out.records.designations.size(), 2u);
    EXPECT_EQ(out.term(out.records.designations[0].list), "list:uk");
    EXPECT_EQ(out.term(out.records.designations[0].regime), "regime:taliban");
    EXPECT_EQ(iso(out.records.designations[0].updated), "2026-04-16");
    EXPECT_EQ(out.term(out.records.designations[1].regime), "regime:national");
    EXPECT_EQ(out.records.designations[1].day, no_day);
}

TEST(CardReader, ShortRowsAreWholeDownToTheMinimum) {
    const Folder folder;
    const auto card =
        card_of("g",
                "record = \"event\"\ndelimiter = \"\\t\"\nquoted = false\ncolumns = [\"id\", \"day\", \"x\", "
                "\"url\"]\nminimum_columns = 3\nfirst_row = [\"\\\\d+\", \"\\\\d{8}\"]\nidentity = [\"id\"]",
                "[map]\nday = { column = \"day\", parse = \"date-compact\" }\nkind = { value = \"k\" }\nsubject = { "
                "column = \"url\" }\nbest = { columns = [\"day\", \"x\"], parse = \"days-between\" }\n");
    auto parts = card;
    parts.map.erase("best");
    const auto out =
        read(folder.put("g.tsv", "1\t20200101\tx\tu\n2\t20200102\tx\n3\t20200103\n4\t20200104\ta\tb\tc\n"), parts);
    ASSERT_EQ(out.error, "");
    EXPECT_EQ(out.records.events.size(), 2u);
    EXPECT_EQ(out.records.events[1].subject, model::no_term);
    EXPECT_EQ(out.closing.rejects.at(0).problem, "the row has 2 column(s), 3 are needed");
    EXPECT_EQ(out.closing.rejects.at(1).problem, "the row has 5 columns, the file has 4");
}

TEST(CardReader, AMappedColumnMustBeThere) {
    const Folder folder;
    const auto path = folder.put("e.csv", "id,day,until,kind,cc,a1,a2,lat,lon,bset,tone,n,added\n");
    EXPECT_EQ(read(path, event_card()).error,
              std::string(path).append(":1: error[wrong-header]: the header has no 'best', which source 'ev' needs (is "
                                       "it 'bset' here? then add it to `also` of the card)"));
}

TEST(CardReader, TheEditionComesFromTheFileName) {
    const Folder folder;
    const auto card = event_card("file_name = \"e_(\\\\d+)\\\\.csv\"\nvintage_from = \"file.1\"");
    const auto vintage = [&](const std::string& name) {
        return iso(read(folder.put(name, event_header + "1,2020-01-01,,raid,,,,,,,,,\n"), card).closing.vintage_day);
    };
    EXPECT_EQ(vintage("e_20191024.csv"), "2019-10-24");
    EXPECT_EQ(vintage("e_20191024143000.csv"), "2019-10-24");
    EXPECT_EQ(vintage("e_13052026.csv"), "2026-05-13");
    EXPECT_EQ(vintage("e_2020.csv"), "2020-12-31");
    EXPECT_EQ(vintage("e_201.csv"), "");
}

TEST(CardReader, AHeaderAloneIsAFileOfNoRows) {
    const Folder folder;
    const auto out = read(folder.put("e.csv", event_header), event_card("", "[coverage]\ncomplete = true\n"));
    EXPECT_EQ(out.error, "");
    EXPECT_EQ(out.closing.rows, 0);
    EXPECT_FALSE(out.closing.coverage[0].complete);
}

}  // namespace
}  // namespace icosa::ingest
