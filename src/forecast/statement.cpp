/// Sentences.
#include "forecast/statement.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/wording.hpp"

namespace icosa::forecast {

namespace {

std::string percent_digits(double share) {
    const double percent = 100 * share;
    return number_text(percent, percent < 10 || percent > 99 ? 1 : 0);
}

}  // namespace

std::string odds_text(double probability) {
    if (probability < 0.001) return "less than 1 in 1000";
    if (probability > 0.999) return "more than 999 in 1000";
    if (probability > 0.5)
        return probability > 0.99 ? fmt::format("{:.0f} in 1000", 1000 * probability)
                                  : fmt::format("{:.0f} in 100", 100 * probability);
    const double one_in = 1 / probability;
    return fmt::format("1 in {}", number_text(one_in, one_in < 5 ? 1 : 0));
}

std::string percent_text(double share) { return percent_digits(share) + " %"; }

model::Probability stated(const Odds& odds, const Outcome& outcome, const pack::LikelihoodScale& scale) {
    const bool below = odds.standing == Standing::Below;
    model::Probability out;
    out.value = odds.probability;
    out.low = odds.low;
    out.high = odds.high;
    out.word = scale.word_for(odds.probability);
    out.outcome = fmt::format("{}: {} or more {} from {} to {} together", outcome.subject_title,
                              engine::figure(outcome.line), outcome.unit, outcome.first, outcome.last);
    out.base_rate = odds.base_rate;
    out.base_of =
        fmt::format("past cases {} line in the months before", below ? "below that" : "that had reached that");
    out.benchmark = odds.benchmark;
    out.cases = odds.cases;
    out.how = fmt::format(
        "the share of past cases like this one after which it happened, those that overlap counted once ({}); 90 % "
        "interval of its posterior (Jeffreys' prior)",
        engine::figure(std::round(odds.cases)));
    if (odds.cases == 0) {
        out.word.clear();
        out.statement =
            fmt::format("no past case to count: how likely {} is to reach {} {} from {} to {} is not known",
                        outcome.subject_title, engine::figure(outcome.line), outcome.unit, outcome.first, outcome.last);
        return out;
    }
    out.statement = fmt::format(
        "{} ({}90 % interval {} to {} %){}{}: {} {} {} {} from {} to {}; base rate {} ({}); its own last twelve months "
        "alone give {}",
        odds_text(odds.probability), odds.probability > 0.5 ? std::string() : percent_text(odds.probability) + ", ",
        percent_digits(odds.low), percent_digits(odds.high), out.word.empty() ? "" : ", ", out.word,
        outcome.subject_title, below ? "reaches" : "again reaches", engine::figure(outcome.line), outcome.unit,
        outcome.first, outcome.last, percent_text(odds.base_rate), out.base_of, percent_text(odds.benchmark));
    return out;
}

}  // namespace icosa::forecast
