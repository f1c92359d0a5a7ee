/// Rows a second out of JSON, JSON lines, XML and a workbook, each held against its library's parsing alone; the rows
/// are counted before anything is timed.
///
///     formats_bench [ROWS]     default 300000
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <expat.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <zip.h>

#include "bench.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/formats/part.hpp"
#include "pack/source_card.hpp"
#include "pack/toml.hpp"

namespace {

using namespace icosa;
namespace fs = std::filesystem;

[[noreturn]] void stop(const std::string& why) { bench::stop("formats_bench", why); }

constexpr std::string_view card_text = R"([source]
id = "bench"
title = "T"
publisher = "P"
licence = "CC0-1.0"
record = "event"
header = ["id", "day", "place", "dead"]
identity = ["id"]
[map]
day = { column = "day", parse = "date" }
kind = { value = "piracy" }
place = { column = "place", system = "iso3" }
best = { column = "dead" }
subject = { column = "text", system = "text" }
)";

std::string day_of_row(int i) { return fmt::format("2026-{:02}-{:02}", i % 12 + 1, i % 28 + 1); }
const char* place_of_row(int i) { return i % 3 == 0 ? "MLI" : i % 3 == 1 ? "NER" : "TCD"; }

std::string json_record(int i) {
    return fmt::format(
        R"({{"id":{},"day":"{}","place":"{}","dead":{},"text":"an attack in the north","at":{{"x":{}.5}}}})", i,
        day_of_row(i), place_of_row(i), i % 7, i % 90);
}

/// Writes a file whose rows are asked for one by one.
template <class Row>
std::string write_file(const fs::path& path, const char* before, const char* after, int rows, Row row) {
    std::ofstream file(path, std::ios::binary);
    file << before;
    for (int i = 0; i < rows; ++i) file << row(i);
    file << after;
    return path.string();
}

std::string sheet_row(int i) {
    const auto text = [](std::string_view one) {
        return fmt::format("<c t=\"inlineStr\"><is><t>{}</t></is></c>", one);
    };
    return fmt::format("<row r=\"{}\"><c><v>{}</v></c><c s=\"1\"><v>{}</v></c>{}<c><v>{}</v></c>{}</row>", i + 2, i,
                       46000 + i % 300, text(place_of_row(i)), i % 7, text("an attack in the north"));
}

std::string write_workbook(const fs::path& path, const std::string& sheet) {
    const std::string relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const std::pair<std::string, std::string> entries[] = {
        {"xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         fmt::format("<Relationships><Relationship Id=\"a\" Type=\"{0}worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                     "<Relationship Id=\"b\" Type=\"{0}styles\" Target=\"styles.xml\"/></Relationships>",
                     relation)},
        {"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
        {"xl/worksheets/sheet1.xml", sheet}};
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& [name, text] : entries)
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_OVERWRITE);
    if (zip_close(archive) != 0) stop("the workbook cannot be written");
    return path.string();
}

int rows_walked(const std::string& path) {
    const auto file = ingest::open_tables(path);
    if (!file) stop(render(file.error()));
    const auto parts = (*file)->parts({});
    if (!parts) stop(render(parts.error()));
    auto rows = (*parts)[0].table->rows((*parts)[0]);
    if (!rows) stop(render(rows.error()));
    ingest::CellRow row;
    int count = 0;
    while ((*rows)->next(row).value()) ++count;
    return count;
}

std::int64_t records_read(const std::string& path, const pack::SourceCard& card) {
    model::TermTable terms;
    const auto reader = ingest::FileReader::open(path, card, terms);
    if (!reader) stop(render(reader.error()));
    for (model::Batch batch; (*reader)->next(batch).value();) {}
    const auto closing = (*reader)->close();
    if (!closing) stop(render(closing.error()));
    return closing->records;
}

std::string slurped(const std::string& path) {
    std::string text(fs::file_size(path), '\0');
    std::ifstream(path, std::ios::binary).read(text.data(), static_cast<std::streamsize>(text.size()));
    return text;
}

