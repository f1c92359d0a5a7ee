/// Tiles, marks and small print of the first page.
#include "brief/blocks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "brief/dates.hpp"
#include "brief/numbers.hpp"
#include "brief/sentence.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

std::string_view change_symbol(model::Change change, bool is_drop) {
    switch (change) {
        case model::Change::New:
        case model::Change::None: return "●";
        case model::Change::Rising: return "▲";
        case model::Change::StillHigh: return "■";
        case model::Change::Falling:
        case model::Change::BackInRange: break;
    }
    return is_drop ? "▼" : "▽";
}

std::string_view mark_kind(model::Change change, bool is_drop, Outlook outlook) {
    if (outlook == Outlook::Ahead) return "worse";
    switch (change) {
        case model::Change::Rising: return "rising";
        case model::Change::StillHigh: return "high";
        case model::Change::Falling:
        case model::Change::BackInRange: return is_drop ? "dropped" : "fallen";
        case model::Change::New:
        case model::Change::None: break;
    }
    return "new";
}

std::string up_to(Day day, Day as_of, Language language) {
    const std::string age = age_words(as_of - day, language);
    return language == Language::Zh ? fmt::format("截至{}，距今{}", day_words(day, language), age)
                                    : fmt::format("up to {}, {} ago", day_words(day, language), age);
}

/// The watch that joins kinds of threat at one place, where it signals.
const model::WatchFinding* places_together(const SectionPage& page) {
    const auto found = std::ranges::find_if(page.watches, [](const model::WatchFinding& watch) {
        return watch.state == model::State::Signal && watch.engine == "coincidence";
    });
    return found == page.watches.end() ? nullptr : &*found;
}

Tile tile_of(const SectionPage& page, Day as_of, Language language) {
    const bool zh = language == Language::Zh;
    const Trend& trend = page.trend;
    struct Part {
        std::string_view symbol, kind;
        int count;
        Words word;
    };
    std::vector<Part> parts;
    const auto part = [&](int count, std::string_view symbol, std::string_view kind, const Words& word) {
        if (count > 0) parts.push_back({symbol, kind, count, word});
    };
    part(trend.worse, "◆", "worse", {"likely worse", "可能恶化"});
    part(trend.fresh, "●", "new", {"new", "新出现"});
    part(trend.rising, "▲", "rising", {"rising", "上升"});
    part(trend.dropped, "▼", "dropped", {"dropped", "骤降"});
    part(trend.high, "■", "high", {"still high", "仍高"});
    part(trend.fallen, "▽", "fallen", {"fallen", "回落"});
    if (!parts.empty()) {
        // The first in words, the others by their signs: a tile is two short lines.
        const Part& first = parts.front();
        Tile out{
            std::string(first.symbol),
            zh ? fmt::format("{}项{}", first.count, first.word.zh) : fmt::format("{} {}", first.count, first.word.en),
            std::string(first.kind)};
        for (std::size_t i = 1; i < parts.size(); ++i)
            out.text += fmt::format(" {} {}", parts[i].symbol, parts[i].count);
        return out;
    }
    const std::string kind(model::state_names[static_cast<std::size_t>(page.state)]);
    const Day day = page.observed_through;
    switch (page.state) {
        case model::State::Signal:
            if (const auto* together = places_together(page)) {
                const std::string chance =
                    number_words(std::round(together->signals_expected_by_chance), NumberKind::Count, language);
                return {"△",
                        zh ? fmt::format("{}处，偶然约{}处", page.signals, chance)
                           : fmt::format("{}, {} by chance", plural(page.signals, "place", "places"), chance),
                        kind};
            }
            return {"△",
                    zh ? fmt::format("{}项状态提示", page.signals)
                       : plural(page.signals, "matter of status", "matters of status"),
                    kind};
        case model::State::Quiet:
            return {"○", (zh ? "平静，" : "quiet ") + (day == no_day ? std::string() : up_to(day, as_of, language)),
                    kind};
        case model::State::Stale:
            if (day == no_day) break;
            return {"◐",
                    zh ? fmt::format("{}以后不明", day_words(day, language))
                       : fmt::format("not known since {}", day_words(day, language)),
                    kind};
        case model::State::NoData: break;
    }
    const bool authored = authored_only(page);
    return {"–", authored ? (zh ? "只有既定事实" : "authored facts only") : (zh ? "无数据" : "no data"), kind};
}

