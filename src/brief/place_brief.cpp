/// Blocks of the page, each cut to what a page bears.
#include "brief/place_brief.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "brief/blocks.hpp"
#include "brief/dates.hpp"
#include "brief/numbers.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

/// A page of all these in full stays below 2,500 words.
constexpr std::size_t lines_told = 6, others_told = 5, ahead_told = 4, bodies_told = 14, mandates_told = 8;

class Composer {
public:
    Composer(const Dossier& dossier, const std::optional<Seen>& seen)
        : dossier_(dossier), seen_(seen), language_(dossier.language) {
        page_.language = language_;
    }

    Page operator()(const pack::Title& title) {
        page_.title = in(title, language_);
        const std::string day = day_words(dossier_.as_of, language_);
        page_.intro.push_back(language_ == Language::Zh ? fmt::format("截至{}。{}", day, dossier_.handling)
                                                        : fmt::format("As of {}. {}", day, dossier_.handling));
        if (const std::string newest = newest_words(dossier_, language_); !newest.empty())
            page_.intro.push_back(newest);
        add_new();
        add_front(worse_title, dossier_.front.worse);
        add_front(risen_title, dossier_.front.risen);
        add_front(high_title, dossier_.front.high);
        add_front(fallen_title, dossier_.front.fallen);
        add_others();
        add_ahead();
        add_unknown();
        add_catalogue();
        add_sources();
        page_.foot = {std::string(in(notice_quiet_words, language_)), std::string(in(notice_person_words, language_)),
                      std::string(in(notice_boundaries_words, language_)),
                      fmt::format("Icosa {} · packs {}", dossier_.version,
                                  dossier_.packs_digest.empty() ? "–" : dossier_.packs_digest)};
        return std::move(page_);
    }

private:
    [[nodiscard]] std::string words(std::string_view en, std::string_view zh) const {
        return std::string(language_ == Language::Zh ? zh : en);
    }

    template <class... Parts>
    [[nodiscard]] std::string line_in(std::string_view en, std::string_view zh, const Parts&... parts) const {
        return fmt::format(fmt::runtime(language_ == Language::Zh ? zh : en), parts...);
    }

    void add_block(const std::string& heading, std::vector<std::string> lines, std::size_t most) {
        const std::size_t all = lines.size();
        if (all == 0) return;
        if (all > most) {
            lines.resize(most);
            lines.push_back(language_ == Language::Zh ? fmt::format("另有{}项。", all - most)
                                                      : fmt::format("And {} more.", all - most));
        }
        page_.blocks.push_back({fmt::format("{} ({})", heading, all), std::move(lines)});
    }

    template <class Each> void each_watch(const Each& each) const {
        std::set<std::string> known;
        for (const bool whole : {true, false}) {  // a region's part only where the whole is not in the dossier
            for (const auto* group : {&dossier_.areas, &dossier_.principles, &dossier_.platforms}) {
                for (const SectionPage& page : *group) {
                    for (const model::WatchFinding& watch : page.watches) {
                        if (watch.home.empty() == whole && known.insert(watch.id).second) each(watch);
                    }
                }
            }
        }
    }

    [[nodiscard]] std::string sentence(const model::Signal& of) const {
        const auto told = dossier_.sentences.find(of.id);
        return told == dossier_.sentences.end() ? of.reason : in(told->second, language_);
    }

    void add_new() {
        if (!seen_) {
            page_.intro.push_back(
                words("What is new is not known: no run of this store as of an earlier day is kept. Give a day "
                      "with --since.",
                      "无法判断新增内容：此数据库没有保存截至更早日期的运行结果。可用 --since 指定日期。"));
            return;
        }
        std::vector<std::string> lines;
        each_watch([&](const model::WatchFinding& watch) {
            for (const model::Signal& one : watch.signals) {
                if (std::ranges::find(seen_->ids, one.id) != seen_->ids.end()) continue;
                const std::string text = sentence(one);
                if (std::ranges::find(lines, text) == lines.end()) lines.push_back(text);
            }
        });
        const std::string heading = language_ == Language::Zh ? day_words(seen_->as_of, language_) + "以来的新信号"
                                                              : "New since " + day_words(seen_->as_of, language_);
        if (lines.empty()) page_.blocks.push_back({heading, {std::string(in(nothing_here, language_))}});
        else add_block(heading, std::move(lines), lines_told);
    }

    void add_front(const Words& heading, const std::vector<FrontLine>& of) {
        std::vector<std::string> lines;
        for (const FrontLine& line : of)
            lines.push_back(line_in("{} {} Area {}", "{}{}领域{}", in(line.sentence, language_),
                                    surety_words(line, language_), join(section_marks(line), words(", ", "、"))));
        add_block(std::string(in(heading, language_)), std::move(lines), lines_told);
    }

