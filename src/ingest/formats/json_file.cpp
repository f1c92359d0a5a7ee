/// simdjson over a document in memory, or over a line at a time.
#include "ingest/formats/json_file.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/byte_source.hpp"
#include "ingest/formats/columns_met.hpp"
#include "ingest/formats/json_fault.hpp"

namespace icosa::ingest {
namespace {

using JsonValue = simdjson::dom::element;
using JsonKind = simdjson::dom::element_type;

constexpr int deepest_search = 4;
constexpr std::size_t least_large_digits = 19;
constexpr std::size_t lists_told = 6;
constexpr std::size_t entries_as_columns = 32;
constexpr std::size_t entries_within_entries = 3;  ///< of the outlines of areas nobody needs thousands of columns
constexpr std::size_t longest_list_as_text = 4096;

/// Of an element that is known to be such; simdjson without exceptions gives a pair.
template <class T> T taken(JsonValue value) {
    T out{};
    [[maybe_unused]] const auto error = value.get(out);
    return out;
}
simdjson::dom::array list_of(JsonValue value) { return taken<simdjson::dom::array>(value); }
simdjson::dom::object object_of(JsonValue value) { return taken<simdjson::dom::object>(value); }

/// A text with whole numbers beyond 64 bits in quotes: so they stay what they are, digit by digit.
std::string with_quoted_large_numbers(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 64 + simdjson::SIMDJSON_PADDING);
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        if (text[i] == '"') {
            while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
            end = std::min(end + 1, text.size());
        } else if (text[i] == '-' || (text[i] >= '0' && text[i] <= '9')) {
            end = std::min(text.find_first_not_of("0123456789.eE+-", i + 1), text.size());
        }
        const std::string_view token = text.substr(i, end - i);
        const bool is_large = token.size() >= least_large_digits && token[0] != '"'
            && token.find_first_of(".eE") == std::string_view::npos;
        if (is_large) out += '"';
        out += token;
        if (is_large) out += '"';
        i = end;
    }
    out.reserve(out.size() + simdjson::SIMDJSON_PADDING);
    return out;
}

/// Room behind the text for simdjson is there.
simdjson::error_code parse_json(simdjson::dom::parser& parser, std::string_view text, JsonValue& value) {
    const auto error = parser.parse(text.data(), text.size(), false).get(value);
    if (error != simdjson::NUMBER_ERROR) return error;
    const std::string quoted = with_quoted_large_numbers(text);
    return parser.parse(quoted.data(), quoted.size(), false).get(value);
}

/// A plain value as a cell; null is an absent one.
void append_plain_value(std::string& out, JsonValue value) {
    switch (value.type()) {
        case JsonKind::STRING: out += taken<std::string_view>(value); break;
        case JsonKind::INT64: fmt::format_to(std::back_inserter(out), "{}", taken<std::int64_t>(value)); break;
        case JsonKind::UINT64: fmt::format_to(std::back_inserter(out), "{}", taken<std::uint64_t>(value)); break;
        case JsonKind::DOUBLE: out += number_text(taken<double>(value)); break;
        case JsonKind::BOOL: out += taken<bool>(value) ? "true" : "false"; break;
        default: break;
    }
}

/// A path grows by a key and shrinks again.
class PathStep {
public:
    PathStep(std::string& path, std::string_view key) : path_(path), size_(path.size()) {
        if (!path_.empty()) path_ += '.';
        path_ += key;
    }
    PathStep(const PathStep&) = delete;
    PathStep& operator=(const PathStep&) = delete;
    ~PathStep() { path_.resize(size_); }

private:
    std::string& path_;
    std::size_t size_;
};

