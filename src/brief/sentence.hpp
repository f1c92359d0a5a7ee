/// A finding as one plain sentence in each language: who, what is counted, when, against what, and which way it goes.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "brief/names.hpp"
#include "brief/numbers.hpp"
#include "model/findings.hpp"
#include "pack/measures.hpp"
#include "pack/outcomes.hpp"

namespace icosa::brief {

struct SentenceBooks {
    const pack::Measures& measures;
    const pack::Outcomes& outcomes;
    NameBooks names;
};

/// "Sudan: 2,316 people killed in attacks on civilians in 2024 (1,627 to 2,387), after 1,792 in 2023 and 74 in 2022:
/// still high. Yearly figures, 23 months old." A signal that is no figure in time is told by its phrase; one whose
/// measure is not declared by the watch's title and its figure.
[[nodiscard]] pack::Title sentence_of(const model::Signal& signal, const model::WatchFinding& watch,
                                      const SentenceBooks& books);

/// A signal that other signals make, and these by id, each with its watch.
using SignalsById = std::map<std::string, std::pair<const model::Signal*, const model::WatchFinding*>>;

/// "Sudan: three kinds of threat within twelve months: violence (2,316 people killed in attacks on civilians in 2024),
/// displacement (11.6 million people displaced in 2024)."
[[nodiscard]] pack::Title sentence_of_beside(const model::Signal& signal, const SignalsById& others,
                                             const SentenceBooks& books);

/// "Sudan: 41 in 100 for a rise by half or more in the six months after November 2023, 3 in 100 on average. ..."
[[nodiscard]] pack::Title sentence_of(const model::Chance& chance, const model::WatchFinding& watch,
                                      const SentenceBooks& books);

/// What a measure is called; the watch's title where it has none.
[[nodiscard]] pack::Title measure_name(std::string_view measure, const model::WatchFinding& watch,
                                       const pack::Measures& measures);

/// "new", "rising", "still high", "falling", "back in its range"; `low` = the figure is out of the ordinary below.
[[nodiscard]] std::string change_words(model::Change change, bool low, Language language);
[[nodiscard]] std::string confidence_words(model::Confidence confidence, Language language);
[[nodiscard]] std::string grade_words(model::Grade grade, Language language);
/// "16 of 41 followed", "no record".
[[nodiscard]] std::string record_words(const model::Record& record, Language language);

/// Does it stand below the line that it passed? Then it is a fall, or low.
[[nodiscard]] bool is_low(const model::Signal& signal);

/// Of a watch that looks for falls: its figure is below what is usual, and not a tenth below the span before.
[[nodiscard]] bool is_still_low(const model::Signal& signal, const model::WatchFinding& watch);

/// How the figures of a signal are told.
[[nodiscard]] NumberKind number_kind(const model::Signal& signal, const pack::Measures& measures);

}  // namespace icosa::brief
