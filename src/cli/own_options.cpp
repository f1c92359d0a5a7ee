/// Their words.
#include "cli/own_options.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/output.hpp"

namespace icosa::cli {

std::vector<Option> own_options(OwnOptions& options) {
    return {
        option("FILE", &options.file, "the file: delimited text, JSON, JSON lines, XML, XLSX, XLS, GeoJSON points")
            .required(),
        option("--date", &options.date, "the column of days, weeks, months or years").as("COLUMN"),
        option("--place", &options.place, "the column of places, regions, markets").as("COLUMN"),
        option("--count", &options.count, "the column of counts, which are summed").as("COLUMN"),
        option("--value", &options.value, "the column of prices and the like, which are taken as they are")
            .as("COLUMN"),
        option("--measure", &options.measure, "what the figure is called; else as its column").as("NAME"),
        option("--kind", &options.kind, "the column that parts the rows: a type, a disease, a product").as("COLUMN"),
        option("--unit", &options.unit,
               "region: names are units of their own, whatever the packs know; else the unit of the figure (persons)")
            .as("NAME"),
        option("--date-form", &options.date_form,
               "how days are written where the column does not decide: dmy, mdy, ymd")
            .as("FORM"),
        option("--decimal", &options.decimal, "the mark before decimals, . or , where the column does not decide")
            .as("MARK"),
        option("--sheet", &options.sheet, "of a workbook: the sheet, by name or number").as("NAME|N"),
        option("--header", &options.header, "the line (in a workbook the row) of the header").as("ROW").within(0, 100),
        option("--overwrite", &options.overwrite, "files of the same name may be written over")};
}

Result<draft::Asked> asked_of(const OwnOptions& options) {
    draft::Asked out;
    out.table = {options.sheet, options.header};
    out.date = options.date;
    out.place = options.place;
    out.kind = options.kind;
    out.date_form = options.date_form;
    out.measure = options.measure;
    out.unit = options.unit;
    out.figure.count = options.count;
    out.figure.value = options.value;
    if (options.decimal == "," || options.decimal == "comma") out.figure.decimal = ',';
    else if (options.decimal == "." || options.decimal == "point") out.figure.decimal = '.';
    else if (!options.decimal.empty())
        return fail(Fault::Usage, "bad-decimal", {},
                    fmt::format("--decimal '{}' is no mark before decimals", excerpt(options.decimal)), "give . or ,");
    return out;
}

Result<void> write_new(const std::string& path, const std::string& text, const OwnOptions& options) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (fs::exists(path, error) && !options.overwrite) {
        std::ifstream in(path, std::ios::binary);
        const std::string old{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        if (old == text) return {};
        return fail(Fault::Usage, "is-there", {path}, "there is a file of this name, and it says something else",
                    "give --overwrite to write over it, or another name");
    }
    if (const fs::path above = fs::path(path).parent_path(); !above.empty()) {
        fs::create_directories(above, error);
        if (error)
            return fail(Fault::Store, "unwritable", {above.string()},
                        fmt::format("this folder cannot be made: {}", error.message()), "name another");
    }
    return write_text(path, text);
}

}  // namespace icosa::cli
