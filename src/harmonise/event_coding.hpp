/// Event coding: the events of a source as a taxonomy tells them apart, and how well the kinds of two sources agree.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "methods/matching/matching.hpp"
#include "model/record.hpp"
#include "model/term.hpp"
#include "pack/taxonomy.hpp"

namespace icosa::harmonise {

/// What a record says that matching needs.
struct Report {
    std::int32_t latitude_microdeg = model::no_int;
    std::int32_t longitude_microdeg = model::no_int;
    Day first = no_day, last = no_day;
    model::Precision precision = model::Precision::Day;
    model::TermId kind = model::no_term;
    model::TermId code = model::no_term;
    model::PositionPrecision position_precision = model::PositionPrecision::Unknown;
};

/// What became of one.
enum class Taken : std::uint8_t {
    Yes,
    Unplaced,   ///< no position
    Undated,    ///< no day, or a month or year only
    Area,
    OtherKind,  ///< of a kind that the taxonomy does not have
};

/// Events of one source, in the order in which they were added; kind: number in `kinds`.
struct CodedEvents {
    std::vector<methods::matching::Event> events;
    std::vector<std::string> kinds;  ///< as told apart, sorted: categories of the taxonomy, or as they are written
};

class EventCoder {
public:
    /// coding null = kinds as they are written.
    explicit EventCoder(const pack::Coding* coding) : coding_(coding) {}

    Taken add(const Report& report, const model::TermTable& terms);
    /// false: the taxonomy has no such kind.
    bool add(double latitude_deg, double longitude_deg, Day first, Day last, const std::string& kind);
    [[nodiscard]] CodedEvents take();

private:
    std::optional<std::int32_t> number_of(const std::string& kind);

    const pack::Coding* coding_;
    std::map<std::string, std::int32_t> categories_;
    std::unordered_map<std::string, std::optional<std::int32_t>> numbers_;  ///< by kind as it is written
    std::vector<methods::matching::Event> events_;
};

/// The taxonomies that code both sources.
[[nodiscard]] std::vector<const pack::Taxonomy*> taxonomies_of_both(std::span<const pack::Taxonomy> all,
                                                                    std::string_view a, std::string_view b);

/// How well the kinds of two sources agree on the levels of the taxonomy that they were coded by.
[[nodiscard]] methods::matching::Agreement agreement_by(const pack::Taxonomy& taxonomy,
                                                        const std::vector<std::string>& kinds_a,
                                                        const std::vector<std::string>& kinds_b);

}  // namespace icosa::harmonise
