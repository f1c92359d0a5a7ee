/// icosa screen: names against lists of designated persons and bodies, one name or a table of them.
#include <algorithm>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/lists_named.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/screened.hpp"
#include "cli/today.hpp"
#include "ingest/lists.hpp"
#include "ledger/ledger.hpp"
#include "model/birth_date.hpp"
#include "screen/screening.hpp"
#include "table/reader.hpp"

namespace icosa::cli {
namespace {

struct ScreenOptions {
    std::vector<std::string> lists;
    std::string table, name, born, document, nationality, purpose, out, log;
    std::string name_column, birth_column, document_column, nationality_column;
    int most = 5;
};

Result<model::BirthDate> birth_asked(const std::string& text) {
    if (trim(text).empty()) return model::BirthDate{};
    if (const auto born = model::parse_birth_date(text)) return *born;
    return fail(Fault::Usage, "bad-date", {}, fmt::format("'{}' is no date of birth", excerpt(text)),
                "1960-06-29, or a year: 1960");
}

/// The column asked for; else name or full_name, else the only one.
std::string name_column(const ScreenOptions& options, const std::vector<std::string>& header) {
    if (!options.name_column.empty()) return options.name_column;
    for (const std::string_view usual : {"name", "full_name"}) {
        const auto found =
            std::find_if(header.begin(), header.end(), [&](const auto& one) { return lower(one) == usual; });
        if (found != header.end()) return *found;
    }
    return header.size() == 1 ? header.front() : "name";
}

/// A date of the table that is none is as one that is not there: the name is screened all the same.
Result<std::vector<screen::Asked>> asked_in(const ScreenOptions& options) {
    std::vector<screen::Asked> out;
    std::vector<std::string screen::Asked::*> texts;
    bool has_birth = false;
    const table::OnHeader on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        std::vector<std::size_t> columns;
        columns.push_back(TRY(table::column_named(header, options.table, name_column(options, header))));
        has_birth = !options.birth_column.empty();
        if (has_birth) columns.push_back(TRY(table::column_named(header, options.table, options.birth_column)));
        if (!options.document_column.empty()) {
            columns.push_back(TRY(table::column_named(header, options.table, options.document_column)));
            texts.push_back(&screen::Asked::document);
        }
        if (!options.nationality_column.empty()) {
            columns.push_back(TRY(table::column_named(header, options.table, options.nationality_column)));
            texts.push_back(&screen::Asked::nationality);
        }
        return columns;
    };
    const table::OnRow on_row = [&](std::span<const std::string_view> cells, int) -> Result<void> {
        screen::Asked one;
        one.name = cells[0];
        if (has_birth) one.born = model::parse_birth_date(cells[1]).value_or(model::BirthDate{});
        for (std::size_t i = 0; i < texts.size(); ++i) one.*texts[i] = cells[(has_birth ? 2U : 1U) + i];
        out.push_back(std::move(one));
        return {};
    };
    TRY(table::visit_rows(options.table, on_header, on_row));
    return out;
}

/// Why so many names were screened, against what: never which names.
Result<void> log_batch(const Common& common, const ScreenOptions& options, const std::vector<ingest::ListRead>& reads,
                       std::size_t names, const ScreenedCounts& counts) {
    JsonWriter json;
    json.begin_object().field("purpose", options.purpose).field("names", static_cast<std::int64_t>(names));
    json.field("matches", static_cast<std::int64_t>(counts.matches))
        .field("unsure", static_cast<std::int64_t>(counts.unsure));
    json.key("lists").begin_array();
    for (const auto& one : reads)
        json.begin_object().field("list", one.source).field("day", iso(one.vintage_day)).end_object();
    json.end_array().end_object();
    std::string path = options.log;
    if (path.empty()) path = options.out.empty() ? ledger::ledger_file(common.db) : options.out + ".log.jsonl";
    static_cast<void>(TRY(ledger::append(path, now(), ledger::NewRow{"screening", json.text()})));
    return {};
}

Result<int> screen_one(const screen::Screening& screening, const Common& common, const ScreenOptions& options,
                       const std::vector<ingest::ListRead>& reads, const std::vector<pack::SourceCard>& cards) {
    screen::Asked asked{options.name, TRY(birth_asked(options.born)), options.document, options.nationality};
    const auto answer = screening.of(asked, static_cast<std::size_t>(options.most));
    TRY(write_text(options.out,
                   common.json ? screened_json(screening, {&asked, 1}, {&answer, 1}, reads, cards)
                               : screened_text(screening, asked, answer, reads, cards)));
    return exit_clean;
}

Result<int> screen_all(const screen::Screening& screening, const Common& common, const ScreenOptions& options,
                       const std::vector<ingest::ListRead>& reads, const std::vector<pack::SourceCard>& cards,
                       const std::vector<screen::Asked>& asked) {
    std::vector<screen::Answer> answers;
    {
        Progress progress("screening", static_cast<std::int64_t>(asked.size()), "names");
        answers = screening.of_all(asked, static_cast<std::size_t>(options.most), common.threads,
                                   [&](std::int64_t done) { progress.at(done); });
    }
    const ScreenedCounts counts = screened_counts(answers);
    TRY(log_batch(common, options, reads, asked.size(), counts));
    TRY(write_text(options.out,
                   common.json ? screened_json(screening, asked, answers, reads, cards)
                               : screened_csv(screening, asked, answers)));
    fmt::print(stderr,
               "{} names, {} entries: {} possible matches for human review (of which {} false are to be expected by "
               "their scores), {} with too little to tell\n",
               asked.size(), screening.lists().size(), counts.matches, number_text(counts.expected_false, 1),
               counts.unsure);
    return exit_clean;
}

Result<int> screen_names(const Common& common, const ScreenOptions& options) {
    if (options.table.empty() == options.name.empty())
        return fail(Fault::Usage, "missing-option", {}, "give one name, or a table of names",
                    "--name \"...\", or --names FILE --purpose TEXT");
    if (!options.table.empty() && trim(options.purpose).empty())
        return fail(Fault::Usage, "no-purpose", {}, "a table of names is screened for a stated purpose",
                    "--purpose \"payment screening, case 12\": it is logged, the names are not");
    const auto cards = TRY(app::source_cards(pack_places(common)));
    std::vector<ingest::ListRead> reads;
    const auto paths = TRY(list_paths(options.lists, cards));
    auto lists = TRY(ingest::read_lists(paths, cards, &reads));
    tell_unread(reads);
    std::vector<screen::Asked> asked;
    if (!options.table.empty()) asked = TRY(asked_in(options));
    const screen::Screening screening(std::move(lists), common.threads);
    if (options.table.empty()) return screen_one(screening, common, options, reads, cards);
    return screen_all(screening, common, options, reads, cards, asked);
}

}  // namespace

