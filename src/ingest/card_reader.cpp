/// Hands chunks to workers, gathers rejects and coverage, and judges the whole file at the end.
#include "ingest/card_reader.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "ingest/day_forms.hpp"
#include "ingest/plan.hpp"
#include "ingest/preamble.hpp"
#include "ingest/row_worker.hpp"

namespace icosa::ingest {

struct FileReader::State {
    std::string path;
    Preamble preamble;
    const pack::SourceCard* card = nullptr;
    model::TermTable* terms = nullptr;
    ReadOptions options;
    std::int64_t bytes = 0;
    std::string digest_before;  ///< where the rows' identity rests on it
    std::uint64_t identity_seed = 0;
    Plan plan;
    std::unique_ptr<Chunker> chunker;

    std::mutex mutex;
    std::condition_variable chunk_done;
    std::vector<std::unique_ptr<RowWorker>> idle;
    std::set<std::int64_t> under_way;  ///< numbers of the chunks that workers hold
    std::int64_t taken = 0;
    std::optional<Error> error;
    std::int64_t error_chunk = 0;
    std::vector<model::Reject> rejects;

    std::unique_ptr<RowWorker> borrow() {
        const std::lock_guard lock(mutex);
        if (idle.empty()) return std::make_unique<RowWorker>(plan, *terms, identity_seed, options.level);
        auto worker = std::move(idle.back());
        idle.pop_back();
        return worker;
    }

    void give_back(std::unique_ptr<RowWorker> worker) {
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(worker));
    }

    void note(Error found, std::int64_t chunk) {
        if (error && error_chunk <= chunk) return;
        error = std::move(found);
        error_chunk = chunk;
    }

    void keep(std::vector<model::Reject>&& some) {
        std::move(some.begin(), some.end(), std::back_inserter(rejects));
        if (rejects.size() > 2 * reject_limit) trim_rejects();
    }

    void trim_rejects() {
        std::sort(rejects.begin(), rejects.end(), [](const model::Reject& a, const model::Reject& b) {
            return std::tie(a.line, a.column) < std::tie(b.line, b.column);
        });
        if (rejects.size() > reject_limit) rejects.resize(reject_limit);
    }

    static void add(Tally::Doubt& sum, const Tally::Doubt& one) {
        sum.values += one.values;
        sum.outside += one.outside;
        if (one.line == 0 || (sum.line != 0 && sum.line <= one.line)) return;
        sum.line = one.line;
        sum.column = one.column;
        sum.text = one.text;
    }

    [[nodiscard]] Tally total() const {
        Tally sum;
        for (const auto& worker : idle) {
            const Tally& one = worker->tally;
            sum.rows += one.rows;
            sum.rejected += one.rejected;
            sum.records += one.records;
            if (one.first_day != no_day && (sum.first_day == no_day || one.first_day < sum.first_day))
                sum.first_day = one.first_day;
            if (one.last_day != no_day && (sum.last_day == no_day || one.last_day > sum.last_day))
                sum.last_day = one.last_day;
            sum.places.insert(one.places.begin(), one.places.end());
            sum.doubts.resize(plan.measures.size());
            for (std::size_t i = 0; i < one.doubts.size(); ++i) add(sum.doubts[i], one.doubts[i]);
        }
        return sum;
    }

    [[nodiscard]] Result<void> judge(const Tally& sum) const {
        const double allowed = card->assert_rejects_share * static_cast<double>(sum.rows);
        const bool many = sum.rejected > rejects_always_allowed || sum.rejected * 2 > sum.rows;
        if (many && static_cast<double>(sum.rejected) > allowed) {
            const model::Reject& first = rejects.front();
            const std::string text = first.column > 0
                ? fmt::format("'{}' in column '{}' {}", first.text, first.field, first.problem)
                : first.problem;
            return fail(
                Fault::Data, "too-many-rejects", {path, first.line, first.column},
                fmt::format("{} of {} rows cannot be read as source '{}', which allows {} %; the first: {}",
                            sum.rejected, sum.rows, card->id, number_text(card->assert_rejects_share * 100, 3), text),
                "nothing of the file is stored; look at this line, or name another card with --source ID");
        }
        if (card->assert_rows_max > 0 && sum.rows > card->assert_rows_max) {
            return fail(Fault::Data, "too-many-rows", {path},
                        fmt::format("the file has {} rows, source '{}' has at most {}", sum.rows, card->id,
                                    card->assert_rows_max),
                        "nothing of the file is stored; name another card with --source ID, or raise [assert] rows in "
                        "this one");
        }
        return {};
    }

    /// More than half of a measure's values beyond what its unit can be: the file holds something else.
    [[nodiscard]] Result<void> judge_values(const Tally& sum) const {
        for (std::size_t i = 0; i < sum.doubts.size(); ++i) {
            const Tally::Doubt& doubt = sum.doubts[i];
            if (doubt.outside * 2 <= doubt.values) continue;
            const pack::MeasureMap& measure = card->measures[i];
            return fail(Fault::Data, "implausible-values", {path, static_cast<int>(doubt.line), doubt.column + 1},
                        fmt::format("{} of {} values of '{}' lie outside {} to {}, the range of {} in {}: here is '{}'",
                                    doubt.outside, doubt.values, measure.id, number_text(measure.plausible_low),
                                    number_text(measure.plausible_high), measure.title, measure.unit, doubt.text),
                        fmt::format("nothing of the file is stored; name another card than '{}' with --source ID, or, "
                                    "if the figures are right, mend 'plausible' of measure '{}' in it",
                                    card->id, measure.id));
        }
        return {};
    }

