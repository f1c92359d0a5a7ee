/// icosa ingest: joins reader and store; one transaction a file, and a failed file does not undo the others.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "app/place_names.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/archived_files.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/fetched_folder.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/today.hpp"
#include "cli/when_free.hpp"
#include "harmonise/evidence.hpp"
#include "ingest/beside.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/day_forms.hpp"
#include "ingest/edition.hpp"
#include "ingest/file.hpp"
#include "ingest/recognise.hpp"
#include "store/store.hpp"

namespace icosa::cli {
namespace {

struct IngestOptions {
    std::vector<std::string> paths;
    std::string source;      ///< forces a card
    bool recursive = false;
    std::string covers;      ///< "FIRST..LAST", "none", "FIRST..LAST@place,place": overrides the card's coverage
    Day vintage = no_day;
    std::string edition;     ///< "replace", "add"; "" = as the card says
    std::string of;          ///< the file that a replacing one stands for
    std::string date_form;   ///< dmy, mdy or ymd: how the files write their days
};

namespace fs = std::filesystem;

/// "2016-01-01..2019-12-31@syr,irq" or "none".
Result<std::optional<model::Coverage>> parse_covers(const std::string& text) {
    if (text.empty()) return std::optional<model::Coverage>{};
    model::Coverage out;
    if (text == "none") return out;
    const std::string days = text.substr(0, text.find('@'));
    const auto dots = days.find("..");
    const auto first = dots == std::string::npos ? std::nullopt : parse_iso_day(days.substr(0, dots));
    const auto last = dots == std::string::npos ? std::nullopt : parse_iso_day(days.substr(dots + 2));
    if (!first || !last || *last < *first)
        return fail(Fault::Usage, "bad-covers", {},
                    fmt::format("--covers '{}' is not FIRST..LAST[@place,place] or none", text),
                    "write it as 2016-01-01..2019-12-31@syr");
    out = {true, *first, *last, {}, {}};
    if (const auto at = text.find('@'); at != std::string::npos) {
        for (const auto place : split(std::string_view(text).substr(at + 1), ',')) out.places.emplace_back(place);
    }
    return out;
}

/// Do the packs have the places that are said to be covered?
Result<void> check_covered(const model::Coverage& covers, const pack::PlaceBook& places) {
    std::vector<std::string> ids;
    for (const auto& place : places.places()) ids.push_back(place.id);
    for (const auto& set : places.sets()) ids.push_back(set.id);
    for (const std::string& place : covers.places) {
        if (place.find(':') != std::string::npos || places.find_place(place) || places.find_set(place)) continue;
        const auto near = nearest(place, ids);
        return fail(Fault::Usage, "unknown-place", {},
                    fmt::format("--covers names '{}', which is no place or set of the packs", excerpt(place)),
                    near ? fmt::format("did you mean '{}'?", *near) : "`icosa places NAME` finds its id");
    }
    return {};
}

std::set<std::string> companions_of(const std::vector<pack::SourceCard>& cards) {
    std::set<std::string> out;
    for (const auto& card : cards) {
        if (!card.companion.empty()) out.insert(card.companion);
    }
    return out;
}

/// The files that the paths mean, each as the user would name it. A companion of another file there is read with that
/// one.
Result<std::vector<FetchedFile>> files_of(const IngestOptions& options, const std::set<std::string>& companions) {
    std::vector<FetchedFile> out;
    for (const auto& path : options.paths) {
        std::error_code error;
        if (is_fetched_folder(path)) {
            const auto fetched = TRY(fetched_files(path));
            out.insert(out.end(), fetched.begin(), fetched.end());
            continue;
        }
        if (!fs::is_directory(path, error) || !options.recursive) {
            out.push_back({path, {}, no_day});
            continue;
        }
        std::vector<std::string> inside;
        for (fs::recursive_directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
            if (it->is_regular_file() && !it->path().filename().string().starts_with('.')
                && !companions.contains(it->path().filename().string()))
                inside.push_back(it->path().string());
        }
        if (error) return fail(Fault::Data, "unreadable-folder", {path}, error.message(), "check its permissions");
        if (inside.empty())
            return fail(Fault::Data, "empty-directory", {path}, "there is no file under this directory",
                        "check the path; names that begin with a dot are passed over");
        std::sort(inside.begin(), inside.end());
        for (const auto& file : inside) out.push_back({file, {}, no_day});
    }
    return out;
}

/// Of files that lie beside each other and are read together the main one stands, once.
void read_with_main(std::vector<FetchedFile>& files, const std::vector<pack::SourceCard>& cards) {
    std::set<std::string> mains;
    for (auto& file : files) {
        const auto main = ingest::main_file_of(file.path, cards);
        if (!main) continue;
        if (*main != file.path) fmt::print(stderr, "{}: read with {}, beside which it lies\n", file.path, *main);
        file.path = *main;
        mains.insert(*main);
    }
    std::set<std::string> seen;
    std::erase_if(files,
                  [&](const FetchedFile& file) { return mains.contains(file.path) && !seen.insert(file.path).second; });
}

struct Report {
    std::string source;
    store::Receipt receipt;
    std::int64_t least_rows = 0;  ///< what the card says a whole file has
    std::vector<std::string> notes = {};  ///< what was decided on the file as a whole
    std::vector<store::PlaceNaming> namings = {};
};

class Ingestion {
public:
    Ingestion(store::Store& store, const app::Packs& packs, const IngestOptions& options,
              std::optional<model::Coverage> covers, int threads)
        : store_(store),
          packs_(packs),
          options_(options),
          covers_(std::move(covers)),
          date_form_(ingest::parse_date_form(options.date_form)),
          threads_(threads) {}

