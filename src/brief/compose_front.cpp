/// Signals and chances of all sections become lines, what is stale becomes silence by source.
#include "brief/compose_front.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include "brief/commands.hpp"
#include "brief/dates.hpp"
#include "brief/sentence.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

using Key = std::pair<std::string, std::string>;  ///< subject, measure

void add_once(std::vector<std::string>& list, const std::string& text) {
    if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(text);
}

/// What orders two tellings of one figure: the newer, of the shorter period, of the better grade.
struct Newness {
    Day end = no_day;
    PeriodKind kind = PeriodKind::Year;
    model::Grade grade = model::Grade::Note;
    [[nodiscard]] auto order() const { return std::tuple(end, -static_cast<int>(kind), static_cast<int>(grade)); }
};

/// A line as it is put together.
struct Draft {
    FrontLine line;
    Newness newness;
    Block block = Block::None;
};

/// What orders lines of one grade: how many times as much, and how much in all; a few after none weigh less than
/// thousands after hundreds.
double weight_of(const model::Course& course) {
    const double against = std::isnan(course.before) ? course.year_before : course.before;
    if (std::isnan(course.now) || course.now < 0 || against < 0) return 0;
    if (std::isnan(against)) return std::log10(1 + course.now) / 10;  // without a past the larger stands first
    const double times = (course.now + 1) / (against + 1);
    return std::abs(std::log2(std::clamp(times, 1.0 / 16, 16.0))) * std::log10(1 + std::abs(course.now - against))
        + std::log10(1 + course.now) / 10;
}

std::string measure_key(const model::Signal& signal, const model::WatchFinding& watch) {
    return !signal.measure.empty() ? signal.measure : !watch.measure.empty() ? watch.measure : watch.id;
}

/// The part of a subject that is no place: "Cholera" of "mli|Cholera".
std::string_view part_of(const FrontLine& line) {
    const auto bar = line.subject.find('|');
    return bar == std::string::npos ? std::string_view{} : std::string_view(line.subject).substr(bar);
}

/// Do two lines say the same of two places? One outbreak each of one disease in one year, say.
bool says_the_same(const FrontLine& a, const FrontLine& b) {
    const auto last_two = [](const FrontLine& line) {
        const auto& values = line.values;
        return std::span(values).last(std::min<std::size_t>(2, values.size()));
    };
    const auto alike = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
    return !a.is_phrase && !b.is_phrase && !part_of(a).empty() && part_of(a) == part_of(b) && a.measure == b.measure
        && a.period == b.period && a.change == b.change && std::ranges::equal(last_two(a), last_two(b), alike);
}

/// Of lines that say the same of many places the first stays, and names the others.
void fold_alike(std::vector<FrontLine>& lines, const NameBooks& books) {
    constexpr std::size_t most_named = 4;
    std::vector<FrontLine> out;
    for (FrontLine& line : lines) {
        const bool is_pair = part_of(line).size() > 1 && books.places.find_place(part_of(line).substr(1));
        const auto same = is_pair
            ? out.end()
            : std::ranges::find_if(out, [&](const FrontLine& told) { return says_the_same(told, line); });
        if (same == out.end()) {
            out.push_back(std::move(line));
            continue;
        }
        same->also.push_back(line.subject);
        for (const std::string& id : line.signals) add_once(same->signals, id);
        for (const std::string& section : line.sections) add_once(same->sections, section);
    }
    for (FrontLine& line : out) {
        std::string en, zh;
        for (std::size_t i = 0; i < std::min(line.also.size(), most_named); ++i) {
            const std::string id = line.also[i].substr(0, line.also[i].find('|'));
            const pack::Title name = name_of_subject(id, id, books);
            en += (i ? ", " : "") + name.en;
            zh += (i ? "、" : "") + in(name, Language::Zh);
        }
        if (line.also.empty()) continue;
        const std::size_t more = line.also.size() - std::min(line.also.size(), most_named);
        line.sentence.en += fmt::format(" The same in {}{}.", en, more ? fmt::format(" and {} more", more) : "");
        line.sentence.zh += fmt::format("{}{}情况相同。", zh, more ? fmt::format("等{}地", line.also.size()) : "");
    }
    lines = std::move(out);
}

