/// The map of the world on the first page: a shape and a colour where something gets worse, rises, stays high or falls;
/// borders that are not determined, and areas whose status is not, dashed.
#include "brief/html/parts.hpp"

#include <map>
#include <set>

#include "base/text.hpp"
#include "brief/blocks.hpp"
#include "brief/escape.hpp"
#include "brief/projection.hpp"
#include "brief/world.hpp"

namespace icosa::brief {
namespace {

/// Shapes about a point, so that no mark is told by its colour alone.
std::string shape(std::string_view kind, MapPoint at) {
    if (kind == "worse") return fmt::format("M{} {}l7 8-7 8-7-8z", at.x, at.y - 8);
    if (kind == "rising") return fmt::format("M{} {}l7 12h-14z", at.x, at.y - 7);
    if (kind == "high") return fmt::format("M{} {}h10v10h-10z", at.x - 5, at.y - 5);
    if (kind == "fallen" || kind == "dropped") return fmt::format("M{} {}h12l-6 10z", at.x - 6, at.y - 5);
    return fmt::format("M{} {}a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", at.x - 5, at.y);
}

struct MapMark {
    std::string_view kind;
    MapPoint at;
    std::string en, zh;
};

/// One mark a place, the first that is told of it; its title names all measures.
class MapMarks {
public:
    explicit MapMarks(const Dossier& dossier) : dossier_(dossier) {}

    void add(const std::vector<FrontLine>& lines, Outlook outlook) {
        const bool ahead = outlook == Outlook::Ahead;
        for (const FrontLine& line : lines) {
            const std::string place(split(line.subject, '|').front());
            const auto at = dossier_.positions.find(place);
            if (at == dossier_.positions.end()) continue;
            const std::string_view kind = mark_kind(line.mark, line.drop, outlook);
            auto [mark, fresh] = marks_.try_emplace(place, MapMark{kind, project(at->second), {}, {}});
            if (fresh) order_.push_back(place);
            mark->second.en += (fresh ? "" : " · ") + std::string(ahead ? "◆" : change_symbol(line.mark, line.drop))
                + " " + line.subject_title.en + ": " + line.measure_title.en;
            mark->second.zh += (fresh ? "" : " · ") + in(line.subject_title, Language::Zh) + "："
                + in(line.measure_title, Language::Zh);
        }
    }

    void write(std::string& out) const {
        for (auto place = order_.rbegin(); place != order_.rend(); ++place) {  // the first on top
            const MapMark& mark = marks_.at(*place);
            put(out, "<path class=\"mk {}\" d=\"{}\"><title>{} / {}</title></path>", mark.kind,
                shape(mark.kind, mark.at), html(mark.en), html(mark.zh));
        }
    }

    [[nodiscard]] std::size_t size() const { return order_.size(); }

private:
    const Dossier& dossier_;
    std::map<std::string, MapMark> marks_;
    std::vector<std::string> order_;
};

std::string outline(const std::vector<pack::Position>& ring) {
    std::string out;
    for (const pack::Position& corner : ring) {
        const MapPoint at = project(corner);
        out += fmt::format("{}{} {}", out.empty() ? "M" : "L", at.x, at.y);
    }
    return out + "z";
}

/// The sheet and its lines of every thirty degrees.
void write_sheet(std::string& out) {
    std::string lines;
    for (int longitude = -180; longitude <= 180; longitude += 30) {
        for (int latitude = -57; latitude <= 84; latitude += 3) {
            const MapPoint at = project({static_cast<double>(longitude), static_cast<double>(latitude)});
            lines += fmt::format("{}{} {}", latitude == -57 ? "M" : "L", at.x, at.y);
        }
    }
    for (int latitude = -30; latitude <= 60; latitude += 30) {
        const MapPoint west = project({-180, static_cast<double>(latitude)}),
                       east = project({180, static_cast<double>(latitude)});
        lines += fmt::format("M{} {}H{}", west.x, west.y, east.x);
    }
    put(out, "<path class=\"grid\" d=\"{}\"/>", lines);
}

}  // namespace

void write_map(HtmlSheet& out) {
    const Front& front = out.dossier.front;
    MapMarks marks(out.dossier);
    marks.add(front.worse, Outlook::Ahead);
    marks.add(front.risen, Outlook::Now);
    marks.add(front.high, Outlook::Now);
    marks.add(front.fallen, Outlook::Now);
    put(out.text,
        "<figure class=\"map\"><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"World map: {} places with "
        "findings, each told in the lists\">",
        map_width, map_height, marks.size());
    if (world_land.empty()) write_sheet(out.text);
    else
        put(out.text,
            "<path class=\"land\" d=\"{}\"/><path class=\"brd\" d=\"{}\"/><path class=\"brd dash\" d=\"{}\"/>",
            world_land, world_borders, world_dashed);
    std::string dashed;
    for (const auto& ring : out.dossier.disputed_outlines) dashed += outline(ring);
    if (!dashed.empty()) put(out.text, "<path class=\"brd dash area\" d=\"{}\"/>", dashed);
    marks.write(out.text);
    put(out.text, "</svg>\n<figcaption>{} {}</figcaption></figure>\n",
        both(Words{"◆ likely worse ● new ▲ rising ▼ dropped ■ still high ▽ fallen; dashed: not determined.",
                   "◆ 可能恶化 ● 新出现 ▲ 上升 ▼ 骤降 ■ 仍高 ▽ 回落；虚线：未定。"}),
        both(notice_boundaries_words));
}

}  // namespace icosa::brief
