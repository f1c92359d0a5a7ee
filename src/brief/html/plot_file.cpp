/// The page's plots cut out of their figures.
#include "brief/plot_file.hpp"

#include <string_view>

#include <fmt/format.h>

#include "brief/html/box.hpp"
#include "brief/html/fan.hpp"
#include "brief/html/plot.hpp"

namespace icosa::brief {
namespace {

/// As in style.hpp, light.
constexpr std::string_view file_style =
    "<style>text{font:22px system-ui,\"Noto Sans\",\"Liberation Sans\",sans-serif;fill:#59606a}.e{text-anchor:end}"
    "path,circle{fill:none}.axis{stroke:#d8dad5;stroke-width:2}.bar{stroke:#51698a}.bar.hit{stroke:#c24a00}"
    ".obs{stroke:#51698a;stroke-width:5;stroke-linejoin:round;stroke-linecap:round}"
    ".exp{stroke:#1f7a6c;stroke-width:3;stroke-linejoin:round;stroke-linecap:round}"
    ".thr{stroke:#7a3f96;stroke-width:3;stroke-dasharray:9 8}.f90{fill:#1f7a6c;fill-opacity:.14}"
    ".f80{fill:#1f7a6c;fill-opacity:.16}.f50{fill:#1f7a6c;fill-opacity:.28}.now{stroke:#59606a;stroke-width:2}"
    ".gap{fill:#e4e5e1}.mark{fill:#c24a00}</style><rect width=\"100%\" height=\"100%\" fill=\"#fcfcfa\"/>";

std::string as_file(const std::string& figure_of_page) {
    constexpr std::string_view opens = "<svg ", closes = "</svg>";
    const std::size_t from = figure_of_page.find(opens), to = figure_of_page.find(closes);
    if (from == std::string::npos || to == std::string::npos) return {};
    const std::size_t body = figure_of_page.find('>', from) + 1;
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" "
        "height=\"{}\" {}{}{}{}\n",
        box_width, box_height, figure_of_page.substr(from + opens.size(), body - from - opens.size()), file_style,
        figure_of_page.substr(body, to - body), closes);
}

}  // namespace

std::string strip_file(const model::Strip& strip, const std::vector<std::string>& alarms) {
    return as_file(render_strip(strip, alarms, "p"));
}

std::string fan_file(const model::Forecast& forecast) { return as_file(render_fan(forecast, "p")); }

}  // namespace icosa::brief
