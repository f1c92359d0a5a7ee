/// Sums, forms, judges.
#include "detect/surveillance/series.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "methods/change/level.hpp"

namespace icosa::detect {
namespace {

/// The value `lag` periods before, or the newest observed one before that, within `reach`.
double before_of(const std::vector<double>& level, const pack::Judging& judging, std::size_t t) {
    for (int back = judging.lag; back <= std::max(judging.lag, judging.reach); ++back) {
        if (static_cast<std::size_t>(back) > t) break;
        const double before = level[t - static_cast<std::size_t>(back)];
        if (!std::isnan(before)) return before;
    }
    return nan_value;
}

std::vector<double> formed(const std::vector<double>& level, const pack::Judging& judging) {
    const pack::Form form = judging.form;
    if (form == pack::Form::Level) return level;
    std::vector<double> out(level.size(), nan_value);
    for (std::size_t t = 0; t < level.size(); ++t) {
        const double before = before_of(level, judging, t);
        if (form == pack::Form::Difference) out[t] = level[t] - before;
        else if (before > 0) out[t] = level[t] / before - 1;
    }
    return out;
}

/// Is the watch's minimum reached: by what was observed, or, where a fall is looked for, by what had been expected?
bool reaches(const pack::Judging& judging, double level, double before, const Judgement& judgement) {
    const double expected = judging.form == pack::Form::Level ? judgement.expected : before;
    switch (judging.direction) {
        case pack::Direction::Rise: return level >= judging.minimum;
        case pack::Direction::Fall: return expected >= judging.minimum;
        case pack::Direction::Both: return std::fmax(level, expected) >= judging.minimum;
    }
    return false;
}

}  // namespace

pack::Options watch_options(const pack::Judging& judging, const Method& method, Diagnostics& faults) {
    pack::Options options = pack::parse_options(judging.method, method.spec, faults);
    const auto takes = [&](std::string_view name) {
        return std::any_of(method.spec.fields.begin(), method.spec.fields.end(),
                           [&](const pack::Field& field) { return field.name == name; });
    };
    constexpr const char* words[] = {"rise", "fall", "both"};
    if (takes("direction") && !judging.method.find("direction"))
        options.set("direction", std::string(words[static_cast<int>(judging.direction)]));
    if (method.spec.name == ears_c1_spec.name || method.spec.name == ears_c2_spec.name
        || method.spec.name == ears_c3_spec.name) {
        if (!judging.method.find("floor")) options.set("floor", 0.1);
        if (!judging.method.find("minimum_reference"))
            options.set("minimum_reference", std::ceil(options.number("baseline") * 5 / 7));
    }
    return options;
}

Result<std::vector<Judged>> judge_series(const pack::Judging& judging, std::span<const double> values, int season,
                                         int first, std::span<const double> of) {
    const Method* method = find_method(judging.method_name);
    if (!method)
        return fail(Fault::Pack, "unknown-method", judging.method.where,
                    fmt::format("no method '{}'", judging.method_name), "see `icosa check`");
    Diagnostics faults;
    const pack::Options options = watch_options(judging, *method, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    const std::vector<double> level = methods::rolling_sums(values, judging.over);
    const std::vector<double> observed = formed(level, judging);
    const bool is_plain = judging.over == 1 && judging.form == pack::Form::Level;
    auto judged = method->judge({observed, season, first, is_plain ? of : std::span<const double>()}, options);
    if (!judged && judged.error().code == too_short) {
        judged = std::vector<Judgement>(observed.size(),
                                        {.expected = nan_value, .threshold = nan_value, .score = nan_value});
        for (std::size_t t = 0; t < observed.size(); ++t) (*judged)[t].observed = observed[t];
    }
    const std::vector<Judgement> judgements = TRY(std::move(judged));
    std::vector<Judged> out(values.size());
    for (std::size_t t = 0; t < out.size(); ++t) {
        const double before = before_of(level, judging, t);
        out[t] = {judgements[t].observed, level[t], judgements[t], false};
        out[t].signals =
            judgements[t].alarm && (judging.minimum <= 0 || reaches(judging, level[t], before, judgements[t]));
    }
    return out;
}

}  // namespace icosa::detect