class Lines {
public:
    Lines(Dossier& dossier, const Material& material)
        : dossier_(dossier),
          material_(material),
          books_{material.measures, material.outcomes, {material.places, material.catalogue, material.phrases}} {
        const auto note = [&](const std::vector<model::WatchFinding>& watches) {
            for (const auto& watch : watches) {
                for (const auto& signal : watch.signals) signals_.try_emplace(signal.id, std::pair{&signal, &watch});
            }
        };
        for (const auto& section : material.findings) note(section.watches);
        note(material.beside);
    }

    void add(const SectionPage& page) {
        for (const model::WatchFinding& watch : page.watches) {
            for (const model::Signal& signal : watch.signals) add_signal(page, watch, signal);
            for (const model::Told& told : watch.told) add_told(watch, told);
            for (const model::Chance& chance : watch.chances) add_chance(page, watch, chance);
            const bool tells = watch.state == model::State::Signal || watch.state == model::State::Quiet;
            if (tells) told_.insert(measure_name(watch.measure, watch, material_.measures).en);
            if (tells && !watch.not_known.empty()) add_not_known(page, watch);
            if (watch.state == model::State::Stale) {
                for (const auto& source : model::sources_in(watch.source)) add_silence(page, watch, source);
            }
            if (watch.state == model::State::NoData) add_no_data(page, watch);
        }
    }

    void finish() {
        for (auto& [key, draft] : drafts_) {
            auto& block = draft.block == Block::Risen ? dossier_.front.risen
                : draft.block == Block::High          ? dossier_.front.high
                                                      : dossier_.front.fallen;
            if (draft.block != Block::None) block.push_back(std::move(draft.line));
        }
        for (auto* block : {&dossier_.front.risen, &dossier_.front.high, &dossier_.front.fallen}) {
            std::ranges::stable_sort(*block, [](const FrontLine& a, const FrontLine& b) {
                if (a.grade != b.grade) return a.grade > b.grade;
                if (a.size != b.size) return a.size > b.size;
                return std::tie(a.subject, a.measure) < std::tie(b.subject, b.measure);
            });
            fold_alike(*block, books_.names);
        }
        auto& worse = dossier_.front.worse;
        for (auto& [key, line] : chances_) worse.push_back(std::move(line));
        std::ranges::stable_sort(worse, [](const FrontLine& a, const FrontLine& b) {
            if (a.probability.value != b.probability.value) return a.probability.value > b.probability.value;
            return std::tie(a.subject, a.measure) < std::tie(b.subject, b.measure);
        });
        if (worse.size() > worse_lines) worse.resize(worse_lines);
        for (auto& [key, line] : silences_) {
            // what another watch still tells is not unknown
            std::erase_if(line.measures, [&](const pack::Title& measure) { return told_.contains(measure.en); });
            if (line.measures.empty()) continue;
            tell_silence(line);
            constexpr int days_of_grace = 7;
            if (line.since != no_day && material_.as_of - line.since <= days_of_grace) continue;
            dossier_.front.unknown.push_back(std::move(line));
        }
        for (UnknownLine& line : not_known_) dossier_.front.unknown.push_back(std::move(line));
        std::ranges::stable_sort(dossier_.front.unknown, [](const UnknownLine& a, const UnknownLine& b) {
            if (a.since != b.since) return a.since > b.since;
            return a.source < b.source;
        });
    }

private:
    void add_told(const model::WatchFinding& watch, const model::Told& told) {
        const auto [sentence, fresh] = dossier_.sentences.try_emplace(told.id);
        if (!fresh) return;
        model::Signal one;
        one.subject = told.subject;
        one.subject_title = told.subject_title;
        one.phrase = told.phrase;
        sentence->second = sentence_of(one, watch, books_);
    }

