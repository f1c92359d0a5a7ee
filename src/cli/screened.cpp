/// What screening found, as a table, as JSON, and in words.
#include "cli/screened.hpp"

#include <unordered_map>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "screen/delisting.hpp"

namespace icosa::cli {
namespace {

std::string by_chance_words(double by_chance) {
    if (by_chance >= 0.95) return fmt::format("about {:.0f} entries would by chance", by_chance);
    if (by_chance >= 0.001) return fmt::format("{} entries would by chance", number_text(by_chance, 3));
    return "fewer than 0.001 entries would by chance";
}

std::string reason_of(const screen::Found& found) {
    std::string out;
    for (const auto& one : found.identifiers.differing) out += "differs: " + one + "; ";
    for (const auto& one : found.identifiers.agreeing) out += "agrees: " + one + "; ";
    if (found.is_weak_alias) out += "the list calls this name too weak to identify; ";
    return out + found.words + "; " + by_chance_words(found.by_chance);
}

void write_texts_of(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
    json.key(key).begin_array();
    for (const auto& one : texts) json.value(one);
    json.end_array();
}

std::string lists_words(std::span<const ingest::ListRead> lists) {
    std::string out;
    for (const auto& one : lists)
        out += fmt::format("{}{}{}", out.empty() ? "" : ", ", one.source,
                           one.vintage_day == no_day ? "" : " of " + iso(one.vintage_day));
    return out;
}

std::string standing_words(const pack::Delisting* channel) {
    return channel && channel->national ? "national measure" : "";
}

}  // namespace

std::string screened_csv(const screen::Screening& screening, std::span<const screen::Asked> asked,
                         std::span<const screen::Answer> answers) {
    std::unordered_map<std::string_view, std::string_view> list_of;
    std::unordered_map<std::string_view, bool> is_in_several;
    for (const auto& one : screening.lists()) {
        const auto [found, is_new] = list_of.emplace(one.reference, one.list);
        if (!is_new && found->second != one.list) is_in_several[one.reference] = true;
    }
    std::string out = "name,list_id,matched_name,score,verdict,reason\n";
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const std::string name = csv_cell(asked[i].name);
        const screen::Answer& answer = answers[i];
        if (answer.found.empty()) {
            const bool is_unsure = answer.verdict == screen::Verdict::Unsure;
            out +=
                fmt::format("{},,,{},{},{}\n", name, is_unsure ? "" : "0", methods::names::verdict_name(answer.verdict),
                            csv_cell(answer.note.empty() ? "no listed name comes near" : answer.note));
            continue;
        }
        for (const auto& one : answer.found) {
            const auto& listed = screening.lists()[static_cast<std::size_t>(one.designee)];
            std::string reference = listed.reference;
            if (is_in_several.contains(reference)) reference = listed.list + ":" + reference;
            out += fmt::format("{},{},{},{:.6f},{},{}\n", name, csv_cell(reference), csv_cell(one.matched_name),
                               one.score, methods::names::verdict_name(one.verdict), csv_cell(reason_of(one)));
        }
    }
    return out;
}

std::string screened_json(const screen::Screening& screening, std::span<const screen::Asked> asked,
                          std::span<const screen::Answer> answers, std::span<const ingest::ListRead> lists,
                          std::span<const pack::SourceCard> cards) {
    JsonWriter json(2);
    json.begin_object();
    json.key("lists").begin_array();
    for (const auto& one : lists)
        json.begin_object()
            .field("list", one.source)
            .field("file", one.path)
            .field("day", iso(one.vintage_day))
            .field("unread", one.rejected)
            .end_object();
    json.end_array();
    json.key("answers").begin_array();
    for (std::size_t i = 0; i < answers.size(); ++i) {
        json.begin_object()
            .field("name", asked[i].name)
            .field("verdict", std::string(methods::names::verdict_name(answers[i].verdict)))
            .field("words", std::string(screen::verdict_words(answers[i].verdict)))
            .field("note", answers[i].note);
        json.key("found").begin_array();
        for (const auto& one : answers[i].found) {
            const auto& listed = screening.lists()[static_cast<std::size_t>(one.designee)];
            const pack::Delisting* channel = screen::delisting_of(listed, cards);
            json.begin_object()
                .field("list", listed.list)
                .field("list_id", listed.reference)
                .field("regime", listed.regime)
                .field("standing", standing_words(channel))
                .field("matched_name", one.matched_name)
                .field("weak_alias", one.is_weak_alias)
                .field("score", one.score)
                .field("verdict", std::string(methods::names::verdict_name(one.verdict)));
            write_texts_of(json, "differing", one.identifiers.differing);
            write_texts_of(json, "agreeing", one.identifiers.agreeing);
            json.field("words_met", one.words)
                .field("entries_by_chance", one.by_chance)
                .field("delisting", channel ? channel->to : std::string())
                .end_object();
        }
        json.end_array().end_object();
    }
    return json.end_array().end_object().text() + "\n";
}

std::string screened_text(const screen::Screening& screening, const screen::Asked& asked, const screen::Answer& answer,
                          std::span<const ingest::ListRead> lists, std::span<const pack::SourceCard> cards) {
    std::string out = fmt::format("{}: {}\nscreened against {} ({} entries, {} names)\n", asked.name,
                                  screen::verdict_words(answer.verdict), lists_words(lists), screening.lists().size(),
                                  screening.names());
    if (!answer.note.empty()) out += answer.note + "\n";
    for (const auto& one : answer.found) {
        const auto& listed = screening.lists()[static_cast<std::size_t>(one.designee)];
        const pack::Delisting* channel = screen::delisting_of(listed, cards);
        out += fmt::format("\n{} {}, {}: {} ({:.2f})\n", listed.list, listed.reference, one.matched_name,
                           screen::verdict_words(one.verdict), one.score);
        const auto line = [&](std::string_view what, const std::string& text) {
            if (!text.empty()) out += fmt::format("    {:<10} {}\n", what, text);
        };
        for (const auto& text : one.identifiers.differing) line("differs", text);
        for (const auto& text : one.identifiers.agreeing) line("agrees", text);
        if (one.identifiers.differing.empty() && one.identifiers.agreeing.empty())
            line("compared", "the name alone: neither birth nor document is known on both sides");
        if (one.is_weak_alias) line("alias", "the list itself calls this name too weak to identify");
        line("words", one.words);
        line("by chance", by_chance_words(one.by_chance) + ", by how often these words are in the lists");
        line("standing", standing_words(channel));
        line("delisting", channel ? channel->to : std::string());
    }
    return out;
}

ScreenedCounts screened_counts(std::span<const screen::Answer> answers) {
    ScreenedCounts out;
    for (const auto& answer : answers) {
        if (answer.verdict == screen::Verdict::Match) {
            ++out.matches;
            out.expected_false += 1 - answer.found.front().score;
        } else if (answer.verdict == screen::Verdict::Unsure) {
            ++out.unsure;
        }
    }
    return out;
}

}  // namespace icosa::cli
