/// Ids looked up in the packs, part by part.
#include "brief/names.hpp"

#include <vector>

#include "base/text.hpp"

namespace icosa::brief {
namespace {

/// "system:code" and "name:..." of a source whose code no pack knows: the code as the source writes it.
std::string source_code(std::string_view part) {
    const std::size_t colon = part.find(':');
    const bool system = colon != std::string_view::npos && colon > 0 && colon < 24 && colon + 1 < part.size()
        && part.substr(0, colon).find(' ') == std::string_view::npos && part[colon + 1] != ' ';
    return std::string(system ? part.substr(colon + 1) : part);
}

pack::Title name_of_part(std::string_view part, const NameBooks& books, const std::vector<std::string>& sources) {
    if (const pack::Title* filed = books.places.filed_as(part, sources)) return *filed;
    pack::Title known = name_of_id(part, books);
    if (!known.en.empty()) return known;
    const std::string plain_name = source_code(part);
    return {plain_name, books.phrases.chinese_of(plain_name)};
}

}  // namespace

pack::Title name_of_id(std::string_view id, const NameBooks& books) {
    if (id == "world") return {"The world", "全球"};
    if (const auto* place = books.places.find_place(id)) return place->name;
    if (const auto* set = books.places.find_set(id)) return set->name;
    if (const auto* instrument = books.catalogue.instrument(id)) return instrument->title;
    if (const auto* mechanism = books.catalogue.mechanism(id)) return mechanism->name;
    if (const auto* mission = books.catalogue.mission(id))
        return {mission->short_name, mission->name.zh.empty() ? mission->short_name : mission->name.zh};
    if (const auto colon = id.find(':'); colon != std::string_view::npos) {
        if (const auto* group = books.catalogue.group(id.substr(0, colon), id.substr(colon + 1))) return group->title;
    }
    return {};
}

pack::Title name_of_subject(std::string_view subject, std::string_view title, const NameBooks& books,
                            const std::vector<std::string>& sources) {
    const std::vector<std::string_view> parts = split(subject, '|');
    if (parts.size() == 1) {
        if (const pack::Title* filed = books.places.filed_as(subject, sources)) return *filed;
        pack::Title known = name_of_id(subject, books);
        if (!known.en.empty()) return known;
        const std::string name = title.empty() ? source_code(subject) : std::string(title);
        return {name, books.phrases.chinese_of(name)};
    }
    const pack::Title first = name_of_part(parts[0], books, sources);
    if (parts.size() == 2 && books.places.find_place(parts[0]) && books.places.find_place(parts[1])) {
        const pack::Title second = name_of_part(parts[1], books, sources);
        return {first.en + " and " + second.en, first.zh + "和" + second.zh};
    }
    pack::Title out{first.en, first.zh};
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const pack::Title part = name_of_part(parts[i], books, sources);
        out.en += ", " + part.en;
        out.zh += "，" + part.zh;
    }
    return out;
}

pack::Title name_of_subject(const model::Signal& signal, const NameBooks& books) {
    return name_of_subject(signal.subject, signal.subject_title, books, signal.lineage.sources);
}

}  // namespace icosa::brief
