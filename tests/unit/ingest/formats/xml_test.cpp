/// XML documents: elements that repeat are records; nothing is expanded.
#include "ingest/formats/xml_file.hpp"

#include <gtest/gtest.h>

#include "folder.hpp"
#include "tables.hpp"

namespace icosa::ingest {
namespace {

constexpr std::string_view list = R"(<?xml version="1.0" encoding="UTF-8"?>
<x:LIST xmlns:x="urn:x" made="2026-08-02">
  <INFO><DAY>2026-08-02</DAY></INFO>
  <PEOPLE>
    <ONE id="7"><REF>A.1</REF><TYPE><VALUE>UN List</VALUE></TYPE><NAME>a &amp; b</NAME><NAME>c</NAME></ONE>
    <ONE id="8"><REF>A.2</REF><DAY code="x">  2026-01-02
    </DAY></ONE>
  </PEOPLE>
  <BODIES><BODY><REF>B.1</REF></BODY></BODIES>
</x:LIST>
)";

TEST(Xml, RecordsAreTheElementsThatRepeat) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put("a", list)),
              (Rows{"0|@id|REF|TYPE.VALUE|NAME|NAME.1|DAY.@code|DAY", "1|7|A.1|UN List|a & b|c||",
                    "2|8|A.2||||x|2026-01-02"}));
    EXPECT_EQ(rows_in(folder.put("b", "<a><c v='1'/><c v='2'/></a>")), (Rows{"0|@v", "1|1", "2|2"}));
}

TEST(Xml, ACardSaysWhereRecordsAre) {
    const Folder folder;
    const std::string path = folder.put("a", list);
    EXPECT_EQ(rows_in(path, {"LIST.BODIES.BODY", "", ""}), (Rows{"0|REF", "1|B.1"}));
    EXPECT_EQ(rows_in(path, {"LIST.*.*", "", ""}).size(), 5U) << "a title, three records, one of another name";
    EXPECT_EQ(rows_in(path, {"LIST.*.*", "", ""})[0], "0|@|#text|@id|REF|TYPE.VALUE|NAME|NAME.1|DAY.@code|DAY");
    EXPECT_EQ(rows_in(path, {"sdnList.sdnEntry", "", ""}),
              Rows{"no-records:0:0: there are no elements at 'sdnList.sdnEntry'; of elements that repeat it has "
                   "'LIST.PEOPLE.ONE' (2)"});
    EXPECT_EQ(rows_in(folder.put("b", "<a><b>1</b></a>"))[0].substr(0, 10), "no-records");
}

TEST(Xml, OtherEncodingsBecomeUtf8) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put(
                  "a", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a><b n=\"C\xF4te\"/><b n=\"x\"/></a>")),
              (Rows{"0|@n", "1|Côte", "2|x"}));
}

TEST(Xml, EntitiesAreRefused) {
    const Folder folder;
    const std::string laughs =
        "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;\">]>\n"
        "<a><b>&m;</b><b>&m;</b></a>";
    EXPECT_EQ(rows_in(folder.put("a", laughs))[0].substr(0, 12), "xml-entities");
    const std::string outside = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a><b>&x;</b><b>1</b></a>";
    EXPECT_EQ(rows_in(folder.put("b", outside))[0].substr(0, 12), "xml-entities");
}

TEST(Xml, BrokenDocumentsAreToldWithTheirPlace) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put("a", "<a>\n<b x='1'/>\n<b x='2'>"))[0].substr(0, 8), "cut-off:");
    EXPECT_EQ(rows_in(folder.put("b", "<a>\n<b x='1'/>\n<b x='2'></c></a>"))[0],
              "not-well-formed:3:12: this is no well-formed XML: mismatched tag");
    std::string deep = "<?xml version=\"1.0\"?>";
    for (int i = 0; i < 1000; ++i) deep += "<a>";
    EXPECT_EQ(rows_in(folder.put("c", deep))[0].substr(0, 8), "too-deep");
}

}  // namespace
}  // namespace icosa::ingest