/// Calls put(column, value) for each plain value of a record, and put_list(column, list) for each list of plain ones.
/// The list at `unfold` is left out.
template <class Put, class PutList> class RecordWalk {
public:
    RecordWalk(std::string_view unfold, Put put, PutList put_list) : unfold_(unfold), put_(put), put_list_(put_list) {}

    void visit(JsonValue value, std::string& path, int lists_around = 0) {
        const JsonKind kind = value.type();
        if (kind == JsonKind::OBJECT) {
            for (const auto field : object_of(value)) {
                const PathStep step(path, field.key);
                visit(field.value, path, lists_around);
            }
        } else if (kind == JsonKind::ARRAY) {
            if (!unfold_.empty() && path == unfold_) return;
            visit_list(list_of(value), path, lists_around);
        } else {
            put_(std::string_view(path), value);
        }
    }

private:
    void visit_list(simdjson::dom::array list, std::string& path, int lists_around) {
        bool is_plain = true;
        std::size_t number = 0;
        const std::size_t most = lists_around == 0 ? entries_as_columns : entries_within_entries;
        for (const JsonValue entry : list) {
            is_plain = is_plain && entry.type() != JsonKind::OBJECT && entry.type() != JsonKind::ARRAY;
            if (number >= most) continue;
            const PathStep step(path, fmt::format_int(number++).c_str());
            visit(entry, path, lists_around + 1);
        }
        if (is_plain) put_list_(std::string_view(path), list);
    }

    std::string_view unfold_;
    Put put_;
    PutList put_list_;
};

/// `value` by way of a path within it; nothing where it does not lead anywhere.
std::optional<JsonValue> value_at(JsonValue value, std::string_view path) {
    if (path.empty()) return value;
    for (const std::string_view key : split(path, '.')) {
        JsonValue next;
        if (value.type() == JsonKind::OBJECT) {
            if (object_of(value).at_key(key).get(next) != simdjson::SUCCESS) return std::nullopt;
        } else if (const auto number = parse_integer(key); value.type() == JsonKind::ARRAY && number && *number >= 0) {
            if (list_of(value).at(static_cast<std::size_t>(*number)).get(next) != simdjson::SUCCESS)
                return std::nullopt;
        } else {
            return std::nullopt;
        }
        value = next;
    }
    return value;
}

/// One record, with the name that it has where records stand under names ("data.*").
struct NamedRecord {
    std::string_view name;
    JsonValue value;
};

/// What stands at a path: the entries of a list, or a value that is no list as the one record.
void gather_records(JsonValue value, std::span<const std::string_view> path, std::string_view name,
                    std::vector<NamedRecord>& out) {
    if (path.empty()) {
        if (value.type() != JsonKind::ARRAY) return out.push_back({name, value});
        for (const JsonValue entry : list_of(value)) out.push_back({name, entry});
        return;
    }
    if (path[0] != "*") {
        if (const auto next = value_at(value, path[0])) gather_records(*next, path.subspan(1), name, out);
    } else if (value.type() == JsonKind::OBJECT) {
        for (const auto field : object_of(value)) gather_records(field.value, path.subspan(1), field.key, out);
    } else if (value.type() == JsonKind::ARRAY) {
        for (const JsonValue entry : list_of(value)) gather_records(entry, path.subspan(1), name, out);
    }
}

/// A name that stands twice in one object near the top: of two lists only one would be read. "" = none.
std::string find_twice_named(JsonValue value, std::string& path, int depth) {
    if (depth > deepest_search) return {};
    if (value.type() == JsonKind::ARRAY) {  // pages within a list, as some services send them; not records
        std::size_t number = 0;
        for (const JsonValue entry : list_of(value)) {
            if (number == entries_within_entries) break;
            const PathStep step(path, fmt::format_int(number++).c_str());
            if (entry.type() != JsonKind::ARRAY) continue;
            if (auto found = find_twice_named(entry, path, depth + 1); !found.empty()) return found;
        }
        return {};
    }
    if (value.type() != JsonKind::OBJECT) return {};
    std::set<std::string_view> names;
    for (const auto field : object_of(value)) {
        const PathStep step(path, field.key);
        if (!names.insert(field.key).second) return path;
        if (auto found = find_twice_named(field.value, path, depth + 1); !found.empty()) return found;
    }
    return {};
}

