/// A table of an XML document under shorter names.
#include "ingest/formats/omm_xml_file.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "ingest/formats/xml_file.hpp"

namespace icosa::ingest {
namespace {

constexpr std::string_view groups_named[] = {"header.", "body.segment.metadata.", "body.segment.data.meanElements.",
                                             "body.segment.data.tleParameters."};

std::string short_name(const std::string& column) {
    for (const auto group : groups_named) {
        if (column.starts_with(group) && column.find('.', group.size()) == std::string::npos)
            return column.substr(group.size());
    }
    return column;
}

/// Reads by the long names what is told under the short ones.
class OmmTable : public TableFile {
public:
    explicit OmmTable(Part inner) : inner_(std::move(inner)) {}
    Result<std::unique_ptr<RowSource>> rows(const Part&) override { return inner_.table->rows(inner_); }

private:
    Part inner_;
};

class OmmOpened : public OpenFile {
public:
    OmmOpened(std::unique_ptr<OpenFile> xml, std::string records)
        : xml_(std::move(xml)), records_(std::move(records)) {}
    [[nodiscard]] Wish that_counts(const Wish& wish) const override { return xml_->that_counts(wish); }
    Result<std::vector<Part>> parts(const Wish& wish) override {
        if (!wish.records.empty()) return xml_->parts(wish);
        auto parts = TRY(xml_->parts({records_, {}, {}}));
        for (Part& part : parts) {
            auto inner = part;
            std::set<std::string> taken;
            for (std::string& column : part.columns) {
                if (auto name = short_name(column); taken.insert(name).second) column = std::move(name);
            }
            part.table = std::make_shared<OmmTable>(std::move(inner));
        }
        return parts;
    }

private:
    std::unique_ptr<OpenFile> xml_;
    std::string records_;
};

/// The name of the first element, without its prefix, and what stands in its tag.
std::pair<std::string_view, std::string_view> root_of(std::string_view text) {
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        if (rest.starts_with("?") || rest.starts_with("!")) continue;
        const std::string_view tag = rest.substr(0, rest.find('>'));
        std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
        if (const auto colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
        return {name, tag};
    }
    return {};
}

}  // namespace

bool begins_omm_xml(std::string_view text) {
    const auto [name, tag] = root_of(text);
    return name == "omm" || (name == "ndm" && text.find("<omm") != std::string_view::npos);
}

Result<std::unique_ptr<OpenFile>> open_omm_xml(const std::string& path, std::string_view head) {
    const auto [name, tag] = root_of(head);
    if (tag.find("xsi:") != std::string_view::npos && tag.find("xmlns:xsi") == std::string_view::npos)
        return fail(Fault::Data, "undeclared-prefix",
                    {path, static_cast<int>(std::count(head.begin(), tag.begin(), '\n')) + 1,
                     static_cast<int>(tag.find("xsi:")) + 2},
                    "the root uses the prefix 'xsi' and does not declare it: this is no well-formed message",
                    "fetch the file again, or as CSV or JSON");
    return std::make_unique<OmmOpened>(TRY(open_xml(path)), name == "ndm" ? "ndm.omm" : "omm");
}

}  // namespace icosa::ingest
