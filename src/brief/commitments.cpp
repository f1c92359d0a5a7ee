/// A line as a sentence.
#include "brief/commitments.hpp"

#include <fmt/format.h>

#include "brief/dates.hpp"

namespace icosa::brief {
namespace {

std::string when_due(const CommitmentLine& line, Language language) {
    const bool zh = language == Language::Zh;
    const std::string day = day_words(line.due, language);
    if (line.days_left < 0) {
        const std::string age = age_words(-line.days_left, language);
        return zh ? fmt::format("{}到期，已逾期{}", day, age) : fmt::format("Overdue since {} ({})", day, age);
    }
    if (line.days_left == 0) return zh ? "今日到期" : "Due today";
    const std::string left = age_words(line.days_left, language);
    return zh ? fmt::format("{}到期，还有{}", day, left) : fmt::format("Due {}, in {}", day, left);
}

}  // namespace

std::vector<const CommitmentLine*> Commitments::of(const std::string& section) const {
    std::vector<const CommitmentLine*> out;
    for (const auto& line : due) {
        if (line.section == section) out.push_back(&line);
    }
    return out;
}

pack::Title commitment_sentence(const CommitmentLine& line) {
    return {fmt::format("{}: {} ({})", when_due(line, Language::En), line.what, line.owner),
            fmt::format("{}：{}（{}）", when_due(line, Language::Zh), line.what, line.owner)};
}

}  // namespace icosa::brief