/// The lists of objects (or, less good, of lists) near the top of a document.
struct ListFound {
    std::string path;
    std::size_t entries = 0;
    bool of_objects = true;
};
void find_lists(JsonValue value, std::string& path, int depth, std::vector<ListFound>& out) {
    if (value.type() == JsonKind::OBJECT && depth < deepest_search) {
        for (const auto field : object_of(value)) {
            const PathStep step(path, field.key);
            find_lists(field.value, path, depth + 1, out);
        }
    } else if (value.type() == JsonKind::ARRAY) {
        std::size_t objects = 0, lists = 0, all = 0;
        for (const JsonValue entry : list_of(value)) {
            objects += entry.type() == JsonKind::OBJECT;
            lists += entry.type() == JsonKind::ARRAY;
            ++all;
        }
        const std::string told = path.empty() ? "[]" : path;
        if (all > 0 && (objects == all || lists == all)) return out.push_back({told, all, objects == all});
        if (depth >= deepest_search || lists == 0) return;
        // A page's numbers and its records in one list, as some services send them.
        std::size_t number = 0;
        for (const JsonValue entry : list_of(value)) {
            const PathStep step(path, fmt::format_int(number).c_str());
            find_lists(entry, path, depth + 1, out);
            if (++number == entries_within_entries) break;
        }
    }
}

/// The longest list, one of objects before one of lists, the first of equals; nothing where there is none.
const ListFound* best_list(const std::vector<ListFound>& lists) {
    const ListFound* best = nullptr;
    for (const ListFound& list : lists) {
        if (!best || std::pair(list.of_objects, list.entries) > std::pair(best->of_objects, best->entries))
            best = &list;
    }
    return best;
}

std::string lists_in_words(const std::vector<ListFound>& lists) {
    std::string out;
    for (std::size_t i = 0; i < lists.size() && i < lists_told; ++i)
        out += fmt::format("{}'{}' ({})", i == 0 ? "" : ", ", lists[i].path, lists[i].entries);
    return out.empty() ? "it has none" : "it has " + out;
}

/// The columns of records, in the order in which they first occur.
class JsonColumns {
public:
    void add(const NamedRecord& record, const std::string& unfold) {
        if (!record.name.empty()) met_.add(own_name_column);
        if (unfold.empty()) return add_values(record.value, "", {});
        add_values(record.value, "", unfold);
        const auto list = value_at(record.value, unfold);
        if (!list || list->type() != JsonKind::ARRAY) return;
        for (const JsonValue entry : list_of(*list)) add_values(entry, unfold, {});
    }
    [[nodiscard]] const std::vector<std::string>& names() const { return met_.names(); }

private:
    void add_values(JsonValue value, std::string_view at, std::string_view unfold) {
        std::string path(at);
        std::size_t guess = 0;
        const auto note = [&](std::string_view name) {
            const auto found = met_.find(name, guess);
            if (found < 0) met_.add(name);
            guess = static_cast<std::size_t>(found < 0 ? static_cast<std::int32_t>(met_.names().size()) : found + 1);
        };
        RecordWalk walk(
            unfold, [&](std::string_view name, JsonValue) { note(name.empty() ? "value" : name); },
            [&](std::string_view name, simdjson::dom::array) { note(name); });
        walk.visit(value, path);
    }

    ColumnsMet met_;
};

/// Records into rows of known columns.
class JsonRowWriter {
public:
    explicit JsonRowWriter(const Part& part) : columns_(part.columns), unfold_(part.unfold) {}

    /// A list that is a row: its plain entries.
    static void write_list(simdjson::dom::array list, CellRow& row) {
        row.cells.clear();
        for (const JsonValue entry : list) append_plain_value(row.cells.emplace_back(), entry);
    }

