/// A signal, forecast or chance with all that makes it: what `icosa explain ID` tells, as text, as JSON, as a plot.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/packs.hpp"
#include "brief/dossier.hpp"
#include "cli/as_of.hpp"
#include "cli/source_lines.hpp"
#include "detect/surveillance/told_options.hpp"
#include "model/findings.hpp"

namespace icosa::cli {

/// What an id names: a signal, a forecast or chance, or both of one subject.
struct Named {
    const model::Signal* signal = nullptr;
    const model::Forecast* forecast = nullptr;
    const model::Chance* chance = nullptr;

    [[nodiscard]] const std::string& subject() const;
    [[nodiscard]] const std::string& title() const;
    [[nodiscard]] const std::string& period() const;
    [[nodiscard]] const model::Lineage& lineage() const;
};

/// The figure of a period, as the method saw it.
struct BaselineValue {
    std::string period;
    double value = 0;  ///< NaN = not observed; this and the two below
    double expected = 0;
    double threshold = 0;
    bool alarm = false;
};

struct Explained {
    std::string id;
    const pack::Watch& watch;
    const model::WatchFinding& finding;
    Moment moment;
    Named of;
    std::string method;  ///< its name; "" = the engine has none
    std::string method_summary;
    std::vector<detect::ToldOption> options;
    std::optional<model::JudgedSeries> series;  ///< up to the signal's period
    std::vector<BaselineValue> baseline;  ///< oldest first, without the period that is explained
    std::string sentence;
    std::string grade_rule;  ///< of packs/grades.toml, in words
    std::string record;  ///< a sentence: "Since 1995 this watch said ...", "no record: ..."
    std::vector<SourceText> lines;
};

void print_explained(const Explained& of, const std::vector<brief::Reference>& references);
void print_explained_json(const Explained& of);
/// An SVG file: the series with expectation, threshold and alarms; a forecast as a fan. "" where there is no series.
[[nodiscard]] std::string plot_of(const Explained& of);

}  // namespace icosa::cli
