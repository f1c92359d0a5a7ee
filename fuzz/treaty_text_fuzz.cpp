/// Status tables of treaties: any heading and any cells under it give known acts, known letters and real days.
#include <algorithm>
#include <string>

#include "base/date.hpp"
#include "ingest/untc.hpp"
#include "input.hpp"
#include "pack/catalogue.hpp"

namespace {

using namespace icosa;
using fuzz::must;

void check_act(const std::string& act) {
    const auto& known = pack::known_acts();
    must(act.empty() || std::find(known.begin(), known.end(), act) != known.end(), "an act is one of docs/packs.md");
}

void check_heading(std::string_view text) {
    const auto heading = ingest::parse_act_heading(text);
    check_act(heading.bare);
    must(heading.any || heading.bare.empty(), "a heading without an act has none");
    for (std::size_t i = 0; i < heading.letters.size(); ++i) {
        const auto& [letter, act] = heading.letters[i];
        check_act(act);
        must(heading.any || act.empty(), "a heading without an act has no letter of one");
        must(!letter.empty() && letter.size() <= 2, "a letter is one or two");
        for (std::size_t j = 0; j < i; ++j) must(heading.letters[j].first != letter, "a letter has one meaning");
    }
}

void check_cell(std::string_view text) {
    ingest::ActCell cell, again;
    if (!ingest::parse_act_cell(text, cell)) return;
    must(parse_iso_day(iso(cell.day)) == cell.day, "a day prints and reads back");
    must(cell.letter.size() <= 2
             && (cell.letter.empty()
                 || (cell.letter.data() >= text.data()
                     && cell.letter.data() + cell.letter.size() <= text.data() + text.size())),
         "a letter stands in the text");
    const Civil civil = civil_of(cell.day);
    std::string year = std::to_string(civil.year);
    year.insert(0, 4 - year.size(), '0');
    const std::string written = std::to_string(civil.day) + "-" + std::to_string(civil.month) + "-" + year
        + (cell.letter.empty() ? "" : " " + std::string(cell.letter));
    must(ingest::parse_act_cell(written, again) && again.day == cell.day && again.letter == cell.letter,
         "an act reads back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = fuzz::text_of(data, size);
    check_heading(fuzz::take(text, "\n"));
    while (!text.empty()) check_cell(fuzz::take(text, "\n"));
    return 0;
}
