/// Details of rows: repeated elements, parts, lookups, files beside; what makes another content of a row.
#include "ingest/card_reader.hpp"

#include <gtest/gtest.h>

#include "cards.hpp"
#include "folder.hpp"
#include "ingest/beside.hpp"
#include "ingest/formats/xml_file.hpp"
#include "ingest/ofac_remarks.hpp"

namespace icosa::ingest {
namespace {

constexpr const char* xml_source = R"(record = "designation"
records = "LIST.*"
header = ["REF", "ON"]
identity = ["REF"]
content = ["REF", "ON"]
vintage_from = "document.@made"
)";
constexpr const char* xml_rest = R"([map]
list      = { value = "made-up" }
reference = { column = "REF", system = "reference", optional = false }
day       = { column = "ON", parse = "date" }
[[detail]]
field = "name"
columns = ["FIRST", "SECOND"]
[[detail]]
column = "ALIAS.*.NAME"
by = "ALIAS.*.QUALITY"
lookup = "alias"
[[detail]]
field = "address"
columns = ["PLACE.*.CITY", "PLACE.*.COUNTRY"]
join = ", "
[lookup.alias]
"Low" = "alias-weak"
"none" = ""
"Good" = "alias"
"" = "alias"
)";
constexpr const char* rows = R"(<LIST made="2025-03-04T10:00:00Z">
<ONE><REF> A.1 </REF><ON>2020-01-02</ON><FIRST>Ada</FIRST><SECOND> Exa
 mple</SECOND>
<ALIAS><QUALITY>Good</QUALITY><NAME>Addie</NAME></ALIAS><ALIAS><QUALITY>Low</QUALITY><NAME>The Sample</NAME></ALIAS>
<ALIAS><QUALITY/><NAME/></ALIAS><PLACE><CITY>Here</CITY></PLACE><PLACE><CITY>There</CITY><COUNTRY>Aland</COUNTRY></PLACE></ONE>
<ONE><REF>A.2</REF><ON>2020-01-03</ON><FIRST>Bea</FIRST></ONE>
</LIST>)";

struct Read {
    model::Batch batch;
    Closing closing;
    std::string error;
    std::vector<std::string> notes;
};

Read read(const std::string& path, const pack::SourceCard& card) {
    Read out;
    model::TermTable terms;
    auto reader = FileReader::open(path, card, terms);
    if (!reader) {
        out.error = render(reader.error());
        return out;
    }
    out.notes = (*reader)->notes();
    for (model::Batch batch;;) {
        auto more = (*reader)->next(batch);
        if (!more) {
            out.error = render(more.error());
            return out;
        }
        if (!*more) break;
        out.batch = std::move(batch);
    }
    auto closing = (*reader)->close();
    if (!closing) out.error = render(closing.error());
    else out.closing = std::move(*closing);
    return out;
}

std::string told(const std::vector<model::Detail>& details) {
    std::string out;
    for (const auto& one : details)
        out += std::to_string(one.line) + " " + std::string(model::name_of(one.field)) + " "
            + std::to_string(one.number) + "." + std::to_string(one.part) + " " + one.text + "\n";
    return out;
}

TEST(Details, OfRepeatedElementsKeepTheirNumbersAndParts) {
    const Folder folder;
    const auto out = read(folder.put("a.xml", rows), card_of("made-up", xml_source, xml_rest));
    ASSERT_EQ(out.error, "");
    EXPECT_EQ(told(out.batch.details),
              "1 name 0.1 Ada\n1 name 0.2 Exa mple\n1 alias 0.0 Addie\n1 alias-weak 1.0 The Sample\n"
              "1 address 0.0 Here\n1 address 1.0 There, Aland\n2 name 0.1 Bea\n");
    EXPECT_EQ(iso(out.closing.vintage_day), "2025-03-04");
}

