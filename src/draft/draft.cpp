/// Columns become fields.
#include "draft/draft.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "draft/toml_text.hpp"
#include "ingest/header.hpp"

namespace icosa::draft {
namespace {

constexpr double share_of_mistakes = 0.01;  ///< more empty cells are meant so

/// Nothing newer than so many days: a watch says that it is stale.
int stale_after(PeriodKind kind) {
    switch (kind) {
        case PeriodKind::Day:
        case PeriodKind::Week: return 45;
        case PeriodKind::Month: return 120;
        case PeriodKind::Quarter: return 280;
        case PeriodKind::Year: return 800;
    }
    return 0;
}

std::vector<std::string> names_of(const Guess& guess, const std::vector<int>& columns) {
    std::vector<std::string> out;
    for (const int column : columns) out.push_back(guess.name_of(column));
    return out;
}

/// The columns by which the file is known again: all that have a name of their own.
std::vector<std::string> header_names(const Look& look) {
    std::vector<std::string> out;
    std::set<std::string> keys;
    for (std::size_t i = 0; i < look.columns.size(); ++i) {
        const bool is_named = look.columns[i] != ingest::column_without_name(i);
        if (is_named && keys.insert(ingest::column_key(look.columns[i])).second) out.push_back(look.columns[i]);
    }
    return out;
}

pack::FieldMap field(std::vector<std::string> columns, pack::Parse parse, std::string system, bool optional) {
    pack::FieldMap out;
    out.columns = std::move(columns);
    out.parse = parse;
    out.system = std::move(system);
    out.optional = optional;
    return out;
}

void set_form_of_file(pack::SourceCard& card, const Look& look) {
    using ingest::Format;
    if (look.part.is_text()) card.delimiter = look.delimiter;
    if (look.is_latin1) card.encoding = "latin-1";
    if (look.has_header) {
        card.header = header_names(look);
    } else {
        card.columns = look.columns;
        for (const std::string& cell : look.rows.front())
            card.first_row.emplace_back(cell.find_first_of("0123456789") == std::string::npos ? ".*" : ".*\\d.*");
    }
    if (look.part.format == Format::Json || look.part.format == Format::Xml) card.records = look.part.name;
    if (look.is_header_said) card.header_row = static_cast<int>(look.header_line);
    if (look.is_one_of_sheets) card.sheet = look.part.name;
    if (look.has_tag_row) card.skip_rows_with = "#";
}

void add_fields(pack::SourceCard& card, const Guess& guess) {
    card.map["day"] = field(names_of(guess, guess.day.columns), guess.day.parse, "", false);
    if (guess.place.units == Units::Places)
        card.map["place"] = field({guess.name_of(guess.place.column)}, pack::Parse::Text, guess.place.system,
                                  guess.look.share_missing(guess.place.column) > share_of_mistakes);
    if (const auto subject = guess.subject(); !subject.empty())
        card.map["subject"] = field(names_of(guess, subject), pack::Parse::Text, "subject", true);
    if (card.record != model::RecordKind::Event) return;
    if (guess.kind >= 0) {
        card.map["kind"] = field({guess.name_of(guess.kind)}, pack::Parse::Text, "kind", false);
    } else {
        card.map["kind"].value = slug(guess.measure);
        card.map["kind"].system = "kind";
        card.map["kind"].optional = false;
    }
    if (guess.figure.figure == Figure::Count)
        card.map["weight"] = field({guess.name_of(guess.figure.column)}, pack::Parse::Whole, "", false);
}

}  // namespace

bool may_be_complete(const Guess& guess) { return !guess.is_measured(); }

pack::SourceCard card_of(const Guess& guess, Silence silence) {
    pack::SourceCard card;
    const std::filesystem::path path = guess.look.path;
    card.id = "own-" + slug(path.stem().string());
    card.title = path.filename().string();
    card.publisher = "own data";
    card.licence = "own data, not passed on";
    card.record = guess.is_measured() ? model::RecordKind::Observation : model::RecordKind::Event;
    set_form_of_file(card, guess.look);
    card.nulls = guess.nulls;
    card.decimal = guess.figure.decimal == ',' ? ',' : guess.figure.decimal;
    card.identity = names_of(guess, guess.identity);
    card.editions = "replace";
    card.stale_after_days = stale_after(guess.day.stands_for);
    // a row from before the others is mistyped, and refused with its line
    card.first_day = guess.day.strays > 0 ? guess.day.first : day_of(1400, 1, 1);
    add_fields(card, guess);
    if (guess.is_measured()) {
        pack::MeasureMap measure;
        measure.id = slug(guess.measure);
        measure.title = guess.measure;
        measure.unit = guess.unit;
        measure.column = guess.name_of(guess.figure.column);
        card.measures.push_back(std::move(measure));
    }
    card.coverage.complete = silence == Silence::Zero && may_be_complete(guess);
    if (guess.day.width == PeriodKind::Day) card.coverage.whole = guess.day.stands_for;
    const bool by_place = card.coverage.complete && guess.place.units == Units::Places && guess.subject().empty()
        && guess.place.unknown.empty();
    if (by_place) card.coverage.places_column = guess.name_of(guess.place.column);
    card.assert_rows_min = 1;
    const double without_day = guess.look.share_missing(guess.day.columns.front());
    if (without_day > share_of_mistakes)  // they are no rows of any series: told, and left out
        card.assert_rejects_share = std::min(1.0, std::ceil((without_day + 0.03) * 100) / 100);
    return card;
}

}  // namespace icosa::draft
