/// Any bytes as element sets, in whatever format they begin to be: nothing crashes; what is taken is within its ranges,
/// what is not is counted, each row once.
#include <string>

#include "input.hpp"
#include "model/element_choice.hpp"
#include "table/elements.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace icosa;
    using fuzz::must;
    const fuzz::File file(fuzz::text_of(data, size));
    const auto read = table::read_elements(file.path());
    if (!read) {
        must(!read.error().code.empty() && !read.error().what.empty(), "an error says what is wrong");
        return 0;
    }
    std::int64_t rows = static_cast<std::int64_t>(read->sets.size());
    for (const auto& one : read->left_out) rows += one.count;
    must(rows == read->rows, "each row is taken or counted");
    must(read->minutes.empty() || read->minutes.size() == read->sets.size(), "minutes of all sets or of none");
    for (const auto& set : read->sets) {
        must(set.object >= 1 && set.object <= 999'999'999, "a catalogue number");
        must(set.eccentricity >= 0 && set.eccentricity < 1 && set.mean_motion_rev_per_day > 0, "elements in range");
        must(set.epoch_us >= 0 && set.epoch_us < day_us, "an instant of a day");
    }
    const auto chosen = model::elements_at(read->sets, {day_of(2024, 11, 1), 0});
    must(chosen.sets.size() + static_cast<std::size_t>(chosen.older_left) == read->sets.size(), "one set an object");
    return 0;
}
