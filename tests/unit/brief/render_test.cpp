/// The renderings of one small dossier: shape, escaping, sameness; the whole texts are pinned in tests/golden/brief.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "brief/escape.hpp"
#include "brief/html/plot.hpp"
#include "brief/render.hpp"
#include "fixture.hpp"

namespace icosa::brief {
namespace {

using fixture::World;

Dossier small_dossier(Language language = Language::En) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    material.language = language;
    return compose(material);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// The text of tests/golden/brief/NAME; with ICOSA_BLESS=1 it is rewritten first.
void expect_golden(const std::string& name, const std::string& text) {
    const std::string path = std::string(ICOSA_ROOT) + "/tests/golden/brief/" + name;
    if (std::getenv("ICOSA_BLESS")) std::ofstream(path) << text;
    std::ifstream in(path);
    std::stringstream kept;
    kept << in.rdbuf();
    EXPECT_TRUE(kept.str() == text) << name << " differs from " << path
                                    << "; ICOSA_BLESS=1 rewrites it, review the diff";
}

TEST(BriefGolden, Json) { expect_golden("dossier.json", render_json(small_dossier())); }
TEST(BriefGolden, Markdown) { expect_golden("dossier.md", render_markdown(small_dossier(), Detail::Full)); }
TEST(BriefGolden, Html) { expect_golden("index.html", render_html(small_dossier())); }
TEST(BriefGolden, Table) {
    expect_golden("table.txt",
                  render_table(small_dossier(), 80, Colour::Plain) + "\n"
                      + render_table(small_dossier(Language::Zh), 160, Colour::Plain));
}

TEST(BriefRender, TwoRunsGiveTheSameBytes) {
    const World world = fixture::small_world();
    Material shuffled = fixture::small_material(world);
    std::ranges::reverse(shuffled.findings);
    std::ranges::reverse(shuffled.sources);
    std::ranges::reverse(shuffled.references);
    const Dossier a = small_dossier();
    const Dossier b = compose(shuffled);
    EXPECT_EQ(render_json(a), render_json(b));
    EXPECT_EQ(render_markdown(a, Detail::Full), render_markdown(b, Detail::Full));
    EXPECT_EQ(render_html(a), render_html(b));
}

TEST(BriefJson, NumbersAndAbsences) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    model::Signal& signal = material.findings[0].watches[0].signals[0];
    signal.observed = 1115628300123.0;
    signal.expected = fixture::missing;
    const std::string text = render_json(compose(material));
    EXPECT_TRUE(contains(text, "\"observed\": 1115628300123,"));
    EXPECT_TRUE(contains(text, "\"expected\": null,"));
    EXPECT_TRUE(contains(text, "\"unusualness\": 0.998765,"));
    EXPECT_TRUE(contains(text, "\"observed_through\": null,"));
    EXPECT_TRUE(contains(text, "\"as_of\": \"2020-12-31\""));
}

TEST(BriefHtml, AsksTheNetworkForNothingAndHasNoScript) {
    const std::string page = render_html(small_dossier());
    EXPECT_FALSE(contains(page, "<script"));
    EXPECT_FALSE(contains(page, "javascript:"));
    EXPECT_FALSE(contains(page, "@import"));
    EXPECT_FALSE(contains(page, "url("));
    EXPECT_FALSE(
        std::regex_search(page, std::regex("<(link|img|iframe|object|embed|video|audio|source|base|form)\\b")));
    EXPECT_FALSE(std::regex_search(page, std::regex("\\s(src|srcset|action|background|on[a-z]+)=")));
    EXPECT_TRUE(contains(page, "default-src 'none'"));
}

TEST(BriefHtml, EscapesWhatComesFromOutside) {
    const std::string page = render_html(small_dossier());
    EXPECT_TRUE(contains(page, "Gulf &amp; &quot;Sound&quot; &lt;b&gt;"));
    EXPECT_FALSE(contains(page, "<b>Gulf"));
    EXPECT_FALSE(contains(page, "\"Sound\" <b>"));
    EXPECT_TRUE(contains(page, "Sea &lt;and&gt; rivers"));
}

TEST(BriefHtml, EveryLinkWithinThePageArrivesAndIdsAreUnique) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    material.findings[2].watches.push_back(material.findings[0].watches[0]);  // a watch on two pages
    const std::string page = render_html(compose(material));
    std::set<std::string> ids;
    const std::regex id(" id=\"([^\"]*)\"");
    for (std::sregex_iterator at(page.begin(), page.end(), id), end; at != end; ++at)
        EXPECT_TRUE(ids.insert((*at)[1]).second) << (*at)[1];
    const std::regex link("href=\"#([^\"]*)\"");
    int links = 0;
    for (std::sregex_iterator at(page.begin(), page.end(), link), end; at != end; ++at, ++links)
        EXPECT_TRUE(ids.contains((*at)[1])) << (*at)[1];
    EXPECT_GT(links, 10);
}

TEST(BriefHtml, TagsCloseInOrder) {
    const std::string page = render_html(small_dossier());
    const std::set<std::string> empty = {"meta", "br", "path", "circle", "input", "!doctype"};
    std::vector<std::string> open;
    const std::regex tag("<(/?)([a-z0-9!]+)[^>]*?(/?)>");
    const std::size_t style = page.find("</style>");
    const std::string body = page.substr(0, page.find("<style>")) + page.substr(style + 8);
    for (std::sregex_iterator at(body.begin(), body.end(), tag), end; at != end; ++at) {
        const std::string name = (*at)[2];
        if (empty.contains(name)) continue;
        if ((*at)[1] != "/") {
            open.push_back(name);
            continue;
        }
        ASSERT_FALSE(open.empty()) << name;
        ASSERT_EQ(open.back(), name);
        open.pop_back();
    }
    EXPECT_TRUE(open.empty());
}

