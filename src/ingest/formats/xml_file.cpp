/// Walks a document twice: for its columns, then for its rows.
#include "ingest/formats/xml_file.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/columns_met.hpp"
#include "ingest/formats/xml_parser.hpp"
#include "ingest/row_cells.hpp"

namespace icosa::ingest {
namespace {

constexpr std::size_t xml_block_bytes = 1u << 16;
constexpr int most_of_one_name = 128;
constexpr std::size_t longest_xml_text = 8u << 20;
constexpr std::size_t repeats_told = 6;
constexpr std::int64_t beginning_bytes = 1 << 18;

/// The bytes of a file into a parser, block by block.
class XmlFeed {
public:
    XmlFeed(File file, std::string path, XmlHandler& handler)
        : file_(std::move(file)), path_(std::move(path)), parser_(path_, handler) {}

    /// False when all of the file was fed.
    Result<bool> step() {
        if (ended_) return false;
        const std::size_t got = TRY(file_.read_at(block_.data(), block_.size(), offset_));
        offset_ += static_cast<std::int64_t>(got);
        ended_ = got < block_.size();
        TRY(parser_.feed({block_.data(), got}, ended_ ? XmlParser::More::None : XmlParser::More::Follows));
        return true;
    }
    [[nodiscard]] std::int64_t offset() const { return offset_; }

private:
    File file_;
    std::string path_;
    XmlParser parser_;
    std::string block_ = std::string(xml_block_bytes, '\0');
    std::int64_t offset_ = 0;
    bool ended_ = false;
};

Result<void> walk_document(const std::string& path, XmlHandler& handler) {
    std::int64_t bytes = 0;
    XmlFeed feed(TRY(open_file(path, bytes)), path, handler);
    while (TRY(feed.step())) {}
    return {};
}

/// Counts how often each path occurs, with something in it or not.
struct PathCounts : XmlHandler {
    struct Count {
        std::int64_t times = 0;
        std::int64_t most_together = 0;  ///< within one parent
        bool holds_more = false;
        std::size_t depth = 0;
    };
    std::map<std::string, Count> counts;

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        std::string path(name);
        std::int64_t together = 1;
        if (!open_.empty()) {
            Open& parent = open_.back();
            counts[parent.path].holds_more = true;
            path = parent.path + "." + path;
            together = ++parent.names[std::string(name)];
        }
        Count& count = counts[path];
        ++count.times;
        count.most_together = std::max(count.most_together, together);
        open_.push_back({std::move(path), {}});
        count.depth = open_.size();
        attributes.each([&](std::string_view, std::string_view) { count.holds_more = true; });
        return {};
    }
    Result<void> end(std::string_view) override {
        open_.pop_back();
        return {};
    }
    Result<void> text(std::string_view) override { return {}; }

private:
    struct Open {
        std::string path;
        std::map<std::string, std::int64_t> names;
    };
    std::vector<Open> open_;
};

/// Of the paths that repeat within one parent and hold more than a text, the least deep; of those the most frequent.
std::vector<std::pair<std::string, PathCounts::Count>> repeating_paths(const PathCounts& met) {
    std::vector<std::pair<std::string, PathCounts::Count>> out;
    for (const auto& [path, count] : met.counts) {
        if (count.holds_more && count.most_together > 1) out.emplace_back(path, count);
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return a.second.depth != b.second.depth ? a.second.depth < b.second.depth : a.second.times > b.second.times;
    });
    return out;
}

/// What records hold: put(column, text) for each.
class RecordElements : public XmlHandler {
public:
    explicit RecordElements(std::string_view path) : wanted_(split(path, '.').size()) {
        for (const auto part : split(path, '.')) steps_.emplace_back(part);
    }

