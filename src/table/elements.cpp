/// Cells by name into element sets; each fault under its kind.
#include "table/elements.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/instant.hpp"
#include "base/text.hpp"
#include "ingest/formats/element_columns.hpp"
#include "ingest/formats/part.hpp"
#include "table/reader.hpp"

namespace icosa::table {
namespace {

constexpr std::int64_t most_object_number = 999'999'999;
constexpr double most_revolutions_a_day = 20;
constexpr int first_epoch_year = 1957, last_epoch_year = 2100;

enum ElementColumn : std::size_t {
    Name,
    Designator,
    Epoch,
    MeanMotion,
    Eccentricity,
    Inclination,
    Node,
    Perigee,
    Anomaly,
    Number,
    Drag,
    EphemerisType,
    Decay,
    Theory,
    Frame,
    TimeSystem,
    StartMinutes,
    StopMinutes,
    StepMinutes,
    ColumnCount
};
constexpr std::array<std::string_view, ColumnCount> names_of_columns = {"OBJECT_NAME",
                                                                        "OBJECT_ID",
                                                                        "EPOCH",
                                                                        "MEAN_MOTION",
                                                                        "ECCENTRICITY",
                                                                        "INCLINATION",
                                                                        "RA_OF_ASC_NODE",
                                                                        "ARG_OF_PERICENTER",
                                                                        "MEAN_ANOMALY",
                                                                        "NORAD_CAT_ID",
                                                                        "BSTAR",
                                                                        "EPHEMERIS_TYPE",
                                                                        "DECAY_DATE",
                                                                        "MEAN_ELEMENT_THEORY",
                                                                        "REF_FRAME",
                                                                        "TIME_SYSTEM",
                                                                        ingest::verification_columns[0],
                                                                        ingest::verification_columns[1],
                                                                        ingest::verification_columns[2]};
constexpr ElementColumn needed[] = {Epoch, MeanMotion, Eccentricity, Inclination, Node, Perigee, Anomaly, Number};

using ElementCells = std::array<std::string_view, ColumnCount>;

/// Where the columns stand in a table; absent ones nowhere.
class ElementHeader {
public:
    /// err   no-elements
    static Result<ElementHeader> find(const std::vector<std::string>& header, const std::string& path) {
        ElementHeader out;
        std::vector<std::string> lacking;
        for (std::size_t i = 0; i < ColumnCount; ++i) {
            const auto found = std::find_if(header.begin(), header.end(), [&](const std::string& name) {
                return lower(trim(name)) == lower(names_of_columns[i]);
            });
            if (found != header.end()) out.at_[i] = static_cast<std::size_t>(found - header.begin());
            else if (std::find(std::begin(needed), std::end(needed), i) != std::end(needed))
                lacking.emplace_back(names_of_columns[i]);
        }
        if (!lacking.empty())
            return fail(Fault::Data, "no-elements", {path},
                        fmt::format("this is no table of mean elements: it lacks {}", join(lacking, ", ")),
                        "give two-line elements, or a mean-elements message as CSV, JSON, XML or KVN");
        return out;
    }
    template <class Cells> [[nodiscard]] ElementCells cells(const Cells& row) const {
        ElementCells out{};
        for (std::size_t i = 0; i < ColumnCount; ++i)
            if (at_[i] && *at_[i] < row.size()) out[i] = trim(row[*at_[i]]);
        return out;
    }

private:
    std::array<std::optional<std::size_t>, ColumnCount> at_{};
};

/// A fault of a row, and the cell that has it.
struct RowFault {
    std::string what;
    std::string_view cell;
};

std::optional<RowFault> fault_of_kind(const ElementCells& cells) {
    if (!cells[Decay].empty() && cells[Decay] != "null") return RowFault{"object has decayed", cells[Decay]};
    if (const auto type = cells[EphemerisType]; type == "4" || type == "6")
        return RowFault{"elements of SGP4-XP, which SGP4 must not read (EPHEMERIS_TYPE)", type};
    if (const auto theory = lower(cells[Theory]); !theory.empty() && theory.find("sgp4") == std::string::npos)
        return RowFault{"elements of another theory than SGP4", cells[Theory]};
    if (const auto frame = cells[Frame]; !frame.empty() && !frame.starts_with("TEME"))
        return RowFault{"elements of another frame than TEME", frame};
    if (const auto system = cells[TimeSystem]; !system.empty() && system != "UTC")
        return RowFault{"epoch of another time system than UTC", system};
    return std::nullopt;
}

/// The set of a row, or the fault that it has.
std::optional<RowFault> read_row(const ElementCells& cells, model::ElementSet& out) {
    if (auto fault = fault_of_kind(cells)) return fault;
    const auto number = parse_integer(cells[Number]);
    if (!number || *number < 1 || *number > most_object_number)
        return RowFault{"no catalogue number of one to nine digits", cells[Number]};
    out.object = static_cast<std::int32_t>(*number);
    out.name = cells[Name];
    out.designator = cells[Designator];
    const auto epoch = parse_instant(cells[Epoch]);
    if (!epoch || civil_of(epoch->day).year < first_epoch_year || civil_of(epoch->day).year > last_epoch_year)
        return RowFault{fmt::format("no epoch of {} to {}", first_epoch_year, last_epoch_year), cells[Epoch]};
    out.epoch_day = epoch->day;
    out.epoch_us = epoch->us;
    struct Figure {
        ElementColumn column;
        double* into;
        double least, most;
        const char* fault;
    };
    constexpr double turn_deg = 360;
    const Figure figures[] = {
        {MeanMotion, &out.mean_motion_rev_per_day, 0, most_revolutions_a_day,
         "mean motion out of range (0, 20] revolutions a day"},
        {Eccentricity, &out.eccentricity, 0, 1, "eccentricity out of range [0, 1)"},
        {Inclination, &out.inclination_deg, 0, turn_deg / 2, "inclination out of range [0, 180] degrees"},
        {Node, &out.ascending_node_deg, -turn_deg, turn_deg, "right ascension of the node absent or out of range"},
        {Perigee, &out.perigee_argument_deg, -turn_deg, turn_deg, "argument of perigee absent or out of range"},
        {Anomaly, &out.mean_anomaly_deg, -turn_deg, turn_deg, "mean anomaly absent or out of range"},
    };
    for (const Figure& figure : figures) {
        const auto value = parse_number(cells[figure.column]);
        const bool is_good = value && *value >= figure.least && *value <= figure.most
            && !(figure.column == MeanMotion && *value == 0) && !(figure.column == Eccentricity && *value == 1);
        if (!is_good) return RowFault{figure.fault, cells[figure.column]};
        *figure.into = *value;
    }
    const auto drag = cells[Drag].empty() ? std::optional(0.0) : parse_number(cells[Drag]);
    if (!drag || *drag < -1e3 || *drag > 1e3) return RowFault{"B* is no number", cells[Drag]};
    out.drag_per_er = *drag;
    return std::nullopt;
}

/// Gathers sets and faults of the rows of one file.
class ElementGatherer {
public:
    explicit ElementGatherer(const std::string& path) : path_(path) {}

