/// Zip archives made in a test: entries stored as they are, and what a liar would write of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icosa::ingest {

class ZipWriter {
public:
    struct Lie {
        std::uint32_t size = 0;  ///< the unpacked size that it tells; 0 = the true one
        bool encrypted = false;
    };

    void put(const std::string& name, std::string_view text) { put(name, text, {}); }
    void put(const std::string& name, std::string_view text, Lie lie) {
        entries_.push_back(
            {name, crc(text), static_cast<std::uint32_t>(text.size()), lie, static_cast<std::uint32_t>(out_.size())});
        head(0x04034b50, entries_.back());
        out_ += name;
        out_ += text;
    }
    [[nodiscard]] std::string finish() {
        const auto from = static_cast<std::uint32_t>(out_.size());
        for (const Entry& entry : entries_) {
            head(0x02014b50, entry);
            out_ += entry.name;
        }
        const auto count = static_cast<std::uint16_t>(entries_.size());
        const auto size = static_cast<std::uint32_t>(out_.size()) - from;
        number(0x06054b50, 4);
        for (const std::uint32_t two : {0U, 0U, std::uint32_t{count}, std::uint32_t{count}}) number(two, 2);
        number(size, 4);
        number(from, 4);
        number(0, 2);
        return out_;
    }

private:
    struct Entry {
        std::string name;
        std::uint32_t crc, size;
        Lie lie;
        std::uint32_t offset;
    };

    void number(std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) out_ += static_cast<char>(value >> (8 * i) & 0xFF);
    }
    /// A local header, or with the signature of the directory an entry of it.
    void head(std::uint32_t signature, const Entry& entry) {
        const bool in_directory = signature == 0x02014b50;
        number(signature, 4);
        if (in_directory) number(20, 2);
        number(20, 2);
        number(entry.lie.encrypted ? 1 : 0, 2);
        number(entry.lie.size > 0 ? 8 : 0, 2);  // who tells another size must say that it is packed
        number(0, 4);
        number(entry.crc, 4);
        number(entry.size, 4);
        number(entry.lie.size > 0 ? entry.lie.size : entry.size, 4);
        number(static_cast<std::uint32_t>(entry.name.size()), 2);
        number(0, 2);
        if (!in_directory) return;
        number(0, 2);
        number(0, 4);
        number(0, 4);
        number(entry.offset, 4);
    }
    static std::uint32_t crc(std::string_view text) {
        std::uint32_t out = 0xFFFFFFFF;
        for (const char c : text) {
            out ^= static_cast<unsigned char>(c);
            for (int bit = 0; bit < 8; ++bit) out = (out >> 1) ^ (out & 1 ? 0xEDB88320U : 0U);
        }
        return ~out;
    }

    std::string out_;
    std::vector<Entry> entries_;
};

/// A workbook of sheets whose XML is given: `<row>...` of each; styles: 1 = a day (14), 2 = yyyy\-mm\-dd, 3 = h:mm:ss.
struct BookText {
    std::vector<std::pair<std::string, std::string>> sheets;
    std::string shared = {};  ///< "<si><t>..</t></si>..."
    bool from_1904 = false;
    bool strict = false;
};

inline std::string workbook_bytes(const BookText& book) {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const std::string main = book.strict ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
                                         : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string relation = book.strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
                                             : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string package = "http://schemas.openxmlformats.org/package/2006/relationships";
    const auto related = [&](int id, const std::string& kind, const std::string& target) {
        return "<Relationship Id=\"rId" + std::to_string(id) + "\" Type=\"" + relation + "/" + kind + "\" Target=\""
            + target + "\"/>";
    };
    ZipWriter zip;
    zip.put("_rels/.rels",
            head + "<Relationships xmlns=\"" + package + "\">" + related(1, "officeDocument", "xl/workbook.xml")
                + "</Relationships>");
    std::string sheets,
        relations = related(90, "styles", "styles.xml") + related(91, "sharedStrings", "/xl/sharedStrings.xml");
    for (std::size_t i = 0; i < book.sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        sheets +=
            "<sheet name=\"" + book.sheets[i].first + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"/>";
        relations += related(static_cast<int>(i + 1), "worksheet", "worksheets/sheet" + number + ".xml");
        zip.put("xl/worksheets/sheet" + number + ".xml",
                head + "<worksheet xmlns=\"" + main + "\"><sheetData>" + book.sheets[i].second
                    + "</sheetData></worksheet>");
    }
    zip.put("xl/workbook.xml",
            head + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + relation + "\"><workbookPr date1904=\""
                + (book.from_1904 ? "1" : "0") + "\"/><sheets>" + sheets + "</sheets></workbook>");
    zip.put("xl/_rels/workbook.xml.rels",
            head + "<Relationships xmlns=\"" + package + "\">" + relations + "</Relationships>");
    zip.put("xl/styles.xml",
            head + "<styleSheet xmlns=\"" + main
                + "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd;@\"/></numFmts>"
                  "<cellStyleXfs>"
                  "<xf numFmtId=\"14\"/></cellStyleXfs><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
                  "<xf numFmtId=\"164\"/><xf numFmtId=\"21\"/></cellXfs></styleSheet>");
    zip.put("xl/sharedStrings.xml", head + "<sst xmlns=\"" + main + "\">" + book.shared + "</sst>");
    return zip.finish();
}

}  // namespace icosa::ingest
