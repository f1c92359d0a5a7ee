/// Fills the patterns of records.
#include "brief/record_sentence.hpp"

#include <fmt/format.h>

#include "brief/numbers.hpp"
#include "brief/phrases.hpp"
#include "brief/sentence.hpp"

namespace icosa::brief {
namespace {

std::string_view record_key(const model::Record& record) {
    if (record.signals == 1) return record.followed == 1 ? "record.once.followed" : "record.once.not-followed";
    if (record.followed == 0) return "record.none-followed";
    return record.followed == 1 ? "record.one-followed" : "record";
}

/// Where the phrases of a user's packs lack the pattern.
constexpr std::string_view plain_record =
    "Since {since} this watch said “{grade}” {signals} times; {followed} followed within {months} months: {outcome} "
    "({base} in 100 otherwise).";

}  // namespace

pack::Title record_sentence(const model::Record& record, model::Grade grade, const NameBooks& books,
                            const pack::Outcomes& outcomes) {
    if (record.outcome.empty() || record.signals == 0) {
        const std::string why = record.why_none.empty() ? std::string() : ": " + record.why_none;
        return {"no record" + why, record.why_none.empty() ? "无既往记录" : "无既往记录：" + record.why_none};
    }
    const pack::PhrasePattern* pattern = books.phrases.find(record_key(record));
    const pack::Outcome* outcome = outcomes.find(record.outcome);
    pack::Title out;
    for (const Language language : languages) {
        const auto number = [&](int of) { return number_words(of, NumberKind::Count, language); };
        const std::vector<Filling> fillings = {
            {"since", std::to_string(record.first_year)},
            {"grade", grade_words(grade, language)},
            {"signals", number(record.signals)},
            {"followed", number(record.followed)},
            {"months", number(record.months_ahead)},
            {"outcome", outcome ? std::string(in(outcome->title, language)) : record.outcome},
            {"base", in_hundred(record.base_rate, language)},
        };
        (language == Language::Zh ? out.zh : out.en) =
            fill(pattern ? in(pattern->text, language) : std::string(plain_record), fillings);
    }
    return out;
}

}  // namespace icosa::brief