    /// Signals that stand in no block of the first page.
    void add_others() {
        std::set<std::string> shown;
        const Front& front = dossier_.front;
        for (const auto* block : {&front.worse, &front.risen, &front.high, &front.fallen}) {
            for (const FrontLine& line : *block) shown.insert(line.signals.begin(), line.signals.end());
        }
        std::vector<std::string> lines;
        each_watch([&](const model::WatchFinding& watch) {
            for (const model::Signal& one : watch.signals) {
                if (!shown.contains(one.id)) lines.push_back(sentence(one));
            }
        });
        add_block(words("Other signals", "其他信号"), std::move(lines), others_told);
    }

    /// The likeliest first; what two watches say alike stands once.
    void add_ahead() {
        struct Told {
            double probability, mean;
            std::string line;
        };
        std::vector<Told> all;
        each_watch([&](const model::WatchFinding& watch) {
            for (const model::Forecast& one : watch.forecasts) {
                if (one.months.empty()) continue;
                const double mean = one.months.front().mean;
                const bool known = std::ranges::any_of(all, [&](const Told& other) {
                    return other.probability == one.probability.value && other.mean == mean;
                });
                if (!known) all.push_back({one.probability.value, mean, ahead_words(one, watch)});
            }
        });
        std::ranges::stable_sort(all, {}, [](const Told& one) { return -one.probability; });
        std::vector<std::string> lines;
        for (Told& one : all) lines.push_back(std::move(one.line));
        add_block(words("Ahead", "前瞻"), std::move(lines), ahead_told);
    }

    [[nodiscard]] std::string ahead_words(const model::Forecast& one, const model::WatchFinding& watch) const {
        const std::string chance = in_hundred(one.probability.value, language_),
                          base = in_hundred(one.probability.base_rate, language_);
        const std::string measure = name_of(watch.measure, "");
        if (language_ == Language::En)
            return fmt::format("{}{}: {} in 100, {} in 100 on average. {}.", without_stop(one.probability.outcome),
                               measure.empty() ? "" : " (" + measure + ")", chance, base, upper(expected_ahead(one)));
        return fmt::format("{}：{}至{}{}达到界限的可能性为{}%，平均{}%（{}）。",
                           name_of(one.subject, one.subject_title),
                           period_words({PeriodKind::Month, one.months.front().month}, language_),
                           period_words({PeriodKind::Month, one.months.back().month}, language_), measure, chance, base,
                           watch.title_zh);
    }

    /// Of a subject or measure of a forecast.
    [[nodiscard]] std::string name_of(const std::string& id, const std::string& otherwise) const {
        const auto found = dossier_.names.find(id);
        return found == dossier_.names.end() ? otherwise : in(found->second, language_);
    }

    static std::string upper(std::string text) {
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
        return text;
    }

    void add_unknown() {
        std::vector<std::string> lines;
        for (const UnknownLine& line : dossier_.front.unknown) {
            if (!line.source.empty()) lines.push_back(in(line.sentence, language_));
        }
        add_block(std::string(in(unknown_title, language_)), std::move(lines), ahead_told);
    }

    [[nodiscard]] std::string name_of(const Membership& one) const {
        if (language_ == Language::Zh) return in(one.title, language_);
        return one.short_title.empty() ? one.title.en : one.short_title;
    }

    [[nodiscard]] std::string listed(const std::vector<std::string>& names) const {
        const std::size_t told = std::min(names.size(), bodies_told);
        std::string out = join(std::span(names).first(told), language_ == Language::Zh ? "；" : "; ");
        if (told < names.size())
            out += language_ == Language::Zh ? fmt::format("；另有{}项", names.size() - told)
                                             : fmt::format("; and {} more", names.size() - told);
        return out;
    }

    void add_listed(std::vector<std::string>& lines, const std::string& what,
                    const std::vector<std::string>& names) const {
        if (names.empty()) return;
        lines.push_back(language_ == Language::Zh ? fmt::format("{}（{}）：{}。", what, names.size(), listed(names))
                                                  : fmt::format("{} ({}): {}.", what, names.size(), listed(names)));
    }

    /// "CTBT 7 of 10" where some of several are in.
    [[nodiscard]] std::string share_of(const Membership& one) const {
        const std::int64_t all = dossier_.concerns.places;
        return language_ == Language::Zh ? fmt::format("{}（{}国中{}国）", name_of(one), all, one.members)
                                         : fmt::format("{} {} of {}", name_of(one), one.members, all);
    }