    void write(const NamedRecord& record, CellRow& row) {
        twice_.clear();
        row.cells.resize(columns_.names().size());
        for (std::string& cell : row.cells) cell.clear();
        guess_ = 0;
        if (!record.name.empty()) {
            if (auto* cell = cell_of(own_name_column, row)) *cell = record.name;
        }
        write_values(record.value, "", unfold_, row);
    }
    /// One entry of the unfolded list, over what write() has set.
    void write_entry(JsonValue entry, CellRow& row) { write_values(entry, unfold_, {}, row); }
    /// A column that the record has twice, of which only one value could be read; "" = none.
    [[nodiscard]] const std::string& twice() const { return twice_; }

private:
    std::string* cell_of(std::string_view name, CellRow& row) {
        const auto found = columns_.find(name, guess_);
        if (found < 0) return nullptr;
        guess_ = static_cast<std::size_t>(found) + 1;
        return &row.cells[static_cast<std::size_t>(found)];
    }
    void write_values(JsonValue value, std::string_view at, std::string_view unfold, CellRow& row) {
        path_ = at;
        written_.assign(columns_.names().size(), false);
        RecordWalk walk(
            unfold,
            [&](std::string_view name, JsonValue plain) {
                auto* cell = cell_of(name.empty() ? "value" : name, row);
                if (!cell) return;
                note_written(static_cast<std::size_t>(cell - row.cells.data()), name);
                cell->clear();
                append_plain_value(*cell, plain);
            },
            [&](std::string_view name, simdjson::dom::array list) {
                auto* cell = cell_of(name, row);
                if (cell && list.size() <= longest_list_as_text / 2) *cell = simdjson::minify(list);
            });
        walk.visit(value, path_);
    }

    void note_written(std::size_t column, std::string_view name) {
        if (written_[column]) twice_ = name;
        written_[column] = true;
    }

    ColumnsMet columns_;
    std::string unfold_;
    std::string path_;
    std::string twice_;
    std::vector<bool> written_;  ///< columns, of the values being written
    std::size_t guess_ = 0;
};

/// A record of a document or of a line, and the rows that it gives.
class RowsOfRecord {
public:
    explicit RowsOfRecord(const Part& part) : unfold_(part.unfold), is_sheet_(part.columns.empty()), writer_(part) {}

    void start(const NamedRecord& record) {
        record_ = record;
        entries_.clear();
        at_ = 0;
        done_ = false;
        if (unfold_.empty()) return;
        const auto list = value_at(record.value, unfold_);
        if (!list || list->type() != JsonKind::ARRAY) return;
        for (const JsonValue entry : list_of(*list)) entries_.push_back(entry);
    }
    bool next(CellRow& row) {
        if (done_) return false;
        if (is_sheet_ && record_.value.type() == JsonKind::ARRAY) {
            JsonRowWriter::write_list(list_of(record_.value), row);
        } else {
            writer_.write(record_, row);
            if (at_ < entries_.size()) writer_.write_entry(entries_[at_++], row);
            if (!writer_.twice().empty())
                row.broken = fmt::format("has '{}' twice, and only one of them would be read", writer_.twice());
        }
        done_ = at_ >= entries_.size();
        return true;
    }

private:
    std::string unfold_;
    bool is_sheet_;  ///< records are lists: rows of cells without names
    JsonRowWriter writer_;
    NamedRecord record_;
    std::vector<JsonValue> entries_;
    std::size_t at_ = 0;
    bool done_ = true;
};

