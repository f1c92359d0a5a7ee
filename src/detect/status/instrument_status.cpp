/// instrument-status: who is in, what is lacking, where the gaps are, what was done of late, what is overdue or about
/// to expire.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "detect/checks.hpp"
#include "detect/engines.hpp"
#include "detect/status/question.hpp"

namespace icosa::detect {
namespace {

using engine::Setting;
using pack::text_option;

constexpr Question questions[] = {
    {participation_spec, ask_participation},       {gap_spec, ask_gap},
    {entry_into_force_spec, ask_entry_into_force}, {acts_since_spec, ask_acts_since},
    {cadence_overdue_spec, ask_cadence_overdue},   {mandate_expiry_spec, ask_mandate_expiry},
};
constexpr auto specs = [] {
    std::array<const pack::Spec*, std::size(questions)> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = &questions[i].spec;
    return out;
}();

Result<model::WatchFinding> run(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting) {
    const std::string& name = watch.judging.method_name;
    const auto* question = std::find_if(std::begin(questions), std::end(questions),
                                        [&](const Question& one) { return one.spec.name == name; });
    if (question == std::end(questions))
        return fail(Fault::Pack, "unknown-method", watch.where,
                    fmt::format("engine 'instrument-status' has no question '{}'", name), "see `icosa check`");
    Diagnostics faults;
    const pack::Options options = pack::parse_options(watch.judging.method, question->spec, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    StatusFinding finding(watch, setting);
    question->ask({evidence, watch, setting, options, Membership(watch, setting)}, finding);
    return finding.finish();
}

std::vector<model::Select> needs(const pack::Watch&, const Setting&) {
    return {};
}  // its evidence is the participation of each instrument

constexpr pack::Field instrument_status_fields[] = {
    text_option("instruments", "ids of packs/instruments"),
    text_option("among", "a set: who is asked about; else the instrument's open_to"),
    text_option("groups", "gap: sets to compare; else all regions"),
    text_option("mechanisms", "cadence-overdue: ids, or a section such as IV.3 for all of that platform"),
    text_option("mandates", "mandate-expiry: ids, or all"),
};
constexpr std::string_view instrument_status_examples[] = {
    "engine = \"instrument-status\"; instruments = [\"ctbt\"]; method = { name = \"entry-into-force\" }"};
constexpr pack::Spec instrument_status_spec{
    "instrument-status",
    "In force, lacking, who is missing, gaps by region and set, acts since a day, meetings "
    "overdue, mandates about to expire.",
    instrument_status_fields,
    instrument_status_examples,
    {}};

}  // namespace

const engine::Engine& instrument_status() {
    static const engine::Engine row{"instrument-status",     instrument_status_spec,  specs,  needs,
                                    engine::one_by_one<run>, check_instrument_status, nullptr};
    return row;
}

}  // namespace icosa::detect
