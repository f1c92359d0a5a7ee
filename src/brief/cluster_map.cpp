/// A window about the circles, the land within it, the circles on top.
#include "brief/cluster_map.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "atlas/land_map.hpp"
#include "base/text.hpp"
#include "brief/escape.hpp"
#include "brief/projection.hpp"
#include "brief/put.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

constexpr int sheet_width = 720, least_height = 260, most_height = 460;
constexpr double earth_radius_km = 6371.0088, km_a_degree = 111.195;
constexpr double widest_deg = 200;  // beyond that the whole world
constexpr double least_width_deg = 24, least_height_deg = 14, margin = 0.35;
constexpr double northmost = 84, southmost = -57;
constexpr int circle_corners = 64;
constexpr double least_radius = 5;  // on the sheet

/// The clusters' window: longitudes from the widest gap between them on.
atlas::MapWindow window_of(const std::vector<const model::Signal*>& clusters) {
    struct Span {
        double west, east;
    };
    std::vector<Span> spans;
    double south = northmost, north = southmost;
    for (const model::Signal* one : clusters) {
        const model::Circle& at = *one->around;
        const double high = at.radius_km / km_a_degree;
        const double wide = high / std::max(0.1, std::cos(at.latitude_deg * std::numbers::pi / 180));
        spans.push_back({at.longitude_deg - wide, at.longitude_deg + wide});
        south = std::min(south, at.latitude_deg - high);
        north = std::max(north, at.latitude_deg + high);
    }
    std::ranges::sort(spans, {}, &Span::west);
    double west = spans.front().west, east = west, widest_gap = -1;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        double reach = spans[0].east;
        for (std::size_t k = 0; k <= i; ++k) reach = std::max(reach, spans[k].east);
        const double next = i + 1 < spans.size() ? spans[i + 1].west : spans.front().west + 360;
        if (next - reach <= widest_gap) continue;
        widest_gap = next - reach;
        west = next;
        east = reach + 360;
    }
    if (widest_gap < 360 - widest_deg) return {-180, southmost, 180, northmost};
    const double middle = std::remainder((west + east) / 2, 360), level = (north + south) / 2;
    const double high =
        std::max({least_height_deg, (north - south) * (1 + 2 * margin), (east - west) * (1 + 2 * margin) / 3});
    const double wide = std::max({least_width_deg, (east - west) * (1 + 2 * margin),
                                  1.5 * high / std::max(0.3, std::cos(level * std::numbers::pi / 180))});
    atlas::MapWindow out{middle - wide / 2, std::max(-85.0, level - high / 2), middle + wide / 2,
                         std::min(85.0, level + high / 2)};
    if (out.west_deg < -180) {
        out.west_deg += 360;
        out.east_deg += 360;
    }
    return out;
}

/// With what stands in the corners of the sheet, where the window is narrower.
atlas::MapWindow about(const atlas::MapWindow& window) {
    const double wide = window.east_deg - window.west_deg, high = window.north_deg - window.south_deg;
    if (wide >= 360) return window;
    const double more = std::min(wide / 4, (360 - wide) / 2);
    return {window.west_deg - more, std::max(-90.0, window.south_deg - high / 5), window.east_deg + more,
            std::min(90.0, window.north_deg + high / 5)};
}

/// Positions of the window on a sheet whose first row is its north.
class ClusterSheet {
public:
    explicit ClusterSheet(const atlas::MapWindow& window)
        : window_(window), middle_((window.west_deg + window.east_deg) / 2) {
        double east = 0, south = 0;
        west_ = top_ = 0;
        bool first = true;
        for (int i = 0; i <= edge_points; ++i) {
            const double share = static_cast<double>(i) / edge_points;
            const double lat = window.south_deg + share * (window.north_deg - window.south_deg);
            const double lon = window.west_deg + share * (window.east_deg - window.west_deg);
            for (const PlanePoint& at : {plane(window.west_deg, lat), plane(window.east_deg, lat),
                                         plane(lon, window.south_deg), plane(lon, window.north_deg)}) {
                west_ = first ? at.x : std::min(west_, at.x);
                east = first ? at.x : std::max(east, at.x);
                top_ = first ? at.y : std::max(top_, at.y);
                south = first ? at.y : std::min(south, at.y);
                first = false;
            }
        }
        scale_ = sheet_width / (east - west_);
        if ((top_ - south) * scale_ > most_height) {
            scale_ = most_height / (top_ - south);
            west_ -= (sheet_width / scale_ - (east - west_)) / 2;
        }
        height_ = std::max(least_height, static_cast<int>(std::ceil((top_ - south) * scale_)));
        top_ += (height_ / scale_ - (top_ - south)) / 2;
    }