std::unexpected<Error> not_well_formed(const std::string& path, std::string_view text, std::string_view why) {
    JsonFault fault = find_json_fault(text);
    std::string what(fault.what);
    if (what.empty()) {
        fault.offset = first_invalid_utf8(text).value_or(0);
        what = fault.offset > 0 ? "this byte is not UTF-8, the encoding of JSON" : std::string(why);
    }
    const std::string_view before = text.substr(0, fault.offset);
    const auto start = before.rfind('\n');
    const bool is_cut = fault.offset >= text.size();
    return fail(Fault::Data, is_cut ? "cut-off" : "not-well-formed",
                {path, static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
                 static_cast<int>(fault.offset - (start == std::string_view::npos ? 0 : start + 1)) + 1},
                fmt::format("this is no whole JSON document: {}", what),
                is_cut ? "fetch the file again: its end is missing" : "mend this place, or fetch the file again");
}

/// A document in memory, and where its records are.
class JsonDocument {
public:
    static Result<std::shared_ptr<JsonDocument>> open(const std::string& path) {
        auto out = std::shared_ptr<JsonDocument>(new JsonDocument);
        const std::string text = TRY(whole_text(path));
        out->bytes_ = static_cast<std::int64_t>(text.size());
        std::string_view body = text;
        body = body.substr(0, body.find_last_not_of(" \t\r\n") + 1);
        // the parser copies what it keeps, so the text may go; the room behind it is reserved
        const auto error = parse_json(out->parser_, body, out->top_);
        if (error != simdjson::SUCCESS) return not_well_formed(path, body, simdjson::error_message(error));
        std::string at;
        if (const std::string name = find_twice_named(out->top_, at, 0); !name.empty())
            return fail(Fault::Data, "duplicate-key", {path},
                        fmt::format("'{}' stands twice in one object, and only one of them would be read", name),
                        "give them two names, or join what they hold");
        return out;
    }

    [[nodiscard]] JsonValue top() const { return top_; }
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }

private:
    JsonDocument() = default;
    static Result<std::string> whole_text(const std::string& path) {
        constexpr auto most = static_cast<std::size_t>(json_limit_bytes);
        const auto told = static_cast<std::size_t>(TRY(size_of(path)));
        const auto source = TRY(open_characters(path));
        std::string out;
        constexpr std::size_t step = 1u << 20;
        out.reserve(std::min(told, most) + step + simdjson::SIMDJSON_PADDING);
        for (;;) {
            const std::size_t had = out.size();
            out.resize(had + step);
            const std::size_t got = TRY(source->read(out.data() + had, step));
            out.resize(had + got);
            if (out.size() > most)
                return fail(Fault::Data, "too-large", {path},
                            fmt::format("a JSON document is read in memory, up to {}, and this one has {}",
                                        megabytes(most), megabytes(std::max(told, out.size()))),
                            "give it as JSON lines (a record a line), which may be of any size");
            if (got < step) break;
        }
        out.reserve(out.size() + simdjson::SIMDJSON_PADDING);
        return out;
    }

    simdjson::dom::parser parser_;
    JsonValue top_;
    std::int64_t bytes_ = 0;
};

/// Records of a document, which stays as long as they do.
struct JsonRecords {
    std::shared_ptr<JsonDocument> document;
    std::vector<NamedRecord> all;
};

class JsonDocumentRows : public RowSource {
public:
    JsonDocumentRows(std::shared_ptr<const JsonRecords> records, const Part& part)
        : records_(std::move(records)), record_(part) {}

