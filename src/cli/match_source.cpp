/// Reads as ingest does, keeps what matching needs.
#include "cli/match_source.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "cli/progress.hpp"
#include "cli/today.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/day_forms.hpp"
#include "ingest/recognise.hpp"
#include "table/point_events.hpp"

namespace icosa::cli {
namespace {

class Collector {
public:
    Collector(const MatchFile& file, const pack::Coding* coding) : coding_(coding) { out_.file = file; }

    [[nodiscard]] MatchRows& rows() { return out_.rows; }

    void add(std::int64_t line, double latitude, double longitude, Day first, Day last, const std::string& kind) {
        std::string category = kind;
        if (coding_) {
            const std::string* found = pack::look_up(coding_->codes, kind);
            if (!found) return void(++out_.rows.other_kind);
            category = *found;
        }
        if (latitude == 0 && longitude == 0) ++out_.rows.at_origin;
        const auto [at, is_new] = kinds_.try_emplace(category, static_cast<std::int32_t>(kinds_.size()));
        out_.events.push_back({latitude, longitude, first, last, at->second});
        out_.lines.push_back(line);
    }

    /// Kinds numbered by their texts.
    MatchSource take() {
        std::vector<std::int32_t> number(kinds_.size());
        for (const auto& [kind, at] : kinds_) {
            number[static_cast<std::size_t>(at)] = static_cast<std::int32_t>(out_.kinds.size());
            out_.kinds.push_back(kind);
        }
        for (auto& event : out_.events) event.kind = number[static_cast<std::size_t>(event.kind)];
        return std::move(out_);
    }

private:
    const pack::Coding* coding_;
    std::map<std::string, std::int32_t> kinds_;
    MatchSource out_;
};

void add_record(const model::Event& event, const model::TermTable& terms, const pack::Coding* coding, Collector& into) {
    if (event.latitude_microdeg == model::no_int || event.longitude_microdeg == model::no_int)
        return void(++into.rows().unplaced);
    const bool is_dated = event.precision == model::Precision::Day || event.precision == model::Precision::Range;
    if (!is_dated || event.first_day == no_day) return void(++into.rows().undated);
    if (!model::is_point(event.position_precision)) return void(++into.rows().area);
    const bool by_code = coding && coding->by == pack::CodedBy::Code;
    const model::TermId kind = by_code ? event.code : event.kind;
    into.add(event.line, event.latitude_microdeg / 1e6, event.longitude_microdeg / 1e6, event.first_day,
             std::max(event.first_day, event.last_day), kind == model::no_term ? "" : terms.at(kind).text);
}

Result<MatchSource> read_by_card(const MatchFile& file, const pack::Coding* coding, const table::Reading& reading) {
    if (file.card->record != model::RecordKind::Event)
        return fail(Fault::Data, "no-events", {file.path}, fmt::format("source '{}' gives no events", file.card->id),
                    "match two sources of events");
    model::TermTable terms;
    ingest::ReadOptions how;
    how.today = today();
    how.date_form = ingest::parse_date_form(reading.date_form);
    const auto reader = TRY(ingest::FileReader::open(file.path, *file.card, terms, how));
    Collector out(file, coding);
    Progress progress(file.path, reader->bytes() / 1'000'000, "MB");
    for (model::Batch batch; TRY(reader->next(batch));) {
        for (const model::Event& event : batch.events) add_record(event, terms, coding, out);
        progress.at(reader->bytes_read() / 1'000'000);
    }
    const ingest::Closing closing = TRY(reader->close());
    out.rows().read = closing.rows;
    out.rows().refused = closing.rejected;
    return out.take();
}

}  // namespace

std::string MatchFile::source() const { return card ? card->id : std::filesystem::path(path).filename().string(); }

Result<MatchFile> match_file(const std::string& path, const app::Packs& packs) {
    const auto card = ingest::recognise(path, packs.cards);
    if (card) return MatchFile{path, *card};
    if (card.error().code == "unknown-source") return MatchFile{path, nullptr};
    return std::unexpected(card.error());
}

Result<MatchSource> read_match_source(const MatchFile& file, const pack::Coding* coding,
                                      const table::Reading& reading) {
    if (file.card) return read_by_card(file, coding, reading);
    const auto table = TRY(table::read_point_events(file.path, reading));
    Collector out(file, coding);
    out.rows() = {.read = table.rows, .unplaced = table.unplaced, .undated = table.undated};
    for (const auto& one : table.events)
        out.add(one.line, one.latitude_deg, one.longitude_deg, one.first, one.last, one.kind);
    return out.take();
}

}  // namespace icosa::cli
