/// Differences of a section, and each as a sentence.
#include "brief/differences.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::brief {

std::vector<pack::Difference> differences_of(const std::string& section, const std::vector<pack::Difference>& all,
                                             const std::vector<model::SourceState>& sources, Day as_of) {
    std::vector<pack::Difference> out;
    for (const pack::Difference& one : all) {
        const bool is_here = std::ranges::find(one.sections, section) != one.sections.end();
        const bool is_read = std::ranges::find(sources, one.source, &model::SourceState::id) != sources.end();
        const bool is_past = one.until != no_day && as_of > one.until;
        if (is_here && is_read && one.day <= as_of && !is_past) out.push_back(one);
    }
    return out;
}

pack::Title difference_line(const pack::Difference& of) {
    const std::string in_file = figure(of.in_file), elsewhere = figure(of.elsewhere);
    return {fmt::format("{}: {} in the file at hand, {} by {}.{}{}", of.of.en, in_file, elsewhere, of.by.en,
                        of.why.en.empty() ? "" : " ", of.why.en),
            fmt::format("{}：现有文件为{}，而{}为{}。{}", of.of.zh, in_file, of.by.zh, elsewhere, of.why.zh)};
}

}  // namespace icosa::brief
