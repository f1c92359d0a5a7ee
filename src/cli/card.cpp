/// icosa card: a source card for a file that has none, tried at once on all of it.
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/own_options.hpp"
#include "cli/pack_places.hpp"
#include "cli/today.hpp"
#include "draft/draft.hpp"
#include "draft/told.hpp"
#include "draft/trial.hpp"

namespace icosa::cli {
namespace {

struct CardOptions {
    OwnOptions own;
    std::string out;        ///< "" = ./ID.toml
    bool complete = false;  ///< silence is zero
};

/// On a terminal a person is asked; else silence is not known, unless --complete says otherwise.
draft::Silence silence_of(const draft::Guess& guess, const CardOptions& options, bool may_ask) {
    if (options.complete) return draft::Silence::Zero;
    if (!may_ask || !draft::may_be_complete(guess) || isatty(STDIN_FILENO) != 1 || isatty(STDERR_FILENO) != 1)
        return draft::Silence::Unknown;
    fmt::print(
        stderr,
        "Does it list all that happened at its places from {} to {}, so that a time without a row is zero? [y/N] ",
        iso(guess.day.first), iso(guess.day.last));
    std::string answer;
    std::getline(std::cin, answer);
    const std::string word = lower(trim(answer));
    return word == "y" || word == "yes" || word == "o" || word == "oui" ? draft::Silence::Zero
                                                                        : draft::Silence::Unknown;
}

void print_guesses(const std::string& file, const std::vector<draft::ToldLine>& lines) {
    fmt::print("{}\n", file);
    for (const auto& [what, words] : lines) fmt::print("  {:<9} {}\n", what, words);
}

std::string trial_words(const draft::Trial& trial) {
    std::string out =
        fmt::format("{} rows: {} stored, {} rejected", trial.rows, trial.rows - trial.rejected, trial.rejected);
    for (const auto& one : trial.refused)
        out += fmt::format("\n  {} row{}, the first in line {}: '{}' {}", one.rows, one.rows == 1 ? "" : "s", one.line,
                           excerpt(one.example), one.problem);
    return out;
}

void print_card_json(const std::string& path, const pack::SourceCard& card, const std::vector<draft::ToldLine>& lines,
                     const draft::Trial& trial) {
    JsonWriter json(2);
    json.begin_object().field("card", path).field("id", card.id);
    json.key("guesses").begin_object();
    for (const auto& [what, words] : lines) json.field(what, words);
    json.end_object()
        .field("rows", trial.rows)
        .field("stored", trial.rows - trial.rejected)
        .field("rejected", trial.rejected);
    json.key("rejects").begin_array();
    for (const auto& one : trial.refused)
        json.begin_object()
            .field("problem", one.problem)
            .field("text", one.example)
            .field("line", one.line)
            .field("rows", one.rows)
            .end_object();
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
}

Result<int> draft_card(const Common& common, const CardOptions& options) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    draft::Asked asked = TRY(asked_of(options.own));
    asked.figure.may_guess = true;
    const draft::Guess guess = TRY(draft::guess(options.own.file, asked, packs.places));
    const pack::SourceCard card = draft::card_of(guess, silence_of(guess, options, !common.json));
    const auto lines = draft::told_of(guess, card);
    const std::string path = options.out.empty() ? card.id + ".toml" : options.out;
    TRY(write_new(
        path,
        draft::card_text(card,
                         fmt::format("Drafted by icosa card from {}: look it over before you rely on it.", card.title)),
        options.own));
    if (!common.json) print_guesses(options.own.file, lines);
    const auto trial = draft::try_card(options.own.file, card, today());
    if (!trial) {
        if (!common.json) fmt::print("{} is written, and does not read the file yet:\n", path);
        return std::unexpected(trial.error());
    }
    if (common.json) {
        print_card_json(path, card, lines, *trial);
        return exit_clean;
    }
    fmt::print("\n{}: {}\n", path, trial_words(*trial));
    fmt::print("\nTry next:\n  {0} check {1}\n  {0} ingest {2} --add {1}\n", program_name(), shell_word(path),
               shell_word(options.own.file));
    return exit_clean;
}

}  // namespace

Command card_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<CardOptions>();
    std::vector<Option> rows = own_options(options->own);
    for (Option one :
         {option("--complete", &options->complete,
                 "the file lists all that happened: a time without a row is zero (else asked on a terminal)"),
          option("--out", &options->out, "the card's file; else ./ID.toml").as("FILE").written(), json_option(*common),
          packs_option(*common), add_option(*common), framework_option(*common)})
        rows.push_back(std::move(one));
    return {
        .name = "card",
        .summary = "Write a source card for a file that has none, and try it on the whole file",
        .options = std::move(rows),
        .examples = {"icosa card incidents.csv",
                     "icosa card prix.csv --date mois --place marché --value prix --out own-prices.toml"},
        .exits = {{exit_packs},
                  {exit_data, "the file has no table or no days, or the card does not read it"},
                  {exit_store}},
        .run = [=] { return draft_card(*common, *options); },
    };
}

}  // namespace icosa::cli
