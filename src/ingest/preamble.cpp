/// Reads `# key: value` lines.
#include "ingest/preamble.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::ingest {
namespace {

std::vector<std::string> names_of(std::string_view list) {
    std::vector<std::string> out;
    for (const auto name : split(list, ',')) out.emplace_back(trim(name));
    return out;
}

}  // namespace

std::optional<model::Coverage> parse_coverage(std::string_view text) {
    model::Coverage out;
    out.complete = true;
    if (const auto hash = text.find('#'); hash != std::string_view::npos) {
        out.kinds = names_of(text.substr(hash + 1));
        text = text.substr(0, hash);
    }
    if (const auto at = text.find('@'); at != std::string_view::npos) {
        out.places = names_of(text.substr(at + 1));
        text = text.substr(0, at);
    }
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) return std::nullopt;
    const auto first = parse_iso_day(trim(text.substr(0, dots)));
    const auto last = parse_iso_day(trim(text.substr(dots + 2)));
    if (!first || !last || *last < *first) return std::nullopt;
    out.first_day = *first;
    out.last_day = *last;
    return out;
}

Result<Preamble> read_preamble(const Head& head, const pack::SourceCard& card, const std::string& path) {
    Preamble out;
    if (card.preamble.empty()) return out;
    int line = 0;
    for (const auto text : split(head.text, '\n')) {
        ++line;
        if (!text.starts_with(card.preamble)) break;
        const std::string_view note = text.substr(card.preamble.size());
        const auto colon = note.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view key = trim(note.substr(0, colon)), value = trim(note.substr(colon + 1));
        if (key == "source") {
            out.source = value;
        } else if (key == "covers") {
            auto coverage = parse_coverage(value);
            if (!coverage)
                return fail(Fault::Data, "bad-preamble", {path, line},
                            fmt::format("'{}' says no coverage", excerpt(value)),
                            "write it as 2016-01-01..2019-12-31@syr,irq#piracy");
            out.coverage.push_back(std::move(*coverage));
        }
    }
    if (out.source.empty())
        return fail(Fault::Data, "bad-preamble", {path, 1},
                    "the notes at the head of this exchange file name no source",
                    fmt::format("add a line '{}source: ID'", card.preamble));
    return out;
}

}  // namespace icosa::ingest
