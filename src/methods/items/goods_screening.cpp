/// Gathers and weighs what speaks for an item.
#include "methods/items/goods_screening.hpp"

#include <algorithm>
#include <set>
#include <span>

#include <fmt/format.h>

#include "base/cas_number.hpp"
#include "base/text.hpp"

namespace icosa::methods {
namespace {

using enum ItemStrength;

/// Words beside a name that make the goods another thing.
constexpr std::string_view turning_words[] = {
    "detector", "detection", "sensor", "monitor",  "vaccine", "antibody",   "antiserum",   "antitoxin", "antidote",
    "test",     "assay",     "kit",    "simulant", "free",    "substitute", "replacement", "model",     "toy"};
/// A short code means an agent only beside one of these.
constexpr std::string_view words_of_agents[] = {"agent", "warfare", "chemical", "precursor", "nerve", "schedule"};

constexpr std::string_view before_a_name[] = {"chloro", "bromo", "fluoro", "amino", "nitro", "poly", "hydroxy"};
constexpr std::string_view endings_of_a_longer_name[] = {"ate",   "ide",     "yl",      "ester", "salt",
                                                         "resin", "polymer", "complex", "borane"};

bool is_in(std::string_view word, std::span<const std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

bool ends_in_any(std::string_view word, std::span<const std::string_view> endings) {
    return std::ranges::any_of(endings, [&](std::string_view one) { return word.ends_with(one); });
}

constexpr std::size_t most_words_of_a_name = 24;
constexpr std::size_t least_joined = 9;  ///< a shorter name of one word is not put together from pieces
constexpr std::size_t turning_reach = 2;

std::string_view cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
    return text.substr(0, most);
}

}  // namespace

GoodsScreened GoodsScreening::screen(const GoodsLine& line) {
    const std::string_view text = cut(line.text, ItemIndex::most_text);
    if (text.size() < line.text.size())
        remarks_.push_back(fmt::format("only the first {} bytes of the text were read", text.size()));
    text_ = item_text(text);
    read_numbers({text, cut(line.cas, 1000), {}});
    find_names();
    find_families();
    drop_inner();
    weigh_found();
    find_codes(text);
    find_headings(cut(line.hs, 40));
    return {hits(), std::move(remarks_)};
}

void GoodsScreening::read_numbers(const GoodsLine& line) {
    std::vector<std::string> in_column;
    for (const CasFound& one : cas_numbers_in(line.cas)) in_column.push_back(one.number);
    if (in_column.empty()) {
        if (const auto number = parse_cas(line.cas)) in_column.push_back(*number);
        else if (std::ranges::count_if(line.cas, [](char c) { return c >= '0' && c <= '9'; }) >= 4)
            remarks_.push_back(fmt::format("'{}' is not written like a CAS number", excerpt(line.cas)));
    }
    const auto look_up = [&](const std::string& number, std::string_view where) {
        given_.push_back(number);
        const auto found = index_.cas_.find(number);
        if (found == index_.cas_.end()) return;
        for (const std::size_t item : found->second) add(item, Listed, fmt::format("CAS {} {}", number, where));
    };
    for (const std::string& number : in_column) {
        if (cas_checks(number)) look_up(number, "given");
        else remark_on(number);
    }
    for (const CasFound& one : cas_numbers_in(line.text)) {
        if (one.checks) {
            if (std::ranges::find(given_, one.number) == given_.end()) look_up(one.number, "in the text");
            continue;
        }
        // Dates and part numbers look alike: what fails its digit is told only where the text calls it a number.
        const std::string_view before = line.text.substr(0, one.begin);
        const bool is_called = fold(before.substr(before.size() - std::min<std::size_t>(16, before.size()))).find("cas")
            != std::string::npos;
        const bool is_slip = std::ranges::any_of(
            index_.all_cas_, [&](const std::string& other) { return is_one_slip(one.number, other); });
        if (is_called || is_slip) remark_on(one.number);
    }
}

void GoodsScreening::remark_on(const std::string& number) {
    bool is_slip = false;
    for (const std::string& other : index_.all_cas_) {
        if (!is_one_slip(number, other)) continue;
        is_slip = true;
        for (const std::size_t item : index_.cas_.at(other))
            add(item, Possible,
                fmt::format("{} is not a CAS number (check digit); one slip makes it {}", number, other));
    }
    if (!is_slip)
        remarks_.push_back(
            fmt::format("{} is not a CAS number: its check digit should be {}", number, cas_check_digit(number)));
}

void GoodsScreening::find_names() {
    for (std::size_t first = 0; first < text_.words.size(); ++first) {
        const std::size_t begin = text_.words[first].begin;
        const std::string_view rest = std::string_view(text_.letters).substr(begin);
        std::size_t last_known = 0;
        const std::size_t stop = std::min(text_.words.size(), first + most_words_of_a_name);
        for (std::size_t last = first; last < stop; ++last) {
            const std::size_t size = text_.words[last].end - begin;
            if (size > index_.longest_name_) break;
            if (last_known == 0 && size >= beginning) {
                if (!index_.beginnings_.contains(std::string(rest.substr(0, beginning)))) break;
                last_known = size;
            }
            const auto found = index_.names_.find(std::string(rest.substr(0, size)));
            if (found == index_.names_.end()) continue;
            for (const auto& one : found->second) {
                if (one.is_one_word && last > first && size < least_joined) continue;
                found_.push_back({one.item, one.kind, {first, last + 1}});
            }
        }
    }
}

void GoodsScreening::find_families() {
    for (const auto& [item, family] : index_.families_) {
        for (const WordSpan& span : family.find(text_))
            found_.push_back({item, ItemIndex::Kind::Name, span, true, family.is_open()});
    }
}

bool GoodsScreening::is_exempt(const Found& found) const {
    if (!found.is_family) return false;
    for (const std::string& number : given_) {
        const auto exempt = index_.exempt_cas_.find(number);
        if (exempt != index_.exempt_cas_.end() && std::ranges::find(exempt->second, found.item) != exempt->second.end())
            return true;
    }
    return std::ranges::any_of(found_, [&](const Found& other) {
        if (other.kind != ItemIndex::Kind::Exempt || other.item != found.item) return false;
        return found.is_open
            || (other.span.first < found.span.behind_last && found.span.first < other.span.behind_last);
    });
}

/// What stands within a longer name of the same list is no item of its own: hydrogen fluoride in potassium hydrogen
/// fluoride. An open pattern gives way to all that its list names by itself.
void GoodsScreening::drop_inner() {
    std::erase_if(found_, [&](const Found& one) { return is_exempt(one); });
    std::erase_if(found_, [](const Found& one) { return one.kind == ItemIndex::Kind::Exempt; });
    const std::vector<Found> all = found_;
    const auto is_inner = [&](const Found& one) {
        return std::ranges::any_of(all, [&](const Found& other) {
            if (index_.lists_[other.item] != index_.lists_[one.item]) return false;
            if (other.kind == ItemIndex::Kind::Word || other.is_open) return false;
            const bool holds = other.span.first <= one.span.first && one.span.behind_last <= other.span.behind_last;
            const bool is_longer = other.span.behind_last - other.span.first > one.span.behind_last - one.span.first;
            return holds && (is_longer || (one.is_open && other.item != one.item));
        });
    };
    std::erase_if(found_, is_inner);
}

bool GoodsScreening::has_word(std::string_view word) const {
    for (std::size_t i = 0; i < text_.words.size(); ++i) {
        if (text_.word(i) == word) return true;
    }
    return false;
}

/// Why a name may not be what the goods are; "" = nothing speaks against it.
std::string GoodsScreening::doubt_of(const Found& found) const {
    const auto [first, behind] = found.span;
    const std::size_t from = first - std::min(first, turning_reach),
                      to = std::min(text_.words.size(), behind + turning_reach);
    for (std::size_t i = from; i < to; ++i) {
        if ((i < first || i >= behind) && is_in(text_.word(i), turning_words))
            return fmt::format("but beside it stands '{}'", text_.word(i));
    }
    if (!index_.is_chemical_[found.item]) return {};
    if (behind < text_.words.size() && ends_in_any(text_.word(behind), endings_of_a_longer_name))
        return fmt::format("but the name goes on: '{}'", text_.told(first, behind + 1));
    if (first > 0) {
        const std::string_view before = text_.word(first - 1);
        if (before.size() > 3 && (before.ends_with("yl") || before.ends_with("oxy") || is_in(before, before_a_name)))
            return fmt::format("but the name begins before it: '{}'", text_.told(first - 1, behind));
    }
    if (given_.empty() || found.is_family) return {};
    const bool is_its_own = std::ranges::any_of(given_, [&](const std::string& number) {
        const auto items = index_.cas_.find(number);
        return items != index_.cas_.end() && std::ranges::find(items->second, found.item) != items->second.end();
    });
    return is_its_own ? "" : fmt::format("but the number given, {}, is not its own", given_.front());
}

void GoodsScreening::weigh_found() {
    for (const Found& one : found_) {
        const std::string told = excerpt(text_.told(one.span.first, one.span.behind_last), 120);
        const std::string doubt = doubt_of(one);
        const std::string tail = doubt.empty() ? "" : ", " + doubt;
        if (one.kind == ItemIndex::Kind::Word)
            add(one.item, CategoryOnly, fmt::format("a word of the category: '{}'", told));
        else if (one.kind == ItemIndex::Kind::Hint)
            add(one.item, Possible, fmt::format("'{}': whether it is listed, its parameters decide{}", told, tail));
        else if (one.is_family)
            add(one.item, one.is_open || !doubt.empty() ? Possible : Listed,
                fmt::format("'{}' is built like a name of the family{}", told, tail));
        else add(one.item, doubt.empty() ? Listed : Possible, fmt::format("named in the text: '{}'{}", told, tail));
    }
}

void GoodsScreening::find_codes(std::string_view text) {
    const bool is_of_agents =
        std::ranges::any_of(words_of_agents, [&](std::string_view word) { return has_word(word); });
    for (const std::string_view code : written_codes(text)) {
        const auto found = index_.codes_.find(std::string(code));
        if (found == index_.codes_.end() || (code.size() < 3 && !is_of_agents)) continue;
        for (const std::size_t item : found->second)
            add(item, code.size() < 3 ? CategoryOnly : Possible,
                fmt::format("the code '{}', which may mean something else", code));
    }
}

void GoodsScreening::find_headings(std::string_view hs) {
    std::string digits;
    for (const char c : hs) {
        if (c >= '0' && c <= '9') digits += c;
        else if (c != '.' && c != ' ' && c != '-') return;
    }
    for (const auto& [heading, item] : index_.hs_named_) {
        if (digits.starts_with(heading)) add(item, Possible, fmt::format("HS {} is its subheading", heading));
    }
    for (const auto& [heading, item] : index_.hs_) {
        if (digits.starts_with(heading)) add(item, CategoryOnly, fmt::format("HS {}: it may be, look at it", heading));
    }
}

std::vector<ItemHit> GoodsScreening::hits() const {
    std::vector<ItemHit> out;
    for (const auto& [item, all] : grounds_) {
        std::vector<Grounds> sorted = all;
        std::ranges::stable_sort(sorted, [](const Grounds& a, const Grounds& b) { return a.strength > b.strength; });
        std::vector<std::string> words;
        for (const Grounds& one : sorted) {
            if (std::ranges::find(words, one.words) == words.end() && words.size() < 4) words.push_back(one.words);
        }
        out.push_back({item, sorted.front().strength, join(words, "; ")});
    }
    std::ranges::stable_sort(out, [](const ItemHit& a, const ItemHit& b) { return a.strength > b.strength; });
    // A category says nothing more where its list has an item already.
    std::set<std::string_view> told;
    std::erase_if(out, [&](const ItemHit& one) {
        const std::string& list = index_.lists_[one.item];
        if (one.strength == CategoryOnly) return told.contains(list);
        told.insert(list);
        return false;
    });
    return out;
}

}  // namespace icosa::methods
