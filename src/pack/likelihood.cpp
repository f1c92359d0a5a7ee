/// Reads packs/likelihood.toml.
#include "pack/likelihood.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

LikelihoodScale read_scale(const Node& node, Diagnostics& faults) {
    LikelihoodScale out;
    TableReader reader(node, faults, "a scale of likelihood");
    out.where = node.where;
    out.id = reader.id("id");
    out.title = reader.text("title");
    out.cites = reader.texts("cite");
    (void)reader.text("source");
    if (!reader.has("reviewed"))
        reader.fault(node.where, "missing-key", fmt::format("scale '{}' has no 'reviewed'", out.id),
                     "say on which day its source was looked at");
    (void)reader.day_or("reviewed", no_day);
    for (const Node* word : reader.tables("word")) {
        TableReader one(*word, faults, fmt::format("a word of scale '{}'", out.id));
        LikelihoodWord read{one.text("word"), one.number_or("from", 0), one.number_or("to", 1)};
        one.finish();
        const double before = out.words.empty() ? 0 : out.words.back().to;
        if (read.from < before || read.to <= read.from || read.to > 1) {
            one.fault(word->where, "out-of-range",
                      fmt::format("'{}' of scale '{}' goes from {} to {}; the one before ends at {}", read.word, out.id,
                                  read.from, read.to, before),
                      "write the words upwards, within 0 to 1, without overlap");
        }
        out.words.push_back(std::move(read));
    }
    if (out.words.empty())
        reader.fault(node.where, "missing-key", fmt::format("scale '{}' has no words", out.id),
                     "add word = [{ word = \"likely\", from = 0.66, to = 0.9 }, ...]");
    reader.finish();
    return out;
}

}  // namespace

std::string_view LikelihoodScale::word_for(double probability) const {
    const LikelihoodWord* best = nullptr;
    double nearest = 2;
    for (const LikelihoodWord& one : words) {
        const double away = std::max({0.0, one.from - probability, probability - one.to});
        if (away < nearest) {
            nearest = away;
            best = &one;
        }
    }
    return best ? std::string_view(best->word) : std::string_view();
}

LikelihoodScale parse_likelihood(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "the scales of likelihood");
    const std::string use = top.text("use");
    LikelihoodScale out;
    std::vector<std::string> ids;
    for (const Node* node : top.tables("scale")) {
        LikelihoodScale scale = read_scale(*node, faults);
        ids.push_back(scale.id);
        if (scale.id == use) out = std::move(scale);
    }
    if (std::find(ids.begin(), ids.end(), use) == ids.end() && file.find("use")) {
        const auto near = nearest(use, ids);
        top.fault(file.find("use")->where, "unknown-id", fmt::format("there is no scale '{}'", use),
                  near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(ids, ", ")));
    }
    top.finish();
    return out;
}

}  // namespace icosa::pack
