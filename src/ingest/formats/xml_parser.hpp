/// XML as a stream of elements, and nothing that makes a small file large: entities of its own are refused.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace icosa::ingest {

/// The attributes of an element while its start is told.
class XmlAttributes {
public:
    explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
    /// By its local name; "" where there is none.
    [[nodiscard]] std::string_view find(std::string_view name) const;
    void each(const std::function<void(std::string_view name, std::string_view value)>& visit) const;

private:
    const char* const* pairs_;
};

/// What becomes of elements; names come without their prefixes, texts in pieces. An error ends the walk.
struct XmlHandler {
    virtual ~XmlHandler() = default;
    virtual Result<void> start(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual Result<void> end(std::string_view name) = 0;
    virtual Result<void> text(std::string_view piece) = 0;
};

/// Any of UTF-8, UTF-16, Latin-1 in; UTF-8 out.
///
/// err   not-well-formed with its place, cut-off, xml-entities (a declaration of entities: nothing of them is
/// expanded),
///       too-deep
class XmlParser {
public:
    /// where: the file, as errors name it. The handler must outlive the parser.
    XmlParser(std::string where, XmlHandler& handler);
    ~XmlParser();
    XmlParser(const XmlParser&) = delete;
    XmlParser& operator=(const XmlParser&) = delete;

    enum class More { Follows, None };
    [[nodiscard]] Result<void> feed(std::string_view bytes, More more);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace icosa::ingest
