/// Reads expects and their strips.
#include "pack/expect.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {

Expect read_expect(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "an expect");
    Expect out;
    out.where = node.where;
    out.watch = reader.text_or("watch", "");
    out.strip = reader.text_or("strip", "");
    out.scale = reader.number_or("scale", 1);
    out.as_of = reader.day_or("as_of", no_day);
    out.state = reader.choice("state", std::string(),
                              {{"signal", std::string("signal")},
                               {"quiet", std::string("quiet")},
                               {"stale", std::string("stale")},
                               {"no-data", std::string("no-data")}});
    out.silent = reader.texts("silent");
    for (const Node* body : reader.tables("body")) out.bodies.push_back(parse_mechanism(*body, faults));
    if (const Node* signals = reader.node("signals")) {
        out.carets_where = signals->where;
        if (!out.strip.empty()) out.carets = reader.text_or("signals", "");
        else out.signals = reader.texts("signals");
    }
    reader.finish();
    if (out.strip.empty() == (out.as_of == no_day)) {
        reader.fault(node.where, "bad-expect", "an expect has either a strip or an as_of day",
                     "give strip = \"..012\" or as_of = \"2020-12-31\"");
    } else if (out.is_strip()) {
        if (const auto values = strip_values(out); !values) faults.push_back(values.error());
        else if (const auto carets = strip_signals(out); !carets) faults.push_back(carets.error());
    } else if (out.signals.empty() && out.silent.empty() && out.state.empty()) {
        reader.fault(node.where, "bad-expect", "an expect on a day demands nothing", "give signals, silent or state");
    }
    return out;
}

Result<std::vector<double>> strip_values(const Expect& expect) {
    std::vector<double> out;
    for (std::size_t i = 0; i < expect.strip.size(); ++i) {
        const char c = expect.strip[i];
        if (c == ' ') continue;
        if (c == '.') out.push_back(std::numeric_limits<double>::quiet_NaN());
        else if (c >= '0' && c <= '9') out.push_back(expect.scale * (c - '0'));
        else if (c >= 'a' && c <= 'z') out.push_back(expect.scale * (c - 'a' + 10));
        else
            return fail(Fault::Pack, "bad-strip", expect.where,
                        fmt::format("the strip has '{}' at its position {}", excerpt(std::string_view(&c, 1)), i + 1),
                        "use 0-9, a-z (10 to 35), '.' for not observed, blanks for the eye");
    }
    return out;
}

Result<std::vector<int>> strip_signals(const Expect& expect) {
    std::vector<int> out;
    const Where& where = expect.carets_where.line > 0 ? expect.carets_where : expect.where;
    int period = 0;
    for (std::size_t i = 0; i < std::max(expect.strip.size(), expect.carets.size()); ++i) {
        const bool in_strip = i < expect.strip.size() && expect.strip[i] != ' ';
        const char caret = i < expect.carets.size() ? expect.carets[i] : ' ';
        if (caret == '^' && !in_strip)
            return fail(Fault::Pack, "bad-strip", where,
                        fmt::format("the caret at position {} stands under no period", i + 1),
                        "put it under a digit of the strip");
        if (caret != '^' && caret != ' ')
            return fail(Fault::Pack, "bad-strip", where,
                        fmt::format("'{}' at position {} of signals is neither a caret nor a blank",
                                    excerpt(std::string_view(&caret, 1)), i + 1),
                        "use '^' and blanks");
        if (caret == '^') out.push_back(period);
        if (in_strip) ++period;
    }
    return out;
}

}  // namespace icosa::pack