    void add_catalogue() {
        const Concerns& of = dossier_.concerns;
        std::vector<std::string> lines;
        for (const HostedMandate& one : of.mandates) lines.push_back(mandate_words(one));
        if (lines.size() > mandates_told) lines.erase(lines.begin(), lines.end() - mandates_told);
        std::vector<std::string> in_all, in_some, in_none, not_then, bodies;
        for (const Membership& one : of.instruments) {
            if (one.members == of.places) in_all.push_back(name_of(one));
            else if (one.members > 0) in_some.push_back(share_of(one));
            else if (one.as_at == no_day) in_none.push_back(name_of(one));
            else not_then.push_back(line_in("{} ({})", "{}（{}）", name_of(one), iso(one.as_at)));
        }
        for (const Membership& one : of.mechanisms)
            bodies.push_back(one.members == of.places ? name_of(one) : share_of(one));
        if (of.known_through != no_day && dossier_.as_of - of.known_through > newest_within_days)
            lines.push_back(language_ == Language::Zh ? day_words(of.known_through, language_) + "以后的参加情况不明。"
                                                      : "Treaties as at " + day_words(of.known_through, language_)
                                    + "; who joined since is not known.");
        const bool one = of.places == 1;
        add_listed(lines, one ? words("Party to", "已加入") : words("All are party to", "全部加入"), in_all);
        add_listed(lines, words("Some are party to", "部分加入"), in_some);
        add_listed(lines, one ? words("Not party to", "未加入") : words("None is party to", "均未加入"), in_none);
        add_listed(lines, words("Not party on the day named, not known since", "截至所列日期未加入，其后不明"),
                   not_then);
        add_listed(lines, words("Bodies that could convene", "可召集的机构"), bodies);
        add_section_catalogue(lines);
        if (!lines.empty())
            page_.blocks.push_back({words("Treaties, mandates, bodies", "条约、授权、机构"), std::move(lines)});
    }

    [[nodiscard]] std::string mandate_words(const HostedMandate& one) const {
        return line_in("{}: {}, {}: {}.", "{}：{}，{}：{}。", words("Mandate", "授权"),
                       language_ == Language::Zh && !one.name.zh.empty() ? one.name.zh : one.mission, one.resolution,
                       in(one.status, language_));
    }

    /// Of a brief on an area: what its sections name.
    void add_section_catalogue(std::vector<std::string>& lines) const {
        if (dossier_.concerns.places > 0
            || dossier_.areas.size() + dossier_.principles.size() + dossier_.platforms.size() > 3)
            return;
        for (const auto* group : {&dossier_.areas, &dossier_.principles, &dossier_.platforms}) {
            for (const SectionPage& page : *group) {
                for (const InstrumentLine& one : page.instruments)
                    lines.push_back(line_in("{}: {}.", "{}：{}。", in(one.title, language_), one.status));
                for (const MandateLine& one : page.mandates)
                    lines.push_back(mandate_words({one.mission, one.name, one.resolution, one.status}));
                std::vector<std::string> bodies;
                for (const MechanismLine& one : page.mechanisms) bodies.push_back(in(one.name, language_));
                add_listed(lines, words("Bodies that could convene", "可召集的机构"), bodies);
            }
        }
        if (lines.size() > bodies_told) lines.resize(bodies_told);
    }

    /// Those that answered; how far their figures reached on the day.
    void add_sources() {
        std::map<std::string, Day> used;
        each_watch([&](const model::WatchFinding& watch) {
            const bool tells = !watch.signals.empty() || !watch.chances.empty() || !watch.forecasts.empty();
            if (watch.source.empty() || (!tells && dossier_.concerns.places > 0)) return;
            for (const auto& source : model::sources_in(watch.source)) {
                Day& through = used.try_emplace(source, no_day).first->second;
                through = std::max(through, watch.observed_through);
            }
        });
        std::vector<std::string> lines;
        for (const model::SourceState& one : dossier_.sources) {
            const auto found = used.find(one.id);
            if (found == used.end()) continue;
            const std::string until =
                found->second == no_day ? std::string("–") : up_to(found->second, dossier_.as_of, language_);
            lines.push_back(line_in("{}: {}; {}", "{}：{}；{}", one.title, until, one.licence));
        }
        if (lines.empty())
            lines.push_back(
                words("No source of the store says anything unusual of it on this day.", "该日没有任何来源报告异常。"));
        add_block(words("Sources", "来源"), std::move(lines), bodies_told);
    }

    const Dossier& dossier_;
    const std::optional<Seen>& seen_;
    Language language_;
    Page page_;
};

}  // namespace

Page place_brief(const Dossier& dossier, const pack::Title& title, const std::optional<Seen>& seen) {
    return Composer(dossier, seen)(title);
}

}  // namespace icosa::brief
