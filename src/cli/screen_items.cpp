/// icosa screen-items: which lines of shipments may be of controlled items, why, and who takes part at both ends.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/item_ground.hpp"
#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/result_table.hpp"
#include "cli/shipment_columns.hpp"
#include "cli/today.hpp"
#include "cli/when_free.hpp"
#include "engine/item_index.hpp"
#include "screen/items/item_screen.hpp"
#include "table/reader.hpp"

namespace icosa::cli {
namespace {

struct ScreenItemsOptions {
    std::string file, out, db, as_of = "today";
    std::vector<std::string> lists;
    ShipmentColumns columns;
};

/// What the summary counts: lines by the strongest hit of each, and by list.
struct ItemCounts {
    std::int64_t lines = 0, none = 0;
    std::map<methods::ItemStrength, std::int64_t, std::greater<>> by_strength;
    std::map<std::string, std::int64_t> by_list;  ///< lines with a hit that is more than a category
    std::vector<std::int64_t> to_look_at;  ///< listed items with an end that is not a party, or not known to be

    void add(const std::vector<screen::ItemRow>& rows) {
        ++lines;
        if (!rows.front().item) {
            ++none;
            return;
        }
        ++by_strength[rows.front().strength];
        std::set<std::string> lists;
        bool is_open_end = false;
        for (const screen::ItemRow& row : rows) {
            if (row.strength == methods::ItemStrength::CategoryOnly) continue;
            lists.insert(row.list->id);
            is_open_end |= row.strength == methods::ItemStrength::Listed
                && (row.origin_party != "party" || row.destination_party != "party");
        }
        for (const std::string& list : lists) ++by_list[list];
        if (is_open_end) to_look_at.push_back(rows.front().line);
    }
};

constexpr std::string_view what_it_is = "For review by a person, by the lists as known; no legal advice.";

std::string summary(const ScreenItemsOptions& options, const screen::ItemGround& ground, const ItemCounts& counts) {
    std::string out = fmt::format("{} line{} of {}, as of {}:", counts.lines, counts.lines == 1 ? "" : "s",
                                  options.file, iso(ground.as_of));
    for (const auto strength :
         {methods::ItemStrength::Listed, methods::ItemStrength::Possible, methods::ItemStrength::CategoryOnly}) {
        const auto found = counts.by_strength.find(strength);
        out += fmt::format(" {} {},", found == counts.by_strength.end() ? 0 : found->second,
                           methods::item_strength_names[static_cast<std::size_t>(strength)]);
    }
    out += fmt::format(" {} without a hit\n", counts.none);
    for (const pack::ControlledList& list : ground.items.lists) {
        const auto found = counts.by_list.find(list.id);
        if (found == counts.by_list.end()) continue;
        out += fmt::format("  {}: {} line{}; the list as of {} ({})\n", list.title.en, found->second,
                           found->second == 1 ? "" : "s", iso(list.known.known_through), list.known.against);
        if (list.parties.from != no_day)
            out += fmt::format("    who takes part: through {} ({})\n", iso(list.parties.known_through),
                               list.parties.against);
    }
    if (!counts.to_look_at.empty()) {
        constexpr std::size_t most = 20;
        std::vector<std::string> lines;
        for (const auto line : counts.to_look_at) {
            if (lines.size() == most) break;
            lines.push_back(std::to_string(line));
        }
        out += fmt::format("  listed items with an end that is no party, or not known to be one: {} line{}: {}{}\n",
                           counts.to_look_at.size(), counts.to_look_at.size() == 1 ? "" : "s", join(lines, ", "),
                           counts.to_look_at.size() > most ? " .." : "");
    }
    return out + std::string(what_it_is) + "\n";
}

void write_row(JsonWriter& json, const screen::ItemRow& row) {
    json.begin_object().field("line", row.line).field("strength", row.strength_name()).field("reason", row.reason);
    if (row.item) {
        json.field("item", row.item->id)
            .field("schedule", row.item->schedule)
            .field("title", row.item->title.en)
            .field("list", row.list->id)
            .field("instrument", row.instrument())
            .field("origin_party", row.origin_party)
            .field("destination_party", row.destination_party);
        if (!row.item->told.empty()) json.field("told", row.item->told);
        if (!row.item->against.empty()) json.field("item_against", row.item->against);
    }
    json.end_object();
}

void add_item_row(ResultTable& table, const screen::ItemRow& row) {
    const auto text = [](std::string_view one) { return one.empty() ? store::Cell() : store::Cell(std::string(one)); };
    table.add({row.line, text(row.item ? row.item->id : ""), text(row.instrument()), text(row.strength_name()),
               text(row.reason), text(row.origin_party), text(row.destination_party),
               text(row.item ? row.item->schedule : ""), text(row.item ? row.item->title.en : ""),
               text(row.item ? row.item->told : "")});
}

void write_end(JsonWriter& json, const screen::ItemGround& ground, const ItemCounts& counts) {
    json.end_array().field("lines", counts.lines).field("without_hit", counts.none).key("lists").begin_array();
    for (const pack::ControlledList& list : ground.items.lists) {
        const auto found = counts.by_list.find(list.id);
        json.begin_object()
            .field("id", list.id)
            .field("lines", found == counts.by_list.end() ? std::int64_t{0} : found->second)
            .field("known_through", list.known.known_through == no_day ? "" : iso(list.known.known_through))
            .field("against", list.known.against)
            .end_object();
    }
    json.end_array().field("note", what_it_is).end_object();
}

Result<void> check_lists(const pack::ControlledItems& items, const std::vector<std::string>& asked) {
    for (const std::string& one : asked) {
        if (items.list(one)) continue;
        std::vector<std::string> ids;
        for (const auto& list : items.lists) ids.push_back(list.id);
        return fail(Fault::Usage, "unknown-list", {}, fmt::format("there is no list '{}'", excerpt(one)),
                    "there are " + join(ids, ", "));
    }
    return {};
}

Result<int> screen_items(const Common& common, const ScreenItemsOptions& options) {
    TRY(check_as_of(options.as_of));
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    TRY(check_lists(packs.items, options.lists));
    std::unique_ptr<store::Store> store;
    if (!options.db.empty()) {
        Common of_store = common;
        of_store.db = options.db;
        store = TRY(when_free(of_store, [&] { return app::open_for_reading(options.db, packs); }));
    }
    const Day as_of = store         ? TRY(moment_of(*store, packs, options.as_of, options.db)).as_of
        : options.as_of == "newest" ? today()
                                    : TRY(day_asked(options.as_of));
    const auto index = TRY(engine::item_index(packs.items));
    const screen::ItemGround ground{packs.items, packs.places, index, TRY(app::item_parties(store.get(), packs, as_of)),
                                    as_of,       options.lists};
    const bool writes_table = !common.json || !options.out.empty();
    using enum store::ColumnType;
    std::optional<ResultTable> table;
    if (writes_table)
        table.emplace(TRY(ResultTable::open(options.out,
                                            {{"line", Integer},
                                             {"item", Text},
                                             {"instrument", Text},
                                             {"strength", Text},
                                             {"reason", Text},
                                             {"origin_party", Text},
                                             {"destination_party", Text},
                                             {"schedule", Text},
                                             {"title", Text},
                                             {"told", Text}})));
    JsonWriter json(2);
    json.begin_object().field("file", options.file).field("as_of", iso(as_of)).key("rows").begin_array();
    ItemCounts counts;
    Progress progress("screened", 0, "lines");
    ColumnsTaken taken;
    const table::OnHeader on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        taken = TRY(columns_taken(header, options.file, options.columns));
        return taken.wanted;
    };
    const table::OnRow on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        const auto rows = screen::screen_shipment(ground, taken.line_of(cells, line));
        counts.add(rows);
        for (const screen::ItemRow& row : rows) {
            if (table) add_item_row(*table, row);
            if (common.json) write_row(json, row);
        }
        progress.at(counts.lines);
        return {};
    };
    TRY(table::visit_rows(options.file, on_header, on_row));
    if (table) TRY(table->close());
    write_end(json, ground, counts);
    if (common.json) fmt::print("{}\n", json.text());
    else fmt::print(options.out.empty() ? stderr : stdout, "{}", summary(options, ground, counts));
    return exit_clean;
}

}  // namespace

