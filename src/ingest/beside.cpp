/// Reads such files into memory.
#include "ingest/beside.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/chunker.hpp"
#include "ingest/file.hpp"
#include "ingest/head.hpp"
#include "ingest/header.hpp"
#include "ingest/row_cells.hpp"

namespace icosa::ingest {
namespace {

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

/// The path with the last `from` of its file's name, in any case, replaced by `to`, in the same case; "" where there is
/// none.
std::string renamed(const std::string& path, const std::string& from, const std::string& to) {
    const auto slash = path.rfind('/');
    const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
    const auto at = lower(path).rfind(lower(from));
    if (at == std::string::npos || at < begin) return {};
    const bool is_upper = path.substr(at, from.size()) == upper(from);
    return path.substr(0, at) + (is_upper ? upper(to) : to) + path.substr(at + from.size());
}

Result<BesideTable> load(const pack::SourceCard& card, const pack::BesideMap& file, const std::string& path,
                         const std::vector<std::string>& columns) {
    BesideTable out;
    const std::string beside = renamed(path, file.instead_of, file.name);
    if (beside.empty() || !size_of(beside)) return out;
    out.path = beside;
    out.columns = file.columns;
    const Head head = TRY(read_head(beside));
    const Form form = form_of(card, head.part);
    const bool has_header = file.columns.empty();
    if (has_header) {
        if (auto rows = first_rows_of(head, form, {}, 1); !rows.empty()) out.columns = std::move(rows[0].cells);
    }
    const auto key = find_column(out.columns, file.key);
    out.key_column = find_column(card, columns, file.key);
    if (key < 0 || out.key_column < 0)
        return fail(Fault::Data, "missing-column", {key < 0 ? beside : path, 1},
                    fmt::format("there is no column '{}', by which source '{}' joins its files", file.key, card.id),
                    "check both files");
    if (!file.continues.empty()) {
        out.continued_column = find_column(card, columns, file.continues);
        out.text_column = find_column(out.columns, file.text);
    }
    const auto chunker = TRY(Chunker::open(beside, form));
    RowReader reader(form, static_cast<std::int32_t>(out.columns.size()));
    Chunk chunk;
    bool is_header = has_header;
    while (TRY(chunker->next(chunk))) {
        if (const auto bad =
                chunk.has_high && card.encoding != "latin-1" ? first_invalid_utf8(chunk.text) : std::nullopt)
            return fail(Fault::Data, "wrong-encoding",
                        {beside,
                         static_cast<int>(chunk.first_line
                                          + std::count(chunk.text.begin(),
                                                       chunk.text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n'))},
                        fmt::format("a byte is not UTF-8, the encoding of source '{}'", card.id),
                        "save the file as UTF-8");
        reader.start(chunk.text, chunk.first_line);
        for (Row row; reader.next(row);) {
            if (std::exchange(is_header, false) || row.columns <= key) continue;
            BesideTable::Cells cells(out.columns.size());
            const auto most = std::min(row.columns, static_cast<std::int32_t>(out.columns.size()));
            for (std::int32_t i = 0; i < most; ++i) {
                const auto cell = trimmed(row.cell(i));
                if (std::find(card.nulls.begin(), card.nulls.end(), cell) != card.nulls.end()) continue;
                cells[static_cast<std::size_t>(i)] =
                    card.encoding == "latin-1" ? latin1_to_utf8(cell) : std::string(cell);
            }
            auto& of = out.rows[cells[static_cast<std::size_t>(key)]];
            of.push_back(std::move(cells));
        }
    }
    return out;
}

}  // namespace

Result<std::vector<BesideTable>> load_beside(const pack::SourceCard& card, const std::string& path,
                                             const std::vector<std::string>& columns) {
    std::vector<BesideTable> out;
    for (const pack::BesideMap& file : card.beside) out.push_back(TRY(load(card, file, path, columns)));
    return out;
}

std::optional<std::string> main_file_of(const std::string& path, const std::vector<pack::SourceCard>& cards) {
    const auto of = [&](const pack::SourceCard& card) -> std::optional<std::string> {
        for (const pack::BesideMap& file : card.beside) {
            const std::string main = renamed(path, file.name, file.instead_of);
            if (main.empty() || main == path || !size_of(main)) continue;
            if (card.file_name.empty() || file_groups(card, main)) return main;
        }
        return std::nullopt;
    };
    for (const pack::SourceCard& card : cards) {
        if (auto main = of(card)) return main;
        for (const pack::SourceCard& variant : card.variants) {
            if (auto main = of(variant)) return main;
        }
    }
    return std::nullopt;
}

}  // namespace icosa::ingest