    [[nodiscard]] int height() const { return height_; }
    [[nodiscard]] PlanePoint on(double longitude_deg, double latitude_deg) const {
        const PlanePoint at = plane(longitude_deg, latitude_deg);
        return {(at.x - west_) * scale_, (top_ - at.y) * scale_};
    }
    /// A longitude as the window's run.
    [[nodiscard]] double run_on(double longitude_deg) const {
        return middle_ + std::remainder(longitude_deg - middle_, 360);
    }
    /// Of half a unit of the sheet.
    [[nodiscard]] double step_deg() const { return 0.5 * 180 / std::numbers::pi / scale_; }
    /// On the sheet, per radian of the sphere.
    [[nodiscard]] double scale() const { return scale_; }

private:
    static constexpr int edge_points = 16;
    [[nodiscard]] PlanePoint plane(double longitude_deg, double latitude_deg) const {
        return equal_earth({longitude_deg - middle_, latitude_deg});
    }

    atlas::MapWindow window_;
    double middle_;
    double west_ = 0, top_ = 0, scale_ = 1;
    int height_ = 0;
};

/// Lines of a key, broken between its entries.
std::vector<std::string> key_lines(const std::string& key) {
    constexpr std::size_t longest = 108;
    std::vector<std::string> out(1);
    for (std::size_t from = 0; from < key.size();) {
        constexpr std::string_view between = " · ";
        const std::size_t to = std::min(key.find(between, from), key.size());
        const std::string entry = key.substr(from, to - from);
        if (!out.back().empty() && out.back().size() + entry.size() > longest) out.emplace_back();
        out.back() += (out.back().empty() ? "" : std::string(between)) + entry;
        from = to + between.size();
    }
    return out;
}

/// In whole units, by steps; a step that goes nowhere is left out.
std::string path_of(const atlas::MapPath& points, const ClusterSheet& sheet, bool closed) {
    std::string out;
    long x = 0, y = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const PlanePoint at = sheet.on(sheet.run_on(points[i].longitude_deg), points[i].latitude_deg);
        const long to_x = std::lround(at.x), to_y = std::lround(at.y);
        if (i == 0) put(out, "M{} {}", to_x, to_y);
        else if (to_x != x || to_y != y) put(out, "l{} {}", to_x - x, to_y - y);
        x = to_x;
        y = to_y;
    }
    return closed ? out + "z" : out;
}

/// A small circle needs tenths of a unit to look round.
std::string rim_path(const atlas::MapPath& points, const ClusterSheet& sheet) {
    std::string out;
    for (const pack::Position& one : points) {
        const PlanePoint at = sheet.on(sheet.run_on(one.longitude_deg), one.latitude_deg);
        put(out, "{}{:.1f} {:.1f}", out.empty() ? 'M' : 'L', at.x, at.y);
    }
    return out + "z";
}

std::string paths_of(const std::vector<atlas::MapPath>& all, const ClusterSheet& sheet, bool closed) {
    std::string out;
    for (const auto& one : all) out += path_of(one, sheet, closed);
    return out;
}

/// Lines of longitude and latitude, for want of land.
std::string grid_of(const atlas::MapWindow& window, const ClusterSheet& sheet) {
    constexpr double step = 10;
    std::string out;
    for (double lon = std::ceil(window.west_deg / step) * step; lon <= window.east_deg; lon += step) {
        atlas::MapPath line;
        for (int i = 0; i <= 20; ++i)
            line.push_back({lon, window.south_deg + (window.north_deg - window.south_deg) * i / 20});
        out += path_of(line, sheet, false);
    }
    for (double lat = std::ceil(window.south_deg / step) * step; lat <= window.north_deg; lat += step) {
        atlas::MapPath line;
        for (int i = 0; i <= 20; ++i)
            line.push_back({window.west_deg + (window.east_deg - window.west_deg) * i / 20, lat});
        out += path_of(line, sheet, false);
    }
    return out;
}

void write_circles(std::string& out, const std::vector<const model::Signal*>& clusters, const ClusterSheet& sheet,
                   const Dossier& dossier) {
    for (std::size_t i = clusters.size(); i-- > 0;) {  // the first on top
        const model::Circle& at = *clusters[i]->around;
        const double lon = sheet.run_on(at.longitude_deg);
        const PlanePoint middle = sheet.on(lon, at.latitude_deg);
        const double radius = at.radius_km / earth_radius_km * sheet.scale();
        const auto told = dossier.sentences.find(clusters[i]->id);
        const std::string title = told == dossier.sentences.end()
            ? html(clusters[i]->reason)
            : fmt::format("{} / {}", html(told->second.en), html(told->second.zh));
        std::string shape = fmt::format("<circle class=\"clu\" cx=\"{:.0f}\" cy=\"{:.0f}\" r=\"{}\">", middle.x,
                                        middle.y, number_text(least_radius));
        std::string end = "</circle>";
        if (radius > least_radius) {
            const auto ring = atlas::rim_of({at.latitude_deg, lon, at.radius_km}, circle_corners);
            shape = fmt::format("<path class=\"clu\" d=\"{}\">", rim_path(ring, sheet));
            end = "</path>";
        }
        put(out, "{}<title>{}</title>{}", shape, title, end);
        put(out, "<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>", middle.x + std::max(radius, least_radius) + 3,
            middle.y + 5, i + 1);
    }
}

}  // namespace

std::vector<const model::Signal*> clusters_of(const SectionPage& page) {
    std::vector<const model::Signal*> out;
    for (const model::WatchFinding& watch : page.watches) {
        for (const model::Signal& signal : watch.signals) {
            if (signal.around) out.push_back(&signal);
        }
    }
    return out;
}