Command screen_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ScreenOptions>();
    ScreenOptions& of = *options;
    return {
        .name = "screen",
        .summary =
            "Names against lists of designated persons and bodies: who may be meant, why, what speaks against it",
        .options =
            {option("--list", &of.lists,
                    "a list file or folder, or un, ofac, uk, ca: the newest that was fetched; several")
                 .as("LIST")
                 .required(),
             option("--name", &of.name, "one name, told in words").as("NAME"),
             option("--born", &of.born, "with --name: date of birth, or its year").as("DATE"),
             option("--document", &of.document, "with --name: number of a passport or other document").as("NUMBER"),
             option("--nationality", &of.nationality, "with --name: told where the list has another; never counted")
                 .as("COUNTRY"),
             option("--names", &of.table, "a table of names").as("FILE"),
             option("--purpose", &of.purpose, "what a table is screened for; logged, needed with --names").as("TEXT"),
             option("--name-column", &of.name_column,
                    "the column of names; name or full_name, or the only one, if not given")
                 .as("COLUMN"),
             option("--dob-column", &of.birth_column, "the column of dates of birth").as("COLUMN"),
             option("--document-column", &of.document_column, "the column of document numbers").as("COLUMN"),
             option("--nationality-column", &of.nationality_column, "the column of nationalities").as("COLUMN"),
             option("--most", &of.most, "entries told of each name").within(1, 100),
             option("--out", &of.out, "write here instead of the standard output").as("FILE").written(),
             option("--log", &of.log, "where the purpose is logged, a line each time").as("FILE").written(),
             db_option(*common),
             threads_option(*common),
             json_option(*common),
             packs_option(*common),
             add_option(*common),
             framework_option(*common)},
        .more =
            "match: possible match, for human review. unsure: insufficient information. no: no match. The score is\n"
            "a probability from names alone, moved by birth and document where both sides have them; nationality\n"
            "never raises it. The purpose goes into OUT.log.jsonl (without --out: the ledger beside --db), a chain of\n"
            "lines that are only added: purpose, lists, counts, never a name. See docs/screening.md.\n",
        .examples = {"icosa screen --list un.xml --name \"A. Example\" --born 1961",
                     "icosa screen --list un.xml --list ofac --names customers.csv --name-column full_name --purpose "
                     "\"yearly review\" --out screened.csv"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return screen_names(*common, *options); },
    };
}

}  // namespace icosa::cli
