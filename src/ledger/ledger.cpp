/// Reads the chain link by link, and adds to its end under a lock.
#include "ledger/ledger.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/json_slice.hpp"
#include "base/text.hpp"
#include "ledger/locked_file.hpp"

namespace icosa::ledger {
namespace {

constexpr std::size_t longest_body = 64 * 1024;
constexpr std::size_t least_head_digits = 16;
constexpr std::string_view restore =
    "put back what a copy of the file has there; `icosa commit verify` then finds it whole";

/// The row before, as far as the next one is held against it.
struct Link {
    std::int64_t number = 0;
    std::string digest = std::string(no_row);
    int line = 1;
    bool is_known = true;  ///< false: nothing can be made of that line
};

/// What is wrong between a row and the one before it. A row that was changed is told by parse_row, so the digest that
/// the next row names is held against the one that stands there.
void check_link(const std::string& path, const Link& last, const Row& row, Diagnostics& faults) {
    const std::int64_t expected = last.number + 1;
    const auto fault = [&](const char* code, int line, std::string what) {
        faults.push_back({Fault::Data, code, {path, line, 1}, std::move(what), std::string(restore)});
    };
    if (row.number > expected) {
        fault("row-missing", row.line,
              row.number == expected + 1
                  ? fmt::format("row {} is missing before this line", expected)
                  : fmt::format("rows {} to {} are missing before this line", expected, row.number - 1));
    } else if (row.number < expected) {
        fault("row-moved", row.line, fmt::format("row {} stands after row {}", row.number, last.number));
    } else if (row.before != last.digest) {
        fault("row-replaced", last.line,
              last.number > 0
                  ? fmt::format("row {} is not the one that row {} was written after", last.number, row.number)
                  : "the first row names a row before it");
    }
}

/// What a line that was changed says of itself.
Link as_stated(std::string_view line, int number) {
    Link out;
    const auto stated = parse_integer(json_text_at(line, "n").value_or(""));
    out.digest = json_text_at(line, "digest").value_or("");
    out.is_known = stated && !out.digest.empty();
    out.number = stated.value_or(0);
    out.line = number;
    return out;
}

Result<Ledger> whole(Ledger ledger) {
    if (ledger.faults.empty()) return ledger;
    Error first = ledger.faults.front();
    if (ledger.faults.size() > 1) first.what += fmt::format(" (and {} more)", ledger.faults.size() - 1);
    return std::unexpected(std::move(first));
}

Result<void> check_new_rows(const std::string& path, const std::vector<NewRow>& rows) {
    for (const NewRow& row : rows) {
        if (const auto at = first_invalid_utf8(row.body))
            return fail(Fault::Usage, "bad-text", {}, fmt::format("a text is not UTF-8 ('{}')", excerpt(row.body)),
                        "write it in UTF-8");
        if (row.body.size() > longest_body)
            return fail(Fault::Usage, "row-too-long", {path},
                        fmt::format("{} bytes are too long for a row; {} are allowed", row.body.size(), longest_body),
                        "keep long texts in a file of their own and name it as evidence");
    }
    return {};
}

/// Before the first row of ours: what was left unfinished goes aside, and a row without a line end gets it.
Result<void> mend_end(LockedFile& file, const Ledger& so_far, std::string_view text) {
    if (text.empty() || text.back() == '\n') return {};
    if (so_far.torn.empty()) return file.add("\n");
    auto aside = TRY(LockedFile::open(so_far.path + ".torn", Access::Append));
    TRY(aside.add(so_far.torn + "\n"));
    return file.cut_to(text.size() - so_far.torn.size());
}

}  // namespace

std::string ledger_file(const std::string& db) { return db + ".ledger.jsonl"; }

std::string Ledger::head() const {
    return rows.empty() ? "" : fmt::format("{}:{}", rows.back().number, rows.back().digest);
}

Ledger parse_ledger(const std::string& path, std::string_view text) {
    Ledger out;
    out.path = path;
    out.is_there = true;
    Link last;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        const auto row = parse_row(line, {path, number, 1});
        if (end == std::string_view::npos && (!row || row->before != last.digest)) {
            out.torn = std::string(line);  // else a whole row that lacks nothing but its line end
            break;
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (!row) {
            out.faults.push_back(row.error());
            last = as_stated(line, number);
            continue;
        }
        if (last.is_known) check_link(path, last, *row, out.faults);
        out.rows.push_back(*row);
        last = {row->number, row->digest, row->line};
    }
    return out;
}

Result<Ledger> read(const std::string& path) {
    const auto file = LockedFile::open(path, Access::Read);
    if (!file && file.error().code == "absent") {
        Ledger none;
        none.path = path;
        return none;
    }
    if (!file) return std::unexpected(file.error());
    return parse_ledger(path, TRY(file->text()));
}

Result<Ledger> read_whole(const std::string& path) { return whole(TRY(read(path))); }

Result<std::vector<Row>> append(const std::string& path, const std::string& at, const Compose& compose) {
    LockedFile file = TRY(LockedFile::open(path, Access::Append));
    const std::string text = TRY(file.text());
    const Ledger so_far = TRY(whole(parse_ledger(path, text)));
    std::vector<NewRow> added = TRY(compose(so_far));
    TRY(check_new_rows(path, added));
    std::vector<Row> out;
    std::string lines;
    for (NewRow& row : added) {
        const Row* last = !out.empty() ? &out.back() : !so_far.rows.empty() ? &so_far.rows.back() : nullptr;
        out.push_back(row_after(last, at, std::move(row)));
        lines += line_of(out.back()) + "\n";
    }
    if (out.empty()) return out;
    TRY(mend_end(file, so_far, text));
    TRY(file.add(lines));
    return out;
}

Result<Row> append(const std::string& path, const std::string& at, NewRow row) {
    auto rows = TRY(append(
        path, at, [&](const Ledger&) -> Result<std::vector<NewRow>> { return std::vector<NewRow>{std::move(row)}; }));
    return rows.front();
}

Result<Row> row_of_head(const Ledger& ledger, std::string_view head) {
    const auto colon = head.find(':');
    const auto number = colon == std::string_view::npos ? std::nullopt : parse_integer(head.substr(0, colon));
    const std::string digest = lower(colon == std::string_view::npos ? head : head.substr(colon + 1));
    if (digest.size() < least_head_digits || digest.size() > no_row.size()
        || digest.find_first_not_of("0123456789abcdef") != std::string::npos
        || (colon != std::string_view::npos && (!number || *number < 1)))
        return fail(Fault::Usage, "bad-head", {}, fmt::format("'{}' is no head of a ledger", excerpt(head)),
                    "write it as `icosa commit add` printed it: 12:3fa9..., or at least 16 digits of the digest");
    const auto found =
        std::ranges::find_if(ledger.rows, [&](const Row& row) { return row.digest.starts_with(digest); });
    if (found != ledger.rows.end() && (!number || found->number == *number)) return *found;
    const int last_line = ledger.rows.empty() ? 0 : ledger.rows.back().line;
    const std::int64_t last = ledger.rows.empty() ? 0 : ledger.rows.back().number;
    if (number && *number > last)
        return fail(Fault::Data, "ledger-cut", {ledger.path, last_line + 1, 1},
                    fmt::format("the ledger ends after row {}, and row {} was there", last, *number),
                    std::string(restore));
    const auto there =
        std::ranges::find_if(ledger.rows, [&](const Row& row) { return number && row.number == *number; });
    return fail(
        Fault::Data, "ledger-rewritten", {ledger.path, there == ledger.rows.end() ? 0 : there->line, 1},
        number
            ? fmt::format("row {} is another than the one that was noted: it or a row before it was rewritten", *number)
            : "no row has the digest that was noted: rows were rewritten or cut off",
        std::string(restore));
}

}  // namespace icosa::ledger
