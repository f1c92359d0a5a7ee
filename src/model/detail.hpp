/// What a row says beyond the fields of its record: the names of a designee, the elements of an orbit. One mechanism
/// for all sources; the fields are a closed list.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace icosa::model {

enum class DetailField : std::uint8_t {
    // of designations
    Name,            ///< the name that the entry stands under
    NameOriginal,    ///< in the script of its own language
    NameFormer,      ///< formerly known as
    Alias,
    AliasWeak,       ///< too common or too vague to identify
    BirthDate,       ///< as the list writes it
    BirthYear,
    BirthYearFrom,
    BirthYearTo,
    BirthKind,       ///< exact, approximately, between
    BirthPlace,
    Nationality,
    DocumentType,
    DocumentNumber,
    DocumentIssuer,
    DocumentNote,
    Title,
    Position,
    Gender,
    Address,
    Programme,       ///< of several, beside the regime of the record
    Measures,        ///< what applies to the designee
    Comment,
    Updated,         ///< a day on which the list says that it changed the entry
    // of element sets
    Epoch,
    MeanMotion,
    Eccentricity,
    Inclination,
    AscendingNode,
    PerigeeArgument,
    MeanAnomaly,
    Drag,
    MeanMotionRate,
    MeanMotionAcceleration,
    ElementSetNumber,
    RevolutionAtEpoch,
    ObjectName,
    Designator,
    ObjectNumber     ///< of the catalogue
};

inline constexpr std::string_view detail_field_names[] = {"name",
                                                          "name-original",
                                                          "name-former",
                                                          "alias",
                                                          "alias-weak",
                                                          "birth-date",
                                                          "birth-year",
                                                          "birth-year-from",
                                                          "birth-year-to",
                                                          "birth-kind",
                                                          "birth-place",
                                                          "nationality",
                                                          "document-type",
                                                          "document-number",
                                                          "document-issuer",
                                                          "document-note",
                                                          "title",
                                                          "position",
                                                          "gender",
                                                          "address",
                                                          "programme",
                                                          "measures",
                                                          "comment",
                                                          "updated",
                                                          "epoch",
                                                          "mean-motion",
                                                          "eccentricity",
                                                          "inclination",
                                                          "ascending-node",
                                                          "perigee-argument",
                                                          "mean-anomaly",
                                                          "drag",
                                                          "mean-motion-rate",
                                                          "mean-motion-acceleration",
                                                          "element-set-number",
                                                          "revolution-at-epoch",
                                                          "object-name",
                                                          "designator",
                                                          "object-number"};
inline constexpr std::size_t detail_fields = static_cast<std::size_t>(DetailField::ObjectNumber) + 1;
static_assert(std::size(detail_field_names) == detail_fields);

[[nodiscard]] constexpr std::string_view name_of(DetailField field) {
    return detail_field_names[static_cast<std::size_t>(field)];
}
[[nodiscard]] constexpr std::optional<DetailField> detail_field_of(std::string_view name) {
    for (std::size_t i = 0; i < detail_fields; ++i) {
        if (detail_field_names[i] == name) return static_cast<DetailField>(i);
    }
    return std::nullopt;
}

/// Fields that together tell one document, one birth; else the field's own name.
[[nodiscard]] constexpr std::string_view group_of(DetailField field) {
    switch (field) {
        case DetailField::DocumentType:
        case DetailField::DocumentNumber:
        case DetailField::DocumentIssuer:
        case DetailField::DocumentNote: return "document";
        case DetailField::BirthDate:
        case DetailField::BirthYear:
        case DetailField::BirthYearFrom:
        case DetailField::BirthYearTo:
        case DetailField::BirthKind: return "birth";
        default: return name_of(field);
    }
}

/// Of a row, its fields by number: the third alias is `alias` number 2, and the kind and number of one document have
/// one number. Part 0 is the whole text; parts from 1 are its pieces in the source's order (family name, given names).
struct Detail {
    std::int32_t line = 0;    ///< of the row
    std::int32_t number = 0;  ///< which of several, from 0
    DetailField field = DetailField::Name;
    std::uint8_t part = 0;
    std::string text;         ///< UTF-8, trimmed, blanks within it single; never empty

    bool operator==(const Detail&) const = default;
    /// Within a file: by line, field, number, part.
    [[nodiscard]] friend std::strong_ordering operator<=>(const Detail& a, const Detail& b) {
        return std::tie(a.line, a.field, a.number, a.part, a.text)
            <=> std::tie(b.line, b.field, b.number, b.part, b.text);
    }
};

}  // namespace icosa::model
