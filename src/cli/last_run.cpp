/// Writes the file, and reads back what it wrote itself.
#include "cli/last_run.hpp"

#include <fstream>
#include <iterator>
#include <set>

#include "base/json.hpp"
#include "base/json_slice.hpp"
#include "cli/output.hpp"

namespace icosa::cli {

std::string last_run_file(const std::string& db) { return db + ".last-run.json"; }

void keep_last_run(const std::string& db, const brief::Dossier& dossier) {
    std::set<std::string> ids;
    for (const auto* group : {&dossier.areas, &dossier.principles, &dossier.platforms}) {
        for (const auto& page : *group) {
            for (const auto& watch : page.watches) {
                for (const auto& signal : watch.signals) ids.insert(signal.id);
            }
        }
    }
    JsonWriter json(2);
    json.begin_object().field("as_of", iso(dossier.as_of)).key("signals").begin_array();
    for (const auto& id : ids) json.value(id);
    json.end_array().end_object();
    (void)write_text(last_run_file(db), json.text() + "\n");
}

std::optional<brief::Seen> last_run(const std::string& db) {
    std::ifstream file(last_run_file(db), std::ios::binary);
    if (!file) return std::nullopt;
    const std::string json{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto as_of = parse_iso_day(json_text_at(json, "as_of").value_or(""));
    const auto signals = json_at(json, "signals");
    if (!as_of || !signals) return std::nullopt;
    brief::Seen out{*as_of, {}};
    for (const auto id : json_items(*signals)) out.ids.push_back(json_text_at(id, "").value_or(""));
    return out;
}

}  // namespace icosa::cli
