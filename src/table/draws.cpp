/// Gathers rows into runs; Parquet in blocks of typed columns, CSV row by row.
#include "table/draws.hpp"

#include <bit>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"
#include "methods/forecasts/count_sketch.hpp"
#include "store/parquet_reader.hpp"
#include "table/reader.hpp"

namespace icosa::table {
namespace {

/// A run of this many rows is given in pieces: only a file with one cell of billions of draws has it.
constexpr std::size_t longest_run = 50'000'000;

std::unexpected<Error> bad_draw(const std::string& path, std::int64_t row, std::size_t column,
                                const std::string& text) {
    const auto line = static_cast<int>(std::min<std::int64_t>(row, std::numeric_limits<int>::max()));
    return fail(Fault::Data, "bad-value", {path, line, static_cast<int>(column) + 1},
                fmt::format("'{}' is not a number", excerpt(text)), "each draw needs an outcome");
}

/// A column of this name holds sketches: all draws of a cell in one row.
bool holds_sketches(const std::vector<std::string>& header, std::size_t column) { return header[column] == "sketch"; }

/// Adds the draws of a sketch as methods::encode and base64 write it.
Result<void> add_sketch(std::string_view text, const std::string& path, std::int64_t row, std::size_t column,
                        std::vector<double>& draws) {
    const auto bytes = parse_base64(text);
    const auto sketch = bytes ? methods::parse_sketch(*bytes) : std::nullopt;
    if (!sketch || sketch->buckets.empty() || sketch->draws() > longest_run) {
        const auto line = static_cast<int>(std::min<std::int64_t>(row, std::numeric_limits<int>::max()));
        return fail(Fault::Data, "bad-sketch", {path, line, static_cast<int>(column) + 1},
                    fmt::format("'{}' is not a sketch of draws", excerpt(text)),
                    "a column 'sketch' is what icosa forecast --sketch writes; rename it if it is something else");
    }
    std::vector<double> drawn;
    methods::draws_of(*sketch, drawn);
    draws.insert(draws.end(), drawn.begin(), drawn.end());
    return {};
}

/// The run at hand.
class Gathering {
public:
    Gathering(const DrawVisitor& visitor, const DrawNames& names) : visitor_(visitor), names_(names) {}

    /// Where the next rows of this cell go; false = enough.
    bool at(std::int64_t time, std::int64_t unit, std::int64_t model) {
        const bool is_other = time != run_.time || unit != run_.unit || model != run_.model;
        if (!draws_.empty() && (is_other || draws_.size() >= longest_run) && !end()) return false;
        run_.time = time;
        run_.unit = unit;
        run_.model = model;
        return true;
    }
    bool end() {
        run_.draws = draws_;
        run_.ids = ids_;
        const bool goes_on = draws_.empty() || visitor_.on_run(run_, names_);
        draws_.clear();
        ids_.clear();
        return goes_on;
    }
    std::vector<double>& draws() { return draws_; }
    std::vector<std::int64_t>& ids() { return ids_; }

private:
    const DrawVisitor& visitor_;
    const DrawNames names_;
    DrawRun run_;
    std::vector<double> draws_;
    std::vector<std::int64_t> ids_;
};

/// A column of a block as whole numbers.
class Keys {
public:
    explicit Keys(store::ColumnType type)
        : names(type == store::ColumnType::Integer      ? Names::Written::Integer
                    : type == store::ColumnType::Number ? Names::Written::Number
                                                        : Names::Written::Text),
          type_(type) {}

    std::span<const std::int64_t> of(store::ParquetReader& reader, std::size_t i) {
        if (type_ == store::ColumnType::Integer) return reader.integers(i);
        ids_.clear();
        if (type_ == store::ColumnType::Number) {
            for (const double number : reader.numbers(i)) ids_.push_back(Names::id_of(number));
        } else {
            for (const auto text : reader.texts(i)) ids_.push_back(names.id_of(text));
        }
        return ids_;
    }

