/// expat, fed block by block.
#include "ingest/formats/xml_parser.hpp"

#include <optional>

#include <expat.h>
#include <fmt/format.h>

namespace icosa::ingest {
namespace {

constexpr int deepest_element = 200;

std::string_view local_name(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::find(std::string_view name) const {
    for (const char* const* pair = pairs_; *pair; pair += 2) {
        if (local_name(pair[0]) == name) return pair[1];
    }
    return {};
}

void XmlAttributes::each(const std::function<void(std::string_view, std::string_view)>& visit) const {
    for (const char* const* pair = pairs_; *pair; pair += 2) {
        const std::string_view name = pair[0];
        if (name != "xmlns" && !name.starts_with("xmlns:")) visit(local_name(name), pair[1]);
    }
}

struct XmlParser::State {
    State(std::string file, XmlHandler& to) : where(std::move(file)), handler(to), parser(XML_ParserCreate(nullptr)) {
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, on_start, on_end);
        XML_SetCharacterDataHandler(parser, on_text);
        XML_SetEntityDeclHandler(parser, on_entity);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { XML_ParserFree(parser); }

    [[nodiscard]] Where place() const {
        return {where, static_cast<int>(XML_GetCurrentLineNumber(parser)),
                static_cast<int>(XML_GetCurrentColumnNumber(parser)) + 1};
    }
    void take(Result<void> done) {
        if (done || error) return;
        error = std::move(done).error();
        XML_StopParser(parser, XML_FALSE);
    }
    static State& of(void* data) { return *static_cast<State*>(data); }
    static void on_start(void* data, const char* name, const char** attributes) {
        State& state = of(data);
        if (++state.depth > deepest_element)
            return state.take(fail(Fault::Data, "too-deep", state.place(),
                                   fmt::format("elements stand within one another more than {} deep", deepest_element),
                                   "no source is so deep: fetch the file again"));
        state.take(state.handler.start(local_name(name), XmlAttributes(attributes)));
    }
    static void on_end(void* data, const char* name) {
        State& state = of(data);
        --state.depth;
        state.take(state.handler.end(local_name(name)));
    }
    static void on_text(void* data, const char* text, int size) {
        State& state = of(data);
        state.take(state.handler.text({text, static_cast<std::size_t>(size)}));
    }
    static void on_entity(void* data, const char* name, int, const char*, int, const char*, const char*, const char*,
                          const char*) {
        State& state = of(data);
        state.take(fail(Fault::Data, "xml-entities", state.place(),
                        fmt::format("the document declares an entity, '{}', and entities are not expanded", name),
                        "take the declarations out; no source of a card needs them"));
    }

    std::string where;
    XmlHandler& handler;
    XML_Parser parser;
    std::optional<Error> error;
    int depth = 0;
};

XmlParser::XmlParser(std::string where, XmlHandler& handler)
    : state_(std::make_unique<State>(std::move(where), handler)) {}
XmlParser::~XmlParser() = default;

Result<void> XmlParser::feed(std::string_view bytes, More more) {
    State& state = *state_;
    const auto done = XML_Parse(state.parser, bytes.data(), static_cast<int>(bytes.size()), more == More::None);
    if (state.error) return std::unexpected(*state.error);
    if (done == XML_STATUS_OK) return {};
    const XML_Error code = XML_GetErrorCode(state.parser);
    const bool is_cut = more == More::None
        && (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN
            || (code == XML_ERROR_INVALID_TOKEN && bytes.empty()));
    if (is_cut)
        return fail(Fault::Data, "cut-off", state.place(), "the file ends within the XML document",
                    "fetch the file again: its end is missing");
    return fail(Fault::Data, "not-well-formed", state.place(),
                fmt::format("this is no well-formed XML: {}", XML_ErrorString(code)),
                "mend this place, or fetch the file again");
}

}  // namespace icosa::ingest