    virtual void begin(std::string_view name) = 0;
    virtual void put(std::string_view column, std::string_view text) = 0;
    virtual void finish() = 0;

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        ++depth_;
        if (!within_) {
            fits_.push_back((fits_.empty() || fits_.back()) && depth_ <= wanted_
                            && (steps_[depth_ - 1] == "*" || steps_[depth_ - 1] == name));
            if (depth_ != wanted_ || !fits_.back()) return {};
            within_ = true;
            elements_.clear();
            elements_.push_back({});
            begin(name);
        } else {
            Element& parent = elements_.back();
            const int nth = parent.names[std::string(name)]++;
            Element own;
            own.left_out = parent.left_out || nth >= most_of_one_name;
            own.path = parent.path.empty() ? std::string(name) : parent.path + "." + std::string(name);
            if (nth > 0) own.path += fmt::format(".{}", nth);
            elements_.push_back(std::move(own));
        }
        const Element& here = elements_.back();
        if (here.left_out) return {};
        attributes.each([&](std::string_view key, std::string_view value) {
            put(here.path.empty() ? fmt::format("@{}", key) : fmt::format("{}.@{}", here.path, key), value);
        });
        return {};
    }
    Result<void> end(std::string_view) override {
        --depth_;
        if (!within_) {
            fits_.pop_back();
            return {};
        }
        const Element& here = elements_.back();
        const std::string_view inside = trimmed(here.text);
        if (!inside.empty() && !here.left_out) put(here.path.empty() ? "#text" : here.path, inside);
        elements_.pop_back();
        if (!elements_.empty()) return {};
        within_ = false;
        fits_.pop_back();
        finish();
        return {};
    }
    Result<void> text(std::string_view piece) override {
        if (!within_) return {};
        std::string& text = elements_.back().text;
        if (text.size() + piece.size() > longest_xml_text)
            return fail(Fault::Data, "too-large", {},
                        fmt::format("a text is longer than {}", megabytes(longest_xml_text)),
                        "check that this is a file of records");
        text += piece;
        return {};
    }

private:
    struct Element {
        std::string path;  ///< within the record
        std::string text;
        std::map<std::string, int> names;
        bool left_out = false;
    };
    std::vector<std::string> steps_;
    std::size_t wanted_;
    std::size_t depth_ = 0;
    std::vector<bool> fits_;
    bool within_ = false;
    std::vector<Element> elements_;
};

/// The root as a record whose texts are waited for.
class RootText : public RecordElements {
public:
    explicit RootText(std::string_view wanted) : RecordElements("*"), wanted_text_(wanted) {}
    void begin(std::string_view) override {}
    void put(std::string_view column, std::string_view text) override {
        if (column == wanted_text_ && found.empty()) found = text;
    }
    void finish() override {}
    std::string found;

private:
    std::string wanted_text_;
};

/// The name of the root, which tells most documents apart without walking them.
struct RootName : XmlHandler {
    std::string name;
    Result<void> start(std::string_view element, const XmlAttributes&) override {
        if (name.empty()) name = element;
        return {};
    }
    Result<void> end(std::string_view) override { return {}; }
    Result<void> text(std::string_view) override { return {}; }
};

class XmlColumns : public RecordElements {
public:
    explicit XmlColumns(std::string_view wanted) : RecordElements(wanted), are_named_(wanted.ends_with('*')) {}
    void begin(std::string_view name) override {
        ++records;
        if (!first_name_) first_name_ = name;
        if (are_named_ || *first_name_ != name) met.add(own_name_column);
    }
    void put(std::string_view column, std::string_view) override { met.add(column); }
    void finish() override {}

    ColumnsMet met;
    std::int64_t records = 0;

private:
    bool are_named_;  ///< the path leaves a record's name open: it is a column though all have one
    std::optional<std::string> first_name_;
};

class XmlRows : public RowSource, private RecordElements {
public:
    XmlRows(File file, const std::string& path, const Part& part)
        : RecordElements(part.name), columns_(part.columns), feed_(std::move(file), path, *this) {}

