/// Plots: whole-number coordinates in a box of 720 x 224, drawn by CSS at half that size or what the page gives.
#include "brief/html/plot.hpp"
#include "brief/html/box.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "base/text.hpp"
#include "brief/escape.hpp"
#include "brief/html/fan.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

constexpr double tallest_threshold =
    3;  ///< times the largest observed or expected value; beyond, a threshold would flatten the series

/// The part of a strip that is drawn, on its scale.
struct StripFrame {
    const model::Strip& strip;
    std::size_t from = 0;  ///< first index drawn
    std::size_t n = 0;
    bool bars = false;
    double low = 0;
    double high = 1;

    [[nodiscard]] double step() const { return static_cast<double>(box_right - box_left) / static_cast<double>(n); }
    [[nodiscard]] int x(std::size_t i) const {
        return static_cast<int>(std::lround(box_left + (static_cast<double>(i) + 0.5) * step()));
    }
    [[nodiscard]] int edge(std::size_t i) const {
        return static_cast<int>(std::lround(box_left + static_cast<double>(i) * step()));
    }
    [[nodiscard]] int y(double value) const {
        return static_cast<int>(
            std::lround(box_base - (value - low) / (high - low) * static_cast<double>(box_base - box_top)));
    }
    [[nodiscard]] double value(const std::vector<double>& of, std::size_t i) const {
        return from + i < of.size() ? of[from + i] : std::nan("");
    }
    [[nodiscard]] bool within(double value) const { return std::isfinite(value) && value >= low && value <= high; }
    [[nodiscard]] std::string label(std::size_t i) const {
        return period_label(strip.first_period + static_cast<int>(from + i), strip.period);
    }
};

struct Extent {
    double low = INFINITY;
    double high = -INFINITY;
    void add(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    [[nodiscard]] bool any() const { return low <= high; }
};

StripFrame frame_of(const model::Strip& strip) {
    StripFrame frame{strip};
    frame.n = std::min<std::size_t>(strip.observed.size(), most_periods_drawn);
    frame.from = strip.observed.size() - frame.n;
    Extent series;
    Extent thresholds;
    frame.bars = true;
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double observed = frame.value(strip.observed, i);
        if (std::isfinite(observed) && (observed < 0 || observed != std::floor(observed))) frame.bars = false;
        series.add(observed);
        series.add(frame.value(strip.expected, i));
        thresholds.add(frame.value(strip.threshold, i));
    }
    if (!series.any()) series.add(0);
    double high = series.high;
    double low = series.low;
    if (thresholds.any()) {
        const double reach = tallest_threshold * std::max(std::abs(series.high), std::abs(series.low));
        high = std::max(high, std::min(thresholds.high, std::max(reach, high)));
        low = std::min(low, std::max(thresholds.low, std::min(-reach, low)));
    }
    // Counts stand on zero; a level far from zero would be a flat line on it.
    if (frame.bars || (low >= 0 && low < 0.5 * high)) low = std::min(0.0, low);
    if (high <= low) {
        high = low + 1;
        if (!frame.bars) low -= 1;
    }
    frame.low = low;
    frame.high = high;
    return frame;
}

/// Joined points; a missing one breaks the line, one alone becomes a dot (round caps).
std::string line_path(const StripFrame& frame, const std::vector<double>& of) {
    std::string out;
    bool down = false;
    bool alone = false;
    int last_x = 0;
    int last_y = 0;
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double value = frame.value(of, i);
        if (!frame.within(value)) {
            if (down && alone) out += "h0";
            down = false;
            continue;
        }
        const int x = frame.x(i);
        const int y = frame.y(value);
        if (down) out += y == last_y ? fmt::format("h{}", x - last_x) : fmt::format("l{} {}", x - last_x, y - last_y);
        else out += fmt::format("M{} {}", x, y);
        alone = !down;
        down = true;
        last_x = x;
        last_y = y;
    }
    if (down && alone) out += "h0";
    return out;
}

std::string gap_path(const StripFrame& frame) {
    std::string out;
    for (std::size_t i = 0; i < frame.n;) {
        if (std::isfinite(frame.value(frame.strip.observed, i))) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < frame.n && !std::isfinite(frame.value(frame.strip.observed, end))) ++end;
        out += fmt::format("M{} {}H{}V{}H{}z", frame.edge(i), box_top, frame.edge(end), box_base, frame.edge(i));
        i = end;
    }
    return out;
}

std::string description(const StripFrame& frame) {
    std::int64_t seen = 0;
    std::size_t peak = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double value = frame.value(frame.strip.observed, i);
        if (!std::isfinite(value)) continue;
        if (seen == 0 || value > frame.value(frame.strip.observed, peak)) peak = i;
        last = i;
        ++seen;
    }
    const std::string unit(period_kind_name(frame.strip.period));
    std::string out = fmt::format("{} to {} by {}, {} of {} observed.", frame.label(0), frame.label(frame.n - 1), unit,
                                  seen, frame.n);
    if (seen == 0) return out;
    out += fmt::format(" Largest {} in {}; last {} in {}", figure(frame.value(frame.strip.observed, peak)),
                       frame.label(peak), figure(frame.value(frame.strip.observed, last)), frame.label(last));
    const double expected = frame.value(frame.strip.expected, last);
    const double threshold = frame.value(frame.strip.threshold, last);
    if (std::isfinite(expected)) out += fmt::format(", expected {}", figure(expected));
    if (std::isfinite(threshold)) out += fmt::format(", threshold {}", figure(threshold));
    return out + ".";
}