    [[nodiscard]] model::Coverage coverage(const Tally& sum) const {
        model::Coverage out;
        const pack::CoverageRule& rule = card->coverage;
        if (options.covers) {
            out = *options.covers;
        } else {
            out.complete = rule.complete && sum.rows > 0 && sum.rows >= rule.complete_from_rows;
            out.places = rule.places;
            for (const model::TermId place : sum.places)
                out.places.push_back(terms->at(place).system + ":" + terms->at(place).text);
            std::sort(out.places.begin(), out.places.end());
            if (!rule.days_from_file) {
                out.first_day = rule.first_day;
                out.last_day = rule.last_day;
            }
        }
        const auto widened = [&](Day day, bool to_end) {
            if (day == no_day || (!rule.whole_years && !rule.whole_months)) return day;
            const PeriodKind kind = rule.whole_years ? PeriodKind::Year : PeriodKind::Month;
            const int period = period_of(day, kind);
            return to_end ? last_day_of(period, kind) : first_day_of(period, kind);
        };
        if (out.first_day == no_day) out.first_day = widened(sum.first_day, false);
        if (out.last_day == no_day) out.last_day = widened(sum.last_day, true);
        return out;
    }
};

FileReader::FileReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileReader::~FileReader() = default;

Result<std::unique_ptr<FileReader>> FileReader::open(const std::string& path, const pack::SourceCard& card,
                                                     model::TermTable& terms, const ReadOptions& options) {
    auto state = std::make_unique<State>();
    Heads heads = TRY(Heads::open(path));
    std::vector<std::string> also;
    const Head& head = *TRY(find_table(card, heads, path, also));
    state->plan = TRY(compile_plan(card, head, path, terms));
    if (!also.empty())
        state->plan.notes.push_back(fmt::format("of the same columns, and not read: sheets '{}'", join(also, "', '")));
    state->preamble = TRY(read_preamble(head, card, path));
    if (options.vintage != no_day) state->plan.vintage = options.vintage;
    state->path = path;
    state->card = &card;
    state->terms = &terms;
    state->options = options;
    state->plan.today = options.today;
    TRY(decide_day_forms(state->plan, path, options.date_form, options.chunks, options.level));
    state->bytes = head.file_bytes;
    state->identity_seed = hash64(card.id);
    if (card.identity.empty()) {
        state->digest_before = options.digest.empty() ? TRY(digest_of(path)) : options.digest;
        state->identity_seed = hash64(state->digest_before, state->identity_seed);
    }
    state->chunker = TRY(Chunker::open(path, state->plan.part, state->plan.form, options.chunks));
    return std::unique_ptr<FileReader>(new FileReader(std::move(state)));
}

Result<bool> FileReader::next(model::Batch& out) {
    State& state = *state_;
    out.clear();
    auto worker = state.borrow();
    std::vector<model::Reject> rejects;
    for (;;) {
        {
            // Chunks are taken under this lock, so that whoever meets an error knows every earlier chunk that is still
            // under way.
            std::unique_lock lock(state.mutex);
            if (!state.error) {
                auto more = state.chunker->next(worker->chunk);
                if (!more) {
                    state.note(std::move(more).error(), state.taken);
                } else if (!*more) {
                    state.idle.push_back(std::move(worker));
                    return false;
                } else {
                    state.under_way.insert(worker->chunk.number);
                    state.taken = worker->chunk.number + 1;
                }
            }
            if (state.error) {
                state.chunk_done.wait(
                    lock, [&] { return state.under_way.empty() || *state.under_way.begin() > state.error_chunk; });
                state.idle.push_back(std::move(worker));
                return std::unexpected(*state.error);
            }
        }
        rejects.clear();
        auto done = worker->read(worker->chunk, state.path, out, rejects);
        const bool is_done = done.has_value();
        {
            const std::lock_guard lock(state.mutex);
            if (!is_done) state.note(std::move(done).error(), worker->chunk.number);
            state.keep(std::move(rejects));
            state.under_way.erase(worker->chunk.number);
        }
        state.chunk_done.notify_all();
        if (is_done && out.size() > 0) {
            state.give_back(std::move(worker));
            return true;
        }
    }
}

Result<Closing> FileReader::close() {
    State& state = *state_;
    const std::lock_guard lock(state.mutex);
    if (state.error) return std::unexpected(*state.error);
    state.trim_rejects();
    Closing closing;
    closing.digest = state.plan.part.is_plain_text() ? state.chunker->digest() : TRY(digest_of(state.path));
    if (!state.digest_before.empty() && closing.digest != state.digest_before) {
        return fail(Fault::Data, "changed-file", {state.path}, "the file changed while it was read",
                    "wait until it is written, then read it again");
    }
    const Tally sum = state.total();
    TRY(state.judge(sum));
    TRY(state.judge_values(sum));
    closing.rows = sum.rows;
    closing.rejected = sum.rejected;
    closing.records = sum.records;
    closing.rejects = std::move(state.rejects);
    closing.coverage = {state.coverage(sum)};
    if (!state.preamble.coverage.empty() && !state.options.covers) closing.coverage = state.preamble.coverage;
    closing.vintage_day = state.plan.vintage;
    closing.first_day = sum.first_day;
    closing.last_day = sum.last_day;
    return closing;
}

const std::vector<std::string>& FileReader::notes() const { return state_->plan.notes; }
std::int64_t FileReader::bytes() const { return state_->bytes; }
std::int64_t FileReader::bytes_read() const { return state_->chunker->bytes_read(); }
const std::string& FileReader::source() const {
    return state_->preamble.source.empty() ? state_->card->id : state_->preamble.source;
}

}  // namespace icosa::ingest