    void add_signal(const SectionPage& page, const model::WatchFinding& watch, const model::Signal& signal) {
        const auto [sentence, fresh] = dossier_.sentences.try_emplace(signal.id);
        if (fresh) {
            const auto chance = std::ranges::find(watch.chances, signal.id, &model::Chance::id);
            sentence->second = !signal.beside.empty() ? sentence_of_beside(signal, signals_, books_)
                : chance == watch.chances.end()       ? sentence_of(signal, watch, books_)
                                                      : sentence_of(*chance, watch, books_);
            if (!watch.proxy.empty()) {
                sentence->second.en += fmt::format(" A proxy: {}.", watch.proxy);
                sentence->second.zh += fmt::format("替代指标：{}。", watch.proxy_zh);
            }
        }
        const Block block = block_of(signal, watch, material_.as_of);
        if (block == Block::None || !watch.chances.empty()) return;  // a chance stands in its own block
        const auto period = parse_any_period(signal.period);
        const Newness newness{period ? last_day_of(period->number, period->kind) : no_day,
                              period ? period->kind : PeriodKind::Year, signal.grade};
        Draft& draft = drafts_[{signal.subject, measure_key(signal, watch)}];
        const bool first = draft.line.signals.empty();
        if (first || newness.order() > draft.newness.order()) {
            FrontLine told = line_of(signal, watch, sentence->second);
            told.mark = block == Block::High ? model::Change::StillHigh : told.change;
            told.sections = std::move(draft.line.sections);
            told.signals = std::move(draft.line.signals);
            if (!first) told.grade = std::max(told.grade, draft.line.grade);
            std::erase(told.signals, signal.id);
            told.signals.insert(told.signals.begin(), signal.id);
            draft = {std::move(told), newness, block};
        }
        draft.line.grade = std::max(draft.line.grade, signal.grade);
        add_once(draft.line.signals, signal.id);
        add_once(draft.line.sections, page.section);
    }

    FrontLine line_of(const model::Signal& signal, const model::WatchFinding& watch,
                      const pack::Title& sentence) const {
        FrontLine line;
        line.subject = signal.subject;
        line.subject_title = name_of_subject(signal, books_.names);
        line.measure = measure_key(signal, watch);
        line.measure_title = measure_name(signal.measure, watch, material_.measures);
        line.period = signal.period;
        line.change = signal.course.change;
        line.low = is_low(signal);
        line.drop = is_drop(signal, watch);
        line.lateness_days = signal.lateness_days;
        line.grade = signal.grade;
        line.confidence = signal.confidence;
        line.confidence_why = signal.confidence_why;
        line.record = signal.record;
        line.sentence = sentence;
        line.is_phrase = !signal.phrase.key.empty();
        line.kind = signal.course.kind;
        line.values = signal.course.values;
        line.size = weight_of(signal.course);
        return line;
    }

    void add_chance(const SectionPage& page, const model::WatchFinding& watch, const model::Chance& chance) {
        const auto [sentence, fresh] = dossier_.chance_sentences.try_emplace(chance.id);
        if (fresh) sentence->second = sentence_of(chance, watch, books_);
        const int lateness = lateness_of(chance.origin, material_.as_of);
        if (lateness > newest_within_days) return;
        const std::string& measure = !chance.measure.empty() ? chance.measure
            : !watch.measure.empty()                         ? watch.measure
                                                             : watch.id;
        FrontLine& line = chances_[{chance.subject, measure}];
        if (line.signals.empty() || chance.probability.value > line.probability.value) {
            FrontLine told;
            told.subject = chance.subject;
            told.subject_title =
                name_of_subject(chance.subject, chance.subject_title, books_.names, model::sources_in(watch.source));
            told.measure = measure;
            told.measure_title = measure_name(measure, watch, material_.measures);
            told.period = chance.origin;
            told.lateness_days = lateness;
            told.record = chance.record;
            told.sentence = sentence->second;
            told.values = chance.observed;
            told.probability = chance.probability;
            told.before = chance.before;
            told.sections = std::move(line.sections);
            told.signals = std::move(line.signals);
            std::erase(told.signals, chance.id);
            told.signals.insert(told.signals.begin(), chance.id);
            line = std::move(told);
        }
        add_once(line.signals, chance.id);
        add_once(line.sections, page.section);
    }

    /// Of a watch that tells of some missions or bodies: of which others it is not known what followed, since when.
    void add_not_known(const SectionPage& page, const model::WatchFinding& watch) {
        UnknownLine line;
        line.source = "pack";
        line.source_title = {"authored facts", "人工录入的事实"};
        line.measures = {measure_name(watch.measure, watch, material_.measures)};
        line.watches = {watch.id};
        line.sections = {page.section};
        line.command = "icosa facts --due";
        std::string en, zh;
        for (const model::NotKnownSince& one : watch.not_known) {
            const pack::Title name = name_of_id(one.id, books_.names);
            en += fmt::format("{}{} ({})", en.empty() ? "" : ", ", name.en, day_words(one.day, Language::En));
            zh += fmt::format("{}{}（{}）", zh.empty() ? "" : "、", in(name, Language::Zh),
                              day_words(one.day, Language::Zh));
            line.since = std::max(line.since, one.day);
            if (watch.not_known.size() == 1) line.address = one.look_at;
        }
        line.sentence = {fmt::format("{}: what followed is not known of {}.", without_stop(line.measures[0].en), en),
                         fmt::format("{}：下列各项所列日期以后情况不明：{}。", in(line.measures[0], Language::Zh), zh)};
        not_known_.push_back(std::move(line));
    }