Command screen_items_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ScreenItemsOptions>();
    auto& columns = options->columns;
    return {
        .name = "screen-items",
        .summary = "Which lines of shipments may be of controlled items, why, and who takes part at both ends",
        .options =
            {option("FILE", &options->file, "lines of shipments: CSV, Parquet, a workbook, JSON or XML records")
                 .required(),
             option("--text-column", &columns.text, "what the goods are called; by its name if not given").as("COLUMN"),
             option("--cas-column", &columns.cas, "registry numbers").as("COLUMN"),
             option("--hs-column", &columns.hs, "customs headings").as("COLUMN"),
             option("--quantity-column", &columns.quantity, "how much; told beside a threshold").as("COLUMN"),
             option("--origin-column", &columns.origin, "where it comes from: a code of ISO 3166 or a name")
                 .as("COLUMN"),
             option("--destination-column", &columns.destination, "where it goes").as("COLUMN"),
             option("--list", &options->lists, "only these lists; all if not given").as("LIST"),
             as_of_option(&options->as_of, "the day of which who takes part is told"),
             option("--db", &options->db, "a store with tables of participants, beside the packs' own facts")
                 .as("FILE"),
             option("--out", &options->out, "write the rows here instead of the standard output").as("FILE").written(),
             wait_option(*common), json_option(*common), packs_option(*common), add_option(*common),
             framework_option(*common)},
        .more =
            "One row a hit and at least one a line: listed item, possible, category only, none. It tells what to "
            "look at; it decides nothing.\n",
        .examples = {"icosa screen-items docs/examples/shipments.csv",
                     "icosa screen-items docs/examples/shipments.csv --list cwc-schedules --json",
                     "icosa screen-items docs/examples/shipments.csv --as-of 2024-01-01 --out hits.csv"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return screen_items(*common, *options); },
    };
}

}  // namespace icosa::cli
