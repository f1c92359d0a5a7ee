/// Walks the details once, group by group.
#include "model/designees.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "model/birth_date.hpp"
#include "model/list_entry.hpp"

namespace icosa::model {
namespace {

NameQuality quality_of(DetailField field) {
    switch (field) {
        case DetailField::NameOriginal: return NameQuality::Original;
        case DetailField::NameFormer: return NameQuality::Former;
        case DetailField::Alias: return NameQuality::Good;
        case DetailField::AliasWeak: return NameQuality::Weak;
        default: return NameQuality::Primary;
    }
}

/// A name from its whole text and its parts, either of which may be missing.
void add_name(Designee& out, std::span<const Detail> group) {
    ListedName name;
    name.quality = quality_of(group[0].field);
    for (const Detail& one : group) {
        if (one.part == 0) name.text = one.text;
        else name.parts.push_back(one.text);
    }
    if (name.text.empty()) name.text = join(name.parts, " ");
    if (name.parts.size() == 1 && name.parts[0] == name.text) name.parts.clear();
    if (name.parts.empty() && out.kind == DesigneeKind::Individual
        && std::count(name.text.begin(), name.text.end(), ',') == 1) {
        const auto comma = name.text.find(',');
        const std::string family(trim(std::string_view(name.text).substr(0, comma)));
        const std::string given(trim(std::string_view(name.text).substr(comma + 1)));
        if (!family.empty() && !given.empty()) name.parts = {family, given};
    }
    const auto same = [&](const ListedName& known) { return known.text == name.text && known.quality == name.quality; };
    if (std::none_of(out.names.begin(), out.names.end(), same)) out.names.push_back(std::move(name));
}

const Detail* find_detail(std::span<const Detail> details, DetailField field, std::int32_t number) {
    const auto found = std::lower_bound(details.begin(), details.end(), std::pair(field, number),
                                        [](const Detail& one, const std::pair<DetailField, std::int32_t>& wanted) {
                                            return std::pair(one.field, one.number) < wanted;
                                        });
    return found != details.end() && found->field == field && found->number == number ? &*found : nullptr;
}

void add_birth(Designee& out, std::span<const Detail> details, const Detail& one) {
    std::optional<BirthDate> birth = parse_birth_date(one.text);
    if (one.field == DetailField::BirthYearFrom) {
        const Detail* to = find_detail(details, DetailField::BirthYearTo, one.number);
        const auto last = to ? parse_birth_date(to->text) : std::nullopt;
        if (birth && last && birth->first <= last->last) birth->last = last->last;
    }
    if (one.field == DetailField::BirthYear && find_detail(details, DetailField::BirthDate, one.number)) return;
    if (!birth) return;
    const Detail* kind = find_detail(details, DetailField::BirthKind, one.number);
    birth->is_approximate |= kind && lower(kind->text).starts_with("approx");
    const auto same = [&](const BirthDate& known) { return known.first == birth->first && known.last == birth->last; };
    if (std::none_of(out.births.begin(), out.births.end(), same)) out.births.push_back(*birth);
}

void add_document(Designee& out, std::span<const Detail> details, const Detail& number) {
    const auto text = [&](DetailField field) {
        const Detail* found = find_detail(details, field, number.number);
        return found ? found->text : std::string();
    };
    out.documents.push_back({text(DetailField::DocumentType), number.text, text(DetailField::DocumentIssuer)});
}

void add_text(std::vector<std::string>& texts, const std::string& text) {
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
}

}  // namespace

DesigneeKind designee_kind(std::string_view word) {
    const std::string plain = lower(trim(word));
    if (plain == "individual" || plain == "person") return DesigneeKind::Individual;
    if (plain == "entity" || plain == "enterprise") return DesigneeKind::Entity;
    if (plain == "vessel" || plain == "ship") return DesigneeKind::Vessel;
    if (plain == "aircraft") return DesigneeKind::Aircraft;
    return DesigneeKind::Unknown;
}

void describe(Designee& out, std::span<const Detail> details) {
    for (std::size_t i = 0; i < details.size();) {
        std::size_t end = i + 1;
        while (end < details.size() && details[end].field == details[i].field
               && details[end].number == details[i].number)
            ++end;
        const Detail& one = details[i];
        switch (one.field) {
            case DetailField::Name:
            case DetailField::NameOriginal:
            case DetailField::NameFormer:
            case DetailField::Alias:
            case DetailField::AliasWeak: add_name(out, details.subspan(i, end - i)); break;
            case DetailField::BirthDate:
            case DetailField::BirthYear:
            case DetailField::BirthYearFrom: add_birth(out, details, one); break;
            case DetailField::BirthPlace: add_text(out.birth_places, one.text); break;
            case DetailField::Nationality: add_text(out.nationalities, one.text); break;
            case DetailField::DocumentNumber: add_document(out, details, one); break;
            case DetailField::Title:
            case DetailField::Position: add_text(out.titles, one.text); break;
            case DetailField::Comment: out.comment += (out.comment.empty() ? "" : " ") + one.text; break;
            case DetailField::Updated:
                if (one.text.size() >= 10) {
                    const auto day = parse_iso_day(std::string_view(one.text).substr(0, 10));
                    if (day && *day > out.updated) out.updated = *day;
                }
                break;
            default: break;
        }
        i = end;
    }
}

Designee designee_of(const ListEntry& entry) {
    Designee out;
    out.list = entry.list;
    out.regime = entry.regime;
    out.reference = entry.reference;
    out.kind = designee_kind(entry.type);
    out.listed = entry.listed;
    out.updated = entry.updated;
    out.file = entry.file;
    out.line = entry.line;
    describe(out, entry.details);
    return out;
}

}  // namespace icosa::model
