/// Keys and values line by line, gathered into messages.
#include "ingest/formats/kvn_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/file.hpp"
#include "ingest/formats/columns_met.hpp"

namespace icosa::ingest {
namespace {

constexpr std::size_t most_kvn_bytes = std::size_t{512} << 20U;
constexpr std::string_view version_key = "CCSDS_OMM_VERS";
constexpr std::string_view name_key = "OBJECT_NAME";
constexpr std::string_view user_prefix = "USER_DEFINED_";

struct KvnMessage {
    std::int64_t line = 0;
    std::vector<std::pair<std::string, std::string>> values;
    std::string broken;

    [[nodiscard]] bool has(std::string_view key) const {
        return std::any_of(values.begin(), values.end(), [&](const auto& one) { return one.first == key; });
    }
};

bool is_comment(std::string_view line) { return line == "COMMENT" || line.starts_with("COMMENT "); }

std::string_view without_unit(std::string_view value) {
    const auto open = value.rfind(" [");
    return value.ends_with(']') && open != std::string_view::npos ? trim(value.substr(0, open)) : value;
}

void add_line(std::string_view line, std::int64_t number, std::vector<KvnMessage>& out) {
    const auto equals = line.find('=');
    std::string_view key = trim(line.substr(0, equals));
    if (out.empty() || key == version_key) out.push_back({number, {}, {}});
    else if (key == name_key && out.back().has(name_key)) out.push_back({number, {}, {}});
    KvnMessage& message = out.back();
    if (equals == std::string_view::npos) {
        if (message.broken.empty())
            message.broken = fmt::format("line {} is no KEY = value: '{}'", number, excerpt(line));
        return;
    }
    if (key == version_key || key == "COMMENT") return;
    if (key.starts_with(user_prefix)) key.remove_prefix(user_prefix.size());
    if (message.has(key)) {
        if (message.broken.empty())
            message.broken = fmt::format("line {} gives '{}' a second time", number, excerpt(key));
        return;
    }
    message.values.emplace_back(key, without_unit(trim(line.substr(equals + 1))));
}

std::vector<KvnMessage> messages_in(std::string_view text) {
    std::vector<KvnMessage> out;
    std::int64_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const std::string_view line = trim(text.substr(at, end - at));
        at = end + 1;
        ++number;
        if (!line.empty() && !is_comment(line)) add_line(line, number, out);
    }
    return out;
}

using KvnMessages = std::shared_ptr<const std::vector<KvnMessage>>;

class KvnRows : public RowSource {
public:
    KvnRows(KvnMessages messages, const Part& part) : messages_(std::move(messages)), columns_(part.columns) {}
    Result<bool> next(CellRow& row) override {
        if (at_ >= messages_->size()) return false;
        const KvnMessage& message = (*messages_)[at_++];
        row.line = message.line;
        row.broken = message.broken;
        row.cells.assign(message.broken.empty() ? columns_.names().size() : 0, {});
        if (!message.broken.empty()) return true;
        std::size_t guess = 0;
        for (const auto& [key, value] : message.values) {
            const auto found = columns_.find(key, guess);
            if (found < 0) continue;
            guess = static_cast<std::size_t>(found) + 1;
            row.cells[static_cast<std::size_t>(found)] = value;
        }
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return static_cast<std::int64_t>(at_); }

private:
    KvnMessages messages_;
    ColumnsMet columns_;
    std::size_t at_ = 0;
};

class KvnTable : public TableFile {
public:
    explicit KvnTable(KvnMessages messages) : messages_(std::move(messages)) {}
    Result<std::unique_ptr<RowSource>> rows(const Part& part) override {
        return std::make_unique<KvnRows>(messages_, part);
    }

private:
    KvnMessages messages_;
};

class KvnOpened : public OpenFile {
public:
    explicit KvnOpened(std::vector<KvnMessage> messages)
        : messages_(std::make_shared<const std::vector<KvnMessage>>(std::move(messages))) {}
    [[nodiscard]] Wish that_counts(const Wish&) const override { return {}; }
    Result<std::vector<Part>> parts(const Wish&) override {
        ColumnsMet met;
        for (const KvnMessage& message : *messages_)
            for (const auto& [key, value] : message.values) met.add(key);
        Part part;
        part.format = Format::Kvn;
        part.columns = met.names();
        part.table = std::make_shared<KvnTable>(messages_);
        return std::vector<Part>{std::move(part)};
    }

private:
    KvnMessages messages_;
};

}  // namespace

bool begins_kvn(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string_view line = trim(text.substr(0, end));
        if (line.starts_with(version_key)) return trim(line.substr(version_key.size())).starts_with("=");
        if (!line.empty() && !is_comment(line)) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

Result<std::unique_ptr<OpenFile>> open_kvn(const std::string& path) {
    const std::string text = TRY(whole_file(path, most_kvn_bytes, "a file of messages"));
    std::string_view body = text;
    if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
    return std::make_unique<KvnOpened>(messages_in(body));
}

}  // namespace icosa::ingest
