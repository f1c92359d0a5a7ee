/// Writes the file, and reads back what it wrote itself.
#include "cli/last_run.hpp"

#include <fstream>
#include <iterator>
#include <set>

#include "base/json.hpp"
#include "cli/output.hpp"

namespace icosa::cli {
namespace {

/// The next JSON text from `at` on, and `at` behind it. Escapes of more than one letter are left as they are written:
/// ids are compared as they come back.
std::optional<std::string> next_text(const std::string& json, std::size_t& at) {
    at = json.find('"', at);
    if (at == std::string::npos) return std::nullopt;
    std::string out;
    for (++at; at < json.size() && json[at] != '"'; ++at) {
        if (json[at] == '\\' && at + 1 < json.size() && json[at + 1] != 'u') ++at;
        out += json[at];
    }
    ++at;
    return out;
}

}  // namespace

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
    std::size_t at = 0;
    if (next_text(json, at) != "as_of") return std::nullopt;
    const auto day = next_text(json, at);
    const auto as_of = day ? parse_iso_day(*day) : std::nullopt;
    if (!as_of || next_text(json, at) != "signals") return std::nullopt;
    brief::Seen out{*as_of, {}};
    while (auto id = next_text(json, at)) out.ids.push_back(std::move(*id));
    return out;
}

}  // namespace icosa::cli
