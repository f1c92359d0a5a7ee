/// A whole file through a source card into batches: rows are records and rejects, none twice and none lost, and the
/// records do not depend on the size of a block. The first line of the input says `CARD BLOCK NAME`; card `own` stands
/// before a line `+++`, and a card that does not exist means the one that is recognised.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "ingest/card_reader.hpp"
#include "input.hpp"
#include "pack/toml.hpp"

namespace {

using namespace icosa;
using fuzz::must;

/// What a file gave: an error, or all records as text (terms spelt out), the lines that gave some, and the closing.
struct Reading {
    std::string error;
    std::vector<std::string> records;
    std::set<std::int32_t> lines;
    ingest::Closing closing;
};

class Spelling {
public:
    explicit Spelling(const model::TermTable& terms) : terms_(terms) {}
    Spelling& term(model::TermId id) {
        must(id >= 0 && id <= terms_.size(), "a term is one of the table");
        if (id != model::no_term) text_ += terms_.at(id).system + ":" + terms_.at(id).text;
        text_ += '\x1f';
        return *this;
    }
    Spelling& number(double value) {
        must(!std::isinf(value), "a value is finite");
        text_ += number_text(value) + '\x1f';
        return *this;
    }
    Spelling& origin(const model::Origin& of) {
        text_ += std::to_string(of.line) + "\x1f" + std::to_string(of.known_day.value) + "\x1f"
            + std::to_string(of.identity) + "\x1f" + std::to_string(of.content) + "\x1f";
        return *this;
    }
    std::string text() { return std::move(text_); }

private:
    const model::TermTable& terms_;
    std::string text_;
};

void spell(const model::Event& one, Spelling& out) {
    must(one.first_day != no_day && one.first_day <= one.last_day, "an event's days are in order");
    must(one.kind != model::no_term, "an event has a kind");
    must((one.latitude_microdeg == model::no_int) == (one.longitude_microdeg == model::no_int), "a position is whole");
    must(one.latitude_microdeg == model::no_int
             || (std::abs(one.latitude_microdeg) <= 90'000'000 && std::abs(one.longitude_microdeg) <= 180'000'000),
         "a position is on the globe");
    must(one.weight >= 0, "a weight is a count");
    out.origin(one).term(one.kind).term(one.code).term(one.place).term(one.actor1).term(one.actor2).term(one.subject);
    for (const std::int32_t number :
         {one.first_day.value, one.last_day.value, static_cast<std::int32_t>(one.precision), one.latitude_microdeg,
          one.longitude_microdeg, one.cell, one.fatalities_low, one.fatalities_best, one.fatalities_high,
          one.fatalities_civilians, one.intensity_milli, one.mentions, one.sources, one.weight,
          static_cast<std::int32_t>(one.position_precision), static_cast<std::int32_t>(one.root),
          static_cast<std::int32_t>(one.typed), one.known_minute})
        out.number(number);
    must(one.known_minute == model::no_int || (one.known_minute >= 0 && one.known_minute < 1440),
         "a minute is one of a day");
}
void spell(const model::Observation& one, Spelling& out) {
    must(one.first_day <= one.last_day && one.measure != model::no_term, "an observation is of a measure and days");
    out.origin(one).term(one.measure).term(one.place).term(one.subject).number(one.value).number(one.low);
    out.number(one.high).number(one.first_day.value).number(one.last_day.value);
}
void spell(const model::Action& one, Spelling& out) {
    out.origin(one).term(one.instrument).term(one.participant).term(one.act).number(one.day.value);
}
void spell(const model::Vote& one, Spelling& out) {
    must(one.ballot <= model::Ballot::NotMember, "a ballot is one of five");
    out.origin(one).term(one.voter).number(one.roll_call).number(static_cast<int>(one.ballot));
}
void spell(const model::RollCall& one, Spelling& out) {
    out.origin(one).term(one.resolution).term(one.issue).number(one.roll_call).number(one.session);
    out.number(one.day.value).number(one.important);
}
void spell(const model::Designation& one, Spelling& out) {
    out.origin(one).term(one.list).term(one.regime).term(one.type).term(one.reference);
    out.number(one.day.value).number(one.updated.value);
}

Reading read(const std::string& path, const pack::SourceCard& card, std::size_t block, ingest::Level level) {
    Reading out;
    const auto failed = [&](const Error& error) {
        must(!error.code.empty() && !error.what.empty() && error.where.line >= 0, "an error has a code and place");
        out.error = error.code + ":" + std::to_string(error.where.line) + ":" + std::to_string(error.where.column);
        return out;
    };
    model::TermTable terms;
    ingest::ReadOptions options;
    options.chunks = {block, 1u << 16};
    options.level = level;
    auto reader = ingest::FileReader::open(path, card, terms, options);
    if (!reader) return failed(reader.error());
    const auto keep = [&](const auto& records) {
        for (const auto& one : records) {
            Spelling text(terms);
            spell(one, text);
            out.records.push_back(text.text());
            out.lines.insert(one.line);
        }
    };
    for (model::Batch batch;;) {
        const auto more = (*reader)->next(batch);
        if (!more) return failed(more.error());
        if (!*more) break;
        keep(batch.events);
        keep(batch.observations);
        keep(batch.actions);
        keep(batch.votes);
        keep(batch.roll_calls);
        keep(batch.designations);
    }
    must((*reader)->bytes_read() == (*reader)->bytes(), "all bytes are read");
    auto closing = (*reader)->close();
    if (!closing) return failed(closing.error());
    out.closing = std::move(*closing);
    return out;
}

void check_conserved(const Reading& of) {
    const auto& closing = of.closing;
    must(closing.records == static_cast<std::int64_t>(of.records.size()), "all records are counted");
    must(closing.rows == static_cast<std::int64_t>(of.lines.size()) + closing.rejected, "rows are records and rejects");
    must(closing.rejects.size() == static_cast<std::size_t>(closing.rejected), "rejects are all told");
    must(closing.first_day <= closing.last_day, "the days of a file are in order");
    std::int32_t before = 0;
    for (const auto& reject : closing.rejects) {
        must(reject.line > before && !of.lines.contains(reject.line), "a row is a record or a reject");
        must(!reject.problem.empty() && !first_invalid_utf8(reject.text), "a reject says what is wrong");
        before = reject.line;
    }
}

/// The file under the name that its publisher gave it, in memory.
class NamedFile {
public:
    NamedFile(std::string_view name, std::string_view bytes) {
        static const std::filesystem::path folder = [] {
            const auto path = std::filesystem::path("/dev/shm") / ("icosa-fuzz-" + std::to_string(::getpid()));
            std::filesystem::create_directories(path);
            std::atexit([] {
                std::filesystem::remove_all(std::filesystem::path("/dev/shm")
                                            / ("icosa-fuzz-" + std::to_string(::getpid())));
            });
            return path;
        }();
        const bool is_name = !name.empty() && name.size() < 100 && name != "." && name != ".."
            && name.find_first_of(std::string_view("/\0", 2)) == std::string_view::npos;
        path_ = folder / (is_name ? std::string(name) : "file.csv");
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    NamedFile(const NamedFile&) = delete;
    NamedFile& operator=(const NamedFile&) = delete;
    ~NamedFile() { std::filesystem::remove(path_); }
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

/// A card of the input; nothing where it has faults, or patterns: std::regex backtracks, and a card's author is trusted
/// with it.
std::optional<pack::SourceCard> own_card(std::string_view text) {
    const auto file = pack::parse_toml(text, "own.toml");
    if (!file) return std::nullopt;
    Diagnostics faults;
    auto card = pack::parse_source_card(*file, faults);
    if (!faults.empty() || !card.file_name.empty() || !card.first_row.empty()) return std::nullopt;
    return card;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<pack::SourceCard> cards = [] {
        Diagnostics faults;
        auto loaded = pack::load_source_cards(ICOSA_ROOT "/packs/sources", faults);
        must(faults.empty() && !loaded.empty(), "the shipped cards are clean");
        return loaded;
    }();
    std::string_view text = fuzz::text_of(data, size);
    std::string_view orders = fuzz::take(text, "\n");
    const auto id = fuzz::take(orders, " ");
    const auto block = static_cast<std::size_t>(
        std::clamp<std::int64_t>(parse_integer(fuzz::take(orders, " ")).value_or(64), 1, 1 << 16));
    std::optional<pack::SourceCard> own;
    if (id == "own" && !(own = own_card(fuzz::take(text, "+++\n")))) return 0;
    const NamedFile file(orders, text);
    const auto known = std::find_if(cards.begin(), cards.end(), [&](const auto& card) { return card.id == id; });
    const pack::SourceCard* card = own ? &*own : known != cards.end() ? &*known : nullptr;
    if (!card) {
        const auto found = ingest::recognise(file.path(), cards);
        if (!found) return 0;
        card = *found;
    }
    const auto whole = read(file.path(), *card, 1u << 20, ingest::best_level());
    const auto parts = read(file.path(), *card, block, ingest::Level::Scalar);
    if (whole.error != parts.error) std::fprintf(stderr, "%s\n%s\n", whole.error.c_str(), parts.error.c_str());
    must(whole.error == parts.error, "blocks and levels agree on the error");
    if (!whole.error.empty()) return 0;
    must(whole.records == parts.records && whole.closing.digest == parts.closing.digest, "blocks and levels agree");
    check_conserved(whole);
    check_conserved(parts);
    return 0;
}
