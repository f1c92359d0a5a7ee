/// Any bytes as two names: tokens within bounds, the same each time; a probability that is one, a reason; a search
/// finds only what is there.
#include <string>

#include "input.hpp"
#include "methods/names/compare.hpp"
#include "methods/names/letters.hpp"
#include "methods/names/search.hpp"

namespace {

using namespace icosa::methods::names;
using icosa::fuzz::must;

void check(const FoldedName& name) {
    must(name.tokens.size() <= most_words, "a name has no more words than are read");
    for (const auto& token : name.tokens) {
        must(!token.text.empty(), "a token has letters");
        for (const char c : token.text) must((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'), "letters are ASCII");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = icosa::fuzz::text_of(data, size);
    const auto line = text.find('\n');
    const std::string_view a = text.substr(0, line), b = line == text.npos ? std::string_view() : text.substr(line + 1);
    for (const Bearer bearer : {Bearer::Person, Bearer::Organisation, Bearer::Unknown}) {
        const Comparison one = compare_names(a, b, bearer);
        check(one.a);
        check(one.b);
        must(one.probability >= 0 && one.probability <= 1, "a probability is from 0 to 1");
        must(!explain(one.a, one.b, one.alignment).empty(), "there is a reason");
        must(compare_names(a, b, bearer).probability == one.probability, "the same names, the same answer");
    }
    std::vector<IndexedName> names;
    for (const std::string_view name : {a, b, std::string_view("Anna Muster"), std::string_view("Otto Beispiel")})
        names.push_back({fold_name(name, Bearer::Unknown), static_cast<std::int32_t>(names.size()), {}});
    const NameIndex index(std::move(names));
    NearWords near(index);
    for (const auto& hit : NameSearch(index, near).find(fold_name(a, Bearer::Unknown), 0, 4))
        must(hit.name < 4 && hit.probability >= 0 && hit.probability <= 1, "a hit is a name of the index");
    return 0;
}
