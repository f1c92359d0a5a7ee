/// Any bytes as a ledger; and a ledger of any texts, of which one changed byte is always found.
#include <cstdint>
#include <string>

#include "base/json.hpp"
#include "base/text.hpp"
#include "input.hpp"
#include "ledger/ledger.hpp"

namespace {

using namespace icosa;
using fuzz::must;

constexpr std::size_t rows_made = 20;

std::string chain_of(std::string_view texts) {
    std::string out;
    ledger::Row last;
    for (const auto text : split(texts, '\n')) {
        if (last.number == rows_made) break;
        JsonWriter json;
        json.begin_object().field("text", text).end_object();
        last = ledger::row_after(last.number > 0 ? &last : nullptr, "2026-11-30T12:00:00Z", {"note", json.text()});
        out += ledger::line_of(last) + "\n";
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    (void)ledger::parse_ledger("any", text);
    if (size < 3) return 0;
    std::string chain = chain_of(text.substr(3));
    const auto whole = ledger::parse_ledger("made", chain);
    must(whole.faults.empty() && whole.torn.empty() && !whole.rows.empty(), "what is written is read");
    const std::size_t at = (data[0] * 256u + data[1]) % chain.size();
    chain[at] = static_cast<char>(chain[at] ^ (data[2] | 1));
    const auto altered = ledger::parse_ledger("altered", chain);
    must(!altered.faults.empty() || !altered.torn.empty(), "a changed byte is found");
    return 0;
}
