/// Files of draws, one a row or as sketches: every draw comes once, in runs of one cell, and what is written reads
/// back.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "input.hpp"
#include "methods/forecasts/count_sketch.hpp"
#include "table/cell_scores.hpp"
#include "table/draws.hpp"
#include "table/reader.hpp"

namespace {

using namespace icosa;
using fuzz::must;

/// Draws of more than this are no test of a reader.
constexpr std::uint64_t most_draws = 100'000;

void check_sketch(std::string_view bytes) {
    const auto sketch = methods::parse_sketch(bytes);
    if (!sketch) return;
    must(methods::encode(*sketch) == bytes, "a sketch is written in one way");
    for (const auto& one : sketch->buckets)
        must(methods::bucket_of(methods::bucket_value(one.bucket)) == one.bucket, "a bucket holds its value");
    must(methods::merge(*sketch, *sketch).draws() == 2 * sketch->draws(), "two sketches add up");
    if (sketch->draws() > most_draws) return;
    std::vector<double> draws;
    methods::draws_of(*sketch, draws);
    must(draws.size() == sketch->draws() && methods::sketch_of(draws) == *sketch, "draws make their sketch again");
}

void check_base64(std::string_view text) {
    const auto bytes = parse_base64(text);
    if (bytes) {
        must(base64(*bytes) == text, "bytes are written in one way");
        check_sketch(*bytes);
    }
    must(parse_base64(base64(text)) == text, "base64 reads back");
}

/// Does a column "sketch" hold more draws than a test should make?
bool is_large(std::string_view text) {
    std::uint64_t draws = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && std::string_view(",;\t\r\n\" ").find(text[i]) == std::string_view::npos) continue;
        const auto bytes = parse_base64(trim(text.substr(begin, i - begin)));
        const auto sketch = bytes ? methods::parse_sketch(*bytes) : std::nullopt;
        if (sketch) draws += sketch->draws();
        begin = i + 1;
    }
    return draws > most_draws;
}

void check_file(std::string_view text) {
    const fuzz::File file(text);
    std::vector<double> drawn;
    table::HeldTally tally;
    table::DrawVisitor visitor;
    visitor.on_header = [](const std::vector<std::string>& header) -> Result<table::DrawColumns> {
        return table::DrawColumns{0, header.size() > 1 ? 1u : 0u, header.size() - 1};
    };
    std::string before;
    visitor.on_run = [&](const table::DrawRun& run, const table::DrawNames& names) {
        must(!run.draws.empty(), "a run has draws");
        const std::string cell = names.times.text_of(run.time) + "\x1f" + names.units.text_of(run.unit);
        must(drawn.empty() || cell != before, "a cell's rows are one run");
        before = cell;
        for (const double draw : run.draws) {
            must(std::isfinite(draw), "a draw is a number");
            tally.add(draw);
        }
        drawn.insert(drawn.end(), run.draws.begin(), run.draws.end());
        return true;
    };
    const auto done = table::visit_draws(file.path(), visitor);
    if (!done) {
        must(done.error().fault == Fault::Data && !done.error().code.empty(), "an error is one of the data");
        return;
    }
    std::vector<double> held;
    tally.draws(held);
    std::sort(held.begin(), held.end());
    std::sort(drawn.begin(), drawn.end());
    must(held == drawn, "a tally holds all draws");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    check_sketch(text);
    check_base64(text);
    if (!is_large(text)) check_file(text);
    return 0;
}
