/// Words of names that say little or nothing of who bears them.
#include "methods/names/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace icosa::methods::names {
namespace {

using WordSet = std::unordered_set<std::string_view>;

const WordSet& particles() {
    static const WordSet words = {
        "al",  "el",    "ul",    "il",    "bin",    "ibn",   "ben",   "bint",  "binti", "bent", "ould", "wald", "walad",
        "abd", "abdul", "abdel", "abdal", "abdoul", "abdol", "abdou", "abu",   "abou",  "abo",  "abi",  "um",   "umm",
        "oum", "de",    "da",    "do",    "dos",    "das",   "del",   "della", "di",    "du",   "des",  "la",   "le",
        "les", "las",   "los",   "van",   "von",    "vom",   "zu",    "zur",   "der",   "den",  "het",  "ter",  "ten",
        "af",  "av",    "y",     "e",     "i",      "the",   "of",    "and",   "for",   "und",  "et",   "wa",   "und",
        "fur", "in",    "on",    "at",    "to",     "ad",    "ar",    "as",    "az",    "ash",  "ur",   "ud",   "us",
        "uz",  "ush",   "eddin", "uddin", "bar",    "aka",   "na",    "s"};
    return words;
}

const WordSet& titles() {
    static const WordSet words = {
        "mr",        "mrs",      "ms",         "miss",    "dr",       "prof",      "professor",  "sir",
        "lord",      "lady",     "dame",       "herr",    "frau",     "monsieur",  "madame",     "mme",
        "mlle",      "don",      "dona",       "sr",      "sra",      "senor",     "senora",     "haji",
        "hajji",     "hadji",    "hajj",       "haj",     "hadj",     "al-haj",    "alhaj",      "alhaji",
        "mullah",    "mulla",    "mollah",     "molla",   "maulana",  "mawlana",   "maulavi",    "maulawi",
        "mawlawi",   "mawlavi",  "molvi",      "moulavi", "moulana",  "sheikh",    "shaikh",     "shaykh",
        "sheik",     "cheikh",   "shekh",      "sheykh",  "shayk",    "qari",      "qazi",       "hafiz",
        "imam",      "ustad",    "ustadh",     "ustaz",   "engineer", "eng",       "general",    "gen",
        "colonel",   "col",      "major",      "maj",     "captain",  "capt",      "lieutenant", "lt",
        "brigadier", "brig",     "commander",  "admiral", "marshal",  "president", "prasident",  "presidente",
        "minister",  "chairman", "commandant", "cdr",     "sgt",      "sergeant",  "jr",         "senior",
        "junior",    "alias",    "mv",         "mt",      "ss",       "mufti",     "emir",       "amir"};
    return words;
}

/// Words of the trade say less than a name; how much less, the lists that are searched say.
const WordSet& generics() {
    static const WordSet words = {
        "bank",        "banking",      "trading",     "trade",       "international", "national",    "general",
        "group",       "gruppe",       "holding",     "holdings",    "industries",    "industry",    "industrial",
        "services",    "service",      "systems",     "enterprise",  "enterprises",   "development", "investment",
        "investments", "organization", "association", "foundation",  "establishment", "center",      "centre",
        "institute",   "university",   "ministry",    "department",  "office",        "agency",      "management",
        "global",      "import",       "export",      "commercial",  "shipping",      "technology",  "technologies",
        "engineering", "construction", "company",     "corporation", "exchange",      "money",       "factory",
        "plant",       "research",     "production",  "products",    "energy",        "oil",         "petroleum",
        "gas",         "power",        "electronics", "electronic",  "chemical",      "transport",   "logistics",
        "marine",      "maritime",     "lines",       "airlines",    "aviation",      "capital",     "finance",
        "financial",   "insurance",    "trust",       "fund",        "partners",      "securities",  "solutions",
        "consulting"};
    return words;
}

struct FormRow {
    const char* words;
    const char* kind;
};
// Spelled with blanks as they stand after letters are read: full stops and hyphens part words.
constexpr FormRow form_rows[] = {
    {"limited liability company", "ltd"},
    {"private limited company", "ltd"},
    {"company limited", "ltd"},
    {"co limited", "ltd"},
    {"co ltd", "ltd"},
    {"private limited", "ltd"},
    {"pvt ltd", "ltd"},
    {"pty ltd", "ltd"},
    {"pte ltd", "ltd"},
    {"sdn bhd", "ltd"},
    {"limited", "ltd"},
    {"ltd", "ltd"},
    {"ltda", "ltd"},
    {"limitada", "ltd"},
    {"llc", "ltd"},
    {"l l c", "ltd"},
    {"gmbh", "ltd"},
    {"g m b h", "ltd"},
    {"ooo", "ltd"},
    {"o o o", "ltd"},
    {"tov", "ltd"},
    {"too", "ltd"},
    {"srl", "ltd"},
    {"s r l", "ltd"},
    {"sarl", "ltd"},
    {"s a r l", "ltd"},
    {"sp z o o", "ltd"},
    {"spzoo", "ltd"},
    {"bv", "ltd"},
    {"b v", "ltd"},
    {"bvba", "ltd"},
    {"b v b a", "ltd"},
    {"doo", "ltd"},
    {"d o o", "ltd"},
    {"kft", "ltd"},
    {"sro", "ltd"},
    {"s r o", "ltd"},
    {"oy", "ltd"},
    {"ab", "plc"},
    {"aps", "ltd"},
    {"pvt", "ltd"},
    {"pte", "ltd"},
    {"pty", "ltd"},
    {"fze", "ltd"},
    {"fzco", "ltd"},
    {"fz llc", "ltd"},
    {"fzc", "ltd"},
    {"lp", "fund"},
    {"l p", "fund"},
    {"llp", "fund"},
    {"obshchestvo s ogranichennoy otvetstvennostyu", "ltd"},
    {"societatea cu raspundere limitata", "ltd"},
    {"gesellschaft mit beschrankter haftung", "ltd"},
    {"sociedad de responsabilidad limitada", "ltd"},
    {"s de rl de cv", "ltd"},
    {"s de r l de c v", "ltd"},
    {"societe a responsabilite limitee", "ltd"},
    {"open joint stock company", "plc"},
    {"closed joint stock company", "plc"},
    {"public joint stock company", "plc"},
    {"joint stock company", "plc"},
    {"joynt stock company", "plc"},
    {"joint stock", "plc"},
    {"public limited company", "plc"},
    {"plc", "plc"},
    {"p l c", "plc"},
    {"jsc", "plc"},
    {"ojsc", "plc"},
    {"cjsc", "plc"},
    {"pjsc", "plc"},
    {"oao", "plc"},
    {"zao", "plc"},
    {"pao", "plc"},
    {"ao", "plc"},
    {"aktsionernoe obshchestvo", "plc"},
    {"otkrytoe aktsionernoe obshchestvo", "plc"},
    {"publichnoe aktsionernoe obshchestvo", "plc"},
    {"zakrytoe aktsionernoe obshchestvo", "plc"},
    {"ag", "plc"},
    {"akg", "plc"},
    {"a g", "plc"},
    {"aktiengesellschaft", "plc"},
    {"sa", "plc"},
    {"s a", "plc"},
    {"spa", "plc"},
    {"s p a", "plc"},
    {"nv", "plc"},
    {"n v", "plc"},
    {"sociedad anonima", "plc"},
    {"societe anonyme", "plc"},
    {"sa de cv", "plc"},
    {"s a de c v", "plc"},
    {"saog", "plc"},
    {"sal", "plc"},
    {"s a l", "plc"},
    {"asa", "plc"},
    {"a s", "plc"},
    {"tbk", "plc"},
    {"pt", "plc"},
    {"p t", "plc"},
    {"se", "plc"},
    {"kgaa", "plc"},
    {"inc", "co"},
    {"incorporated", "co"},
    {"corp", "co"},
    {"corporation", "co"},
    {"company", "co"},
    {"co", "co"},
    {"cia", "co"},
    {"compania", "co"},
    {"n a", "co"},
    {"cie", "co"},
    {"cooperative", "coop"},
    {"coop", "coop"},
    {"fsue", "state"},
    {"fgup", "state"},
    {"federal state unitary enterprise", "state"},
    {"gup", "state"},
};

const std::unordered_map<std::string_view, std::vector<std::pair<std::vector<std::string_view>, std::string_view>>>&
forms() {
    static const auto table = [] {
        std::unordered_map<std::string_view, std::vector<std::pair<std::vector<std::string_view>, std::string_view>>>
            out;
        for (const FormRow& row : form_rows) {
            auto words = split(row.words, ' ');
            out[words.front()].emplace_back(std::move(words), row.kind);
        }
        for (auto& [first, ways] : out)
            std::stable_sort(ways.begin(), ways.end(),
                             [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
        return out;
    }();
    return table;
}

}  // namespace

WordKind kind_of_word(std::string_view word) {
    if (particles().contains(word)) return WordKind::Particle;
    if (titles().contains(word)) return WordKind::Title;
    return generics().contains(word) ? WordKind::Generic : WordKind::Name;
}

bool is_patronymic(std::string_view word) {
    if (word.size() < 7) return false;
    for (const std::string_view end :
         {"ovich", "evich", "ovych", "evych",   "ovitch", "evitch", "ovic",  "avich",  "yevich", "ovna", "evna",
          "ivna",  "yevna", "awna",  "ovitsch", "auna",   "ouna",   "ichna", "avitch", "evych",  "ivych"})
        if (word.ends_with(end)) return true;
    return false;
}

FormFound form_at(std::span<const std::string_view> words) {
    if (words.empty()) return {};
    const auto& table = forms();
    const auto found = table.find(words.front());
    if (found == table.end()) return {};
    for (const auto& [way, kind] : found->second) {
        if (way.size() > words.size()) continue;
        if (std::equal(way.begin(), way.end(), words.begin())) return {way.size(), kind};
    }
    return {};
}

std::optional<int> number_word(std::string_view word) {
    static const std::unordered_map<std::string_view, int> words = {
        {"zero", 0},      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},
        {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},
        {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
        {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},
        {"sixty", 60},    {"seventy", 70},  {"eighty", 80},   {"ninety", 90},  {"first", 1},    {"second", 2},
        {"third", 3},     {"fourth", 4},    {"fifth", 5},     {"sixth", 6},    {"seventh", 7},  {"eighth", 8},
        {"ninth", 9},     {"tenth", 10},    {"1st", 1},       {"2nd", 2},      {"3rd", 3},      {"4th", 4},
        {"5th", 5},       {"ii", 2},        {"iii", 3},       {"iv", 4},       {"vi", 6},       {"vii", 7},
        {"viii", 8},      {"ix", 9},        {"xi", 11},       {"xii", 12},     {"xiii", 13},    {"xiv", 14},
        {"xv", 15},       {"xvi", 16},      {"xvii", 17},     {"xviii", 18},   {"xix", 19},     {"xx", 20}};
    const auto found = words.find(word);
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

std::string_view whole_word(std::string_view word) {
    static const std::unordered_map<std::string_view, std::string_view> words = {{"intl", "international"},
                                                                                 {"int", "international"},
                                                                                 {"natl", "national"},
                                                                                 {"org", "organization"},
                                                                                 {"organisation", "organization"},
                                                                                 {"centre", "center"},
                                                                                 {"dept", "department"},
                                                                                 {"mfg", "manufacturing"},
                                                                                 {"bros", "brothers"},
                                                                                 {"assoc", "association"},
                                                                                 {"est", "establishment"},
                                                                                 {"univ", "university"},
                                                                                 {"govt", "government"},
                                                                                 {"dev", "development"},
                                                                                 {"tech", "technology"},
                                                                                 {"gral", "general"},
                                                                                 {"grp", "group"},
                                                                                 {"mgmt", "management"},
                                                                                 {"md", "mohammad"},
                                                                                 {"mohd", "mohammad"},
                                                                                 {"muhd", "mohammad"},
                                                                                 {"st", "saint"}};
    const auto found = words.find(word);
    return found == words.end() ? word : found->second;
}

int spelling_group(std::string_view word) {
    if (word.size() > 5) return 0;
    static const std::unordered_map<std::string_view, int> groups = [] {
        static constexpr const char* rows[] = {"ri lee yi rhee li ree rhie",
                                               "jo cho choh",
                                               "pak park bak",
                                               "choe choi",
                                               "kim gim ghim",
                                               "no roh noh ro",
                                               "an ahn",
                                               "paek baek paik baik back",
                                               "jong chong jung chung jeong",
                                               "kang gang",
                                               "im rim lim yim",
                                               "yun yoon youn",
                                               "son sohn",
                                               "so seo suh",
                                               "sin shin",
                                               "u woo wu",
                                               "o oh",
                                               "yu yoo ryu ryoo",
                                               "jang chang",
                                               "jon chon jeon chun jun",
                                               "ko go koh",
                                               "mun moon",
                                               "ku koo gu",
                                               "pae bae",
                                               "hyon hyun",
                                               "yong young yeong",
                                               "hyok hyuk hyeok",
                                               "chol cheol chul",
                                               "song sung seong",
                                               "il ihl",
                                               "sok seok suk",
                                               "kyong kyung gyeong",
                                               "myong myung myeong",
                                               "pyong byung byeong",
                                               "hun hoon",
                                               "un eun",
                                               "chin jin",
                                               "chu joo ju",
                                               "su soo"};
        std::unordered_map<std::string_view, int> out;
        int number = 0;
        for (const char* row : rows) {
            ++number;
            for (const auto one : split(row, ' ')) out.emplace(one, number);
        }
        return out;
    }();
    const auto found = groups.find(word);
    return found == groups.end() ? 0 : found->second;
}

}  // namespace icosa::methods::names
