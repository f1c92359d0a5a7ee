/// Any bytes as a delimited file: nothing crashes, and the rows do not depend on the size of a block or on the
/// processor's level.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

#include "ingest/card_reader.hpp"
#include "pack/toml.hpp"

namespace {

using namespace icosa;

constexpr std::string_view card_text = R"(
[source]
id = "fuzz"
title = "Fuzz"
publisher = "P"
licence = "CC0-1.0"
record = "event"
header = ["d"]
skip_rows_with = "#"
nulls = ["NA"]
[map]
day = { column = "d", parse = "date-dmy" }
kind = { column = "d", lookup = "kind" }
[lookup.kind]
"*" = "other"
)";

void must(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

/// All cells with their lines, or the error's code and place.
std::vector<std::string> rows_of(const std::string& path, ingest::Form form, std::size_t block, ingest::Level level) {
    std::vector<std::string> out;
    const auto failed = [&](const Error& error) {
        return std::vector<std::string>{error.code + ":" + std::to_string(error.where.line) + ":"
                                        + std::to_string(error.where.column)};
    };
    auto chunker = ingest::Chunker::open(path, form, {block, 1u << 16});
    if (!chunker) return failed(chunker.error());
    ingest::RowReader reader(form, 64, level);
    ingest::Chunk chunk;
    for (;;) {
        const auto more = (*chunker)->next(chunk);
        if (!more) return failed(more.error());
        if (!*more) return out;
        reader.start(chunk.text, chunk.first_line);
        for (ingest::Row row; reader.next(row);) {
            std::string text = std::to_string(row.line);
            for (std::int32_t i = 0; i < std::min(row.columns, 64); ++i) text.append("\x1f").append(row.cell(i));
            out.push_back(std::move(text));
        }
    }
}

void read_by_card(const std::string& path, const pack::SourceCard& card) {
    model::TermTable terms;
    auto reader = ingest::FileReader::open(path, card, terms);
    if (!reader) return;
    std::int64_t records = 0;
    for (model::Batch batch;;) {
        const auto more = (*reader)->next(batch);
        if (!more) return;
        if (!*more) break;
        records += static_cast<std::int64_t>(batch.size());
    }
    const auto closing = (*reader)->close();
    if (closing) must(closing->rows == records + closing->rejected, "rows are records and rejects");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const pack::SourceCard card = [] {
        Diagnostics faults;
        auto made = pack::parse_source_card(pack::parse_toml(card_text, "fuzz.toml").value(), faults);
        must(faults.empty(), "the card is clean");
        return made;
    }();
    if (size < 2) return 0;
    const ingest::Form form{",;\t|"[data[0] % 4], (data[0] & 4) != 0};
    const std::size_t block = std::size_t{data[1]} + 1;
    const int file = ::memfd_create("fuzz", MFD_CLOEXEC);
    must(file >= 0 && ::write(file, data + 2, size - 2) == static_cast<ssize_t>(size - 2), "the input can be written");
    const std::string path = "/proc/self/fd/" + std::to_string(file);
    const auto whole = rows_of(path, form, 1u << 20, ingest::best_level());
    must(whole == rows_of(path, form, 1u << 20, ingest::Level::Scalar), "levels agree");
    must(whole == rows_of(path, form, block, ingest::best_level()), "blocks agree");
    read_by_card(path, card);
    ::close(file);
    return 0;
}