    Result<Report> read(const FetchedFile& file) {
        const std::string& path = file.path;
        const pack::SourceCard* card = TRY(card_of(file));
        ingest::ReadOptions how;
        how.covers = covers_;
        how.vintage = options_.vintage;
        if (how.vintage == no_day && card->vintage_from.empty()) how.vintage = file.retrieved;
        how.today = today_;
        how.date_form = date_form_;
        const std::int64_t bytes = TRY(ingest::size_of(path));
        if (TRY(store_.has_file_of_size(bytes))) {
            how.digest = TRY(ingest::digest_of(path));
            if (const auto known = TRY(store_.file_with(how.digest)); known && known->card == card->id) {
                if (known->withdrawn_day != no_day)
                    return fail(Fault::Data, "taken-back", {path},
                                fmt::format("these bytes were read as '{}' and taken back on {}", known->path,
                                            iso(known->withdrawn_day)),
                                fmt::format("bring them back with: icosa forget {} --undo", known->path));
                return Report{known->source,
                              {.file = known->id, .rows = known->rows, .known = known->rows, .like = {}}};
            }
        }
        const auto reader = TRY(ingest::FileReader::open(path, *card, store_.terms(), how));
        Progress progress(path, reader->bytes() / 1'000'000, "MB");
        const store::Incoming incoming = incoming_of(path, *card, *reader, TRY(replaced_by(file, *card)));
        const auto pull = [&](model::Batch& out) { return reader->next(out); };
        const auto close = [&]() -> Result<store::Outgoing> {
            ingest::Closing closing = TRY(reader->close());
            store::Outgoing out;
            out.digest = std::move(closing.digest);
            out.rows = closing.rows;
            out.rejected = closing.rejected;
            out.rejects = std::move(closing.rejects);
            out.coverage = std::move(closing.coverage);
            out.vintage_day = closing.vintage_day;
            return out;
        };
        std::mutex drawing;
        const auto watched = [&](model::Batch& out) -> Result<bool> {
            auto more = pull(out);
            if (drawing.try_lock()) {
                progress.at(reader->bytes_read() / 1'000'000);
                drawing.unlock();
            }
            return more;
        };
        Report report{reader->source(), TRY(store_.append(incoming, watched, close, threads_)), card->assert_rows_min,
                      reader->notes()};
        if (report.receipt.stored > 0) report.namings = TRY(store_.odd_namings(report.source, report.receipt.file));
        return report;
    }

private:
    /// The card that is forced, or that of the source which a fetched file came from, or the one that fits.
    Result<const pack::SourceCard*> card_of(const FetchedFile& file) const {
        if (!options_.source.empty()) return ingest::layout_of(file.path, *packs_.find_card(options_.source));
        if (const auto* card = packs_.find_card(file.source)) {
            if (auto layout = ingest::layout_of(file.path, *card)) return layout;
        }
        return ingest::recognise(file.path, packs_.cards);
    }
    /// The file that this one stands for: said by the user; or, where the source has no column that tells rows apart
    /// and the card does not say what a newer file is, the edition before that was fetched from the same address.
    Result<std::string> replaced_by(const FetchedFile& file, const pack::SourceCard& card) const {
        const bool is_said = !options_.edition.empty() || !card.editions.empty() || !card.identity.empty();
        if (is_said || file.older.empty()) return options_.of;
        std::vector<std::string> same_archive;  // where the entry has another name in it
        const std::string older_archive = file.archive.empty()
            ? ""
            : file.older.substr(0, file.older.size() - file.path.size() + file.archive.size());
        for (const auto& stored : TRY(store_.files())) {
            if (stored.withdrawn_day != no_day) continue;
            if (stored.path == file.older) return file.older;
            if (!older_archive.empty() && stored.path.starts_with(older_archive + "/"))
                same_archive.push_back(stored.path);
        }
        return same_archive.size() == 1 ? same_archive[0] : std::string();
    }
    store::Incoming incoming_of(const std::string& path, const pack::SourceCard& card, const ingest::FileReader& reader,
                                const std::string& replaced) const {
        const auto edition = ingest::edition_of(card, path);
        const std::string& said = options_.edition.empty() ? card.editions : options_.edition;
        const std::string editions = replaced.empty() ? said : "replace";
        return {.path = path,
                .source = reader.source(),
                .bytes = reader.bytes(),
                .records = card.record,
                .has_identity = !card.identity.empty(),
                .card = card.id,
                .edition = edition.label,
                .edition_rank = edition.rank,
                .editions = editions == "replace" ? store::Editions::Replace
                    : editions == "add"           ? store::Editions::Add
                                                  : store::Editions::Unsaid,
                .replaces = replaced,
                .may_be_complete = covers_ ? covers_->complete : card.coverage.complete,
                .most_lost_share = options_.edition == "replace" || covers_ ? 1 : card.assert_lost_share};
    }

