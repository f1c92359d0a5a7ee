/// The words, folded, by what they name.
#include "draft/name_hint.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "base/text.hpp"

namespace icosa::draft {
namespace {

// English, French, Spanish, Portuguese, German, Russian, Arabic, Chinese, Swahili; as fold() writes them.
constexpr std::string_view day_words[] = {
    "date",     "day",        "dates",   "jour",      "jours",    "fecha",    "dia",     "data",   "datum", "tag",
    "month",    "mois",       "mes",     "monat",     "week",     "weeks",    "semaine", "semana", "woche", "year",
    "annee",    "ano",        "anno",    "jahr",      "period",   "periode",  "periodo", "time",   "when",  "epiweek",
    "yearweek", "weekending", "quarter", "trimestre", "reported", "occurred", "mwaka",   "tarehe", "дата",  "день",
    "месяц",    "неделя",     "год",     "تاريخ",     "日期",     "时间",     "月份",    "周"};
constexpr std::string_view place_words[] = {"country", "pays",        "pais",  "land",   "staat",    "state",  "nation",
                                            "place",   "lieu",        "lugar", "ort",    "location", "iso3",   "iso2",
                                            "iso",     "countrycode", "adm0",  "admin0", "where",    "страна", "место",
                                            "nchi",    "بلد",         "国家",  "地点"};
constexpr std::string_view region_words[] = {
    "region", "regions", "province", "provincia", "district", "departement", "department",  "departamento",
    "cercle", "commune", "ville",    "city",      "town",     "village",     "ciudad",      "stadt",
    "market", "marche",  "mercado",  "markt",     "adm1",     "admin1",      "adm2",        "admin2",
    "adm3",   "admin3",  "zone",     "zona",      "county",   "governorate", "gouvernorat", "wilaya",
    "area",   "site",    "camp",     "locality",  "localite", "municipio",   "kreis",       "bezirk",
    "health", "область", "регион",   "город",     "рынок",    "район",       "mkoa",        "soko",
    "محافظة", "سوق",     "地区",     "省",        "市场"};
constexpr std::string_view count_words[] = {
    "count",      "counts",   "number",     "nombre",   "nb",       "nbr",        "numero",   "cantidad",
    "anzahl",     "n",        "cases",      "case",     "cas",      "casos",      "falle",    "incidents",
    "incidentes", "events",   "evenements", "eventos",  "deaths",   "deces",      "morts",    "muertes",
    "mortes",     "tote",     "fatalities", "killed",   "victims",  "victimes",   "victimas", "injured",
    "blesses",    "affected", "displaced",  "deplaces", "arrivals", "attacks",    "attaques", "reports",
    "persons",    "people",   "personnes",  "total",    "idps",     "households", "menages",  "случаев",
    "случаи",     "число",    "количество", "idadi",    "عدد",      "数量",       "人数",     "病例"};
constexpr std::string_view value_words[] = {
    "price",   "prices", "prix",        "precio",   "preco",  "preis", "value",   "valeur", "valor",
    "wert",    "index",  "indice",      "rate",     "taux",   "tasa",  "quote",   "cost",   "cout",
    "level",   "niveau", "temperature", "rainfall", "pluie",  "share", "percent", "score",  "amount",
    "montant", "usd",    "цена",        "значение", "индекс", "bei",   "سعر",     "价格",   "数值"};
constexpr std::string_view kind_words[] = {"type",    "types",      "kind",    "category",  "categorie", "categoria",
                                           "tipo",    "art",        "typ",     "kategorie", "nature",    "disease",
                                           "maladie", "enfermedad", "product", "produit",   "producto",  "commodity",
                                           "item",    "sector",     "вид",     "тип",       "товар",     "aina",
                                           "نوع",     "类型",       "类别",    "商品"};
constexpr std::string_view missing_words[] = {"NA",   "N/A",  "n/a",  "na", "nan", "NaN",  "null", "NULL", "None",
                                              "none", "-",    "--",   "—",  "–",   "..",   "...",  "…",    ".",
                                              "ND",   "N.D.", "n.d.", "nd", "n/d", "#N/A", "?",    "k.A.", "s.d."};

std::span<const std::string_view> words_for(Hint hint) {
    switch (hint) {
        case Hint::Day: return day_words;
        case Hint::Place: return place_words;
        case Hint::Region: return region_words;
        case Hint::Count: return count_words;
        case Hint::Value: return value_words;
        case Hint::Kind: return kind_words;
    }
    return {};
}

/// "eventDate" as "event Date", "GNAYear" as "GNA Year".
std::string parted(std::string_view column) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    std::string out;
    for (std::size_t i = 0; i < column.size(); ++i) {
        const bool begins = i > 0 && is_upper(column[i])
            && (is_lower(column[i - 1])
                || (is_upper(column[i - 1]) && i + 1 < column.size() && is_lower(column[i + 1])));
        if (begins) out += ' ';
        out += column[i];
    }
    return out;
}

}  // namespace

bool hints_at(std::string_view column, Hint hint) {
    const std::string folded = fold(parted(column));
    const auto words = words_for(hint);
    return std::ranges::any_of(split(folded, ' '),
                               [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); });
}

bool is_missing_word(std::string_view cell) {
    return std::ranges::find(missing_words, cell) != std::end(missing_words);
}

}  // namespace icosa::draft
