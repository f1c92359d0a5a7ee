/// Lines over the map of the first page, and a chart of heights.
#include "brief/orbit_picture.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "brief/escape.hpp"
#include "brief/projection.hpp"
#include "brief/wording.hpp"
#include "brief/world.hpp"

namespace icosa::brief {
namespace {

constexpr std::size_t most_tracks = 10, names_shown = 5;
constexpr std::string_view track_colours[] = {"#c24a00", "#1f7a6c", "#7a3f96", "#51698a", "#8a6d1f",
                                              "#a3324a", "#2d6aa8", "#5b7a1f", "#6b4a2e", "#3b3f46"};
constexpr std::string_view orbit_style =
    "<style>text{font:15px system-ui,\"Noto Sans\",\"Liberation Sans\",sans-serif;fill:#3b3f46}"
    ".s{font-size:13px;fill:#59606a}.e{text-anchor:end}.m{text-anchor:middle}path{fill:none;stroke-linejoin:round}"
    ".land{fill:#e4e5e1}.brd{stroke:#c9cbc5;stroke-width:.5}.dash{stroke-dasharray:3 2}.grid{stroke:#e4e5e1}"
    ".track{stroke-width:1.6}.axis{stroke:#d8dad5}.mark{fill:#c24a00;fill-opacity:.55;stroke:#c24a00}</style>"
    "<rect width=\"100%\" height=\"100%\" fill=\"#fcfcfa\"/>";

/// Stands under every map.
constexpr int notice_height = 26;
std::string notice_at(int y) {
    return fmt::format("<text class=\"s\" x=\"10\" y=\"{}\">{}</text>", y, notice_boundaries);
}

std::string opening(int width, int height, const std::string& title) {
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\">{}",
        width, height, width, height, html(title), orbit_style);
}

std::string map_sheet() {
    if (!world_land.empty())
        return fmt::format(
            "<path class=\"land\" d=\"{}\"/><path class=\"brd\" d=\"{}\"/><path class=\"brd dash\" d=\"{}\"/>",
            world_land, world_borders, world_dashed);
    std::string lines;
    for (int longitude = -180; longitude <= 180; longitude += 30) {
        for (int latitude = -57; latitude <= 84; latitude += 3) {
            const MapPoint at = project({static_cast<double>(longitude), static_cast<double>(latitude)});
            lines += fmt::format("{}{} {}", latitude == -57 ? "M" : "L", at.x, at.y);
        }
    }
    return fmt::format("<path class=\"grid\" d=\"{}\"/>", lines);
}

MapPoint on_map(const GroundPoint& point) { return project({point.longitude_deg, point.latitude_deg}); }

bool is_on_map(const GroundPoint& point) {
    constexpr double north = 84, south = -57;
    return point.latitude_deg <= north && point.latitude_deg >= south;
}

/// Broken where it leaves the sheet or passes from one edge to the other.
std::string track_path(const std::vector<GroundPoint>& points) {
    std::string out;
    bool is_down = false;
    double before = 0;
    constexpr double half_turn_deg = 180;
    for (const GroundPoint& point : points) {
        if (!is_on_map(point)) {
            is_down = false;
            continue;
        }
        const bool joins = is_down && std::abs(point.longitude_deg - before) < half_turn_deg;
        const MapPoint at = on_map(point);
        out += fmt::format("{}{} {}", joins ? "L" : "M", at.x, at.y);
        is_down = true;
        before = point.longitude_deg;
    }
    return out;
}

/// A round step that cuts a span in some four.
double round_step(double span) {
    const double rough = span / 4, power = std::pow(10, std::floor(std::log10(rough)));
    for (const double one : {1.0, 2.0, 5.0})
        if (one * power >= rough) return one * power;
    return 10 * power;
}

double radius_of(const ApproachMark& mark, double widest_km) {
    constexpr double least = 2.5, more = 7;
    return least + more * (1 - std::min(1.0, mark.miss_km / widest_km));
}

struct HeightChart {
    static constexpr int left = 80, right = 960, top = 60, base = 300;
    double hours = 1, low_km = 0, high_km = 1;

    [[nodiscard]] double x(double at_hours) const { return left + (right - left) * at_hours / hours; }
    [[nodiscard]] double y(double height_km) const {
        return base - (base - top) * (height_km - low_km) / (high_km - low_km);
    }
};

HeightChart chart_of(const GroundTrack& station, const std::vector<ApproachMark>& marks) {
    HeightChart chart;
    double low = 1e9, high = -1e9;
    for (const GroundPoint& point : station.points) {
        low = std::min(low, point.height_km);
        high = std::max(high, point.height_km);
        chart.hours = std::max(chart.hours, point.hours);
    }
    for (const ApproachMark& mark : marks) {
        low = std::min(low, mark.at.height_km);
        high = std::max(high, mark.at.height_km);
    }
    if (high < low) low = high = 0;
    const double step = round_step(std::max(1.0, high - low));
    chart.low_km = std::floor(low / step) * step;
    chart.high_km = std::max(std::ceil(high / step) * step, chart.low_km + step);
    return chart;
}

std::string axes_of(const HeightChart& chart) {
    std::string out;
    const double step = round_step(chart.high_km - chart.low_km);
    for (double height = chart.low_km; height <= chart.high_km + step / 100; height += step)
        out += fmt::format(
            "<path class=\"axis\" d=\"M{} {:.1f}H{}\"/><text class=\"s e\" x=\"{}\" y=\"{:.1f}\">{:g} "
            "km</text>",
            HeightChart::left, chart.y(height), HeightChart::right, HeightChart::left - 8, chart.y(height) + 5, height);
    const double hour_step = std::max(1.0, round_step(chart.hours));
    for (double hour = 0; hour <= chart.hours; hour += hour_step)
        out += fmt::format("<text class=\"s m\" x=\"{:.1f}\" y=\"{}\">{:g} h</text>", chart.x(hour),
                           HeightChart::base + 22, hour);
    return out;
}

}  // namespace