    store::Store& store_;
    const app::Packs& packs_;
    const IngestOptions& options_;
    std::optional<model::Coverage> covers_;
    std::optional<pack::Parse> date_form_;
    Day today_ = today();
    int threads_;
};

/// What the file did to earlier ones of its source.
std::string revision_words(const store::Receipt& r) {
    if (!r.like.empty()) return fmt::format(" (the same rows as {})", r.like);
    std::vector<std::string> words;
    if (r.revised > 0)
        words.push_back(
            fmt::format("{} revise earlier rows{}", r.revised, r.by_order ? ", newer by the order of ingest" : ""));
    if (r.superseded > 0)
        words.push_back(fmt::format("{} rows of earlier files no longer count beside it", r.superseded));
    return words.empty() ? "" : fmt::format(" ({})", join(words, "; "));
}

void print_report(const std::string& path, const Report& report, double seconds, bool as_json) {
    const auto& r = report.receipt;
    if (as_json) {
        JsonWriter json;
        json.begin_object()
            .field("file", path)
            .field("source", report.source)
            .field("rows", r.rows)
            .field("stored", r.stored)
            .field("rejected", r.rejected)
            .field("known", r.known)
            .field("seconds", std::round(seconds * 1000) / 1000);
        json.field("revised", r.revised).field("superseded", r.superseded);
        const auto unplaced = app::unplaced_of(report.namings);
        json.field("unplaced", unplaced.rows).field("set_aside", unplaced.summed);
        if (!r.like.empty()) json.field("same_rows_as", r.like);
        if (!report.notes.empty()) json.field("notes", join(report.notes, "; "));
        json.end_object();
        fmt::print("{}\n", json.text());
    } else {
        fmt::print("{}: {}, {} rows: {} stored, {} rejected, {} known already{}{}\n", path, report.source, r.rows,
                   r.stored, r.rejected, r.known, revision_words(r),
                   report.notes.empty() ? "" : "; " + join(report.notes, "; "));
    }
    std::fflush(stdout);
}

/// Files one after the other; one that fails does not undo the others.
class Intake {
public:
    Intake(Ingestion& ingestion, const app::Packs& packs, bool as_json)
        : ingestion_(ingestion), packs_(packs), companions_(companions_of(packs.cards)), as_json_(as_json) {}

    /// False where the store failed: the next file would meet the same.
    bool take(const FetchedFile& file) {
        const auto entries = archived_files(file, packs_.find_card(file.source), companions_);
        if (!entries && !file.newer.empty()) {
            fmt::print(stderr, "{}: note: passed over, a newer edition came: {}\n", file.path, entries.error().what);
            return true;
        }
        if (!entries) return note(entries.error());
        std::vector<Error> passed_over;
        const auto read_before = read_, failed_before = failed_;
        for (const FetchedFile& entry : *entries) {
            const auto start = std::chrono::steady_clock::now();
            const auto report = ingestion_.read(entry);
            const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            if (report) {
                tell(entry.path, *report, seconds);
            } else if (!entry.newer.empty() && report.error().fault != Fault::Store) {
                fmt::print(stderr, "{}: note: passed over, a newer edition came: {}\n", entry.path,
                           report.error().what);
            } else if (!entry.archive.empty() && is_beside_the_data(report.error())) {
                passed_over.push_back(report.error());
            } else if (!note(report.error())) {
                return false;
            }
        }
        const bool nothing_came = read_ == read_before && failed_ == failed_before;
        for (const Error& error : passed_over) {
            if (nothing_came) note(error);
            else fmt::print(stderr, "{}: note: passed over: {}\n", error.where.file, error.what);
        }
        return true;
    }