/// The content of the first row, once `from` is replaced by `to`.
std::uint64_t content_with(const std::string& from, const std::string& to) {
    const Folder folder;
    std::string text = rows;
    text.replace(text.find(from), from.size(), to);
    const auto out = read(folder.put("a.xml", text), card_of("made-up", xml_source, xml_rest));
    EXPECT_EQ(out.error, "");
    return out.batch.designations.at(0).content;
}

TEST(Details, AnotherTextIsAnotherContentBlanksAndOrderAreNot) {
    const std::uint64_t plain = content_with("A.1", "A.1");
    EXPECT_EQ(content_with("Addie", "  Addie \n"), plain);
    EXPECT_EQ(content_with("Exa\n mple", "Exa mple"), plain);
    EXPECT_EQ(content_with("<PLACE><CITY>Here</CITY></PLACE><PLACE><CITY>There</CITY><COUNTRY>Aland</COUNTRY></PLACE>",
                           "<PLACE><CITY>There</CITY><COUNTRY>Aland</COUNTRY></PLACE><PLACE><CITY>Here</CITY></PLACE>"),
              plain);
    EXPECT_NE(content_with("Addie", "Adda"), plain);
    EXPECT_NE(content_with("<QUALITY>Good", "<QUALITY>Low"), plain);
}

TEST(Details, AWordThatTheLookupLacksIsARejectAndOneOfNothingIsNone) {
    const Folder folder;
    std::string text = rows;
    text.replace(text.find("Good"), 4, "none");
    auto out = read(folder.put("a.xml", text), card_of("made-up", xml_source, xml_rest));
    EXPECT_EQ(told(out.batch.details).find("Addie"), std::string::npos);
    text.replace(text.find("none"), 4, "Odd");
    out = read(folder.put("b.xml", text), card_of("made-up", xml_source, xml_rest));
    ASSERT_EQ(out.closing.rejects.size(), 1u);
    EXPECT_EQ(out.closing.rejects[0].problem, "is not in the lookup 'alias' of source 'made-up'");
    EXPECT_EQ(out.batch.designations.size(), 1u);
    EXPECT_EQ(told(out.batch.details), "2 name 0.1 Bea\n");
}

TEST(FirstXmlText, IsFoundNearTheBeginningOnly) {
    const Folder folder;
    const auto path = folder.put("a.xml", "<L made='x'><info><day> 03/04/2025 </day></info><one/></L>");
    EXPECT_EQ(first_xml_text(path, "@made").value(), "x");
    EXPECT_EQ(first_xml_text(path, "info.day").value(), "03/04/2025");
    EXPECT_EQ(first_xml_text(path, "info.month").value(), "");
    EXPECT_FALSE(first_xml_text(folder.put("b.xml", "<L made='x'><one></L>"), "none"));
}

constexpr const char* csv_source = R"(record = "designation"
file_name = "main.*"
columns = ["id", "name", "note"]
first_row = ["\\d+"]
identity = ["id"]
nulls = ["-0-"]
)";
constexpr const char* csv_rest = R"([map]
list      = { value = "made-up" }
reference = { column = "id", system = "reference", optional = false }
[[beside]]
id = "alt"
instead_of = "main"
name = "alt"
columns = ["id", "kind", "alias"]
key = "id"
[[beside]]
id = "more"
instead_of = "main"
name = "more"
columns = ["id", "text"]
key = "id"
continues = "note"
text = "text"
[[detail]]
field = "name"
column = "name"
[[detail]]
beside = "alt"
column = "alias"
by = "kind"
lookup = "kind"
[[detail]]
column = "note"
parse = "ofac-remarks"
[lookup.kind]
"fka" = "name-former"
"*" = "alias"
)";