void add_path(std::string& out, std::string_view kind, const std::string& path) {
    if (!path.empty()) out += fmt::format("<path class=\"{}\" d=\"{}\"/>", kind, path);
}

}  // namespace

std::string axis_text(double value) {
    const double size = std::abs(value);
    if (size >= 1e9) return number_text(value / 1e9, 1) + "bn";
    if (size >= 1e6) return number_text(value / 1e6, 1) + "M";
    if (size >= 1e5) return number_text(value / 1e3, 0) + "k";
    return figure(value);
}

std::string render_strip(const model::Strip& strip, const std::vector<std::string>& signal_periods,
                         std::string_view id) {
    if (strip.observed.empty()) return {};
    const StripFrame frame = frame_of(strip);
    std::string out =
        fmt::format("<figure class=\"plot\"><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}t {}d\">",
                    box_width, box_height, id, id);
    out += fmt::format("<title id=\"{}t\">{}</title><desc id=\"{}d\">{}</desc>", id, html(strip.title), id,
                       html(description(frame)));
    add_path(out, "gap", gap_path(frame));
    out += fmt::format("<path class=\"axis\" d=\"M{} {}H{}M{} {}H{}\"/>", box_left, box_base, box_right, box_left,
                       box_top, box_right);

    const auto marked = [&](std::size_t i) {
        return std::ranges::find(signal_periods, frame.label(i)) != signal_periods.end();
    };
    if (frame.bars) {
        std::string bars;
        std::string hits;
        for (std::size_t i = 0; i < frame.n; ++i) {
            const double value = frame.value(strip.observed, i);
            if (!std::isfinite(value)) continue;
            // A zero that was observed keeps a foot on the axis; a gap has none.
            (marked(i) ? hits : bars) +=
                fmt::format("M{} {}V{}", frame.x(i), box_base, std::min(frame.y(value), box_base - 3));
        }
        const int width = std::clamp(static_cast<int>(std::lround(frame.step() * 0.72)), 2, 44);
        if (!bars.empty()) out += fmt::format("<path class=\"bar\" stroke-width=\"{}\" d=\"{}\"/>", width, bars);
        if (!hits.empty()) out += fmt::format("<path class=\"bar hit\" stroke-width=\"{}\" d=\"{}\"/>", width, hits);
    } else {
        add_path(out, "obs", line_path(frame, strip.observed));
    }
    add_path(out, "exp", line_path(frame, strip.expected));
    add_path(out, "thr", line_path(frame, strip.threshold));
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double value = frame.value(strip.observed, i);
        if (!marked(i) || !frame.within(value)) continue;
        if (frame.bars)
            out += fmt::format("<path class=\"mark\" d=\"M{} {}l-7-12h14z\"/>", frame.x(i), frame.y(value) - 4);
        else out += fmt::format("<circle class=\"mark\" cx=\"{}\" cy=\"{}\" r=\"8\"/>", frame.x(i), frame.y(value));
    }
    out += fmt::format("<text x=\"{}\" y=\"{}\" class=\"e\">{}</text>", box_left - 10, box_top + 8,
                       html(axis_text(frame.high)));
    out += fmt::format("<text x=\"{}\" y=\"{}\" class=\"e\">{}</text>", box_left - 10, box_base + 7,
                       html(axis_text(frame.low)));
    out += fmt::format("<text x=\"{}\" y=\"{}\">{}</text>", box_left, box_base + 32, frame.label(0));
    if (frame.n > 1)
        out += fmt::format("<text x=\"{}\" y=\"{}\" class=\"e\">{}</text>", box_right, box_base + 32,
                           frame.label(frame.n - 1));
    out += "</svg><figcaption>" + html(strip.title);
    if (frame.from > 0)
        out += fmt::format(" <span class=\"mute\">(newest {} of {} {}s)</span>", frame.n, strip.observed.size(),
                           period_kind_name(strip.period));
    return out + "</figcaption></figure>\n";
}

std::string render_legend() {
    struct Sample {
        std::string_view shape;
        std::string_view name;
    };
    constexpr Sample samples[] = {
        {"<path class=\"bar\" stroke-width=\"12\" d=\"M20 36V16M40 36V6M60 36V22\"/>", "observed"},
        {"<path class=\"bar hit\" stroke-width=\"12\" d=\"M40 36V18\"/><path class=\"mark\" d=\"M40 14l-7-12h14z\"/>",
         "observed, a signal"},
        {"<path class=\"exp\" d=\"M4 20H76\"/>", "expected"},
        {"<path class=\"thr\" d=\"M4 20H76\"/>", "threshold"},
        {"<path class=\"gap\" d=\"M4 2H76V38H4z\"/>", "not observed"},
    };
    std::string out = "<ul class=\"legend\">";
    for (const Sample& sample : samples) {
        out += fmt::format("<li><svg viewBox=\"0 0 80 40\" aria-hidden=\"true\">{}</svg> {}</li>", sample.shape,
                           sample.name);
    }
    return out + fan_legend_items() + "</ul>\n";
}

}  // namespace icosa::brief