    /// No source has figures, or one has too few.
    void add_no_data(const SectionPage& page, const model::WatchFinding& watch) {
        const bool some = watch.observed_through != no_day && watch.observed_through <= material_.as_of;
        for (const auto& source : some ? model::sources_in(watch.source) : std::vector<std::string>{""}) {
            if (source.empty()) add_silence(page, watch, "");
            else add_silence(page, watch, source, Figures::TooFew);
        }
    }

    enum class Figures : std::uint8_t { Old, TooFew };

    void add_silence(const SectionPage& page, const model::WatchFinding& watch, const std::string& source,
                     Figures figures = Figures::Old) {
        UnknownLine& line = silences_[{source, figures}];
        line.source = source;
        if (figures == Figures::TooFew) line.too_few_to = std::max(line.too_few_to, watch.observed_through);
        else if (!source.empty() && watch.observed_through != no_day)
            line.since = std::max(line.since, std::min(watch.observed_through, material_.as_of));
        const bool known = std::ranges::find(line.watches, watch.id) != line.watches.end();
        if (!known) {
            const pack::Title name = measure_name(watch.measure, watch, material_.measures);
            if (std::ranges::find(line.measures, name.en, &pack::Title::en) == line.measures.end())
                line.measures.push_back(name);
            line.watches.push_back(watch.id);
            add_once(line.last_seen, watch.last_seen);
        }
        add_once(line.sections, page.section);
    }

    void tell_silence(UnknownLine& line) const {
        const auto state = std::ranges::find(material_.sources, line.source, &model::SourceState::id);
        const bool known = state != material_.sources.end();
        line.source_title.en = known ? state->title : line.source;
        line.source_title.zh = material_.phrases.chinese_of(line.source_title.en);
        if (known && line.since == no_day && line.too_few_to == no_day && state->last <= material_.as_of)
            line.since = state->last;
        if (const auto found = material_.addresses.find(line.source); found != material_.addresses.end())
            line.address = found->second;
        line.command = sources_command(material_.db);
        std::string en, zh;
        constexpr std::size_t most = 4;
        for (std::size_t i = 0; i < std::min(line.measures.size(), most); ++i) {
            en += (i ? "; " : "") + without_stop(line.measures[i].en);
            zh += (i ? "；" : "") + in(line.measures[i], Language::Zh);
        }
        if (line.measures.size() > most) {
            en += fmt::format("; and {} more", line.measures.size() - most);
            zh += fmt::format("；另有{}项", line.measures.size() - most);
        }
        if (line.too_few_to != no_day) {
            line.sentence = {fmt::format("{}: the figures of {}, to {}, are too few for a finding.", en,
                                         line.source_title.en, day_words(line.too_few_to, Language::En)),
                             fmt::format("{}：{}的数据（截至{}）不足以得出结论。", zh, line.source_title.zh,
                                         day_words(line.too_few_to, Language::Zh))};
            return;
        }
        if (line.since == no_day) {
            line.sentence = {
                fmt::format("{}: no source of it had figures by {}.", en, day_words(material_.as_of, Language::En)),
                fmt::format("{}：截至{}没有任何来源的数据。", zh, day_words(material_.as_of, Language::Zh))};
            return;
        }
        const int age = material_.as_of - line.since;
        line.sentence = {fmt::format("{}: not known since {}, {} ago ({}).", en, day_words(line.since, Language::En),
                                     age_words(age, Language::En), line.source_title.en),
                         fmt::format("{}：{}以后（距今{}）情况不明（{}）。", zh, day_words(line.since, Language::Zh),
                                     age_words(age, Language::Zh), line.source_title.zh)};
    }

