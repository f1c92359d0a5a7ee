/// Finds the columns of a table of shipments.
#include "cli/shipment_columns.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "table/columns.hpp"
#include "table/reader.hpp"

namespace icosa::cli {
namespace {

struct NamesOfColumn {
    std::string ShipmentColumns::* said;
    int ColumnsTaken::* taken;
    std::vector<std::string_view> names;  ///< folded, the likeliest first
};

const std::vector<NamesOfColumn>& names_of_columns() {
    static const std::vector<NamesOfColumn> all = {
        {&ShipmentColumns::text,
         &ColumnsTaken::text,
         {"text", "description", "goods description", "description of goods", "item description", "goods",
          "product description", "product", "commodity", "commodity description", "item", "name"}},
        {&ShipmentColumns::cas,
         &ColumnsTaken::cas,
         {"cas", "cas number", "cas no", "cas rn", "cas registry number", "casrn"}},
        {&ShipmentColumns::hs,
         &ColumnsTaken::hs,
         {"hs", "hs code", "hscode", "hs heading", "hs6", "tariff code", "commodity code", "tariff"}},
        {&ShipmentColumns::quantity, &ColumnsTaken::quantity, {"quantity", "qty", "amount", "net weight", "weight"}},
        {&ShipmentColumns::origin,
         &ColumnsTaken::origin,
         {"origin", "country of origin", "origin country", "exporter country", "export country", "from", "exporter"}},
        {&ShipmentColumns::destination,
         &ColumnsTaken::destination,
         {"destination", "country of destination", "destination country", "importer country", "import country", "to",
          "importer"}},
    };
    return all;
}

std::optional<std::size_t> column_like(const std::vector<std::string>& header,
                                       const std::vector<std::string_view>& names) {
    for (const std::string_view name : names) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (fold(header[i]) == name) return i;
        }
    }
    return std::nullopt;
}

}  // namespace

screen::ShipmentLine ColumnsTaken::line_of(std::span<const std::string_view> cells, int line) const {
    const auto cell = [&](int at) { return at < 0 ? std::string_view() : cells[static_cast<std::size_t>(at)]; };
    return {line, cell(text), cell(cas), cell(hs), cell(quantity), cell(origin), cell(destination)};
}

Result<ColumnsTaken> columns_taken(const std::vector<std::string>& header, const std::string& path,
                                   const ShipmentColumns& said) {
    ColumnsTaken out;
    for (const NamesOfColumn& one : names_of_columns()) {
        const std::string& name = said.*one.said;
        const auto found =
            name.empty() ? column_like(header, one.names) : std::optional(TRY(table::column_named(header, path, name)));
        if (!found) continue;
        out.*one.taken = static_cast<int>(out.wanted.size());
        out.wanted.push_back(*found);
    }
    if (out.text >= 0 || out.cas >= 0 || out.hs >= 0) return out;
    return fail(Fault::Data, "no-goods", {path},
                fmt::format("none of its columns is known to hold a text, a CAS number or an HS heading: {}",
                            table::quoted(header)),
                "name one: --text-column, --cas-column or --hs-column");
}

}  // namespace icosa::cli
