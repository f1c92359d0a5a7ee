/// Looks names up in the packs.
#include "cli/ledger_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/pack_places.hpp"
#include "cli/sections_named.hpp"
#include "cli/today.hpp"
#include "ledger/ledger.hpp"

namespace icosa::cli {
namespace {

Result<void> check_known(std::string_view noun, const std::string& id, const std::vector<std::string>& known,
                         std::string_view list) {
    if (id.empty() || std::ranges::find(known, id) != known.end()) return {};
    const auto near = nearest(id, known);
    return fail(Fault::Usage, fmt::format("unknown-{}", noun), {},
                fmt::format("there is no {} '{}'", noun, excerpt(id)),
                near ? fmt::format("did you mean '{}'?", *near) : std::string(list));
}

}  // namespace

Result<std::string> area_named(const app::Packs& packs, const std::string& name) {
    const auto found = sections_named(packs, {name});
    if (found) return found->front();
    std::vector<std::string> ids;
    for (const auto& section : packs.framework.sections) ids.push_back(section.id);
    Error error = found.error();
    if (const auto near = nearest(name, ids)) error.cure = fmt::format("did you mean '{}'?", *near);
    return std::unexpected(std::move(error));
}

Result<NamesInRow> names_in_row(const Common& common, const NamesInRow& asked) {
    NamesInRow out = asked;
    if (asked.area.empty() && asked.instrument.empty() && asked.mechanism.empty()) return out;
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    if (!asked.area.empty()) out.area = TRY(area_named(packs, asked.area));
    std::vector<std::string> bodies, instruments;
    for (const auto& one : packs.catalogue.mechanisms) bodies.push_back(one.id);
    for (const auto& one : packs.catalogue.instruments) instruments.push_back(one.id);
    instruments.insert(instruments.end(), bodies.begin(), bodies.end());
    TRY(check_known("instrument", asked.instrument, instruments, "`icosa instruments` lists them"));
    TRY(check_known("mechanism", asked.mechanism, bodies, "packs/mechanisms lists them"));
    return out;
}

Result<void> check_lines(std::initializer_list<std::pair<std::string_view, std::string_view>> options) {
    for (const auto& [option, text] : options) {
        if (std::ranges::any_of(text, [](char one) {
                const auto byte = static_cast<unsigned char>(one);
                return byte < 0x20 || byte == 0x7f;
            }))
            return fail(Fault::Usage, "control-character", {},
                        fmt::format("{} holds a line break or another control character", option),
                        "write it on one line");
    }
    return {};
}

Result<Day> day_of_row(Day on) {
    if (on == no_day) return today();
    if (on > today())
        return fail(Fault::Usage, "bad-day", {}, fmt::format("--on {} is yet to come", iso(on)),
                    "give today or an earlier day");
    return on;
}

Result<Day> ledger_day(const std::string& as_of) {
    if (as_of.empty() || as_of == "today") return today();
    if (const auto day = parse_iso_day(as_of)) return *day;
    return fail(Fault::Usage, "bad-day", {}, fmt::format("--as-of '{}' is not a day", excerpt(as_of)),
                "write it as 2026-12-31, or today; no store is asked here, so there is no newest day");
}

Result<std::string> where_kept(const std::string& path) {
    const auto ledger = TRY(ledger::read_whole(path));
    return fmt::format("row {} of {}, head {}", ledger.rows.size(), path, ledger.head());
}

Option ledger_option(Common& common) {
    return option("--db", &common.db, "the store beside which the ledger stands (FILE.ledger.jsonl); it is not opened")
        .as("FILE");
}

Option on_option(Day* target) { return option("--on", target, "the day of the act; today if not given"); }

}  // namespace icosa::cli