pack::Title cluster_places(const SectionPage& page, const Dossier& dossier) {
    std::vector<std::pair<pack::Title, std::string>> places;  // with their numbers, in the order of the first
    int number = 0;
    for (const model::Signal* one : clusters_of(page)) {
        const auto name = dossier.names.find(std::string(split(one->subject, '|').front()));
        const pack::Title title =
            name == dossier.names.end() ? pack::Title{one->subject_title, one->subject_title} : name->second;
        auto place = std::ranges::find_if(places, [&](const auto& known) { return known.first.en == title.en; });
        if (place == places.end()) place = places.insert(places.end(), {title, ""});
        place->second += fmt::format("{}{}", place->second.empty() ? "" : ", ", ++number);
    }
    pack::Title out;
    for (const auto& [title, numbers] : places) {
        out.en += fmt::format("{}{} {}", out.en.empty() ? "" : " · ", numbers, in(title, Language::En));
        out.zh += fmt::format("{}{} {}", out.zh.empty() ? "" : " · ", numbers, in(title, Language::Zh));
    }
    return out;
}

std::string cluster_map(const SectionPage& page, const Dossier& dossier) {
    const auto clusters = clusters_of(page);
    if (clusters.empty()) return {};
    const atlas::MapWindow window = window_of(clusters);
    const ClusterSheet sheet(window);
    const atlas::MapLand land = atlas::land_map(about(window), sheet.step_deg());
    std::string out = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Map of {} cluster{}: {}\">",
                                  sheet_width, sheet.height(), clusters.size(), clusters.size() == 1 ? "" : "s",
                                  html(cluster_places(page, dossier).en));
    if (land.land.empty()) put(out, "<path class=\"grid\" d=\"{}\"/>", grid_of(window, sheet));
    else
        put(out,
            "<path class=\"land\" fill-rule=\"evenodd\" d=\"{}\"/><path class=\"brd\" d=\"{}\"/><path class=\"brd "
            "dash\" d=\"{}\"/>",
            paths_of(land.land, sheet, true), paths_of(land.borders, sheet, false),
            paths_of(land.undetermined_borders, sheet, false));
    std::string dashed;
    for (const auto& ring : dossier.disputed_outlines) {
        const auto inside = [&](const pack::Position& at) {
            const double lon = sheet.run_on(at.longitude_deg);
            return lon >= window.west_deg && lon <= window.east_deg && at.latitude_deg >= window.south_deg
                && at.latitude_deg <= window.north_deg;
        };
        if (std::ranges::any_of(ring, inside)) dashed += path_of(ring, sheet, true);
    }
    if (!dashed.empty()) put(out, "<path class=\"brd dash area\" d=\"{}\"/>", dashed);
    write_circles(out, clusters, sheet, dossier);
    return out + "</svg>";
}

std::string cluster_map_file(const SectionPage& page, const Dossier& dossier) {
    constexpr std::string_view style =
        "<style>text{font:15px system-ui,\"Noto Sans\",\"Liberation Sans\",sans-serif;fill:#23272e}"
        ".n{font-size:12px;fill:#59606a}path,circle{fill:none;stroke-linejoin:round}.land{fill:#e4e5e1}"
        ".brd{stroke:#b5b8b0;stroke-width:.7}.dash{stroke-dasharray:3 2.4;stroke:#59606a}.grid{stroke:#d8dad5}"
        ".clu{fill:#c24a00;fill-opacity:.18;stroke:#c24a00;stroke-width:2}</style>"
        "<rect width=\"100%\" height=\"100%\" fill=\"#fcfcfa\"/>";
    const std::string figure = cluster_map(page, dossier);
    if (figure.empty()) return {};
    const std::size_t body = figure.find('>') + 1, end = figure.rfind("</svg>");
    const int height = ClusterSheet(window_of(clusters_of(page))).height();
    std::vector<std::string> lines = key_lines(in(cluster_places(page, dossier), dossier.language));
    lines.insert(lines.begin(),
                 fmt::format("{}, {}: {}", in(page.title, dossier.language), iso(dossier.as_of),
                             in(cluster_map_words, dossier.language)));
    lines.emplace_back(in(notice_boundaries_words, dossier.language));
    constexpr int line_height = 18, foot = 8;
    const int whole = height + foot + line_height * static_cast<int>(lines.size());
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" "
        "width=\"{0}\" height=\"{1}\" role=\"img\" aria-label=\"{2}\">{3}",
        sheet_width, whole, html(in(page.title, dossier.language)), style);
    put(out, "<svg width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">{2}</svg>", sheet_width, height,
        std::string_view(figure).substr(body, end - body));
    int y = height;
    for (const std::string& line : lines)
        put(out, "<text class=\"n\" x=\"8\" y=\"{}\">{}</text>", y += line_height, html(line));
    return out + "</svg>\n";
}

std::string cluster_map_name(const SectionPage& page) { return "clusters-" + page.section + ".svg"; }

}  // namespace icosa::brief
