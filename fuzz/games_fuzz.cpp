/// Any bytes as a model of a conflict, JSON and TOML: faults have a place in the file, the same ones each time; what
/// was read has states, a rank or an order for each decision maker, and an analysis that its second check agrees with.
#include <algorithm>
#include <string>

#include "input.hpp"
#include "respond/games/analysis.hpp"
#include "respond/games/gmcr_file.hpp"
#include "respond/games/told.hpp"
#include "respond/games/toml_file.hpp"

namespace {

using namespace icosa;
using namespace icosa::respond;
using fuzz::must;

void ask(const games::Model& model) {
    must(!model.states.empty() && model.makers.size() == model.game.makers.size(), "a model has states");
    for (const auto& set : model.sets) {
        must(set.of_makers.size() == model.makers.size(), "each decision maker has a preference");
        for (const auto& one : set.of_makers)
            must(!one.stated.ranks || one.stated.ranks->size() == model.states.size(), "each state has a rank");
    }
    if (model.states.size() > 256 || model.makers.size() > 6) return;
    const auto found = games::analyse(model);
    must(found.has_value(), "the second check agrees");
    games::Findings findings{model, *found, {}, {}, {}};
    findings.asked.from = 0;
    findings.ways = games::ways_of(model, 0);
    std::size_t bytes = 0;
    const games::Sink count = [&](std::string_view text) { bytes += text.size(); };
    games::tell(findings, count);
    games::write_json(findings, count);
    must(bytes > 0, "something is told");
}

std::string faults_of(std::string_view text, std::string_view kind) {
    Diagnostics faults;
    const auto model =
        kind == "toml" ? games::read_game_toml(text, "fuzz", faults) : games::read_gmcr(text, "fuzz", faults);
    must(model.has_value() == faults.empty(), "a model or faults");
    if (model) ask(*model);
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    std::string out;
    for (const Error& fault : faults) {
        must(fault.fault == Fault::Data && !fault.code.empty() && !fault.what.empty(), "a fault says what is wrong");
        must(fault.where.line >= 0 && fault.where.line <= lines && fault.where.column >= 0, "a fault is in the file");
        out += render(fault) + "\n";
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    for (const std::string_view kind : {"gmcr", "toml"})
        must(faults_of(text, kind) == faults_of(text, kind), "the same text, the same faults");
    return 0;
}