    [[nodiscard]] int exit_code() const { return code_; }
    void tell_left_out() const {
        if (failed_ > 0 && failed_ + read_ > 1)
            fmt::print(stderr, "{} of {} files were left out{}\n", failed_, failed_ + read_,
                       read_ == 0 ? "" : "; the others are stored");
    }

private:
    void tell(const std::string& path, const Report& report, double seconds) {
        ++read_;
        print_report(path, report, seconds, as_json_);
        for (const auto& told : app::told_of(report.namings, packs_.places))
            fmt::print(stderr, "{}: note: {}\n", path, told);
        if (const auto rows = report.receipt.rows; rows < report.least_rows) {
            fmt::print(stderr,
                       "{}: warning[few-rows]: the file has {} row(s), a whole file of source '{}' has at least {} "
                       "(check that it is not an extract or cut off)\n",
                       path, rows, report.source, report.least_rows);
        }
    }
    bool note(const Error& error) {
        fmt::print(stderr, "{}\n", render(error));
        code_ = error.fault == Fault::Store ? exit_store : exit_data;
        ++failed_;
        return error.fault != Fault::Store;
    }

    Ingestion& ingestion_;
    const app::Packs& packs_;
    std::set<std::string> companions_;
    bool as_json_;
    int code_ = exit_clean;
    std::int64_t read_ = 0, failed_ = 0;
};

Result<void> check_options(const IngestOptions& options, const app::Packs& packs) {
    if (!options.source.empty() && !packs.find_card(options.source)) {
        std::vector<std::string> ids;
        for (const auto& card : packs.cards) ids.push_back(card.id);
        const auto near = nearest(options.source, ids);
        return fail(Fault::Usage, "unknown-source", {}, fmt::format("no source card '{}'", options.source),
                    near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(ids, ", ")));
    }
    if (!options.date_form.empty() && !ingest::parse_date_form(options.date_form))
        return fail(Fault::Usage, "bad-date-form", {},
                    fmt::format("--date-form '{}' is none of dmy, mdy, ymd", options.date_form),
                    "dmy is 31/12/2020, mdy 12/31/2020, ymd 2020-12-31");
    if (!options.of.empty() && options.edition != "replace")
        return fail(Fault::Usage, "bad-usage", {}, "--of names the file that is replaced",
                    "give --edition replace too");
    return {};
}

Result<int> ingest(const Common& common, const IngestOptions& options) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    TRY(check_options(options, packs));
    const auto covers = TRY(parse_covers(options.covers));
    if (covers) TRY(check_covered(*covers, packs.places));
    auto files = TRY(files_of(options, companions_of(packs.cards)));
    if (options.source.empty()) read_with_main(files, packs.cards);
    const auto store =
        TRY(when_free(common, [&] { return store::open_duckdb(common.db, store::Access::ReadWrite, common.threads); }));
    TRY(harmonise::refresh_dimension(*store, packs.books(), packs.digest));
    Ingestion ingestion(*store, packs, options, covers, common.threads);
    Intake intake(ingestion, packs, common.json);
    for (const auto& file : files) {
        if (!intake.take(file)) return exit_store;
    }
    intake.tell_left_out();
    return intake.exit_code();
}

}  // namespace

Command ingest_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<IngestOptions>();
    return {
        .name = "ingest",
        .summary = "Read files into the database: one transaction a file, every row accounted for",
        .options = {option("PATH", &options->paths, "files, folders of `icosa fetch`, or directories with --recursive")
                        .required(),
                    option("--source", &options->source, "force this source card (packs/sources/ID.toml)").as("ID"),
                    option("--recursive", &options->recursive, "read the files under directories"),
                    option("--covers", &options->covers,
                           "what the files cover completely: FIRST..LAST[@place,place], or 'none'; overrides the card")
                        .as("DAYS"),
                    option("--date-form", &options->date_form,
                           "how the files write their days, where the file leaves it open: dmy, mdy or ymd")
                        .as("FORM"),
                    option("--vintage", &options->vintage, "the day of the files' edition"),
                    option("--edition", &options->edition,
                           "what the files are to earlier ones of their source whose rows they hold again: replace "
                           "(they stand for them) or add (only rows that are new count); else as the card says")
                        .one_of({"replace", "add"}),
                    option("--of", &options->of, "with --edition replace: the one file that is replaced").as("FILE"),
                    db_option(*common), wait_option(*common), json_option(*common), packs_option(*common),
                    add_option(*common), framework_option(*common), threads_option(*common)},
        .examples = {"icosa ingest ged251.csv RAW_ASAM.csv --db my.duckdb", "icosa ingest downloads --recursive --json",
                     "icosa ingest syria.csv --source ucdp-ged --covers 2016-01-01..2019-12-31@syr"},
        .exits = {{exit_packs},
                  {exit_data, "a file could not be read or no card fits it; the others are stored"},
                  {exit_store}},
        .run = [=] { return ingest(*common, *options); },
    };
}

}  // namespace icosa::cli
