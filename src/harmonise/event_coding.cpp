/// Codes events.
#include "harmonise/event_coding.hpp"

#include <algorithm>

#include "pack/source_card.hpp"

namespace icosa::harmonise {

using methods::matching::Agreement;
using methods::matching::Categories;

namespace {

/// Of the categories that a source has, the number on each level.
std::vector<Categories> categories_of(const std::vector<std::string>& kinds, const pack::Taxonomy& taxonomy) {
    std::vector<std::map<std::string, std::int32_t>> numbers(taxonomy.levels.size());
    for (const auto& [finest, broader] : taxonomy.categories) {
        numbers[0].emplace(finest, static_cast<std::int32_t>(numbers[0].size()));
        for (std::size_t i = 0; i < broader.size(); ++i)
            numbers[i + 1].emplace(broader[i], static_cast<std::int32_t>(numbers[i + 1].size()));
    }
    std::vector<Categories> out;
    for (const auto& kind : kinds) {
        Categories& levels = out.emplace_back();
        levels.push_back(numbers[0].at(kind));
        const auto& broader = taxonomy.categories.at(kind);
        for (std::size_t i = 0; i < broader.size(); ++i) levels.push_back(numbers[i + 1].at(broader[i]));
    }
    return out;
}

}  // namespace

Taken EventCoder::add(const Report& report, const model::TermTable& terms) {
    if (report.latitude_microdeg == model::no_int || report.longitude_microdeg == model::no_int) return Taken::Unplaced;
    const bool is_dated = report.precision == model::Precision::Day || report.precision == model::Precision::Range;
    if (!is_dated || report.first == no_day) return Taken::Undated;
    if (!model::is_point(report.position_precision)) return Taken::Area;
    const model::TermId kind = coding_ && coding_->by == pack::CodedBy::Code ? report.code : report.kind;
    const bool has_kind = add(report.latitude_microdeg / 1e6, report.longitude_microdeg / 1e6, report.first,
                              std::max(report.first, report.last), kind == model::no_term ? "" : terms.at(kind).text);
    return has_kind ? Taken::Yes : Taken::OtherKind;
}

bool EventCoder::add(double latitude_deg, double longitude_deg, Day first, Day last, const std::string& kind) {
    const auto number = number_of(kind);
    if (number) events_.push_back({latitude_deg, longitude_deg, first, last, *number});
    return number.has_value();
}

std::optional<std::int32_t> EventCoder::number_of(const std::string& kind) {
    const auto [at, is_new] = numbers_.try_emplace(kind);
    if (!is_new) return at->second;
    const std::string* category = coding_ ? pack::look_up(coding_->codes, kind) : &kind;
    if (category)
        at->second = categories_.try_emplace(*category, static_cast<std::int32_t>(categories_.size())).first->second;
    return at->second;
}

CodedEvents EventCoder::take() {
    CodedEvents out{std::move(events_), {}};
    std::vector<std::int32_t> number(categories_.size());
    for (const auto& [category, at] : categories_) {
        number[static_cast<std::size_t>(at)] = static_cast<std::int32_t>(out.kinds.size());
        out.kinds.push_back(category);
    }
    for (auto& event : out.events) event.kind = number[static_cast<std::size_t>(event.kind)];
    return out;
}

std::vector<const pack::Taxonomy*> taxonomies_of_both(std::span<const pack::Taxonomy> all, std::string_view a,
                                                      std::string_view b) {
    std::vector<const pack::Taxonomy*> out;
    for (const auto& one : all)
        if (one.find_coding(a) && one.find_coding(b)) out.push_back(&one);
    return out;
}

Agreement agreement_by(const pack::Taxonomy& taxonomy, const std::vector<std::string>& kinds_a,
                       const std::vector<std::string>& kinds_b) {
    const std::vector<std::int32_t> levels = {static_cast<std::int32_t>(taxonomy.levels.size())};
    return {levels, categories_of(kinds_a, taxonomy), categories_of(kinds_b, taxonomy)};
}

}  // namespace icosa::harmonise