TEST(Details, ComeFromFilesBesideAndWhatWasCutOffGoesOn) {
    const Folder folder;
    const auto card = card_of("made-up", csv_source, csv_rest);
    const auto main = folder.put("MAIN.csv", "1,\"EXAMPLE, Ada\",\"DOB 09 Feb 18\"\r\n2,BODY,-0- \r\n\x1a");
    folder.put("ALT.csv", "1,aka,Addie\r\n2,fka,OLD BODY\r\n1,aka,-0- \r\n1,aka,Adda\r\n\x1a");
    folder.put("MORE.csv", "1,\"99; POB Here.\"\r\n\x1a");
    const auto out = read(main, card);
    ASSERT_EQ(out.error, "");
    EXPECT_EQ(told(out.batch.details),
              "1 name 0.0 EXAMPLE, Ada\n1 alias 0.0 Addie\n1 alias 2.0 Adda\n1 birth-date 0.0 09 Feb 1899\n"
              "1 birth-place 0.0 Here\n2 name 0.0 BODY\n2 name-former 0.0 OLD BODY\n");
    EXPECT_EQ(out.closing.rejected, 0) << "the end of a text is no row";
    EXPECT_TRUE(out.notes.empty());
    EXPECT_EQ(main_file_of(folder.path() + "/ALT.csv", {card}), main);
    EXPECT_EQ(main_file_of(main, {card}), std::nullopt);
}

TEST(Details, AFileThatDoesNotLieBesideIsTold) {
    const Folder folder;
    const auto out = read(folder.put("main.csv", "1,BODY,-0-\n"), card_of("made-up", csv_source, csv_rest));
    ASSERT_EQ(out.error, "");
    EXPECT_EQ(out.notes.size(), 2u);
    EXPECT_EQ(told(out.batch.details), "1 name 0.0 BODY\n");
}

TEST(Details, AFileBesideThatIsNoTextRefusesTheWhole) {
    const Folder folder;
    const auto main = folder.put("main.csv", "1,BODY,-0-\n");
    folder.put("alt.csv", "1,aka,\xff\xfe\n");
    EXPECT_NE(read(main, card_of("made-up", csv_source, csv_rest)).error.find("wrong-encoding"), std::string::npos);
}

TEST(Remarks, AreFactsParted) {
    EXPECT_EQ(
        told(read_ofac_remarks("DOB 09 Feb 1851; alt. DOB 1852; POB Here, Aland; nationality Aland; citizen Bland; "
                               "Passport P2298 (Aland) issued 01 Nov 1902 expires 31 Oct 1907; alt. National ID "
                               "No. 12-3; Gender Female; a.k.a. 'THE SAMPLE'; Linked To: EXAMPLE BODY; Minister "
                               "of Samples (2 years); Vessel Registration Identification IMO 9187629.")),
        "0 birth-date 0.0 09 Feb 1851\n0 birth-date 1.0 1852\n0 birth-place 0.0 Here, Aland\n"
        "0 nationality 0.0 Aland\n0 nationality 1.0 Bland\n0 document-type 0.0 Passport\n"
        "0 document-number 0.0 P2298\n0 document-issuer 0.0 Aland\n"
        "0 document-note 0.0 issued 01 Nov 1902 expires 31 Oct 1907\n0 document-type 1.0 National ID No.\n"
        "0 document-number 1.0 12-3\n0 gender 0.0 Female\n0 alias-weak 0.0 THE SAMPLE\n0 document-type 2.0 IMO\n"
        "0 document-number 2.0 9187629\n"
        "0 comment 0.0 Linked To: EXAMPLE BODY; Minister of Samples (2 years)\n");
}

TEST(Remarks, OddOnesAreAComment) {
    for (const char* text : {"", ";;;", "DOB", "(", "Passport", "'", "a.k.a.", "1", "POB ", "x; (y; z)"}) {
        for (const auto& one : read_ofac_remarks(text)) {
            EXPECT_EQ(one.field, model::DetailField::Comment) << text;
            EXPECT_FALSE(one.text.empty());
        }
    }
}

}  // namespace
}  // namespace icosa::ingest
