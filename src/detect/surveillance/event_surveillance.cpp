/// event-surveillance: are there more events, or more of what they did, than a unit's own past explains?
#include "detect/checks.hpp"
#include "detect/engines.hpp"
#include "detect/judges/method_table.hpp"
#include "detect/surveillance/surveillance.hpp"

namespace icosa::detect {
namespace {

using pack::choice_option;
using pack::Field;
using pack::flag_option;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

constexpr Field surveillance_fields[] = {
    text_option("from", "sources in order of preference; the first that is not stale answers"),
    text_option("matched", "events that several sources tell are counted once; true, or { km, days, taxonomy }"),
    choice_option("records", "event|observation|vote|designation",
                  "what is counted; observation where a measure is given")
        .by_default("event"),
    text_option("kind", "events of these kinds; designations of these regimes"),
    text_option("code", "the source's own codes, or their beginnings with '*'; votes: resolutions"),
    text_option("issue", "votes: issues of the roll call"),
    text_option("measure", "observations: the card's measure"),
    text_option("subject", "subjects, or their beginnings with '*'"),
    text_option("places", "a set, or a list of places and sets; members of the as-of day").by_default("world"),
    flag_option("both_actors", "pairs: both of them in `places`").by_default("false"),
    text_option("where", "conditions on intensity, mentions, best or value"),
    text_option("except_days", "records that begin on these days are left out"),
    number_option("credible", "events less credible are not counted (packs/credibility.toml)").within(0, 0.999),
    text_option("except", "subjects whose records, of some days or all, tell of something else"),
    choice_option("unit", "place|actor|dyad|cell|subject|place-subject|subject-place|subject-head|world",
                  "what has a series of its own")
        .by_default("place"),
    choice_option("period", "day|week|month|quarter|year", "the step of the series").by_default("year"),
    choice_option("value",
                  "count|low|best|high|mentions|intensity|last|sum|mean|median|agreement|yes-share|s-score|kappa|ideal-"
                  "point|ideal-distance|balance|intensity-mean|network-balance|last-mentions|last-sources|last-best",
                  "what is summed")
        .by_default("count"),
    text_option("per", "a denominator: the same keys and `join`"),
    text_option("beside", "a second condition: the same keys, `method` and `join`"),
    text_option("parts", "figures told beside a signal's: the same keys, and `counts` of packs/measures.toml"),
    whole_option("over", "sums of the newest so many periods").in("periods").within(1, 1000).by_default("1"),
    choice_option("form", "level|difference|growth", "the value, its difference or its growth").by_default("level"),
    whole_option("lag", "of difference and growth").in("periods").within(1, 1000).by_default("1"),
    whole_option("reach", "where nothing was observed `lag` periods before: how far back the newest before may lie")
        .in("periods")
        .within(0, 1000)
        .by_default("0"),
    choice_option("direction", "rise|fall|both", "which departure signals").by_default("rise"),
    whole_option("recent", "how many of the newest whole periods may signal")
        .in("periods")
        .within(1, 120)
        .by_default("1"),
    number_option("minimum", "a smaller value never signals; with a fall, a smaller expected one").by_default("0"),
    text_option("phrase", "of packs/phrases.toml: how its signals are told; without it as a figure in time"),
    text_option("tells", "figures and names told beside: the same keys, `title`, `names`, `figures`, `newest`"),
    text_option("severity_unit", "what observed minus expected counts"),
    text_option(
        "false_discovery",
        "{ rate, procedure }: the expected share of chance among the signals; without it as packs/grades.toml says"),
    whole_option("first_year", "earlier periods are not looked at").by_default("0"),
    text_option("first_day", "the same by a day: the period that holds it is the first"),
};
constexpr std::string_view event_surveillance_examples[] = {
    "engine = \"event-surveillance\"; method = { name = \"season-trend\", alpha = 0.01 }"};
constexpr pack::Spec event_surveillance_spec{
    "event-surveillance",
    "Counts against their own season and trend, unit by unit; the newest whole periods may signal.",
    surveillance_fields,
    event_surveillance_examples,
    {}};
const pack::Spec* const engine_methods[] = {&season_trend_spec, &farrington_flexible_spec,
                                            &farrington_spec,   &ears_c1_spec,
                                            &ears_c2_spec,      &ears_c3_spec,
                                            &cusum_rossi_spec,  &lr_cusum_poisson_spec,
                                            &lr_cusum_nb_spec,  &glr_poisson_spec,
                                            &glr_nb_spec,       &first_report_spec,
                                            &change_spec,       &rolling_rise_spec,
                                            &threshold_spec,    &pelt_poisson_spec,
                                            &pelt_nb_spec,      &bocpd_spec,
                                            &mann_kendall_spec};

}  // namespace

std::span<const pack::Field> series_fields() { return surveillance_fields; }

const engine::Engine& event_surveillance() {
    static const engine::Engine row{"event-surveillance",
                                    event_surveillance_spec,
                                    engine_methods,
                                    surveillance_needs,
                                    engine::one_by_one<run_surveillance>,
                                    check_surveillance,
                                    signals_in_strip,
                                    nullptr,
                                    judged_past};
    return row;
}

}  // namespace icosa::detect
