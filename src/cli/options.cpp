/// icosa options: what could answer a signal, apart from it, unranked.
#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "app/options.hpp"
#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "brief/options.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/sections_named.hpp"
#include "cli/when_free.hpp"

namespace icosa::cli {
namespace {

constexpr std::size_t most_answered = 20;

struct SignalOptions {
    std::string signal;
    std::string area;
    std::string as_of;
    std::string lang = "en";
};

void put_title(JsonWriter& json, std::string_view key, const pack::Title& title) {
    if (title.en.empty()) return;
    json.key(key).begin_object().field("en", title.en).field("zh", title.zh).end_object();
}

void put_option(JsonWriter& json, const brief::OptionLine& option) {
    json.begin_object().field("kind", std::string(model::option_kind_names[static_cast<std::size_t>(option.kind)]));
    json.key("ids").begin_array();
    for (const std::string& id : option.ids) json.value(id);
    json.end_array();
    put_title(json, "title", option.title);
    json.field("basis", option.basis);
    put_title(json, "does", option.does);
    put_title(json, "reaches", option.reach);
    put_title(json, "must_agree", option.consent);
    put_title(json, "could_refuse", option.refuse);
    put_title(json, "failed_before", option.failed);
    put_title(json, "precedent", option.precedent);
    json.key("principles").begin_array();
    for (const brief::PrincipleLine& one : option.principles) {
        json.begin_object().field("principle", one.principle).field("passed", one.passed);
        put_title(json, "why", one.why);
        json.end_object();
    }
    json.end_array().end_object();
}

std::string json_of(const std::vector<brief::ResponseLines>& all, Day as_of) {
    JsonWriter json(2);
    json.begin_object().field("as_of", iso(as_of)).field("notice", std::string(brief::options_notice.en));
    json.key("responses").begin_array();
    for (const brief::ResponseLines& one : all) {
        json.begin_object().field("signal", one.signal);
        json.field("grade", std::string(model::grade_names[static_cast<std::size_t>(one.grade)]));
        put_title(json, "subject", one.subject);
        put_title(json, "matter", one.matter);
        put_title(json, "none", one.none);
        json.field("armed_groups_without_a_seat", one.armed_groups);
        json.key("options").begin_array();
        for (const brief::OptionLine& option : one.options) put_option(json, option);
        json.end_array().end_object();
    }
    return json.end_array().end_object().text();
}

void print_text(const std::vector<brief::ResponseLines>& all, brief::Language language) {
    fmt::print("{}\n\n", brief::in(brief::options_notice, language));
    for (const brief::ResponseLines& one : all) {
        fmt::print("{} ({}, {}): {}\n", brief::in(one.subject, language), one.signal,
                   model::grade_names[static_cast<std::size_t>(one.grade)],
                   one.options.empty() ? brief::in(one.none, language) : brief::in(one.matter, language));
        for (const brief::OptionLine& option : one.options) {
            fmt::print("- {} ({}{})\n", brief::in(option.title, language),
                       brief::in(brief::option_kind_words(option.kind), language),
                       option.basis.empty() ? "" : "; " + option.basis);
            for (const auto& [label, text] : brief::option_items(option))
                fmt::print("  - {}: {}\n", brief::in(label, language), brief::in(text, language));
        }
        fmt::print("\n");
    }
}

/// The watch that a signal's id begins with.
const pack::Watch* watch_of(const app::Packs& packs, const std::string& signal) {
    return packs.find_watch(signal.substr(0, signal.find('/')));
}

Result<int> options(const Common& common, const SignalOptions& asked) {
    TRY(check_as_of(asked.as_of));
    if (asked.signal.empty() == asked.area.empty())
        return fail(Fault::Usage, "missing-option", {}, "neither or both of a signal and an area are named",
                    "give SIGNAL-ID, or --area III.5");
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    std::string area;
    if (!asked.area.empty()) area = TRY(sections_named(packs, {asked.area})).front();
    const pack::Watch* watch = asked.area.empty() ? watch_of(packs, asked.signal) : nullptr;
    if (asked.area.empty() && !watch)
        return fail(Fault::Usage, "unknown-signal", {}, fmt::format("'{}' begins with no watch's id", asked.signal),
                    "ids of signals are in dossier.json and in `icosa export signals`");
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    const Moment moment = TRY(moment_of(*store, packs, asked.as_of, common.db));
    const Day as_of = moment.as_of;
    // Other kinds of threat at the place are looked for on every page.
    const auto wanted = [&](const pack::AreaPack& page, const pack::Watch& one) {
        return one.on_page || &one == watch || page.section == area;
    };
    const auto found = TRY(app::find(
        *store, packs, {as_of, wanted, common.threads, app::Lines::Three, on_step(), app::option_needs(packs, as_of)}));
    std::vector<std::string> signals{asked.signal};
    if (!asked.area.empty()) {
        std::vector<const model::WatchFinding*> findings;
        for (const auto& one : found.results) {
            if (one.page->section == area) findings.push_back(&one.finding);
        }
        signals = app::signals_to_answer(findings, packs, most_answered);
    }
    const brief::NameBooks names{packs.places, packs.catalogue, packs.phrases};
    const brief::OptionBooks books{names, packs.matters, packs.framework, as_of};
    std::vector<brief::ResponseLines> lines;
    for (const model::Response& response : app::responses_to(signals, packs, found, as_of)) {
        for (const auto& one : found.results) {
            const auto signal = std::ranges::find(one.finding.signals, response.signal, &model::Signal::id);
            if (signal == one.finding.signals.end()) continue;
            lines.push_back(
                brief::response_lines(response, brief::name_of_subject(*signal, names), signal->grade, books));
            break;
        }
    }
    if (lines.empty() && !asked.signal.empty())
        return fail(Fault::Usage, "unknown-signal", {},
                    fmt::format("no watch gives the signal '{}' as of {}", asked.signal, iso(as_of)),
                    "give the day by --as-of; `icosa run` lists the signals");
    if (common.json) {
        fmt::print("{}\n", json_of(lines, as_of));
        return exit_clean;
    }
    fmt::print("{}\n", first_line(moment));
    if (lines.empty()) fmt::print("{}: no signal of a matter that packs/options.toml answers.\n", asked.area);
    else print_text(lines, asked.lang == "zh" ? brief::Language::Zh : brief::Language::En);
    if (lines.size() == most_answered)
        fmt::print("The first {} signals, the higher grades first; others by their ids.\n", most_answered);
    return exit_clean;
}

}  // namespace

Command options_command() {
    const auto common = std::make_shared<Common>();
    const auto asked = std::make_shared<SignalOptions>();
    return {
        .name = "options",
        .summary = "What could answer a signal: instruments, mandates, who could convene, capacity; unranked",
        .options = {option("SIGNAL-ID", &asked->signal, "a signal as `icosa run` names it: WATCH/SUBJECT/PERIOD"),
                    option("--area", &asked->area, "the signals of a section instead: III.5").as("ID"),
                    as_of_option(&asked->as_of),
                    option("--lang", &asked->lang, "the language of the text (the JSON has both)").one_of({"en", "zh"}),
                    db_option(*common), wait_option(*common), json_option(*common), packs_option(*common),
                    add_option(*common), framework_option(*common), threads_option(*common)},
        .examples = {"icosa options hotspot.conflict-year/moz/2019 --as-of 2020-12-31",
                     "icosa options --area III.5 --as-of 2014-03-31 --db my.duckdb --lang zh"},
        .exits = {{exit_packs}, {exit_data, "the database holds nothing"}, {exit_store}},
        .run = [=] { return options(*common, *asked); },
    };
}

}  // namespace icosa::cli
