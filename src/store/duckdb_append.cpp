/// One file, one transaction. The rows stream through the planner: read, known ones left out, compressed, written;
/// nothing waits in memory.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/code_key.hpp"
#include "store/columns.hpp"
#include "store/draft.hpp"
#include "store/phrases.hpp"

namespace icosa::store {

using namespace model;

namespace {

/// After so many rows the file is checkpointed at once, so that the next opening has no log to replay.
constexpr std::int64_t checkpoint_rows = 100'000;

/// A file below this size may be read as a whole before its first row is stored.
constexpr std::int64_t small_file_bytes = 8'000'000;

/// So few rows may be gone in a newer edition, whatever share they are.
constexpr std::int64_t lost_always_allowed = 10;

/// Outside text fit for a column: well-formed, without NUL.
std::string storable(std::string_view text) {
    std::string out = first_invalid_utf8(text) ? latin1_to_utf8(text) : std::string(text);
    std::erase(out, '\0');
    return out;
}

std::string joined(const std::vector<std::string>& texts) { return join(texts, "\x1f"); }

}  // namespace

Result<Receipt> DuckdbStore::append(const Incoming& file, const Pull& pull, const Close& close, int threads) {
    if (access_ == Access::ReadOnly)
        return fail(Fault::Store, "store-not-writable", {connection_.path()}, "the store is open for reading only");
    visible_.clear();
    code_book_is_open_ = one_place_is_open_ = false;
    TRY(connection_.run("BEGIN"));
    Draft draft(file, pull, close, threads);
    auto receipt = append_within(draft);
    if (!receipt || draft.same_as != 0) {
        (void)connection_.run("ROLLBACK");
        return receipt;
    }
    if (auto committed = connection_.run("COMMIT"); !committed) {
        (void)connection_.run("ROLLBACK");
        return std::unexpected(std::move(committed).error());
    }
    if (draft.ahead) draft.for_each_identity([&](std::uint64_t identity) { known_.add(identity); });
    // The rows are safe in the log or in the file already: a checkpoint that fails now loses nothing and is made up for
    // later.
    if (draft.records >= checkpoint_rows) (void)connection_.run("CHECKPOINT");
    return receipt;
}

Result<Receipt> DuckdbStore::append_within(Draft& draft) {
    draft.id = static_cast<std::int32_t>(TRY(connection_.count("SELECT coalesce(max(id), 0) + 1 FROM file")));
    draft.has_earlier = draft.file.has_identity
        && TRY(connection_.count("SELECT count(*) FROM file WHERE source = ? AND records > 0",
                                 {std::string_view(draft.file.source)}))
            > 0;
    TRY(look_ahead(draft));
    TRY(insert_records(draft));
    draft.out = TRY(draft.close());
    draft.same_as = static_cast<std::int32_t>(
        TRY(connection_.count("SELECT coalesce(min(id), 0) FROM file WHERE digest = ? AND source = ?",
                              {std::string_view(draft.out.digest), std::string_view(draft.file.source)})));
    if (draft.same_as == 0) {
        TRY(refuse_second_count(draft));
        if (draft.file.has_identity) {
            TRY(drop_repeats(draft));
            TRY(note_revisions(draft));
        } else {
            TRY(compare_rows(draft));
        }
    }
    if (draft.same_as != 0)
        return Receipt{.file = draft.same_as, .rows = draft.out.rows, .known = draft.out.rows, .like = draft.like};

    if (draft.records != draft.seen.records) {
        const std::int64_t left = TRY(connection_.count(
            fmt::format("SELECT count(DISTINCT line) FROM {} WHERE file = {}", draft.table(), draft.id)));
        draft.known = draft.seen.rows - left;
    }
    const std::int64_t stored = draft.seen.rows - draft.known;
    if (draft.out.rows != stored + draft.out.rejected + draft.known)
        return fail(Fault::Data, "counts-not-conserved", {draft.file.path},
                    fmt::format("{} rows were read, but {} stored + {} rejected + {} known are {}", draft.out.rows,
                                stored, draft.out.rejected, draft.known, stored + draft.out.rejected + draft.known),
                    "nothing of the file was stored; please report this file's card");
    TRY(write_file(draft));
    TRY(write_details(draft));
    TRY(note_superseded(draft));
    draft.superseded = TRY(connection_.count(
        "SELECT count(DISTINCT (s.file, s.line)) FROM superseded s WHERE s.by_file = ? AND NOT EXISTS (SELECT 1 FROM "
        "superseded o WHERE o.file = "
        "s.file AND o.line = s.line AND o.by_file <> s.by_file)",
        {std::int64_t{draft.id}}));
    TRY(check_lost(draft));
    TRY(write_terms());
    if (locator_) {
        TRY(write_located(draft.id, draft.seen.located));
        TRY(write_terms());
        TRY(doubt_file(draft));
    } else if (draft.file.records == RecordKind::Event) {
        TRY(connection_.run("UPDATE meta SET value = '' WHERE key = 'packs_digest' AND value <> ''"));
    }
    return Receipt{.file = draft.id,
                   .rows = draft.out.rows,
                   .stored = stored,
                   .rejected = draft.out.rejected,
                   .known = draft.known,
                   .records = draft.records,
                   .revised = draft.revised,
                   .superseded = draft.superseded,
                   .by_order = draft.by_order};
}

/// Where most of what earlier files have is gone in a newer one, it is rather an extract or cut off.
Result<void> DuckdbStore::check_lost(const Draft& draft) {
    const std::int64_t own = draft.seen.rows;
    // A row that is told apart and is still there is not superseded; of the others as many are as the file has itself.
    const std::int64_t lost = draft.superseded - (draft.file.has_identity ? 0 : own);
    const double share = static_cast<double>(lost) / static_cast<double>(std::max<std::int64_t>(1, lost + own));
    if (lost <= lost_always_allowed || share <= draft.file.most_lost_share) return {};
    return fail(Fault::Data, "lost-rows", {draft.file.path},
                fmt::format("the file has {} rows, and {} of the {} that earlier files of '{}' have of its days would "
                            "count no longer",
                            own, lost, lost + own, draft.file.source),
                "nothing of it is stored; check that it is whole; if it is, say --edition replace, or [assert] "
                "lost_share in the card");
}

/// Reads a small file as a whole, if small files of its source come one after another; where none of its identities is
/// known, none is looked up.
Result<void> DuckdbStore::look_ahead(Draft& draft) {
    if (!draft.file.has_identity || draft.file.bytes >= small_file_bytes) {
        known_.forget();
        return {};
    }
    if (!TRY(known_.ready_for(connection_, draft.file.records, draft.file.source))) return {};
    draft.ahead = true;
    for (Batch batch; TRY(draft.pull(batch)); batch = {}) draft.held.push_back(std::move(batch));
    draft.pull = [&draft](Batch& out) -> Result<bool> {
        const std::size_t index = draft.given++;
        if (index >= draft.held.size()) return false;
        out = draft.held[index];
        return true;
    };
    bool any = false;
    draft.for_each_identity([&](std::uint64_t identity) { any = any || known_.may_have(identity); });
    draft.has_earlier = any;
    return {};
}

/// Identity and content of the rows that earlier files of the source have: those that count, whatever was taken back or
/// left out by a newer edition is news again.
Result<std::string> DuckdbStore::rows_known(const Draft& draft) {
    const std::string source = duck::quoted(draft.file.source);
    std::string earlier = fmt::format("FROM {} e JOIN file f ON f.id = e.file", draft.table());
    if (TRY(connection_.count("SELECT count(*) FROM (SELECT 1 FROM superseded LIMIT 1)")) > 0)
        earlier += " ANTI JOIN superseded s ON s.file = e.file AND s.line = e.line";
    std::string of = "f.source = " + source;
    if (const auto withdrawn = TRY(withdrawn_by(last_possible_day)); !withdrawn.empty())
        of += " AND e.file NOT IN " + number_list(withdrawn);
    // Of an identity with several contents only the newest edition counts as known: what went back to an older content
    // is news again.
    if (TRY(connection_.count("SELECT count(*) FROM revision WHERE source = " + source)) == 0)
        return fmt::format("SELECT e.identity, e.content {} WHERE {}", earlier, of);
    const std::string same = "v.source = f.source AND v.identity = e.identity";
    return fmt::format(
        "SELECT e.identity, e.content {0} ANTI JOIN revision v ON {1} WHERE {2} UNION ALL "
        "SELECT identity, content FROM (SELECT e.identity, e.content, rank() OVER (PARTITION BY e.identity "
        "ORDER BY f.vintage_day DESC NULLS LAST, f.edition_rank DESC NULLS LAST, f.id DESC, e.line DESC) AS edition "
        "{0} SEMI JOIN revision v ON {1} WHERE {2}) WHERE edition = 1",
        earlier, same, of);
}

/// Streams the pulled rows into their table; those whose identity and content an earlier file of the source has stay
/// out.
Result<void> DuckdbStore::insert_records(Draft& draft) {
    std::string columns;
    with_record(draft.file.records, [&](const auto* tag) {
        for (const auto& column : columns_of(tag)) {
            const bool is_unused = std::string_view(column.name) == "identity" && !draft.file.has_identity;
            columns += is_unused ? ", NULL" : fmt::format(", p.{}", column.name);
        }
    });
    std::string sql = fmt::format("INSERT INTO {} SELECT {}::INTEGER{} FROM {}() p", draft.table(), draft.id, columns,
                                  Intake::function_of(draft.file.records));
    if (draft.has_earlier) {
        const std::string known = TRY(rows_known(draft));
        sql += fmt::format(" ANTI JOIN ({}) k ON k.identity = p.identity AND k.content = p.content", known);
    }
    intake_.start({&draft.pull, draft.file.records, draft.file.source, draft.file.bytes, draft.file.has_identity,
                   draft.file.may_be_complete || draft.has_earlier, locator_ ? &*locator_ : nullptr, draft.threads});
    auto inserted = connection_.query(sql);
    draft.seen = intake_.finish();
    if (draft.seen.error) return std::unexpected(*draft.seen.error);
    if (!inserted) return std::unexpected(std::move(inserted).error());
    draft.records = inserted->changed();
    return {};
}

/// The rows of an exchange file have no identity of the source's: beside another file of the same days each would count
/// once more.
Result<void> DuckdbStore::refuse_second_count(const Draft& draft) {
    if (draft.records == 0) return {};
    const bool is_exchange = draft.card() != draft.file.source;
    const auto withdrawn = TRY(withdrawn_by(last_possible_day));
    const std::string counted = withdrawn.empty() ? "" : "AND id NOT IN " + number_list(withdrawn) + " ";
    auto others = TRY(connection_.query(
        "SELECT path, card <> source FROM file WHERE source = ? AND records_kind = ? AND records > 0 "
        "AND (? OR card <> source) "
            + counted + "AND coalesce(first_day <= ?, true) AND coalesce(last_day >= ?, true) ORDER BY id LIMIT 1",
        {std::string_view(draft.file.source), record_kind_names[static_cast<int>(draft.file.records)], is_exchange,
         draft.seen.last_day, draft.seen.first_day}));
    if (!others.next()) return {};
    const char* other = others.integer(1) != 0 ? "exchange file" : "publisher's file";
    return fail(
        Fault::Data, "counted-twice", {draft.file.path},
        fmt::format("this {} has records of '{}' of days that the {} '{}' in the store has, and each would count twice",
                    is_exchange ? "exchange file" : "publisher's file", draft.file.source, other, others.text(0)),
        "nothing of it is stored; keep one of the two: read this one into another store with --db");
}

/// Of equal rows within the file (identity and content) the lowest line stays.
Result<void> DuckdbStore::drop_repeats(Draft& draft) {
    if (draft.seen.repeats_known && draft.seen.repeated.empty()) return {};
    TRY(connection_.run("DELETE FROM repeated"));
    if (draft.seen.repeats_known) {
        auto appender = TRY(duck::Appender::open(connection_, "repeated"));
        for (const auto identity : draft.seen.repeated) appender.add(identity).end_row();
        TRY(appender.close());
    } else {
        TRY(
            connection_.run(fmt::format("INSERT INTO repeated SELECT identity FROM {} WHERE file = {} GROUP BY "
                                        "identity HAVING min(line) < max(line)",
                                        draft.table(), draft.id)));
    }
    const std::string lines = fmt::format(
        "SELECT DISTINCT identity, content, line FROM {} WHERE file = {} AND identity IN (SELECT identity FROM "
        "repeated)",
        draft.table(), draft.id);
    auto dropped = TRY(connection_.query(
        fmt::format("DELETE FROM {} WHERE file = {} AND line IN (SELECT line FROM (SELECT line, row_number() OVER "
                    "(PARTITION BY identity, content ORDER BY line) AS n FROM ({})) WHERE n > 1)",
                    draft.table(), draft.id, lines)));
    draft.records -= dropped.next() ? dropped.integer(0) : 0;
    return {};
}

/// Identities that an earlier file of the source, or an earlier line of this one, has with another content.
Result<void> DuckdbStore::note_revisions(Draft& draft) {
    const bool has_repeats = !draft.seen.repeats_known || !draft.seen.repeated.empty();
    if (draft.records == 0 || (!draft.has_earlier && !has_repeats)) return {};
    const std::string source = duck::quoted(draft.file.source);
    std::string changed;
    if (draft.has_earlier)
        // The limit takes no row away; it tells the planner how many there are, so that it looks up the fewer among the
        // more.
        changed = fmt::format(
            "SELECT DISTINCT n.identity, n.line FROM (SELECT identity, line FROM {0} WHERE file = {2} LIMIT {3}) n "
            "SEMI JOIN (SELECT e.identity FROM {0} e JOIN file f ON f.id = e.file WHERE f.source = {1}) k ON "
            "k.identity = n.identity",
            draft.table(), source, draft.id, draft.records);
    if (draft.has_earlier && has_repeats) changed += " UNION ";
    if (has_repeats)
        changed += fmt::format(
            "SELECT identity, line FROM (SELECT DISTINCT identity, line FROM {} WHERE file = {} AND identity IN "
            "(SELECT identity FROM repeated)) "
            "QUALIFY row_number() OVER (PARTITION BY identity ORDER BY line) > 1",
            draft.table(), draft.id);
    draft.revised = TRY(connection_.count(fmt::format("SELECT count(*) FROM ({})", changed)));
    if (draft.revised == 0) return {};
    return connection_.run(
        fmt::format("INSERT INTO revision SELECT {0}, identity FROM ({1}) EXCEPT SELECT source, identity FROM revision",
                    source, changed));
}

Result<void> DuckdbStore::write_file(Draft& draft) {
    const auto& [file, out] = std::tie(draft.file, draft.out);
    auto appender = TRY(duck::Appender::open(connection_, "file"));
    appender.add(draft.id)
        .add(storable(file.path))
        .add(file.source)
        .add(draft.card())
        .add(record_kind_names[static_cast<int>(file.records)])
        .add(out.digest)
        .add(file.bytes);
    appender.add(out.rows)
        .add(draft.seen.rows - draft.known)
        .add(out.rejected)
        .add(draft.known)
        .add(draft.records)
        .add(draft.revised);
    appender.add(out.vintage_day).add(file.edition);
    if (file.edition_rank == no_edition) appender.add_null();
    else appender.add(file.edition_rank);
    appender.add(draft.seen.first_day).add(draft.seen.last_day).add(draft.seen.newest_known_day).end_row();
    TRY(appender.close());
    for (const auto& one : out.coverage) {
        const std::string places = joined(one.places), kinds = joined(one.kinds);
        (void)TRY(
            connection_.query("INSERT INTO coverage SELECT ?::INTEGER, ?, ?, ?, list_filter(string_split(?, chr(31)), "
                              "lambda x: x <> ''), list_filter(string_split(?, chr(31)), lambda x: x <> '')",
                              {std::int64_t{draft.id}, one.complete, one.first_day, one.last_day,
                               std::string_view(places), std::string_view(kinds)}));
    }
    if (out.rejects.empty()) return {};
    auto rejects = TRY(duck::Appender::open(connection_, "reject"));
    for (const auto& one : out.rejects)
        rejects.add(draft.id)
            .add(one.line)
            .add(one.column)
            .add(storable(one.field))
            .add(storable(one.text))
            .add(storable(one.problem))
            .add(storable(one.cure))
            .end_row();
    return rejects.close();
}

/// Of the rows that are in the table; what an earlier file said word for word stands there.
Result<void> DuckdbStore::write_details(const Draft& draft) {
    if (draft.seen.details.empty() || draft.records == 0) return {};
    auto rows = TRY(connection_.query(
        fmt::format("SELECT DISTINCT line FROM {} WHERE file = {} ORDER BY line", draft.table(), draft.id)));
    auto appender = TRY(duck::Appender::open(connection_, "detail_row"));
    auto detail = draft.seen.details.begin();
    while (rows.next()) {
        const auto line = static_cast<std::int32_t>(rows.integer(0));
        while (detail != draft.seen.details.end() && detail->line < line) ++detail;
        for (; detail != draft.seen.details.end() && detail->line == line; ++detail)
            appender.add(draft.id)
                .add(detail->line)
                .add(model::name_of(detail->field))
                .add(detail->number)
                .add(std::int32_t{detail->part})
                .add(storable(detail->text))
                .end_row();
    }
    return appender.close();
}

/// Terms that the file does not have yet. A file that was refused may have left some behind in memory; they go with the
/// next.
Result<void> DuckdbStore::write_terms() {
    const TermId size = terms_.size();
    auto first = static_cast<TermId>(TRY(connection_.count("SELECT coalesce(max(id), 0) + 1 FROM term")));
    if (first > size) return {};
    auto appender = TRY(duck::Appender::open(connection_, "term", catalog()));
    for (; first <= size; ++first) {
        const Term& term = terms_.at(first);
        appender.add(first)
            .add(term.system)
            .add(storable(term.text))
            .add(model::code_key(term.system, storable(term.text)))
            .end_row();
    }
    return appender.close();
}

Result<void> DuckdbStore::write_located(std::int32_t file, const std::vector<Located>& located) {
    if (located.empty()) return {};
    auto appender = TRY(duck::Appender::open(connection_, "event_cell", catalog()));
    for (const auto& one : located)
        appender.add(file).add(one.line).add(one.cell).add(terms_.id_of("place", one.place)).end_row();
    return appender.close();
}

}  // namespace icosa::store
