/// icosa compare-names: pairs of names, each with the probability that one bearer has both, a verdict and the reason.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "methods/names/compare.hpp"
#include "table/reader.hpp"

namespace icosa::cli {
namespace {

namespace names = methods::names;

struct CompareOptions {
    std::string pairs, first = "name1", second = "name2", schema, out;
};

names::Bearer bearer_of(std::string_view schema) {
    const std::string word = lower(schema);
    if (word == "person") return names::Bearer::Person;
    return word.empty() || word == "legalentity" ? names::Bearer::Unknown : names::Bearer::Organisation;
}

Result<int> compare(const CompareOptions& options) {
    std::string text = "name1,name2,score,verdict,reason\n";
    bool has_schema = false;
    const table::OnHeader on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        std::vector<std::size_t> columns;
        columns.push_back(TRY(table::column_named(header, options.pairs, options.first)));
        columns.push_back(TRY(table::column_named(header, options.pairs, options.second)));
        const std::string schema = options.schema.empty() ? "schema" : options.schema;
        const bool is_there = std::find(header.begin(), header.end(), schema) != header.end();
        has_schema = is_there || !options.schema.empty();
        if (has_schema) columns.push_back(TRY(table::column_named(header, options.pairs, schema)));
        return columns;
    };
    const table::OnRow on_row = [&](std::span<const std::string_view> cells, int) -> Result<void> {
        const auto bearer = has_schema ? bearer_of(cells[2]) : names::Bearer::Unknown;
        const auto one = names::compare_names(cells[0], cells[1], bearer);
        const std::string reason = one.a.tokens.empty() || one.b.tokens.empty()
            ? "a name without letters: insufficient information"
            : names::explain(one.a, one.b, one.alignment);
        text += fmt::format("{},{},{:.4f},{},{}\n", csv_cell(std::string(cells[0])), csv_cell(std::string(cells[1])),
                            one.probability, names::verdict_name(one.verdict), csv_cell(reason));
        return {};
    };
    TRY(table::visit_rows(options.pairs, on_header, on_row));
    TRY(write_text(options.out, text));
    return exit_clean;
}

}  // namespace

Command compare_names_command() {
    const auto options = std::make_shared<CompareOptions>();
    return {
        .name = "compare-names",
        .summary = "Pairs of names in any script: may one bearer have both, and which word met which",
        .options = {option("--pairs", &options->pairs,
                           "a table of pairs: columns name1, name2, and schema if there is one")
                        .as("FILE")
                        .required(),
                    option("--first", &options->first, "the column of the first name").as("COLUMN"),
                    option("--second", &options->second, "the column of the second name").as("COLUMN"),
                    option("--schema", &options->schema,
                           "the column that says Person, Company, Organization ..; schema if not given and there")
                        .as("COLUMN"),
                    option("--out", &options->out, "write here instead of the standard output").as("FILE").written()},
        .more =
            "The score is a probability, fitted to pairs that people judged; match from 0.5, unsure from 0.25, and\n"
            "where a name has no letter. A name is no proof of who somebody is: docs/screening.md.\n",
        .examples = {"icosa compare-names --pairs name_pairs.csv --out compared.csv"},
        .exits = {{exit_data, "the table cannot be read"}},
        .run = [=] { return compare(*options); },
    };
}

}  // namespace icosa::cli
