/// Reads the file as ingest does, and keeps nothing.
#include "draft/trial.hpp"

#include <algorithm>
#include <map>

#include "ingest/card_reader.hpp"

namespace icosa::draft {

Result<Trial> try_card(const std::string& path, const pack::SourceCard& card, Day today) {
    model::TermTable terms;
    ingest::ReadOptions how;
    how.today = today;
    const auto reader = TRY(ingest::FileReader::open(path, card, terms, how));
    for (model::Batch batch; TRY(reader->next(batch));) {}
    const ingest::Closing closing = TRY(reader->close());
    Trial out{closing.rows, closing.rejected, {}, closing.first_day, closing.last_day};
    std::map<std::string, RefusedRows> by_problem;
    for (const model::Reject& reject : closing.rejects) {
        RefusedRows& one = by_problem[reject.problem];
        if (one.rows++ > 0) continue;
        one.problem = reject.problem;
        one.example = reject.text;
        one.line = reject.line;
    }
    for (auto& [problem, rows] : by_problem) out.refused.push_back(std::move(rows));
    std::ranges::stable_sort(out.refused, [](const auto& a, const auto& b) { return a.rows > b.rows; });
    return out;
}

}  // namespace icosa::draft
