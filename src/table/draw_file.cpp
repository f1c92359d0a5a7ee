/// One row after the other into either kind of file.
#include "table/draw_file.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "methods/forecasts/count_sketch.hpp"
#include "table/counts.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

std::string label(int month) { return period_label(month, PeriodKind::Month); }

}  // namespace

Result<DrawFile> DrawFile::open(const std::string& path, const std::string& unit, DrawForm form, ColumnNames names) {
    DrawFile out(path, form, names);
    const bool is_challenge = names == ColumnNames::Challenge;
    const bool is_grid = unit == "priogrid_gid" || unit == "pg_id" || unit == "priogrid_id";
    const std::string unit_name = is_challenge ? (is_grid ? "priogrid_gid" : "country_id") : "unit";
    const std::string month_name = is_challenge ? "month_id" : "month";
    if (path.ends_with(".parquet")) {
        using enum store::ColumnType;
        const auto number = is_challenge ? Integer : Text;
        std::vector<store::Column> columns = {{month_name, number}, {unit_name, number}};
        if (form == DrawForm::Sketches) columns.push_back({"sketch", Text});
        else columns.insert(columns.end(), {{"draw", Integer}, {"outcome", Integer}});
        out.parquet_.emplace(TRY(store::ParquetWriter::open(path, columns)));
        return out;
    }
    out.csv_.open(out.draft(), std::ios::binary | std::ios::trunc);
    if (!out.csv_) return out.unwritable();
    out.csv_ << month_name << ',' << unit_name << (form == DrawForm::Sketches ? ",sketch\n" : ",draw,outcome\n");
    return out;
}

std::unexpected<Error> DrawFile::unwritable() const {
    return fail(Fault::Store, "unwritable", {path_}, "this file cannot be written",
                "check its folder, or name another with --out");
}

Result<std::int64_t> DrawFile::number_of(const std::string& unit) const {
    const auto number = parse_integer(unit);
    if (names_ == ColumnNames::Challenge && !number)
        return fail(Fault::Data, "bad-unit", {path_},
                    fmt::format("unit '{}' is not a number, as the challenge's files need", excerpt(unit)),
                    "leave --challenge out, or give numbered units");
    return number.value_or(0);
}

void DrawFile::begin_row(int month, const std::string& unit, std::int64_t number) {
    if (names_ == ColumnNames::Challenge) parquet_->add(std::int64_t{challenge_month(month)}).add(number);
    else parquet_->add(label(month)).add(unit);
}

Result<void> DrawFile::add(const std::string& unit, int first, const std::vector<std::vector<double>>& draws) {
    const auto number = TRY(number_of(unit));
    std::string text;
    for (std::size_t m = 0; m < draws.size(); ++m) {
        const int month = first + static_cast<int>(m);
        const std::string head = fmt::format(
            "{},{},", names_ == ColumnNames::Challenge ? std::to_string(challenge_month(month)) : label(month),
            csv_cell(unit));
        for (std::size_t d = 0; d < draws[m].size(); ++d) {
            const auto outcome = static_cast<std::int64_t>(draws[m][d]);
            if (parquet_) {
                begin_row(month, unit, number);
                parquet_->add(static_cast<std::int64_t>(d)).add(outcome).end_row();
                continue;
            }
            text += head;
            fmt::format_to(std::back_inserter(text), "{},{}\n", d, outcome);
        }
    }
    if (!parquet_) csv_ << text;
    return {};
}

Result<void> DrawFile::add(const std::string& unit, int first, const std::vector<std::string>& sketches) {
    const auto number = TRY(number_of(unit));
    for (std::size_t m = 0; m < sketches.size(); ++m) {
        const int month = first + static_cast<int>(m);
        const std::string text = base64(sketches[m]);
        if (parquet_) {
            begin_row(month, unit, number);
            parquet_->add(text).end_row();
        } else {
            csv_ << (names_ == ColumnNames::Challenge ? std::to_string(challenge_month(month)) : label(month)) << ','
                 << csv_cell(unit) << ',' << text << '\n';
        }
    }
    return {};
}

Result<void> DrawFile::close() {
    if (parquet_) return parquet_->close();
    csv_.close();
    std::error_code trouble;
    if (csv_) std::filesystem::rename(draft(), path_, trouble);
    if (!csv_ || trouble) {
        std::filesystem::remove(draft(), trouble);
        return unwritable();
    }
    return {};
}

Result<void> write_draws(DrawFile& file, const UnitSource& units, const DrawRequest& request,
                         const std::function<void(std::size_t)>& done) {
    constexpr std::size_t block = 256;
    struct Made {
        std::string unit;
        std::vector<std::vector<double>> draws;
        std::vector<std::string> sketches;
    };
    const auto make = [&](std::size_t i) {
        const auto unit = units.at(i);
        Made out{unit.unit, {}, {}};
        if (file.form() == DrawForm::Draws) {
            out.draws = forecast::draws_of(unit, request.draws, request.seed);
            return out;
        }
        for (std::size_t m = 0; m < unit.months.size(); ++m) {
            const bool is_as_before = m > 0 && unit.months[m] == unit.months[m - 1];
            out.sketches.push_back(is_as_before ? out.sketches.back()
                                                : methods::encode(methods::sketch_of(unit.months[m], request.draws)));
        }
        return out;
    };
    std::vector<Made> made(std::min(block, units.many));
    for (std::size_t begin = 0; begin < units.many; begin += block) {
        const std::size_t many = std::min(block, units.many - begin);
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < many; i = next++) made[i] = make(begin + i);
        };
        {
            std::vector<std::jthread> others;
            for (int i = 1; i < request.threads; ++i) others.emplace_back(work);
            work();
        }
        for (std::size_t i = 0; i < many; ++i)
            TRY(file.form() == DrawForm::Draws ? file.add(made[i].unit, request.first, made[i].draws)
                                               : file.add(made[i].unit, request.first, made[i].sketches));
        done(begin + many);
    }
    return file.close();
}

}  // namespace icosa::table