TEST(BriefHtml, SaysWhatEveryReaderMustKnow) {
    for (const std::string& text : {render_html(small_dossier()), render_markdown(small_dossier(), Detail::Full)}) {
        EXPECT_TRUE(contains(text, "Boundaries, names and designations imply no opinion on legal status."));
        EXPECT_TRUE(contains(text, "It does not mean safe."));
        EXPECT_TRUE(contains(text, "TLP:CLEAR"));
        EXPECT_TRUE(contains(text, "public domain"));
        EXPECT_TRUE(contains(text, "The publisher of asam"));
        EXPECT_TRUE(contains(text, "1 alive · 1 stale · 0 on membership only · 1 authored · 1 not measurable"));
        EXPECT_TRUE(contains(text, "海洋与河流"));
        EXPECT_TRUE(contains(text, "not known since 1 March 2019"));
    }
}

TEST(BriefHtml, ManySignalsAreShortenedAndCounted) {
    const World world = fixture::small_world();
    Material material = fixture::small_material(world);
    material.findings[0].watches[0].signals.assign(50, fixture::sea_signal());
    const Dossier dossier = compose(material);
    EXPECT_TRUE(contains(render_html(dossier), ">42 more</span>"));
    EXPECT_TRUE(contains(render_html(dossier), "12 more are in dossier.json."));
    EXPECT_TRUE(contains(render_markdown(dossier, Detail::Full), "12 more are in dossier.json."));
}

TEST(BriefMarkdown, ATableRowHasAsManyCellsAsItsHead) {
    std::istringstream lines(render_markdown(small_dossier(), Detail::Full));
    int head = 0;
    int rows = 0;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("|")) {
            head = 0;
            continue;
        }
        int cells = 0;
        for (std::size_t i = 0; i < line.size(); ++i) cells += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
        if (head == 0) head = cells;
        EXPECT_EQ(cells, head) << line;
        ++rows;
    }
    EXPECT_GT(rows, 20);
}

TEST(BriefPlot, AGapIsABandAndAZeroKeepsAFoot) {
    const model::Strip strip{"t", PeriodKind::Month, 600, {0, fixture::missing, 10}, {}, {}};
    const std::string plot = render_strip(strip, {"2020-03"}, "p1");
    EXPECT_TRUE(contains(plot, "<path class=\"gap\" d=\"M300 22H504V184H300z\"/>"));
    EXPECT_TRUE(contains(plot, "M198 184V181"));                                     // the zero
    EXPECT_TRUE(contains(plot, "<path class=\"bar hit\" stroke-width=\"44\" d=\"M606 184V22\"/>"));  // the signal
    EXPECT_TRUE(
        contains(plot, "2020-01 to 2020-03 by month, 2 of 3 observed. Largest 10 in 2020-03; last 10 in 2020-03."));
}

TEST(BriefPlot, ALevelIsALineBrokenWhereNothingWasObserved) {
    const model::Strip strip{"t", PeriodKind::Year, 40, {1.5, 2.5, fixture::missing, 1.5}, {}, {}};
    const std::string plot = render_strip(strip, {}, "p1");
    EXPECT_TRUE(contains(plot, "<path class=\"obs\" d=\"M173 184l153 -162M632 184h0\"/>")) << plot;
}

TEST(BriefPlot, OddSeriesDoNotBreakIt) {
    EXPECT_EQ(render_strip({"t", PeriodKind::Year, 40, {}, {}, {}}, {}, "p"), "");
    EXPECT_TRUE(
        contains(render_strip({"t", PeriodKind::Year, 40, {fixture::missing}, {}, {}}, {}, "p"), "0 of 1 observed"));
    EXPECT_TRUE(contains(render_strip({"t", PeriodKind::Year, 40, {5.5, 5.5}, {}, {}}, {}, "p"), "</svg>"));
    EXPECT_TRUE(contains(render_strip({"t", PeriodKind::Year, 40, {0, 0}, {}, {1e9, 1e9}}, {}, "p"), "</svg>"));
    EXPECT_TRUE(contains(render_strip({"t", PeriodKind::Day, 40, std::vector<double>(500, 1.0), {}, {}}, {}, "p"),
                         "(newest 120 of 500 days)"));
    EXPECT_FALSE(contains(render_strip({"t", PeriodKind::Year, 40, {-3.5, INFINITY, 2}, {}, {}}, {}, "p"), "nan"));
}

TEST(BriefTable, NoLineIsWiderThanAsked) {
    const Dossier dossier = small_dossier();
    for (const int width : {60, 80, 100, 120, 160}) {
        for (const Language language : languages) {
            std::istringstream lines(render_table(small_dossier(language), width, Colour::Plain));
            for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), width) << line;
        }
    }
    EXPECT_FALSE(contains(render_table(dossier, 80, Colour::Plain), "\x1b["));
    EXPECT_TRUE(contains(render_table(dossier, 80, Colour::Ansi), "\x1b[1;33m△ 1 matter of status"));
    EXPECT_TRUE(contains(render_table(small_dossier(Language::Zh), 80, Colour::Plain), "海洋与河流"));
}

}  // namespace
}  // namespace icosa::brief
