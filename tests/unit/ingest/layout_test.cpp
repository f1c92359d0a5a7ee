/// What a file is: layouts of one source, forms of days, days and figures that cannot be, rows that a card is not
/// about.
#include <gtest/gtest.h>

#include "cards.hpp"
#include "folder.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/day_forms.hpp"

namespace icosa::ingest {
namespace {

struct LayoutOutcome {
    model::TermTable terms;
    model::Batch records;
    Closing closing;
    std::vector<std::string> notes;
    std::string error;

    [[nodiscard]] std::string term(model::TermId id) const {
        return id == model::no_term ? "" : terms.at(id).system + ":" + terms.at(id).text;
    }
    [[nodiscard]] std::string reject() const {
        if (closing.rejects.empty()) return "";
        const model::Reject& one = closing.rejects[0];
        return std::to_string(one.line) + " " + one.field + " '" + one.text + "' " + one.problem;
    }
};

/// As the program reads it: the layout is chosen, then every row is read.
std::unique_ptr<LayoutOutcome> ingested(const std::string& name, const std::string& text, const pack::SourceCard& card,
                                        const ReadOptions& options = {}, bool is_forced = false) {
    auto out = std::make_unique<LayoutOutcome>();
    const Folder folder;
    const std::string path = folder.put(name, text);
    const auto work = [&]() -> Result<void> {
        const std::vector<pack::SourceCard> cards = {card};
        const pack::SourceCard* layout = is_forced ? TRY(layout_of(path, card)) : TRY(recognise(path, cards));
        auto reader = TRY(FileReader::open(path, *layout, out->terms, options));
        for (model::Batch batch; TRY(reader->next(batch));) {
            out->records.events.insert(out->records.events.end(), batch.events.begin(), batch.events.end());
            out->records.observations.insert(out->records.observations.end(), batch.observations.begin(),
                                             batch.observations.end());
            out->records.votes.insert(out->records.votes.end(), batch.votes.begin(), batch.votes.end());
        }
        out->notes = reader->notes();
        out->closing = TRY(reader->close());
        return {};
    };
    if (const auto done = work(); !done) {
        Error error = done.error();
        error.where.file = name;
        out->error = render(error);
    }
    return out;
}

pack::SourceCard days_card(const std::string& more = "") {
    return card_of("ev", "record = \"event\"\nheader = [\"id\", \"day\", \"place\"]\nidentity = [\"id\"]\n" + more,
                   "[map]\nday = { column = \"day\", parse = [\"date\", \"date-mdy\", \"date-dmy\"] }\nkind = { value "
                   "= \"k\" }\nplace = { column = \"place\" }\n");
}

std::vector<std::string> days_of(const LayoutOutcome& out) {
    std::vector<std::string> days;
    for (const auto& event : out.records.events) days.push_back(iso(event.first_day));
    return days;
}

using Texts = std::vector<std::string>;

TEST(Layout, TheFormOfDaysIsThatOfTheWholeColumn) {
    const auto plain = ingested("e.csv", "id,day,place\n1,2021-01-05,a\n2,2021-02-17,a\n", days_card());
    EXPECT_EQ(days_of(*plain), (Texts{"2021-01-05", "2021-02-17"}));
    EXPECT_EQ(plain->notes, Texts{});
    const auto american = ingested("e.csv", "id,day,place\n1,1/5/2021,a\n2,2/17/2021,a\n", days_card());
    EXPECT_EQ(days_of(*american), (Texts{"2021-01-05", "2021-02-17"}));
    EXPECT_EQ(american->notes, Texts{"days read as month/day/year"});
    const auto european = ingested("e.csv", "id,day,place\n1,1/5/2021,a\n2,17.2.2021,a\n", days_card());
    EXPECT_EQ(days_of(*european), (Texts{"2021-05-01", "2021-02-17"}));
    const auto alike = ingested("e.csv", "id,day,place\n1,1/1/2021,a\n2,2/2/2021,a\n", days_card());
    EXPECT_EQ(days_of(*alike), (Texts{"2021-01-01", "2021-02-02"})) << "both forms read the same days";
}

TEST(Layout, DaysThatCouldBeTwoThingsAreRefused) {
    const std::string text = "id,day,place\n1,1/5/2021,a\n2,2/7/2021,a\n";
    const auto open = ingested("e.csv", text, days_card());
    EXPECT_TRUE(
        open->error.starts_with("e.csv:2:2: error[ambiguous-days]: the days of 'day' may be month/day/year or "
                                "day/month/year"))
        << open->error;
    EXPECT_NE(open->error.find("--date-form mdy or --date-form dmy"), std::string::npos) << open->error;
    ReadOptions said;
    said.date_form = parse_date_form("dmy");
    EXPECT_EQ(days_of(*ingested("e.csv", text, days_card(), said)), (Texts{"2021-05-01", "2021-07-02"}));
}

TEST(Layout, OneOddCellDecidesNothing) {
    const auto out = ingested("e.csv", "id,day,place\n1,soon,a\n2,1/17/2021,a\n3,1/5/2021,a\n", days_card());
    EXPECT_EQ(days_of(*out), (Texts{"2021-01-17", "2021-01-05"}));
    EXPECT_EQ(out->closing.rejected, 1);
    const auto open = ingested("e.csv", "id,day,place\n1,soon,a\n2,2/7/2021,a\n3,1/5/2021,a\n", days_card());
    EXPECT_NE(open->error.find("error[ambiguous-days]"), std::string::npos) << open->error;
}

TEST(Layout, DaysAfterTheDayOfIngestAreRejects) {
    ReadOptions options;
    options.today = day_of(2026, 6, 30);
    const std::string text = "id,day,place\n1,2026-06-30,a\n2,2062-06-30,a\n3,2025-01-01,a\n";
    const auto out = ingested("e.csv", text, days_card(), options);
    EXPECT_EQ(days_of(*out), (Texts{"2026-06-30", "2025-01-01"}));
    EXPECT_EQ(out->reject(), "3 day '2062-06-30' lies after 2026-06-30, the day of ingest");
    EXPECT_EQ(iso(out->closing.last_day), "2026-06-30");
    EXPECT_EQ(days_of(*ingested("e.csv", text, days_card("ahead = 20000\n"), options)).size(), 3u);
    EXPECT_EQ(days_of(*ingested("e.csv", text, days_card())).size(), 3u)
        << "without a day of ingest nothing is checked";
}

TEST(Layout, DaysBeforeTheSourceBeganAreRejects) {
    const auto out = ingested("e.csv", "id,day,place\n1,0205-03-14,a\n2,2005-03-14,a\n3,2005-03-15,a\n",
                              days_card("first_day = \"1989-01-01\"\n"));
    EXPECT_EQ(out->reject(), "2 day '0205-03-14' lies before 1989-01-01, the first day of source 'ev'");
    EXPECT_EQ(days_of(*out).size(), 2u);
}

TEST(Layout, AnEmptyPlaceIsARejectUnlessTheCardAllowsIt) {
    const std::string text = "id,day,place\n1,2021-01-01,a\n2,2021-01-02,\n3,2021-01-03,b\n";
    EXPECT_EQ(ingested("e.csv", text, days_card())->reject(), "3 place '' is empty, and every record needs it");
    const auto allowed = card_of("ev", "record = \"event\"\nheader = [\"id\"]\nidentity = [\"id\"]",
                                 "[map]\nday = { column = \"day\" }\nkind = { value = \"k\" }\nplace = { column = "
                                 "\"place\", optional = true }\n");
    EXPECT_EQ(ingested("e.csv", text, allowed)->closing.rejected, 0);
}

TEST(Layout, NullsOfAFieldAreItsOwn) {
    const auto card = card_of("v", "record = \"vote\"\nheader = [\"rcid\"]\nidentity = [\"rcid\", \"name\"]",
                              "[map]\nroll_call = { column = \"rcid\" }\nvoter = { column = \"name\", nulls = [\"NA\"] "
                              "}\nballot = { column = \"vote\" }\n");
    const auto out = ingested("v.csv", "rcid,name,vote\n1,NA,yes\n1,Namibia,no\n1,Ghana,yes\n", card);
    EXPECT_EQ(out->reject(), "2 name '' is empty, and every record needs it");
    EXPECT_EQ(out->records.votes.size(), 2u);
}

const std::string figures =
    "[map]\nday = { column = \"Year\", parse = \"year\" }\nplace = { column = \"Code\", system = \"iso3\" "
    "}\n[[measure]]\nid = \"gdp\"\ntitle = \"GDP\"\nunit = \"US dollars\"\nplausible = [1e8, 2e14]\ncolumn = "
    "\"Value\"\n";
pack::SourceCard figures_card(const std::string& more = "") {
    return card_of("gdp",
                   "record = \"observation\"\nheader = [\"Code\", \"Year\", \"Value\"]\nidentity = [\"Code\", "
                   "\"Year\"]",
                   figures + more);
}

TEST(Layout, FiguresThatNoUnitAllowsRefuseTheFile) {
    const auto out =
        ingested("g.csv", "Code,Year,Value\nTCD,2018,2.9\nKEN,2018,5.4\nNPL,2018,33111525000\n", figures_card());
    EXPECT_EQ(out->error,
              "g.csv:2:3: error[implausible-values]: 2 of 3 values of 'gdp' lie outside 1e+08 to 2e+14, "
              "the range of GDP in US dollars: here is '2.9' (nothing of the file is stored; name another card than "
              "'gdp' with --source ID, or, if the figures are right, mend 'plausible' of measure 'gdp' in it)");
    EXPECT_EQ(
        ingested("g.csv", "Code,Year,Value\nTUV,2018,47000000\nKEN,2018,9e10\nNPL,2018,\n", figures_card())->error, "");
}

const std::string wide_variant =
    "[[variant]]\nheader = [\"Code\", \"Indicator\"]\nonly = { column = \"Indicator\", values = [\"GDP.CD\"] "
    "}\nwide = { columns = \"(\\\\d{4})( \\\\[YR.*)?\", parse = \"year\" }\nidentity = [\"Code\", "
    "\"heading\"]\nwithout = [\"day\"]\n[[variant.measure]]\nid = \"gdp\"\ntitle = \"GDP\"\nunit = \"US "
    "dollars\"\ncolumn = \"*\"\n";

TEST(Layout, AColumnAYearBelowTitles) {
    const auto card = figures_card(wide_variant);
    const auto wide =
        ingested("API.csv",
                 "\xEF\xBB\xBF\"Data Source\",\"WDI\",\n\n\"Updated\",\"2026\",\n\n\"Code\",\"Indicator\","
                 "\"2018\",\"2019 [YR2019]\",\"2020\",\n\"KEN\",\"GDP.CD\",\"1\",\"\",\"3\",\n\"INX\","
                 "\"GDP.CD\",\"\",\"\",\"\",\n",
                 card);
    ASSERT_EQ(wide->error, "");
    EXPECT_EQ(wide->closing.rows, 2);
    ASSERT_EQ(wide->records.observations.size(), 3u) << "a row without a value is a row all the same";
    EXPECT_EQ(iso(wide->records.observations[1].first_day), "2020-01-01");
    EXPECT_EQ(wide->records.observations[1].value, 3);
    EXPECT_EQ(wide->notes, Texts{"the header is line 5, what stands above it is left out"});
    const auto longer = ingested("x.csv", "Code,Year,Value\nKEN,2018,1e11\n", card);
    ASSERT_EQ(longer->records.observations.size(), 1u);
    EXPECT_EQ(longer->records.observations[0].identity, wide->records.observations[0].identity)
        << "the same figure in both layouts";
}

TEST(Layout, RowsThatACardIsNotAbout) {
    const auto card = figures_card(wide_variant);
    const std::string text = "Code,Indicator,2018\nKEN,GDP.KD,1\n";
    EXPECT_EQ(ingested("x.csv", text, card)->error,
              "x.csv:1: error[unknown-source]: no source card fits; the nearest is 'gdp', but it is about 'Indicator' "
              "'GDP.CD' only, and line 2 has 'GDP.KD' (check the header, write a card (docs/source-cards.md), or force "
              "one with --source gdp)");
    EXPECT_TRUE(ingested("x.csv", text, card, {}, true)
                    ->error.starts_with("x.csv:2: error[wrong-rows]: the source 'gdp' is about 'Indicator' 'GDP.CD' "
                                        "only, here is 'GDP.KD'"));
}

TEST(Layout, AListOfStatesGivesARecordForEach) {
    const auto card =
        card_of("acd", "record = \"event\"\nheader = [\"id\", \"a\", \"b\"]\nidentity = [\"id\", \"a\", \"b\"]",
                "[map]\nday = { column = \"year\", parse = \"year\" }\nkind = { value = \"k\" }\nplace = { column = "
                "\"a\", split "
                "= \",\" }\nactor1 = { column = \"a\", split = \",\" }\nactor2 = { column = \"b\", split = \",\" }\n");
    const auto out = ingested("a.csv", "id,year,a,b\n1,2003,\"2, 200\",645\n2,2003,365,\n3,2003,,365\n", card);
    ASSERT_EQ(out->records.events.size(), 3u);
    EXPECT_EQ(out->term(out->records.events[0].place), "name:2");
    EXPECT_EQ(out->term(out->records.events[1].place), "name:200");
    EXPECT_EQ(out->term(out->records.events[1].actor1), "name:200");
    EXPECT_EQ(out->term(out->records.events[1].actor2), "name:645");
    EXPECT_NE(out->records.events[0].identity, out->records.events[1].identity);
    EXPECT_EQ(out->term(out->records.events[2].actor2), "");
    EXPECT_EQ(out->reject(), "4 a '' is empty, and every record needs it");
}

TEST(Layout, OtherHeadingsAndThePlaceFromTheName) {
    const auto card = card_of(
        "food", "record = \"observation\"\nheader = [\"iso\", \"date\", \"price\"]\nidentity = [\"iso\", \"date\"]",
        "[map]\nday = { column = \"date\" }\nplace = { column = \"iso\", system = \"iso3\" }\n[[measure]]\nid = "
        "\"p\"\ntitle = \"P\"\nunit = \"u\"\ncolumn = \"price\"\n[[variant]]\nheader = [\"day\", \"price\"]\nfile_name "
        "= "
        "\"food_([a-z]{3})\\\\.csv\"\nidentity = [\"file.1\", \"date\"]\nalso = { date = [\"day\"] "
        "}\n[variant.map]\n"
        "place = { column = \"file.1\", system = \"iso3\", letters = \"upper\" }\n");
    const auto world = ingested("w.csv", "iso,date,price\nNIC,2021-01-15,3\n", card);
    const auto one = ingested("food_nic.csv", "day ,Price\n2021-01-15,3\n", card);
    ASSERT_EQ(one->error, "");
    EXPECT_EQ(one->term(one->records.observations[0].place), "iso3:NIC");
    EXPECT_EQ(one->records.observations[0].identity, world->records.observations[0].identity);
}

TEST(Layout, ACodeFromAText) {
    const auto card = card_of(
        "ic", "record = \"event\"\nheader = [\"id\"]\nidentity = [\"id\"]",
        "[map]\nday = { column = \"day\" }\nkind = { column = \"text\", letters = \"lower\", before = \", not\", "
        "lookup "
        "= [\"event\", \"kinds\"] }\ncode = { column = \"text\", letters = \"lower\", before = \", not\", lookup = "
        "\"event\", system = \"cameo\" }\n[lookup.event]\n\"make statement\" = \"010\"\n[lookup.kinds]\n\"01*\" = "
        "\"statement\"\n");
    const auto out = ingested("i.csv",
                              "id,day,text\n1,2017-03-02,\"Make statement, not specified below\"\n2,2017-03-02,make "
                              "Statement\n3,2017-03-02,Dance\n",
                              card);
    ASSERT_EQ(out->records.events.size(), 2u);
    EXPECT_EQ(out->term(out->records.events[0].kind), "kind:statement");
    EXPECT_EQ(out->term(out->records.events[1].code), "cameo:010");
    EXPECT_EQ(out->closing.rejected, 1);
}

TEST(Layout, PartsOfACellAndASnapshotsDay) {
    const auto card = card_of(
        "orbit",
        "record = \"event\"\nheader = [\"NAME\", \"ID\"]\nidentity = [\"file.1\", \"file.2\", \"file.3\", "
        "\"ID\"]\nfile_name = \"(?:.*\\\\D)?(\\\\d{4})-?(\\\\d{2})-?(\\\\d{2})\\\\.csv\"",
        "[map]\nday = { columns = [\"file.1\", \"file.2\", \"file.3\"], parse = \"year-month-day\" }\n"
        "kind = { column = \"NAME\", pattern = \".*\\\\b(DEB)(?:RIS)?\\\\b.*\", lookup = \"kind\" }\n"
        "subject = { columns = [\"ID\", \"NAME\"], pattern = \"(\\\\d{4}-\\\\d{3})[A-Z]+\\\\|(.*?)(?: DEB.*)?\" }\n"
        "intensity = { column = \"ID\", pattern = \"(\\\\d{4})-.*\", parse = \"whole\" }\n"
        "[lookup.kind]\n\"DEB\" = \"debris\"\n\"\" = \"object\"\n");
    const std::string rows = "NAME,ID\nFENGYUN 1C DEB,1999-025DEK\nORIZURU (DEBUT),1990-013C\nUNKNOWN,\n";
    for (const char* name : {"on_orbit_20241101.csv", "2024-11-01.csv"}) {
        const auto out = ingested(name, rows, card);
        ASSERT_EQ(out->error, "") << name;
        const auto& events = out->records.events;
        ASSERT_EQ(events.size(), 3u);
        EXPECT_EQ(events[0].first_day, day_of(2024, 11, 1));
        EXPECT_EQ(out->term(events[0].kind), "kind:debris");
        EXPECT_EQ(out->term(events[0].subject), "subject:1999-025|FENGYUN 1C");
        EXPECT_EQ(events[0].intensity_milli, 1999000);
        EXPECT_EQ(out->term(events[1].kind), "kind:object");
        EXPECT_EQ(out->term(events[2].subject), "");
    }
}

}  // namespace
}  // namespace icosa::ingest