    Result<bool> next(CellRow& row) override {
        while (ready_.empty()) {
            if (!TRY(feed_.step())) return false;
        }
        row.broken.clear();
        row.cells.swap(ready_.front());
        ready_.pop_front();
        row.line = ++line_;
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return feed_.offset(); }

private:
    void begin(std::string_view name) override {
        cells_.assign(columns_.names().size(), {});
        guess_ = 0;
        put(own_name_column, name);
    }
    void put(std::string_view column, std::string_view text) override {
        const auto found = columns_.find(column, guess_);
        if (found < 0) return;
        cells_[static_cast<std::size_t>(found)] = text;
        guess_ = static_cast<std::size_t>(found) + 1;
    }
    void finish() override { ready_.push_back(std::move(cells_)); }

    ColumnsMet columns_;
    XmlFeed feed_;
    std::vector<std::string> cells_;
    std::deque<std::vector<std::string>> ready_;
    std::size_t guess_ = 0;
    std::int64_t line_ = 0;
};

class XmlTable : public TableFile {
public:
    explicit XmlTable(std::string path) : path_(std::move(path)) {}
    Result<std::unique_ptr<RowSource>> rows(const Part& part) override {
        std::int64_t bytes = 0;
        return std::make_unique<XmlRows>(TRY(open_file(path_, bytes)), path_, part);
    }

private:
    std::string path_;
};

class XmlOpened : public OpenFile {
public:
    explicit XmlOpened(std::string path) : path_(std::move(path)) {}

    [[nodiscard]] Wish that_counts(const Wish& wish) const override { return {wish.records, {}, {}}; }
    Result<std::vector<Part>> parts(const Wish& wish) override {
        Part part;
        part.format = Format::Xml;
        part.name = wish.records;
        if (part.name.empty()) {
            const auto paths = TRY(find_repeating());
            if (paths->empty())
                return fail(Fault::Data, "no-records", {path_},
                            "no element of this XML document repeats, so it has no records",
                            "say where the records are: `records` of a card (docs/source-cards.md)");
            part.name = paths->front().first;
        }
        const std::string step = part.name.substr(0, part.name.find('.'));
        if (step != "*" && step != *TRY(root_name())) return no_elements_at(part.name, *TRY(find_repeating()));
        XmlColumns columns(part.name);
        TRY(walk_document(path_, columns));
        if (columns.records == 0) return no_elements_at(part.name, *TRY(find_repeating()));
        part.columns = columns.met.names();
        part.table = std::make_shared<XmlTable>(path_);
        return std::vector<Part>{std::move(part)};
    }

private:
    using Paths = std::vector<std::pair<std::string, PathCounts::Count>>;

    Result<const std::string*> root_name() {
        if (!root_) {
            std::int64_t bytes = 0;
            RootName root;
            XmlFeed feed(TRY(open_file(path_, bytes)), path_, root);
            while (root.name.empty() && TRY(feed.step())) {}
            root_ = root.name;
        }
        return &*root_;
    }
    Result<const Paths*> find_repeating() {
        if (!repeating_) {
            PathCounts met;
            TRY(walk_document(path_, met));
            repeating_ = repeating_paths(met);
        }
        return &*repeating_;
    }
    [[nodiscard]] std::unexpected<Error> no_elements_at(const std::string& wanted, const Paths& paths) const {
        std::string words;
        for (std::size_t i = 0; i < paths.size() && i < repeats_told; ++i)
            words += fmt::format("{}'{}' ({})", i == 0 ? "" : ", ", paths[i].first, paths[i].second.times);
        return fail(Fault::Data, "no-records", {path_},
                    fmt::format("there are no elements at '{}'; of elements that repeat it has {}", wanted,
                                words.empty() ? "none" : words),
                    "mend 'records' of the card, or name another card with --source ID");
    }

    std::string path_;
    std::optional<Paths> repeating_;
    std::optional<std::string> root_;
};

}  // namespace

Result<std::unique_ptr<OpenFile>> open_xml(const std::string& path) { return std::make_unique<XmlOpened>(path); }

Result<std::string> first_xml_text(const std::string& path, std::string_view within_root) {
    std::int64_t bytes = 0;
    RootText root(within_root);
    XmlFeed feed(TRY(open_file(path, bytes)), path, root);
    while (root.found.empty() && feed.offset() < beginning_bytes && TRY(feed.step())) {}
    return std::move(root.found);
}

}  // namespace icosa::ingest
