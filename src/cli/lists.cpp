/// icosa lists: which lists there are, what an entry says, what changed between two editions.
#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/lists_named.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/when_free.hpp"
#include "ingest/lists.hpp"
#include "model/list_changes.hpp"

namespace icosa::cli {
namespace {

struct ListsOptions {
    std::string action, first, second, out, show = "references";
    std::vector<std::string> lists;

    [[nodiscard]] bool shows_names() const { return show == "names"; }
};

/// Entries of a list, and where they are from.
struct Edition {
    std::string source;
    std::string path;
    Day day = no_day;
    std::vector<model::ListEntry> entries;
};

std::string_view handling(bool with_names) {
    return with_names
        ? "TLP:AMBER+STRICT; names of persons, each a possible error of its list: keep it to those who need it"
        : "TLP:GREEN; reference numbers only";
}

std::string day_or_unknown(Day day) { return day == no_day ? "unknown day" : iso(day); }

/// One edition a list file; files of one source are one edition only where they are named apart.
Result<std::vector<Edition>> editions_of_files(const std::vector<std::string>& words, const app::Packs& packs) {
    std::vector<ingest::ListRead> reads;
    const auto paths = TRY(list_paths(words, packs.cards));
    auto entries = TRY(ingest::read_list_entries(paths, packs.cards, &reads));
    tell_unread(reads);
    std::vector<Edition> out;
    for (const auto& read : reads) out.push_back({read.source, read.path, read.vintage_day, {}});
    for (auto& entry : entries) {
        const auto of =
            std::find_if(out.begin(), out.end(), [&](const Edition& one) { return one.path == entry.file; });
        of->entries.push_back(std::move(entry));
    }
    return out;
}

Result<Edition> edition_of_day(store::Store& store, const std::string& source, Day day, const std::string& db) {
    const auto editions = TRY(store.list_editions(source));
    const store::Store::ListEdition* newest = nullptr;
    std::vector<std::string> days;
    for (const auto& one : editions) {
        if (one.vintage_day == no_day) continue;
        days.push_back(iso(one.vintage_day));
        if (one.vintage_day <= day) newest = &one;
    }
    if (!newest)
        return fail(Fault::Data, "no-edition", {db},
                    fmt::format("the store has no edition of '{}' of {} or before", source, iso(day)),
                    days.empty() ? "ingest one, with --vintage DAY where the file does not tell its day"
                                 : "it has those of " + join(days, ", "));
    return Edition{source, newest->path, newest->vintage_day, TRY(store.list_entries(*newest))};
}

Result<std::pair<std::vector<Edition>, std::vector<Edition>>> editions_asked(const Common& common,
                                                                             const ListsOptions& options,
                                                                             const app::Packs& packs) {
    const auto first = parse_iso_day(options.first), second = parse_iso_day(options.second);
    std::pair<std::vector<Edition>, std::vector<Edition>> out;
    if (!first || !second) {
        if (first || second)
            return fail(Fault::Usage, "bad-usage", {}, "a file is not compared with a day",
                        "give two files, or two days and --list");
        out.first = TRY(editions_of_files({options.first}, packs));
        out.second = TRY(editions_of_files({options.second}, packs));
        return out;
    }
    if (options.lists.empty())
        return fail(Fault::Usage, "missing-option", {}, "two days say not which list", "add --list un");
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    for (const std::string& list : options.lists) {
        const auto sources = sources_of_list(list, packs.cards);
        if (sources.empty())
            return fail(Fault::Usage, "unknown-list", {}, fmt::format("there is no list '{}'", excerpt(list)),
                        "un, ofac, uk, ca or the id of a source");
        for (const std::string& source : sources) {
            const auto known = TRY(store->list_editions(source));
            const bool has_day = std::ranges::any_of(known, [](const auto& one) { return one.vintage_day != no_day; });
            if (sources.size() > 1 && !has_day) continue;
            out.first.push_back(TRY(edition_of_day(*store, source, *first, common.db)));
            out.second.push_back(TRY(edition_of_day(*store, source, *second, common.db)));
        }
    }
    if (out.first.empty())
        return fail(Fault::Data, "no-edition", {common.db}, "the store has no edition of these lists", "ingest one");
    return out;
}

std::vector<model::ListEntry> all_entries(const std::vector<Edition>& editions) {
    std::vector<model::ListEntry> out;
    for (const auto& one : editions) out.insert(out.end(), one.entries.begin(), one.entries.end());
    return out;
}

std::string edition_words(const std::vector<Edition>& editions) {
    std::string out;
    for (const auto& one : editions)
        out += fmt::format("{}{} of {} ({} entries)", out.empty() ? "" : ", ", one.source, day_or_unknown(one.day),
                           one.entries.size());
    return out;
}

struct Counts {
    std::size_t kinds[3] = {};
};

Counts counts_of(const model::ListChanges& changes) {
    Counts out;
    for (const auto& one : changes.changes) ++out.kinds[static_cast<std::size_t>(one.kind)];
    return out;
}

std::string changes_text(const model::ListChanges& changes, const std::vector<Edition>& before,
                         const std::vector<Edition>& after, bool with_names) {
    const Counts counts = counts_of(changes);
    std::string out =
        fmt::format("{}\nfrom {} to {}\nadded {}, removed {}, amended {}", handling(with_names), edition_words(before),
                    edition_words(after), counts.kinds[0], counts.kinds[1], counts.kinds[2]);
    if (!changes.reordered.empty())
        out += fmt::format("; {} more say the same in another order", changes.reordered.size());
    out += '\n';
    if (!changes.repeated.empty())
        out += fmt::format("more than once in an edition: {}\n", join(changes.repeated, ", "));
    for (const auto& one : changes.changes) {
        std::vector<std::string> fields;
        for (const auto& field : one.fields) fields.push_back(field.field);
        out += fmt::format("{:<8} {:<10} {}{}{}\n", model::change_kind_names[static_cast<std::size_t>(one.kind)],
                           one.reference, one.regime, fields.empty() ? "" : ": ", join(fields, ", "));
        if (!with_names) continue;
        for (const auto& field : one.fields) {
            for (const auto& text : field.before) out += fmt::format("    {} - {}\n", field.field, text);
            for (const auto& text : field.after) out += fmt::format("    {} + {}\n", field.field, text);
        }
    }
    return out;
}

std::string changes_csv(const model::ListChanges& changes, bool with_names) {
    std::string out = "change,list,regime,reference,field,before,after\n";
    const auto row = [&](const model::ListChange& one, const std::string& field, const std::string& before,
                         const std::string& after) {
        out += fmt::format("{},{},{},{},{},{},{}\n", model::change_kind_names[static_cast<std::size_t>(one.kind)],
                           csv_cell(one.list), csv_cell(one.regime), csv_cell(one.reference), field,
                           csv_cell(with_names ? before : ""), csv_cell(with_names ? after : ""));
    };
    for (const auto& one : changes.changes) {
        if (one.fields.empty()) row(one, "", "", "");
        for (const auto& field : one.fields) row(one, field.field, join(field.before, " | "), join(field.after, " | "));
    }
    return out;
}

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
    json.key(key).begin_array();
    for (const auto& text : texts) json.value(text);
    json.end_array();
}

void write_editions(JsonWriter& json, std::string_view key, const std::vector<Edition>& editions) {
    json.key(key).begin_array();
    for (const auto& one : editions)
        json.begin_object()
            .field("list", one.source)
            .field("file", one.path)
            .field("day", iso(one.day))
            .field("entries", static_cast<std::int64_t>(one.entries.size()))
            .end_object();
    json.end_array();
}

std::string changes_json(const model::ListChanges& changes, const std::vector<Edition>& before,
                         const std::vector<Edition>& after, bool with_names) {
    const Counts counts = counts_of(changes);
    JsonWriter json(2);
    json.begin_object().field("handling", std::string(handling(with_names)));
    write_editions(json, "from", before);
    write_editions(json, "to", after);
    for (std::size_t i = 0; i < 3; ++i)
        json.field(model::change_kind_names[i], static_cast<std::int64_t>(counts.kinds[i]));
    write_texts(json, "repeated", changes.repeated);
    write_texts(json, "reordered", changes.reordered);
    json.key("changes").begin_array();
    for (const auto& one : changes.changes) {
        json.begin_object()
            .field("change", std::string(model::change_kind_names[static_cast<std::size_t>(one.kind)]))
            .field("list", one.list)
            .field("regime", one.regime)
            .field("reference", one.reference);
        json.key("fields").begin_array();
        for (const auto& field : one.fields) {
            json.begin_object().field("field", field.field);
            if (with_names) {
                write_texts(json, "before", field.before);
                write_texts(json, "after", field.after);
            }
            json.end_object();
        }
        json.end_array().end_object();
    }
    return json.end_array().end_object().text() + "\n";
}

Result<int> diff(const Common& common, const ListsOptions& options, const app::Packs& packs) {
    if (options.first.empty() || options.second.empty())
        return fail(Fault::Usage, "missing-argument", {}, "two editions are compared",
                    "icosa lists diff OLDER NEWER: two files, or two days with --list");
    const auto [before, after] = TRY(editions_asked(common, options, packs));
    for (const auto& old : before) {
        const bool same = std::ranges::any_of(after, [&](const Edition& one) { return one.source == old.source; });
        if (!same)
            return fail(Fault::Data, "other-list", {old.path},
                        fmt::format("this is an edition of '{}', the other is of '{}'", old.source,
                                    after.empty() ? "none" : after.front().source),
                        "compare editions of one list");
    }
    const auto changes = model::changes_between(all_entries(before), all_entries(after));
    const bool with_names = options.shows_names();
    if (!options.out.empty()) {
        TRY(write_text(options.out, changes_csv(changes, with_names)));
        if (!common.json) {
            const Counts counts = counts_of(changes);
            fmt::print("{}: added {}, removed {}, amended {} ({})\n", options.out, counts.kinds[0], counts.kinds[1],
                       counts.kinds[2], handling(with_names));
        }
    }
    if (common.json) TRY(write_text("", changes_json(changes, before, after, with_names)));
    else if (options.out.empty()) TRY(write_text("", changes_text(changes, before, after, with_names)));
    return exit_clean;
}

/// The newest edition of each list: of the files that are named, else of the store.
Result<std::vector<Edition>> newest_editions(const Common& common, const ListsOptions& options,
                                             const app::Packs& packs) {
    if (!options.lists.empty()) return editions_of_files(options.lists, packs);
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    std::map<std::string, store::Store::ListEdition> newest;
    for (const auto& one : TRY(store->list_editions(""))) newest[one.source] = one;
    std::vector<Edition> out;
    for (const auto& [source, edition] : newest)
        out.push_back({source, edition.path, edition.vintage_day, TRY(store->list_entries(edition))});
    return out;
}

Result<int> overview(const Common& common, const ListsOptions& options, const app::Packs& packs) {
    std::string text;
    JsonWriter json(2);
    json.begin_array();
    const auto editions = TRY(newest_editions(common, options, packs));
    for (const auto& one : editions) {
        std::map<std::string, std::int64_t> regimes;
        for (const auto& entry : one.entries) ++regimes[entry.regime.empty() ? "no regime" : entry.regime];
        text += fmt::format("{}: {} entries, edition of {}, {}\n", one.source, one.entries.size(),
                            day_or_unknown(one.day), one.path);
        json.begin_object()
            .field("list", one.source)
            .field("file", one.path)
            .field("day", iso(one.day))
            .field("entries", static_cast<std::int64_t>(one.entries.size()));
        json.key("regimes").begin_object();
        for (const auto& [regime, count] : regimes) {
            text += fmt::format("    {:<28} {:>6}\n", regime, count);
            json.field(regime, count);
        }
        json.end_object().end_object();
    }
    if (editions.empty()) text = "The store has no list; ingest one, or name files with --list\n";
    TRY(write_text("", common.json ? json.end_array().text() + "\n" : text));
    return exit_clean;
}

Result<int> show(const Common& common, const ListsOptions& options, const app::Packs& packs) {
    if (options.first.empty())
        return fail(Fault::Usage, "missing-argument", {}, "no reference number is given",
                    "icosa lists show QDe.004 --list un");
    const std::string wanted = lower(trim(options.first));
    std::string text = std::string(handling(options.shows_names())) + "\n";
    JsonWriter json(2);
    json.begin_array();
    bool any = false;
    for (const auto& edition : TRY(newest_editions(common, options, packs))) {
        for (const auto& entry : edition.entries) {
            if (lower(entry.reference) != wanted) continue;
            any = true;
            text += fmt::format("{} {}, {}, {}, listed {}, edition of {}\n", entry.list, entry.reference, entry.regime,
                                entry.type, day_or_unknown(entry.listed), day_or_unknown(edition.day));
            json.begin_object()
                .field("list", entry.list)
                .field("reference", entry.reference)
                .field("regime", entry.regime)
                .field("type", entry.type)
                .field("listed", iso(entry.listed))
                .field("edition", iso(edition.day))
                .field("file", entry.file)
                .field("line", entry.line);
            std::map<std::string_view, std::vector<std::string>> fields;
            for (const auto& one : entry.details) fields[model::name_of(one.field)].push_back(one.text);
            json.key("details").begin_object();
            for (const auto& [field, texts] : fields) {
                if (options.shows_names()) {
                    for (const auto& one : texts) text += fmt::format("    {:<16} {}\n", field, one);
                    write_texts(json, field, texts);
                } else {
                    text += fmt::format("    {:<16} {}\n", field, texts.size());
                    json.field(field, static_cast<std::int64_t>(texts.size()));
                }
            }
            json.end_object().end_object();
        }
    }
    if (!any)
        return fail(Fault::Data, "unknown-reference", {},
                    fmt::format("no entry has the reference number '{}'", excerpt(options.first)),
                    "reference numbers are written as their list does: QDe.004; --list says where to look");
    TRY(write_text("", common.json ? json.end_array().text() + "\n" : text));
    return exit_clean;
}

Result<int> lists(const Common& common, const ListsOptions& options) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    if (options.action.empty()) return overview(common, options, packs);
    if (options.action == "diff") return diff(common, options, packs);
    if (options.action == "show") return show(common, options, packs);
    return fail(Fault::Usage, "bad-usage", {}, fmt::format("'{}' is not expected", excerpt(options.action)),
                "`icosa lists`, `icosa lists diff A B` or `icosa lists show REF`");
}

}  // namespace

