/// Any bytes as a line of goods, and as a pattern of names: the same line, the same hits, each with a reason, the
/// strongest first; any text as a pack of controlled items, whose faults have a place.
#include <algorithm>
#include <string>

#include "engine/item_index.hpp"
#include "input.hpp"

namespace {

using namespace icosa;
using fuzz::must;

const methods::ItemIndex& shipped_like() {
    static const methods::ItemIndex index = [] {
        methods::ListedItem item;
        item.list = "a";
        item.cas = {"107-44-8", "111-48-8"};
        item.names = {"sarin", "thiodiglycol", "沙林"};
        item.hints = {"maraging steel"};
        item.words = {"nerve agent"};
        item.codes = {"GB", "POCl3"};
        item.family = {"[o]{alkyl10}[p]{alkyl3}phosphonofluoridate", "{dialkyl10}{alkyl3}phosphon*"};
        item.exempt_names = {"fonofos"};
        item.hs = {"2930"};
        return *methods::ItemIndex::of({item, item});
    }();
    return index;
}

std::string hits_of(const methods::ItemIndex& index, const methods::GoodsLine& line) {
    std::string out;
    const auto found = index.screen(line);
    must(std::ranges::is_sorted(found.hits, std::greater<>(), &methods::ItemHit::strength), "the strongest first");
    for (const auto& hit : found.hits) {
        must(hit.item < 2 && !hit.reason.empty(), "a hit has an item and a reason");
        out += std::to_string(hit.item) + hit.reason + "\n";
    }
    for (const std::string& one : found.remarks) out += one + "\n";
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = fuzz::text_of(data, size);
    Diagnostics faults;
    if (const auto file = pack::parse_toml(text, "fuzz")) {
        pack::ControlledItems items;
        items.read(*file, faults);
        items.check({}, {}, faults);
        engine::check_families(items, faults);
        for (const Error& fault : faults)
            must(!fault.code.empty() && !fault.what.empty(), "a fault says what is wrong");
    }
    const std::string_view pattern = fuzz::take(text, "\n"), cas = fuzz::take(text, "\n"), hs = fuzz::take(text, "\n");
    must(hits_of(shipped_like(), {text, cas, hs}) == hits_of(shipped_like(), {text, cas, hs}), "the same hits");
    methods::ListedItem own;
    own.family = {std::string(pattern)};
    if (const auto index = methods::ItemIndex::of({own})) (void)index->screen({text, cas, hs});
    return 0;
}
