/// Any bytes as lists: remarks of the US list, dates of birth, and a whole file of the Council's list through its card.
/// What was read is told the same twice, has details of rows that it gave, and is no change against itself.
#include <algorithm>
#include <string>
#include <vector>

#include "ingest/card_reader.hpp"
#include "ingest/ofac_remarks.hpp"
#include "input.hpp"
#include "model/birth_date.hpp"
#include "model/designees.hpp"
#include "model/list_changes.hpp"

namespace {

using namespace icosa;
using fuzz::must;

const std::vector<pack::SourceCard>& cards() {
    static const std::vector<pack::SourceCard> all = [] {
        Diagnostics faults;
        return pack::load_source_cards(std::string(ICOSA_ROOT) + "/packs/sources", faults);
    }();
    return all;
}

const pack::SourceCard& card_of(std::string_view id) {
    return *std::find_if(cards().begin(), cards().end(), [&](const auto& one) { return one.id == id; });
}

std::vector<model::ListEntry> entries_of(const std::string& path, const pack::SourceCard& card, std::string& error) {
    std::vector<model::ListEntry> out;
    model::TermTable terms;
    auto reader = ingest::FileReader::open(path, card, terms);
    if (!reader) {
        error = render(reader.error());
        return out;
    }
    for (model::Batch batch;;) {
        const auto more = (*reader)->next(batch);
        if (!more) error = render(more.error());
        if (!more || !*more) break;
        must(std::is_sorted(batch.details.begin(), batch.details.end()), "details are in order");
        for (const auto& one : batch.designations) {
            model::ListEntry entry;
            entry.reference = terms.at(one.reference).text;
            entry.line = one.line;
            for (const auto& detail : batch.details) {
                must(!detail.text.empty(), "a detail says something");
                if (detail.line == one.line) entry.details.push_back(detail);
            }
            out.push_back(std::move(entry));
        }
        for (const auto& detail : batch.details)
            must(std::any_of(out.begin(), out.end(), [&](const auto& one) { return one.line == detail.line; }),
                 "a detail is of a row that was read");
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    const auto remarks = ingest::read_ofac_remarks(text);
    must(remarks == ingest::read_ofac_remarks(text), "the same remarks, the same facts");
    if (const auto birth = model::parse_birth_date(text))
        must(birth->first <= birth->last, "a birth's days are in order");
    const fuzz::File file(text);
    for (const std::string_view id : {"un-list", "ofac-list", "ca-sema"}) {
        std::string error, again;
        const auto entries = entries_of(file.path(), card_of(id), error);
        const auto twice = entries_of(file.path(), card_of(id), again);
        must(error == again && entries.size() == twice.size(), "the same file, the same entries");
        must(model::changes_between(entries, twice).changes.empty(), "a list is no change against itself");
        for (const auto& entry : entries) {
            for (const auto& name : model::designee_of(entry).names) must(!name.text.empty(), "a name has a text");
        }
    }
    return 0;
}