std::string newest_words(const Dossier& dossier, Language language) {
    struct Topic {
        Words name;
        std::vector<std::string_view> measures;  ///< how their ids begin
        Day newest = no_day;
    };
    std::vector<Topic> topics = {{{"conflict", "冲突"}, {"killed", "political-violence"}},
                                 {{"food", "粮食"}, {"wheat", "market", "flour", "food", "world-food"}},
                                 {{"disease", "疾病"}, {"disease", "outbreak", "ebola", "measles", "wastewater"}}};
    for (const auto* group : {&dossier.areas, &dossier.principles, &dossier.platforms}) {
        for (const SectionPage& page : *group) {
            for (const model::WatchFinding& watch : page.watches) {
                for (Topic& topic : topics) {
                    const bool of_topic = std::ranges::any_of(
                        topic.measures, [&](std::string_view id) { return watch.measure.starts_with(id); });
                    if (of_topic && !watch.source.empty() && watch.observed_through <= dossier.as_of)
                        topic.newest = std::max(topic.newest, watch.observed_through);
                }
            }
        }
    }
    std::string out;
    for (const Topic& topic : topics) {
        if (topic.newest == no_day) continue;
        out += out.empty() ? std::string(in(Words{"newest: ", "最新数据："}, language)) : " · ";
        const std::string day = day_words(topic.newest, language),
                          age = age_words(dossier.as_of - topic.newest, language);
        out += language == Language::Zh ? fmt::format("{}{}（{}）", in(topic.name, language), day, age)
                                        : fmt::format("{} {} ({})", in(topic.name, language), day, age);
    }
    return out;
}

std::string totals_words(const Totals& totals, Language language) {
    const std::string watches = grouped(totals.watches), with_data = grouped(totals.watches_with_data),
                      units = grouped(totals.units_examined), signals = grouped(totals.signals),
                      chance = number_words(totals.signals_expected_by_chance, NumberKind::Count, language);
    const bool none = totals.signals_expected_by_chance < 0.5;
    if (language == Language::Zh)
        return fmt::format("{}项监测，其中{}项有数据；考察{}个单位，得{}项信号，其中{}可出于偶然。", watches, with_data,
                           units, signals, none ? "不足1项" : "约" + chance + "项");
    return fmt::format(
        "{} watches, {} of them with data; {} units looked at, {} signals, {} of which would stand here "
        "by chance.",
        watches, with_data, units, signals, none ? "fewer than 1" : chance);
}

std::vector<std::string> section_marks(const FrontLine& line) {
    std::vector<std::string> areas, others_of;
    for (const std::string& section : line.sections) {
        if (section.starts_with("III.")) areas.push_back(section.substr(4));
        else others_of.push_back(section);
    }
    std::ranges::sort(areas, {}, [](const std::string& number) { return std::atoi(number.c_str()); });
    areas.insert(areas.end(), others_of.begin(), others_of.end());
    return areas;
}

std::string chance_words(const FrontLine& line, Language language) {
    const bool zh = language == Language::Zh;
    const std::string now = in_hundred(line.probability.value, language),
                      base = in_hundred(line.probability.base_rate, language);
    std::string out = zh ? now + "%" : now + " in 100";
    const std::string before = std::isnan(line.before) ? std::string() : in_hundred(line.before, language);
    if (zh) return out + fmt::format("（{}平均{}%）", before.empty() ? "" : "一个月前" + before + "%；", base);
    return out + fmt::format(" ({}base {})", before.empty() ? "" : before + " a month ago; ", base);
}

std::string surety_words(const FrontLine& line, Language language) {
    const bool zh = language == Language::Zh;
    const std::string record = record_words(line.record, language);
    if (line.confidence_why.empty() && line.change == model::Change::None)
        return zh ? fmt::format("记录：{}。", record) : fmt::format("Record: {}.", record);
    const std::string sure = confidence_words(line.confidence, language);
    return zh ? fmt::format("可信度：{}。记录：{}。", sure, record)
              : fmt::format("Sure: {}. Record: {}.", sure, record);
}

}  // namespace icosa::brief
