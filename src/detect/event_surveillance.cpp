/// event-surveillance: are there more events, or more of what they did, than a unit's own past explains?
#include "detect/checks.hpp"
#include "detect/engines.hpp"
#include "detect/method_table.hpp"
#include "detect/surveillance.hpp"
#include "engine/select.hpp"

namespace icosa::detect {
namespace {

using pack::Field;
using pack::FieldType;

constexpr Field fields[] = {
    {.name = "from", .type = FieldType::Text, .doc = "sources in order of preference; the first that is not stale answers"},
    {.name = "records", .type = FieldType::Choice, .fallback = "event", .choices = "event|observation|vote|designation", .doc = "what is counted; observation where a measure is given"},
    {.name = "kind", .type = FieldType::Text, .doc = "events of these kinds; designations of these regimes"},
    {.name = "code", .type = FieldType::Text, .doc = "the source's own codes, or their beginnings with '*'; votes: resolutions"},
    {.name = "issue", .type = FieldType::Text, .doc = "votes: issues of the roll call"},
    {.name = "measure", .type = FieldType::Text, .doc = "observations: the card's measure"},
    {.name = "subject", .type = FieldType::Text, .doc = "subjects, or their beginnings with '*'"},
    {.name = "places", .type = FieldType::Text, .fallback = "world", .doc = "a set, or a list of places and sets; members of the as-of day"},
    {.name = "both_actors", .type = FieldType::Flag, .fallback = "false", .doc = "pairs: both of them in `places`"},
    {.name = "where", .type = FieldType::Text, .doc = "conditions on intensity, mentions, best or value"},
    {.name = "except_days", .type = FieldType::Text, .doc = "records that begin on these days are left out"},
    {.name = "unit", .type = FieldType::Choice, .fallback = "place", .choices = "place|actor|dyad|cell|subject|place-subject|world", .doc = "what has a series of its own"},
    {.name = "period", .type = FieldType::Choice, .fallback = "year", .choices = "day|week|month|quarter|year", .doc = "the step of the series"},
    {.name = "value", .type = FieldType::Choice, .fallback = "count", .choices = "count|low|best|high|mentions|intensity|last|sum|mean|median|agreement|yes-share|s-score|kappa|ideal-point|ideal-distance|balance|intensity-mean|network-balance", .doc = "what is summed"},
    {.name = "per", .type = FieldType::Text, .doc = "a denominator: the same keys and `join`"},
    {.name = "beside", .type = FieldType::Text, .doc = "a second condition: the same keys, `method` and `join`"},
    {.name = "over", .type = FieldType::Whole, .unit = "periods", .fallback = "1", .minimum = 1, .maximum = 1000, .doc = "sums of the newest so many periods"},
    {.name = "form", .type = FieldType::Choice, .fallback = "level", .choices = "level|difference|growth", .doc = "the value, its difference or its growth"},
    {.name = "lag", .type = FieldType::Whole, .unit = "periods", .fallback = "1", .minimum = 1, .maximum = 1000, .doc = "of difference and growth"},
    {.name = "direction", .type = FieldType::Choice, .fallback = "rise", .choices = "rise|fall|both", .doc = "which departure signals"},
    {.name = "recent", .type = FieldType::Whole, .unit = "periods", .fallback = "1", .minimum = 1, .maximum = 120, .doc = "how many of the newest whole periods may signal"},
    {.name = "minimum", .type = FieldType::Number, .fallback = "0", .doc = "a smaller value never signals; with a fall, a smaller expected one"},
    {.name = "severity_unit", .type = FieldType::Text, .doc = "what observed minus expected counts"},
    {.name = "false_discovery", .type = FieldType::Text, .doc = "{ rate, procedure }: the expected share of chance among the signals; without it as packs/grades.toml says"},
    {.name = "first_year", .type = FieldType::Whole, .fallback = "0", .doc = "earlier periods are not looked at"},
    {.name = "first_day", .type = FieldType::Text, .doc = "the same by a day: the period that holds it is the first"},
};
constexpr std::string_view examples[] = {"engine = \"event-surveillance\"; method = { name = \"season-trend\", alpha = 0.01 }"};
constexpr pack::Spec spec{"event-surveillance", "Counts against their own season and trend, unit by unit; the newest whole periods may signal.", fields, examples, {}};
const pack::Spec* const engine_methods[] = {&season_trend_spec, &farrington_flexible_spec, &farrington_spec, &ears_c1_spec, &ears_c2_spec, &ears_c3_spec, &cusum_rossi_spec, &lr_cusum_poisson_spec, &lr_cusum_nb_spec, &glr_poisson_spec, &glr_nb_spec, &first_report_spec, &change_spec, &rolling_rise_spec, &threshold_spec, &pelt_poisson_spec, &pelt_nb_spec, &bocpd_spec, &mann_kendall_spec};

}  // namespace

std::span<const pack::Field> series_fields() { return fields; }

const engine::Engine& event_surveillance() {
    static const engine::Engine row{"event-surveillance", spec, engine_methods, engine::selects_of, engine::one_by_one<run_surveillance>, check_surveillance, signals_in_strip};
    return row;
}

}  // namespace icosa::detect