    void row(const ElementCells& cells, int line) {
        ++read_.rows;
        model::ElementSet set;
        set.file = path_;
        set.line = line;
        if (const auto fault = read_row(cells, set)) {
            const std::string object = cells[Number].empty() ? "" : fmt::format(" object {},", excerpt(cells[Number]));
            return leave_out(
                fault->what, line,
                fmt::format("{} {}", object,
                            fault->cell.empty() ? "the cell is empty" : fmt::format("'{}'", excerpt(fault->cell))));
        }
        const auto start = parse_number(cells[StartMinutes]), stop = parse_number(cells[StopMinutes]),
                   step = parse_number(cells[StepMinutes]);
        if (start && stop && step) read_.minutes.push_back({*start, *stop, *step});
        read_.sets.push_back(std::move(set));
    }
    void broken(const std::string& why, int line) {
        ++read_.rows;
        leave_out("row that is no element set", line, " " + why);
    }
    Result<ElementsRead> finish() {
        if (read_.rows == 0)
            return fail(Fault::Data, "no-elements", {path_}, "the catalogue is empty: there is no row in it",
                        "fetch it again");
        if (read_.sets.empty())
            return fail(Fault::Data, "no-elements", {path_},
                        fmt::format("none of the {} rows can be taken; {} ({})", read_.rows,
                                    read_.left_out.front().what, read_.left_out.front().first),
                        "fetch the catalogue again");
        if (read_.minutes.size() != read_.sets.size()) read_.minutes.clear();
        return std::move(read_);
    }

private:
    void leave_out(const std::string& what, int line, const std::string& words) {
        for (ElementRemark& remark : read_.left_out) {
            if (remark.what != what) continue;
            ++remark.count;
            return;
        }
        read_.left_out.push_back({what, 1, fmt::format("{}:{}:{}", path_, line, words)});
    }

    std::string path_;
    ElementsRead read_;
};

/// The rows of a table that is no delimited text; a row that cannot be read is one that is left out.
Result<void> visit_part(const ingest::Part& part, const std::string& path, ElementGatherer& gatherer) {
    const auto header = TRY(ElementHeader::find(part.columns, path));
    const auto rows = TRY(part.table->rows(part));
    for (ingest::CellRow row; TRY(rows->next(row));) {
        if (!row.broken.empty()) gatherer.broken(row.broken, static_cast<int>(row.line));
        else gatherer.row(header.cells(row.cells), static_cast<int>(row.line));
    }
    return {};
}

}  // namespace

Result<ElementsRead> read_elements(const std::string& path) {
    ElementGatherer gatherer(path);
    const bool is_parquet = path.ends_with(".parquet");
    std::vector<ingest::Part> parts;
    if (!is_parquet) {
        const auto file = TRY(ingest::open_tables(path));
        parts = TRY(file->parts({}));
    }
    if (!parts.empty() && !parts.front().is_text() && !parts.front().columns.empty()) {
        TRY(visit_part(parts.front(), path, gatherer));
        return gatherer.finish();
    }
    if (!parts.empty() && !parts.front().is_text() && parts.front().format == ingest::Format::Json)
        return gatherer.finish();  // an empty list: no columns, no rows
    std::optional<ElementHeader> header;
    const OnHeader on_header = [&](const std::vector<std::string>& names) -> Result<std::vector<std::size_t>> {
        header = TRY(ElementHeader::find(names, path));
        std::vector<std::size_t> all(names.size());
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
        return all;
    };
    TRY(visit_rows(path, on_header, [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        gatherer.row(header->cells(cells), line);
        return {};
    }));
    return gatherer.finish();
}

}  // namespace icosa::table
