/// Reads as ingest does, keeps what matching needs.
#include "cli/match_source.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/progress.hpp"
#include "cli/today.hpp"
#include "harmonise/event_coding.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/day_forms.hpp"
#include "ingest/recognise.hpp"
#include "table/point_events.hpp"

namespace icosa::cli {
namespace {

class Collector {
public:
    Collector(const MatchFile& file, const pack::Coding* coding) : coder_(coding) { out_.file = file; }

    [[nodiscard]] MatchRows& rows() { return out_.rows; }

    void add(const table::PointEvent& one) {
        if (!coder_.add(one.latitude_deg, one.longitude_deg, one.first, one.last, one.kind))
            return void(++out_.rows.other_kind);
        took(one.line, one.latitude_deg == 0 && one.longitude_deg == 0);
    }

    void add(const model::Event& event, const harmonise::Report& report, const model::TermTable& terms) {
        using enum harmonise::Taken;
        switch (coder_.add(report, terms)) {
            case Unplaced: ++out_.rows.unplaced; break;
            case Undated: ++out_.rows.undated; break;
            case Area: ++out_.rows.area; break;
            case OtherKind: ++out_.rows.other_kind; break;
            case Yes: took(event.line, event.latitude_microdeg == 0 && event.longitude_microdeg == 0);
        }
    }

    MatchSource take() {
        auto coded = coder_.take();
        out_.events = std::move(coded.events);
        out_.kinds = std::move(coded.kinds);
        return std::move(out_);
    }

private:
    void took(std::int64_t line, bool is_at_origin) {
        out_.lines.push_back(line);
        if (is_at_origin) ++out_.rows.at_origin;
    }

    harmonise::EventCoder coder_;
    MatchSource out_;
};

harmonise::Report report_of(const model::Event& event) {
    return {.latitude_microdeg = event.latitude_microdeg,
            .longitude_microdeg = event.longitude_microdeg,
            .first = event.first_day,
            .last = event.last_day,
            .precision = event.precision,
            .kind = event.kind,
            .code = event.code,
            .position_precision = event.position_precision};
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
        for (const model::Event& event : batch.events) out.add(event, report_of(event), terms);
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
    for (const auto& one : table.events) out.add(one);
    return out.take();
}

}  // namespace icosa::cli
