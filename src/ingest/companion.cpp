/// Reads the companion of a file into memory.
#include "ingest/companion.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/chunker.hpp"
#include "ingest/file.hpp"
#include "ingest/head.hpp"
#include "ingest/header.hpp"

namespace icosa::ingest {
namespace {

std::string plain(std::string_view cell, const pack::SourceCard& card) {
    cell = trim(cell);
    return card.encoding == "latin-1" ? latin1_to_utf8(cell) : std::string(cell);
}

}  // namespace

Result<std::optional<Companion>> load_companion(const pack::SourceCard& card, const std::string& path,
                                                const std::vector<std::string>& columns) {
    if (card.companion.empty()) return std::nullopt;
    const auto beside = std::filesystem::path(path).parent_path() / card.companion;
    if (!size_of(beside.string())) return std::nullopt;
    const Head head = TRY(read_head(beside.string()));
    const Form form = form_of(card, head.part);
    Companion out;
    if (auto rows = first_rows_of(head, form, {}, 1); !rows.empty()) out.columns = std::move(rows[0].cells);
    const auto key = find_column(out.columns, card.companion_key);
    const auto own_key = find_column(columns, card.companion_key);
    if (key < 0 || own_key < 0) {
        return fail(Fault::Data, "missing-column", {key < 0 ? beside.string() : path, 1},
                    fmt::format("there is no column '{}', by which source '{}' joins its two files", card.companion_key,
                                card.id),
                    "check both headers");
    }
    out.key_column = own_key;
    const auto chunker = TRY(Chunker::open(beside.string(), form));
    RowReader reader(form, static_cast<std::int32_t>(out.columns.size()));
    Chunk chunk;
    bool is_header = true;
    while (TRY(chunker->next(chunk))) {
        reader.start(chunk.text, chunk.first_line);
        for (Row row; reader.next(row);) {
            if (std::exchange(is_header, false) || row.columns != static_cast<std::int32_t>(out.columns.size()))
                continue;
            std::vector<std::string> cells;
            for (std::int32_t i = 0; i < row.columns; ++i) cells.push_back(plain(row.cell(i), card));
            const std::string joined_by = cells[static_cast<std::size_t>(key)];
            out.rows[joined_by].push_back(std::move(cells));
        }
    }
    return out;
}

}  // namespace icosa::ingest