    Result<bool> next(CellRow& row) override {
        row.broken.clear();
        while (!record_.next(row)) {
            if (at_ >= records_->all.size()) return false;
            record_.start(records_->all[at_++]);
        }
        row.line = ++line_;
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override {
        const auto all = static_cast<double>(std::max<std::size_t>(1, records_->all.size()));
        const auto bytes = static_cast<double>(records_->document->bytes());
        return static_cast<std::int64_t>(bytes * static_cast<double>(at_) / all);
    }

private:
    std::shared_ptr<const JsonRecords> records_;
    RowsOfRecord record_;
    std::size_t at_ = 0;
    std::int64_t line_ = 0;
};

class JsonTable : public TableFile {
public:
    explicit JsonTable(std::shared_ptr<const JsonRecords> records) : records_(std::move(records)) {}
    Result<std::unique_ptr<RowSource>> rows(const Part& part) override {
        return std::make_unique<JsonDocumentRows>(records_, part);
    }

private:
    std::shared_ptr<const JsonRecords> records_;
};

/// Does the path lead to a list, be it empty?
bool leads_to_list(JsonValue value, std::span<const std::string_view> steps) {
    for (const std::string_view step : steps) {
        const auto next = value_at(value, step);
        if (!next) return false;
        value = *next;
    }
    return value.type() == JsonKind::ARRAY;
}

class JsonOpened : public OpenFile {
public:
    JsonOpened(std::shared_ptr<JsonDocument> document, std::string path)
        : document_(std::move(document)), path_(std::move(path)) {
        std::string at;
        find_lists(document_->top(), at, 0, lists_);
    }

    [[nodiscard]] Wish that_counts(const Wish& wish) const override { return {wish.records, wish.unfold, {}}; }
    Result<std::vector<Part>> parts(const Wish& wish) override {
        Part part;
        part.format = Format::Json;
        part.unfold = wish.unfold;
        part.name = wish.records;
        if (const ListFound* best = best_list(lists_); wish.records.empty() && best) part.name = best->path;
        std::vector<std::string_view> steps;
        if (!part.name.empty() && part.name != "[]") steps = split(part.name, '.');
        auto records = std::make_shared<JsonRecords>(document_, std::vector<NamedRecord>());
        gather_records(document_->top(), steps, {}, records->all);
        if (records->all.empty() && !wish.records.empty() && !leads_to_list(document_->top(), steps))
            return fail(Fault::Data, "no-records", {path_},
                        fmt::format("there are no records at '{}'; of lists of objects {}", wish.records,
                                    lists_in_words(lists_)),
                        "mend 'records' of the card, or name another card with --source ID");
        const bool is_sheet = std::all_of(records->all.begin(), records->all.end(), [](const NamedRecord& record) {
            return record.value.type() == JsonKind::ARRAY;
        });
        JsonColumns columns;
        if (!is_sheet) {
            for (const NamedRecord& record : records->all) columns.add(record, wish.unfold);
        }
        part.columns = columns.names();
        part.table = std::make_shared<JsonTable>(std::move(records));
        return std::vector<Part>{std::move(part)};
    }

private:
    std::shared_ptr<JsonDocument> document_;
    std::string path_;
    std::vector<ListFound> lists_;
};

/// The lines of a file, one after the other, in a block that grows with the longest.
class JsonLineReader {
public:
    JsonLineReader(std::unique_ptr<ByteSource> source, std::string path)
        : source_(std::move(source)), path_(std::move(path)) {}

    /// The next line that is not blank; its bytes have simdjson's padding behind them.
    Result<bool> next(std::string_view& line, std::int64_t& number) {
        for (;;) {
            const auto end = text().find('\n', searched_);
            if (end == std::string_view::npos && !ended_) {
                searched_ = text().size();
                if (searched_ > longest_json_line)
                    return fail(Fault::Data, "record-too-long", {path_, static_cast<int>(number_ + 1)},
                                fmt::format("this line is longer than {}", megabytes(longest_json_line)),
                                "check that this is JSON lines, a record a line");
                TRY(read_more());
                continue;
            }
            if (end == std::string_view::npos && text().empty()) return false;
            line = text().substr(0, end);
            used_ += end == std::string_view::npos ? line.size() : end + 1;
            searched_ = 0;
            ++number_;
            line = trim(line);
            if (line.empty()) continue;
            number = number_;
            return true;
        }
    }
    [[nodiscard]] std::int64_t bytes_read() const { return source_->bytes_read(); }

private:
    [[nodiscard]] std::string_view text() const { return std::string_view(block_).substr(used_, filled_ - used_); }
    Result<void> read_more() {
        block_.erase(0, used_);
        filled_ -= used_;
        used_ = 0;
        block_.resize(filled_ + block_bytes + simdjson::SIMDJSON_PADDING);
        const std::size_t got = TRY(source_->read(block_.data() + filled_, block_bytes));
        filled_ += got;
        ended_ = got < block_bytes;
        return {};
    }

