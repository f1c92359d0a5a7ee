/// One table of areas by sources.
#include "cli/sources_by_area.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"

namespace icosa::cli {
namespace {

/// The sources that the watches of a page read, in the order of the file, each once.
std::vector<std::string> sources_of_page(const app::Packs& packs, const pack::AreaPack& page) {
    std::vector<std::string> out;
    const auto add = [&](const std::string& id) {
        if (std::ranges::find(out, id) == out.end()) out.push_back(id);
    };
    for (const auto& watch : page.watches) {
        if (!watch.on_page) continue;
        for (const auto& id : watch.selection.from) add(id);
        if (!watch.instruments.empty()) add("untc");
    }
    for (const auto& row : page.rows) {
        const pack::Watch* watch = packs.find_watch(row.watch);
        for (const auto& id : watch ? watch->selection.from : std::vector<std::string>{}) add(id);
    }
    return out;
}

/// How often the publisher renews it, by the most frequent of its ways; "" = the card does not say.
std::string renewed(const pack::SourceCard* card) {
    if (!card || card->fetch.empty()) return "";
    return std::string(period_kind_name(std::ranges::min(card->fetch, {}, &pack::FetchRule::every).every));
}

std::string how_to_fetch(const pack::SourceCard* card, const std::string& id) {
    if (card && !card->fetch.empty())
        return fmt::format("icosa fetch {}{}", id, pack::key_of_source(*card) ? " (needs a key)" : "");
    return card && card->url.starts_with("http") ? "by hand: " + card->url : "";
}

}  // namespace

void print_sources_by_area(const app::Packs& packs, const std::map<std::string, model::SourceState>& states,
                           const Moment& moment, Written as) {
    if (as == Written::Table)
        fmt::print("{:>4}  {:<28} {:<10} {:>9}  {:<8} {}\n", "area", "source", "newest", "days old", "renewed",
                   "fetch");
    for (const auto& page : packs.pages) {
        const auto number = page.section.starts_with("III.") ? parse_integer(page.section.substr(4)) : std::nullopt;
        if (!number) continue;
        for (const std::string& id : sources_of_page(packs, page)) {
            const auto state = states.find(id);
            const Day newest = state == states.end() ? no_day : state->second.last;
            const auto* card = packs.find_card(id);
            if (as == Written::JsonLines) {
                JsonWriter json;
                json.begin_object().field("area", *number).field("source", id).field("newest", iso(newest));
                json.key("age_days");
                if (newest == no_day) json.null();
                else json.value(moment.as_of - newest);
                json.field("renewed", renewed(card)).field("fetch", how_to_fetch(card, id)).end_object();
                fmt::print("{}\n", json.text());
            } else {
                fmt::print("{:>4}  {:<28} {:<10} {:>9}  {:<8} {}\n", *number, id,
                           newest == no_day ? "none" : iso(newest),
                           newest == no_day ? "" : std::to_string(moment.as_of - newest), renewed(card),
                           how_to_fetch(card, id));
            }
        }
    }
}

}  // namespace icosa::cli