std::string ground_track_file(const std::vector<GroundTrack>& tracks, const std::string& title) {
    constexpr int head = 40, foot = 30;
    std::string out = opening(map_width, map_height + head + foot + notice_height, title);
    out += fmt::format("<text x=\"10\" y=\"26\">{}</text><g transform=\"translate(0 {})\">{}", html(title), head,
                       map_sheet());
    const std::size_t shown = std::min(tracks.size(), most_tracks);
    for (std::size_t i = 0; i < shown; ++i) {
        out += fmt::format("<path class=\"track\" stroke=\"{}\" d=\"{}\"/>", track_colours[i],
                           track_path(tracks[i].points));
        const auto first = std::find_if(tracks[i].points.begin(), tracks[i].points.end(), is_on_map);
        if (first == tracks[i].points.end()) continue;
        const MapPoint at = on_map(*first);
        out += fmt::format(
            "<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{}\"/><text class=\"s\" x=\"{}\" y=\"{}\">{}"
            "</text>",
            at.x, at.y, track_colours[i], at.x + 7, at.y - 5, html(tracks[i].name));
    }
    out += "</g>";
    if (tracks.size() > shown)
        out += fmt::format("<text class=\"s\" x=\"10\" y=\"{}\">the first {} of {} objects</text>",
                           map_height + head + foot - 10, shown, tracks.size());
    return out + notice_at(map_height + head + foot + notice_height - 10) + "</svg>\n";
}

std::string approaches_file(const GroundTrack& station, std::vector<ApproachMark> marks, const std::string& title) {
    constexpr int map_top = 430, list_step = 18;
    std::stable_sort(marks.begin(), marks.end(),
                     [](const ApproachMark& a, const ApproachMark& b) { return a.miss_km < b.miss_km; });
    double widest = 1e-9;
    for (const ApproachMark& mark : marks) widest = std::max(widest, mark.miss_km);
    const HeightChart chart = chart_of(station, marks);
    std::string out = opening(map_width, map_top + map_height + notice_height, title);
    out += fmt::format("<text x=\"10\" y=\"28\">{}</text>{}", html(title), axes_of(chart));
    std::string heights;
    for (const GroundPoint& point : station.points)
        heights +=
            fmt::format("{}{:.1f} {:.1f}", heights.empty() ? "M" : "L", chart.x(point.hours), chart.y(point.height_km));
    out += fmt::format("<path class=\"track\" stroke=\"#51698a\" d=\"{}\"/>", heights);
    std::string below = fmt::format(
        "<g transform=\"translate(0 {})\">{}<path class=\"track\" stroke=\"#51698a\" "
        "stroke-opacity=\".45\" d=\"{}\"/>",
        map_top, map_sheet(), track_path(station.points));
    std::string list;
    int list_y = HeightChart::base + 48;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const ApproachMark& mark = marks[i];
        const double r = radius_of(mark, widest), x = chart.x(mark.at.hours), y = chart.y(mark.at.height_km);
        out += fmt::format(
            "<circle class=\"mark\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"><title>{}, {:.3f} "
            "km</title></circle>",
            x, y, r, html(mark.name), mark.miss_km);
        if (is_on_map(mark.at)) {
            const MapPoint at = on_map(mark.at);
            below += fmt::format("<circle class=\"mark\" cx=\"{}\" cy=\"{}\" r=\"{:.1f}\"/>", at.x, at.y, r);
            if (i < names_shown)
                below += fmt::format("<text class=\"s\" x=\"{}\" y=\"{}\">{}</text>", at.x + 8, at.y - 6, i + 1);
        }
        if (i >= names_shown) continue;
        out += fmt::format("<text class=\"s\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", x + r + 2, y - r, i + 1);
        list += fmt::format("<text class=\"s\" x=\"{}\" y=\"{}\">{} {}, {:.2f} km</text>", HeightChart::left, list_y,
                            i + 1, html(mark.name), mark.miss_km);
        list_y += list_step;
    }
    out += list;
    return out + below + "</g>" + notice_at(map_top + map_height + notice_height - 10) + "</svg>\n";
}

}  // namespace icosa::brief
