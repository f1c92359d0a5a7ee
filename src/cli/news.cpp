/// Two lists of signals held against each other.
#include "cli/news.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/json_slice.hpp"
#include "cli/output.hpp"

namespace icosa::cli {
namespace {

/// Every signal of a dossier: an object within the `signals` of a watch.
std::vector<NewSignal> all_signals(std::string_view dossier) {
    std::vector<NewSignal> out;
    std::set<std::string> known;
    for (const std::string_view group : {"areas", "principles", "platforms"}) {
        const auto pages = json_at(dossier, group);
        if (!pages) continue;
        for (const auto page : json_items(*pages)) {
            const auto watches = json_at(page, "watches");
            if (!watches) continue;
            for (const auto watch : json_items(*watches)) {
                const auto signals = json_at(watch, "signals");
                if (!signals) continue;
                for (const auto signal : json_items(*signals)) {
                    NewSignal one{
                        json_text_at(signal, "id").value_or(""), json_text_at(signal, "grade").value_or(""),
                        json_text_at(signal, "sentence.en").value_or(json_text_at(signal, "reason").value_or(""))};
                    if (!one.id.empty() && known.insert(one.id).second) out.push_back(std::move(one));
                }
            }
        }
    }
    return out;
}

std::string news_markdown(const News& news) {
    std::string out = fmt::format("# {}\n\nAs of {}.\n", headline(news), iso(news.as_of));
    if (!news.fetched.empty()) {
        out += "\n## Fetched\n\n";
        for (const auto& line : news.fetched) out += "- " + line + "\n";
    }
    if (!news.signals.empty()) {
        out += "\n## New signals\n\n";
        for (const auto& signal : news.signals)
            out += fmt::format("- {}: {} (`icosa explain {}`)\n", signal.grade, signal.sentence, signal.id);
    }
    if (!news.gone.empty()) {
        out += "\n## No signals any more\n\n";
        for (const auto& id : news.gone) out += "- " + id + "\n";
    }
    return out;
}

std::string news_json(const News& news) {
    JsonWriter json(2);
    json.begin_object()
        .field("as_of", iso(news.as_of))
        .field("before", iso(news.before))
        .field("headline", headline(news));
    json.key("fetched").begin_array();
    for (const auto& line : news.fetched) json.value(line);
    json.end_array().key("new").begin_array();
    for (const auto& signal : news.signals)
        json.begin_object()
            .field("id", signal.id)
            .field("grade", signal.grade)
            .field("sentence", signal.sentence)
            .end_object();
    json.end_array().key("gone").begin_array();
    for (const auto& id : news.gone) json.value(id);
    json.end_array().end_object();
    return json.text() + "\n";
}

}  // namespace

News news_of(const std::string& dossier, Day before, const std::vector<std::string>& seen) {
    News out;
    out.as_of = parse_iso_day(json_text_at(dossier, "as_of").value_or("")).value_or(no_day);
    out.before = before;
    const std::set<std::string> old(seen.begin(), seen.end());
    std::set<std::string> now;
    for (auto& signal : all_signals(dossier)) {
        now.insert(signal.id);
        if (!old.contains(signal.id)) out.signals.push_back(std::move(signal));
    }
    for (const auto& id : seen) {
        if (!now.contains(id)) out.gone.push_back(id);
    }
    return out;
}

std::string headline(const News& news) {
    const std::string since =
        news.before == no_day ? "; there was no run before" : fmt::format(" since the run as of {}", iso(news.before));
    if (news.signals.empty()) return "nothing new" + since;
    return fmt::format("{} new signal{}{}", news.signals.size(), news.signals.size() == 1 ? "" : "s", since);
}

Result<void> write_news(const std::string& folder, const News& news) {
    TRY(write_text(folder + "/news.md", news_markdown(news)));
    return write_text(folder + "/news.json", news_json(news));
}

}  // namespace icosa::cli
