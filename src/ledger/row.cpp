/// The digest is the last field, so it is taken over the bytes before it as they stand.
#include "ledger/row.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/json_slice.hpp"
#include "base/text.hpp"
#include "ledger/digest.hpp"

namespace icosa::ledger {
namespace {

constexpr std::string_view before_digest = ",\"digest\":\"";
constexpr std::size_t digest_digits = 64;
constexpr std::string_view after_digest = "\"}";

std::string digested_part(const Row& row) {
    JsonWriter json;
    json.begin_object().field("n", row.number).field("at", row.at).field("kind", row.kind).field("before", row.before);
    return json.text() + ",\"body\":" + row.body;
}

bool is_digest(std::string_view text) {
    return text.size() == digest_digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::unexpected<Error> malformed(const Where& where, std::string_view why) {
    return fail(Fault::Data, "row-malformed", where, fmt::format("this is no row of a ledger: {}", why),
                "put the line back as a copy of the file has it");
}

}  // namespace

Row row_after(const Row* last, const std::string& at, NewRow added) {
    Row out;
    out.number = last ? last->number + 1 : 1;
    out.at = at;
    out.kind = std::move(added.kind);
    out.before = last ? last->digest : std::string(no_row);
    out.body = std::move(added.body);
    out.digest = sha256(digested_part(out));
    out.line = last ? last->line + 1 : 1;
    return out;
}

std::string line_of(const Row& row) {
    return fmt::format("{}{}{}{}", digested_part(row), before_digest, row.digest, after_digest);
}

Result<Row> parse_row(std::string_view line, const Where& where) {
    constexpr std::size_t tail = before_digest.size() + digest_digits + after_digest.size();
    if (line.size() <= tail || !line.ends_with(after_digest)
        || line.substr(line.size() - tail, before_digest.size()) != before_digest)
        return malformed(where, "it does not end in a digest");
    const std::string_view digested = line.substr(0, line.size() - tail);
    const std::string_view digest = line.substr(digested.size() + before_digest.size(), digest_digits);
    if (!is_digest(digest)) return malformed(where, "its digest is not 64 hexadecimal digits");
    if (sha256(digested) != digest)
        return fail(Fault::Data, "row-changed", where, "this row is not what was written: its digest is another's",
                    "put the line back as a copy of the file has it");
    Row out;
    const auto number = parse_integer(json_text_at(line, "n").value_or(""));
    const auto body = json_at(line, "body");
    const auto text = [&](std::string_view key) { return json_text_at(line, key).value_or(""); };
    if (!is_json(line) || !number || !body || !body->starts_with('{')) return malformed(where, "n or body is absent");
    out.number = *number;
    out.at = text("at");
    out.kind = text("kind");
    out.before = text("before");
    out.body = std::string(*body);
    out.digest = std::string(digest);
    out.line = where.line;
    if (out.at.empty() || out.kind.empty() || !is_digest(out.before))
        return malformed(where, "at, kind or before is absent");
    return out;
}

}  // namespace icosa::ledger