    Names names;

private:
    store::ColumnType type_;
    std::vector<std::int64_t> ids_;
};

/// The draws of a block's rows.
class Outcomes {
public:
    Outcomes(const std::string& path, store::ColumnType type, std::size_t column, bool are_sketches)
        : path_(path), type_(type), column_(column), are_sketches_(are_sketches && type == store::ColumnType::Text) {}

    void start(store::ParquetReader& reader) {
        if (type_ == store::ColumnType::Integer) integers_ = reader.integers(2);
        else if (type_ == store::ColumnType::Number) numbers_ = reader.numbers(2);
        else texts_ = reader.texts(2);
    }

    /// Of rows [from, to); before: rows of the blocks before.
    Result<void> add(std::size_t from, std::size_t to, std::int64_t before, std::vector<double>& draws) const {
        if (are_sketches_) {
            for (std::size_t row = from; row < to; ++row)
                TRY(add_sketch(texts_[row], path_, before + static_cast<std::int64_t>(row) + 1, column_, draws));
            return {};
        }
        const std::size_t had = draws.size();
        draws.resize(had + (to - from));
        if (type_ == store::ColumnType::Integer) {
            for (std::size_t i = 0; i < to - from; ++i) draws[had + i] = static_cast<double>(integers_[from + i]);
            return {};
        }
        for (std::size_t row = from; row < to; ++row) {
            const auto draw =
                type_ == store::ColumnType::Number ? numbers_[row] : parse_number(texts_[row]).value_or(std::nan(""));
            if (!std::isfinite(draw))
                return bad_draw(path_, before + static_cast<std::int64_t>(row) + 1, column_,
                                type_ == store::ColumnType::Number ? number_text(draw) : std::string(texts_[row]));
            draws[had + row - from] = draw;
        }
        return {};
    }

private:
    const std::string& path_;
    store::ColumnType type_;
    std::size_t column_;
    bool are_sketches_;
    std::span<const std::int64_t> integers_;
    std::span<const double> numbers_;
    std::span<const std::string_view> texts_;
};

/// Each row needs its time, unit and draw.
Result<void> check_absent(const store::ParquetReader& reader, const std::string& path,
                          std::span<const std::size_t> columns, std::int64_t before) {
    constexpr const char* names[] = {"time", "unit", "draw", "draw or model", "model"};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto row = reader.first_absent(i);
        if (!row) continue;
        const auto line = static_cast<int>(
            std::min<std::int64_t>(before + static_cast<std::int64_t>(*row) + 1, std::numeric_limits<int>::max()));
        return fail(Fault::Data, "bad-value", {path, line, static_cast<int>(columns[i]) + 1},
                    fmt::format("this row has no {}", names[i]), "each draw needs a time, a unit and an outcome");
    }
    return {};
}

/// The columns wanted, in the order in which a row's cells come: time, unit, outcome, then those that are there.
struct Wanted {
    explicit Wanted(const DrawColumns& columns) : all{columns.time, columns.unit, columns.outcome} {
        const auto add = [&](const std::optional<std::size_t>& column) {
            if (!column) return std::size_t{0};
            all.push_back(*column);
            return all.size() - 1;
        };
        draw = add(columns.draw);
        model = add(columns.model);
    }
    std::vector<std::size_t> all;
    std::size_t draw = 0, model = 0;  ///< positions in all; 0 = not there
};

Result<void> visit_parquet(const std::string& path, const DrawVisitor& visitor) {
    auto reader = TRY(store::ParquetReader::open(path));
    std::vector<std::string> header;
    for (const auto& column : reader.columns()) header.push_back(column.name);
    const auto columns = TRY(visitor.on_header(header));
    const Wanted wanted(columns);
    const auto type = [&](std::size_t i) { return reader.columns()[wanted.all[i]].type; };
    TRY(reader.choose(wanted.all));
    Keys times(type(0)), units(type(1)), draws(type(wanted.draw)), models(type(wanted.model));
    Outcomes outcomes(path, type(2), columns.outcome, holds_sketches(header, columns.outcome));
    Gathering gathering(visitor, {times.names, units.names, models.names, draws.names});
    for (std::int64_t before = 0; TRY(reader.next()); before += static_cast<std::int64_t>(reader.size())) {
        TRY(check_absent(reader, path, wanted.all, before));
        const auto time = times.of(reader, 0), unit = units.of(reader, 1);
        const auto none = std::span<const std::int64_t>();
        const auto draw = wanted.draw > 0 ? draws.of(reader, wanted.draw) : none;
        const auto model = wanted.model > 0 ? models.of(reader, wanted.model) : none;
        outcomes.start(reader);
        for (std::size_t from = 0, to = 0; from < reader.size(); from = to) {
            const auto is_same = [&](std::size_t row) {
                return time[row] == time[from] && unit[row] == unit[from]
                    && (model.empty() || model[row] == model[from]);
            };
            for (to = from + 1; to < reader.size() && is_same(to);) ++to;
            if (!gathering.at(time[from], unit[from], model.empty() ? 0 : model[from])) return {};
            TRY(outcomes.add(from, to, before, gathering.draws()));
            if (!draw.empty())
                gathering.ids().insert(gathering.ids().end(), draw.begin() + static_cast<std::ptrdiff_t>(from),
                                       draw.begin() + static_cast<std::ptrdiff_t>(to));
        }
        if (visitor.on_progress) visitor.on_progress(before, reader.rows());
    }
    gathering.end();
    return {};
}

Result<void> visit_csv(const std::string& path, const DrawVisitor& visitor) {
    DrawColumns columns;
    std::optional<Wanted> wanted;
    Names times, units, models, draw_names;
    Gathering gathering(visitor, {times, units, models, draw_names});
    std::int64_t rows = 0;
    bool goes_on = true, are_sketches = false;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        columns = TRY(visitor.on_header(header));
        are_sketches = holds_sketches(header, columns.outcome);
        wanted.emplace(columns);
        return wanted->all;
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        if (!goes_on) return {};
        const auto begin = [&] {
            return gathering.at(times.id_of(cells[0]), units.id_of(cells[1]),
                                wanted->model > 0 ? models.id_of(cells[wanted->model]) : 0);
        };
        if (are_sketches) {
            goes_on = begin();
            if (goes_on) TRY(add_sketch(cells[2], path, line, columns.outcome, gathering.draws()));
            return {};
        }
        const auto draw = parse_number(cells[2]);
        if (!draw) return bad_draw(path, line, columns.outcome, std::string(cells[2]));
        goes_on = begin();
        if (!goes_on) return {};
        gathering.draws().push_back(*draw);
        if (wanted->draw > 0) gathering.ids().push_back(draw_names.id_of(cells[wanted->draw]));
        if (++rows % 65'536 == 0 && visitor.on_progress) visitor.on_progress(rows, 0);
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    if (goes_on) gathering.end();
    return {};
}

}  // namespace

std::int64_t Names::id_of(std::string_view text) {
    if (newest_ >= 0 && texts_[static_cast<std::size_t>(newest_)] == text) return newest_;
    const auto [found, is_new] = ids_.emplace(text, static_cast<std::int64_t>(texts_.size()));
    if (is_new) texts_.emplace_back(text);
    return newest_ = found->second;
}

std::int64_t Names::id_of(double number) { return std::bit_cast<std::int64_t>(number == 0 ? 0.0 : number); }

std::string Names::text_of(std::int64_t id) const {
    switch (written_) {
        case Written::Integer: return std::to_string(id);
        case Written::Number:
            return std::isnan(std::bit_cast<double>(id)) ? std::string() : number_text(std::bit_cast<double>(id));
        case Written::Text: return texts_[static_cast<std::size_t>(id)];
    }
    return {};
}

Result<void> visit_draws(const std::string& path, const DrawVisitor& visitor) {
    return path.ends_with(".parquet") ? visit_parquet(path, visitor) : visit_csv(path, visitor);
}

}  // namespace icosa::table
