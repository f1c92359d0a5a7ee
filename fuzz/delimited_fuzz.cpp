/// Any bytes as a delimited file: nothing crashes, the rows do not depend on the size of a block or on the processor's
/// level, and every shipped card can be asked whether the file is its own.
#include <algorithm>
#include <string>
#include <vector>

#include "ingest/chunker.hpp"
#include "ingest/head.hpp"
#include "ingest/recognise.hpp"
#include "input.hpp"

namespace {

using namespace icosa;
using fuzz::must;

constexpr std::int32_t most_columns = 64;

/// All cells with their lines, or the error's code and place.
std::vector<std::string> rows_of(const std::string& path, ingest::Form form, std::size_t block, ingest::Level level) {
    std::vector<std::string> out;
    const auto failed = [&](const Error& error) {
        return std::vector<std::string>{error.code + ":" + std::to_string(error.where.line) + ":"
                                        + std::to_string(error.where.column)};
    };
    auto chunker = ingest::Chunker::open(path, form, {block, 1u << 16});
    if (!chunker) return failed(chunker.error());
    ingest::RowReader reader(form, most_columns, level);
    ingest::Chunk chunk;
    for (;;) {
        const auto more = (*chunker)->next(chunk);
        if (!more) return failed(more.error());
        if (!*more) return out;
        reader.start(chunk.text, chunk.first_line);
        for (ingest::Row row; reader.next(row);) {
            std::string text = std::to_string(row.line);
            for (std::int32_t i = 0; i < std::min(row.columns, most_columns); ++i)
                text.append("\x1f").append(row.cell(i));
            out.push_back(std::move(text));
        }
    }
}

/// A file is its own card's, whichever way it is asked.
void check_recognised(const std::string& path, const std::vector<pack::SourceCard>& cards) {
    const auto card = ingest::recognise(path, cards);
    auto heads = ingest::Heads::open(path);
    must(heads || !card, "what cannot be read is nobody's");
    std::vector<std::string> also;
    if (card) must(ingest::find_table(**card, *heads, path, also).has_value(), "the card that was found fits");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<pack::SourceCard> cards = [] {
        Diagnostics faults;
        auto loaded = pack::load_source_cards(ICOSA_ROOT "/packs/sources", faults);
        must(faults.empty() && !loaded.empty(), "the shipped cards are clean");
        return loaded;
    }();
    if (size < 2) return 0;
    const ingest::Form form{",;\t|"[data[0] % 4], (data[0] & 4) != 0};
    const std::size_t block = std::size_t{data[1]} + 1;
    const fuzz::File file(fuzz::text_of(data + 2, size - 2));
    const auto whole = rows_of(file.path(), form, 1u << 20, ingest::best_level());
    must(whole == rows_of(file.path(), form, 1u << 20, ingest::Level::Scalar), "levels agree");
    must(whole == rows_of(file.path(), form, block, ingest::best_level()), "blocks agree");
    if ((data[0] & 8) != 0) check_recognised(file.path(), cards);
    return 0;
}