Command lists_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ListsOptions>();
    ListsOptions& of = *options;
    return {
        .name = "lists",
        .summary = "Lists of designated persons and bodies: which there are, what an entry says, what changed",
        .options = {option("ACTION", &of.action, "diff or show; without it, which lists there are"),
                    option("FIRST", &of.first, "diff: the older file or day; show: a reference number").as("A"),
                    option("SECOND", &of.second, "diff: the newer file or day").as("B"),
                    option("--list", &of.lists,
                           "a list file or folder, or un, ofac, uk, ca: the newest that was fetched; of diff by days, "
                           "the store's")
                        .as("LIST"),
                    option("--out", &of.out, "diff: the changes as CSV into this file").as("FILE").written(),
                    option("--show", &of.show, "reference numbers alone, or names and texts too")
                        .one_of({"references", "names"}),
                    db_option(*common), wait_option(*common), json_option(*common), packs_option(*common),
                    add_option(*common), framework_option(*common)},
        .more =
            "An entry is amended where a text of it is another; the order of its texts, blanks and line ends are no\n"
            "amendment. Reference numbers alone are told unless names are asked for (docs/lists.md).\n",
        .examples = {"icosa lists diff older.xml newer.xml",
                     "icosa lists diff 2025-04-30 2025-08-31 --list un --db lists.duckdb",
                     "icosa lists show QDe.004 --list un.xml"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return lists(*common, *options); },
    };
}

}  // namespace icosa::cli