    static constexpr std::size_t block_bytes = 1u << 20;
    std::unique_ptr<ByteSource> source_;
    std::string path_;
    std::string block_;
    std::size_t filled_ = 0, used_ = 0, searched_ = 0;
    std::int64_t number_ = 0;
    bool ended_ = false;
};

class JsonLineRows : public RowSource {
public:
    JsonLineRows(JsonLineReader reader, const Part& part)
        : reader_(std::move(reader)), record_(part), unfolds_(!part.unfold.empty()) {}

    Result<bool> next(CellRow& row) override {
        row.broken.clear();
        while (!record_.next(row)) {
            std::string_view line;
            if (!TRY(reader_.next(line, line_))) return false;
            JsonValue value;
            // the line's padding is what stands behind it in the block
            if (parse_json(parser_, line, value) == simdjson::SUCCESS) {
                record_.start({{}, value});
                continue;
            }
            const JsonFault fault = find_json_fault(line);
            row.cells.clear();
            row.broken = fmt::format("is no JSON: {} (byte {})", fault.what.empty() ? "it is not UTF-8" : fault.what,
                                     fault.offset + 1);
            break;
        }
        row.line = unfolds_ ? ++rows_ : line_;
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return reader_.bytes_read(); }

private:
    JsonLineReader reader_;
    simdjson::dom::parser parser_;
    RowsOfRecord record_;
    std::int64_t line_ = 0;
    std::int64_t rows_ = 0;
    bool unfolds_;
};

class JsonLinesTable : public TableFile {
public:
    explicit JsonLinesTable(std::string path) : path_(std::move(path)) {}
    Result<std::unique_ptr<RowSource>> rows(const Part& part) override {
        return std::make_unique<JsonLineRows>(JsonLineReader(TRY(open_characters(path_)), path_), part);
    }

private:
    std::string path_;
};

class JsonLinesOpened : public OpenFile {
public:
    explicit JsonLinesOpened(std::string path) : path_(std::move(path)) {}
    [[nodiscard]] Wish that_counts(const Wish& wish) const override { return {{}, wish.unfold, {}}; }
    Result<std::vector<Part>> parts(const Wish& wish) override {
        JsonLineReader reader(TRY(open_characters(path_)), path_);
        simdjson::dom::parser parser;
        JsonColumns columns;
        Part part;
        part.format = Format::JsonLines;
        part.unfold = wish.unfold;
        std::string_view line;
        for (std::int64_t number = 0; TRY(reader.next(line, number));) {
            JsonValue value;
            if (parse_json(parser, line, value) == simdjson::SUCCESS && value.type() == JsonKind::OBJECT)
                columns.add({{}, value}, part.unfold);
        }
        part.columns = columns.names();
        part.table = std::make_shared<JsonLinesTable>(path_);
        return std::vector<Part>{std::move(part)};
    }

private:
    std::string path_;
};

}  // namespace

Result<std::unique_ptr<OpenFile>> open_json(const std::string& path) {
    return std::make_unique<JsonOpened>(TRY(JsonDocument::open(path)), path);
}

Result<std::unique_ptr<OpenFile>> open_json_lines(const std::string& path) {
    return std::make_unique<JsonLinesOpened>(path);
}

bool is_whole_json(std::string_view text) {
    simdjson::dom::parser parser;
    JsonValue value;
    return parser.parse(text.data(), text.size(), true).get(value) == simdjson::SUCCESS;
}

}  // namespace icosa::ingest