    Dossier& dossier_;
    const Material& material_;
    SentenceBooks books_;
    SignalsById signals_;  ///< of all pages
    std::map<Key, Draft> drafts_;
    std::map<Key, FrontLine> chances_;
    std::map<std::pair<std::string, Figures>, UnknownLine> silences_;
    std::vector<UnknownLine> not_known_;
    std::set<std::string> told_;  ///< names of measures that some watch tells
};

void count_trend(Dossier& dossier) {
    const auto pages_with = [&](const FrontLine& line, auto count) {
        for (auto* group : {&dossier.areas, &dossier.principles, &dossier.platforms}) {
            for (SectionPage& page : *group) {
                if (std::ranges::find(line.sections, page.section) != line.sections.end()) count(page.trend);
            }
        }
    };
    for (const FrontLine& line : dossier.front.worse) pages_with(line, [](Trend& trend) { ++trend.worse; });
    for (const FrontLine& line : dossier.front.risen) {
        const bool rising = line.change == model::Change::Rising;
        pages_with(line, [&](Trend& trend) { ++(rising ? trend.rising : line.drop ? trend.dropped : trend.fresh); });
    }
    for (const FrontLine& line : dossier.front.high) pages_with(line, [](Trend& trend) { ++trend.high; });
    for (const FrontLine& line : dossier.front.fallen) pages_with(line, [](Trend& trend) { ++trend.fallen; });
}

pack::Position middle_of(const std::vector<pack::Position>& ring) {
    pack::Position out;
    for (const pack::Position& corner : ring) {
        out.longitude_deg += corner.longitude_deg / static_cast<double>(ring.size());
        out.latitude_deg += corner.latitude_deg / static_cast<double>(ring.size());
    }
    return out;
}

void locate(Dossier& dossier, const pack::PlaceBook& places) {
    const Front& front = dossier.front;
    for (const auto* block : {&front.worse, &front.risen, &front.high, &front.fallen}) {
        for (const FrontLine& line : *block) {
            const std::string id = line.subject.substr(0, line.subject.find('|'));
            const pack::PlaceFacts* place = places.find_place(id);
            if (place && place->at) dossier.positions[id] = *place->at;
            else if (place && !place->polygon.empty()) dossier.positions[id] = middle_of(place->polygon);
        }
    }
    for (const pack::PlaceFacts& place : places.places()) {
        if (place.kind == "disputed" && place.polygon.size() > 2) dossier.disputed_outlines.push_back(place.polygon);
    }
}

/// Is the signal about months ahead? Then it is no figure that has risen or fallen.
bool looks_ahead(const model::Signal& signal) { return signal.phrase.key.starts_with("forecast."); }

}  // namespace

int lateness_of(const std::string& period, Day as_of) {
    const auto parsed = parse_any_period(period);
    return parsed ? std::max(0, as_of - last_day_of(parsed->number, parsed->kind)) : 0;
}

bool is_drop(const model::Signal& signal, const model::WatchFinding& watch) {
    return watch.warns_of_falls && signal.course.change == model::Change::Falling && !is_still_low(signal, watch);
}

Block block_of(const model::Signal& signal, const model::WatchFinding& watch, Day as_of) {
    const bool recent = lateness_of(signal.period, as_of) <= newest_within_days && parse_any_period(signal.period);
    const bool is_figure = std::isfinite(signal.course.now);
    if (looks_ahead(signal) || !signal.beside.empty()) return Block::None;  // others tell its figures
    if (!is_figure) return recent && signal.course.change == model::Change::New ? Block::Risen : Block::None;
    switch (signal.course.change) {
        case model::Change::New:
        case model::Change::Rising: return recent ? Block::Risen : Block::High;
        case model::Change::StillHigh:
        case model::Change::None: return Block::High;
        case model::Change::Falling:
            if (!watch.warns_of_falls) return Block::Fallen;
            return recent && is_drop(signal, watch) ? Block::Risen : Block::High;
        case model::Change::BackInRange: return Block::Fallen;
    }
    return Block::None;
}

void write_front(Dossier& dossier, const Material& material) {
    Lines lines(dossier, material);
    for (const auto* group : {&dossier.areas, &dossier.principles, &dossier.platforms}) {
        for (const SectionPage& page : *group) lines.add(page);
    }
    lines.finish();
    count_trend(dossier);
    locate(dossier, material.places);
}

}  // namespace icosa::brief