void parse_with_simdjson(const std::string& text) {
    simdjson::dom::parser parser;
    simdjson::dom::element top;
    if (parser.parse(text).get(top) != simdjson::SUCCESS) stop("simdjson");
}

void parse_lines_with_simdjson(const std::string& text) {
    simdjson::dom::parser parser;
    simdjson::dom::document_stream stream;
    if (parser.parse_many(text).get(stream) != simdjson::SUCCESS) stop("simdjson");
    for (const auto document : stream) {
        if (document.error() != simdjson::SUCCESS) stop("simdjson");
    }
}

void parse_with_expat(const std::string& text) {
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetElementHandler(parser, [](void*, const char*, const char**) {}, [](void*, const char*) {});
    if (XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1) != XML_STATUS_OK) stop("expat");
    XML_ParserFree(parser);
}

template <class Alone>
void compare(const char* what, const std::string& path, int rows, int above, const pack::SourceCard& card,
             const char* rival, Alone alone) {
    if (rows_walked(path) != rows + above) stop(fmt::format("{}: {} rows walked", what, rows_walked(path)));
    if (records_read(path, card) != rows) stop(fmt::format("{}: {} records", what, records_read(path, card)));
    const double walk = bench::seconds([&] { (void)rows_walked(path); });
    const double whole = bench::seconds([&] { (void)records_read(path, card); });
    const double theirs = bench::seconds(alone);
    fmt::print(
        "{:10} {:9.0f} rows/s as cells, {:9.0f} as records on one thread ({:.0f} MB); {} alone takes {:.0f} % of "
        "the time\n",
        what, rows / walk, rows / whole, static_cast<double>(fs::file_size(path)) / 1e6, rival, 100 * theirs / whole);
}

}  // namespace

int main(int argc, char** argv) {
    const int rows = argc > 1 ? std::atoi(argv[1]) : 300'000;
    const fs::path folder = fs::temp_directory_path() / fmt::format("icosa-formats-bench-{}", ::getpid());
    fs::create_directories(folder);
    auto file = pack::parse_toml(std::string(card_text), "bench.toml");
    Diagnostics faults;
    const pack::SourceCard card = pack::parse_source_card(file.value(), faults);
    if (!faults.empty()) stop(render(faults[0]));

    const std::string json = write_file(folder / "a.json", "{\"data\":[", "]}", rows,
                                        [](int i) { return (i > 0 ? "," : "") + json_record(i); });
    compare("JSON", json, rows, 0, card, "simdjson", [text = slurped(json)] { parse_with_simdjson(text); });
    const std::string lines = write_file(folder / "a.jsonl", "", "", rows, [](int i) { return json_record(i) + "\n"; });
    compare("JSON lines", lines, rows, 0, card, "simdjson",
            [text = slurped(lines)] { parse_lines_with_simdjson(text); });
    const std::string xml = write_file(folder / "a.xml", "<list>", "</list>", rows, [](int i) {
        return fmt::format(
            "<e id=\"{0}\"><id>{0}</id><day>{1}</day><place>{2}</place><dead>{3}</dead><text>an attack in the "
            "north</text></e>\n",
            i, day_of_row(i), place_of_row(i), i % 7);
    });
    compare("XML", xml, rows, 0, card, "expat", [text = slurped(xml)] { parse_with_expat(text); });
    std::string sheet = "<worksheet><sheetData><row r=\"1\">";
    for (const char* name : {"id", "day", "place", "dead", "text"})
        sheet += fmt::format("<c t=\"inlineStr\"><is><t>{}</t></is></c>", name);
    sheet += "</row>";
    for (int i = 0; i < rows; ++i) sheet += sheet_row(i);
    sheet += "</sheetData></worksheet>";
    const std::string book = write_workbook(folder / "a.xlsx", sheet);
    compare("XLSX", book, rows, 1, card, "expat", [&] { parse_with_expat(sheet); });
    fs::remove_all(folder);
}
