/// Any text as a pack of every kind: faults come back as Diagnostics with a place in the file, the same ones each time;
/// nothing throws, and what was read can be asked.
#include <algorithm>
#include <cmath>
#include <string>

#include "base/text.hpp"
#include "input.hpp"
#include "pack/catalogue.hpp"
#include "pack/credibility.hpp"
#include "pack/framework.hpp"
#include "pack/grades.hpp"
#include "pack/likelihood.hpp"
#include "pack/places.hpp"
#include "pack/source_card.hpp"
#include "pack/spec.hpp"
#include "pack/taxonomy.hpp"
#include "pack/watch.hpp"

namespace {

using namespace icosa;
using fuzz::must;

constexpr pack::Field fields[] = {
    pack::whole_option("years", "how far back").in("years").within(1, 20).by_default("5"),
    pack::number_option("alpha", "level").within(0, 0.5).by_default("0.01"),
    pack::choice_option("direction", "rise|fall|both", "which way").by_default("rise"),
    pack::text_option("places", "a set").by_default("world"),
    pack::flag_option("seasonal", "with a season").by_default("true"),
};
constexpr pack::Spec spec{"noufaily", "Is this count unusual?", fields, {}, {}};

void ask_watches(const pack::AreaPack& area, Diagnostics& faults) {
    for (const auto& watch : area.watches) {
        must(watch.judging.over >= 1 && watch.judging.lag >= 1 && watch.recent >= 1, "a watch looks at some period");
        must(watch.first_day == no_day || parse_iso_day(iso(watch.first_day)) == watch.first_day,
             "a watch begins on a day");
        const auto options = pack::parse_options(watch.judging.method, spec, faults);
        must(options.whole("years") >= 1 && options.whole("years") <= 20, "an option is within its bounds");
        must(options.number("alpha") >= 0 && options.number("alpha") <= 0.5, "an option is within its bounds");
        for (const auto& expect : watch.expects) {
            const auto values = pack::strip_values(expect);
            const auto signals = pack::strip_signals(expect);
            if (!values || !signals) continue;
            for (const int at : *signals)
                must(at >= 0 && static_cast<std::size_t>(at) < values->size(), "a caret stands under a period");
        }
    }
}

void ask_places(const pack::PlaceBook& book) {
    const Day day = day_of(2020, 6, 1);
    for (const auto& place : book.places()) {
        for (const auto& at : place.polygon)
            must(std::abs(at.longitude_deg) <= 180 && std::abs(at.latitude_deg) <= 90, "a corner is on the globe");
        (void)book.title_of(place.id + "|" + place.id);
        for (const auto& code : place.codes) (void)book.place_of(code.system, code.code, day);
        for (const auto& other : book.neighbours(place.id, day, pack::Borders::LandAndNarrowSea))
            must(!book.neighbours(other, day, pack::Borders::LandAndNarrowSea).empty(), "neighbours are so both ways");
    }
    for (const auto& set : book.sets()) must(book.members(set.id, day).has_value(), "a set has its members");
}

/// Every fault of every reader, as a user would see them.
std::string faults_of(const pack::Node& file, std::string_view text) {
    Diagnostics faults;
    const auto card = pack::parse_source_card(file, faults);
    (void)pack::kinds_of(card);
    for (const auto& [name, table] : card.lookups) {
        if (const auto* found = pack::look_up(table, name)) must(found->data() != nullptr, "a value is there");
    }
    ask_watches(pack::parse_area(file, faults), faults);
    pack::PlaceBook book;
    book.read(file, faults);
    book.check(faults);
    ask_places(book);
    pack::Catalogue catalogue;
    catalogue.read(file, faults);
    catalogue.check(book, faults);
    for (const auto& instrument : catalogue.instruments)
        must(catalogue.instrument(instrument.id) != nullptr, "an instrument is found");
    const auto framework = pack::parse_framework(file, faults);
    for (const auto& section : framework.sections) must(framework.section(section.id) != nullptr, "a section is found");
    (void)framework.of(pack::Group::Area);
    const std::size_t before = faults.size();
    const auto grades = pack::parse_grades(file, faults);
    must(faults.size() > before || (grades.false_discovery_rate > 0 && grades.false_discovery_rate <= 1),
         "a rate is a share");
    const std::size_t unscaled = faults.size();
    const auto scale = pack::parse_likelihood(file, faults);
    double reached = 0;
    for (const auto& word : scale.words) {
        must(faults.size() > unscaled || (word.from >= reached && word.to > word.from && word.to <= 1),
             "words stand for shares, upwards");
        reached = word.to;
    }
    (void)scale.word_for(0.33);
    const std::size_t unsorted = faults.size();
    const auto taxonomies = pack::parse_taxonomies(file, faults);
    for (const auto& taxonomy : taxonomies) {
        for (const auto& [category, broader] : taxonomy.categories)
            must(broader.size() + 1 == taxonomy.levels.size(), "a category has one broader one on each level");
        for (const auto& coding : taxonomy.codings) {
            for (const auto& [code, category] : coding.codes)
                must(faults.size() > unsorted || taxonomy.categories.contains(category), "a code leads to a category");
        }
    }
    pack::check_taxonomies(taxonomies, {"gdelt-2"}, faults);
    const std::size_t undoubted = faults.size();
    const auto credibility = pack::parse_credibility(file, faults);
    pack::check_credibility(credibility, {}, faults);
    for (const auto& prior : credibility.priors) {
        must(faults.size() > undoubted || (prior.wrong > 0 && prior.wrong < 1), "a prior is a share");
        for (const auto& source : prior.sources) (void)credibility.rules_of(source);
    }

    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    std::string out;
    for (const Error& fault : faults) {
        must(fault.fault == Fault::Pack && !fault.code.empty() && !fault.what.empty(), "a fault says what is wrong");
        must(fault.where.line >= 0 && fault.where.line <= lines && fault.where.column >= 0, "a fault is in the file");
        out += render(fault) + "\n";
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    const auto file = pack::parse_toml(text, "fuzz.toml");
    if (!file) {
        must(file.error().fault == Fault::Pack && !file.error().what.empty(), "a fault says what is wrong");
        return 0;
    }
    must(faults_of(*file, text) == faults_of(*pack::parse_toml(text, "fuzz.toml"), text),
         "the same text, the same faults");
    return 0;
}
