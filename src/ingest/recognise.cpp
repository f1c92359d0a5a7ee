/// Compares the first row of a file with every card.
#include "ingest/recognise.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::ingest {
namespace {

constexpr std::int32_t most_first_row_columns = 16384;
constexpr std::size_t rows_looked_at = 50;  ///< of a file without header
constexpr char known_delimiters[] = {',', ';', '\t', '|'};

std::string delimiter_name(char delimiter) { return delimiter == '\t' ? "a tab" : fmt::format("'{}'", delimiter); }

/// Does the whole cell match? Long cells do not: std::regex recurses once a character.
bool matches(const std::string& cell, const std::string& pattern) {
    return cell.size() <= 1000 && std::regex_match(cell, std::regex(pattern));
}

std::vector<std::string> lacking(const pack::SourceCard& card, const std::vector<std::string>& row) {
    std::vector<std::string> out;
    for (const std::string& name : card.header) {
        if (find_column(row, name) < 0) out.push_back(name);
    }
    return out;
}

bool has_unwanted(const pack::SourceCard& card, const std::vector<std::string>& row) {
    return std::any_of(card.not_header.begin(), card.not_header.end(),
                       [&](const std::string& name) { return find_column(row, name) >= 0; });
}

/// Files without header: as many columns as the card says, and the first cells look right.
bool row_fits(const pack::SourceCard& card, const std::vector<std::string>& row) {
    const std::size_t least =
        card.minimum_columns > 0 ? static_cast<std::size_t>(card.minimum_columns) : card.columns.size();
    if (row.size() < least || row.size() > card.columns.size() || row.size() < card.first_row.size()) return false;
    for (std::size_t i = 0; i < card.first_row.size(); ++i) {
        if (!matches(row[i], card.first_row[i])) return false;
    }
    return true;
}

/// A broken first row does not make a file without header another one: the rows that fit among its first ones, as a
/// share.
double share_that_fits(const pack::SourceCard& card, const std::vector<std::vector<std::string>>& rows) {
    if (rows.empty()) return 0;
    return static_cast<double>(
               std::count_if(rows.begin(), rows.end(), [&](const auto& row) { return row_fits(card, row); }))
        / static_cast<double>(rows.size());
}

bool begins_well(const pack::SourceCard& card, const std::vector<std::vector<std::string>>& rows) {
    if (rows.empty()) return card.header.empty() ? row_fits(card, {}) : lacking(card, {}).empty();
    return card.header.empty() ? row_fits(card, rows[0]) || share_that_fits(card, rows) >= 0.5
                               : lacking(card, rows[0]).empty();
}

/// The delimiter with which the card would fit, if it is another one than the card's.
std::optional<char> other_delimiter(const pack::SourceCard& card, const Head& head) {
    if (card.header.size() == 1 || card.columns.size() == 1) return std::nullopt;
    for (const char delimiter : known_delimiters) {
        if (delimiter != card.delimiter
            && begins_well(
                card,
                first_rows_of(head, {delimiter, card.quoted}, card.preamble, card.header.empty() ? rows_looked_at : 1)))
            return delimiter;
    }
    return std::nullopt;
}

std::unexpected<Error> wrong_delimiter(const pack::SourceCard& card, char found, const std::string& path) {
    return fail(Fault::Data, "wrong-delimiter", {path, 1},
                fmt::format("the columns of '{}' are parted by {} here, the card says {}", card.id,
                            delimiter_name(found), delimiter_name(card.delimiter)),
                fmt::format("save the file with {}, or set delimiter = \"{}\" in a card of its own",
                            delimiter_name(card.delimiter), found == '\t' ? "\\t" : std::string(1, found)));
}

std::string quoted_list(const std::vector<std::string>& names, std::size_t most = 5) {
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < most; ++i)
        out += fmt::format("{}'{}'", i > 0 ? ", " : "", names[i]);
    if (names.size() > most) out += fmt::format(" and {} more", names.size() - most);
    return out;
}

std::string either(const std::vector<const pack::SourceCard*>& cards, std::string_view before) {
    std::string out;
    for (std::size_t i = 0; i < cards.size(); ++i) {
        if (i > 0) out += i + 1 == cards.size() ? " or " : ", ";
        out += fmt::format("{}{}", before, cards[i]->id);
    }
    return out;
}

std::string kind_of_text(const Head& head) {
    const std::string_view text = trim(head.text);
    if (text.starts_with("<?xml") || text.starts_with("<!DOCTYPE") || text.starts_with("<html"))
        return "; it looks like XML or HTML, which no card reads";
    if (text.starts_with('{') || text.starts_with("[{")) return "; it looks like JSON, which no card reads";
    return {};
}

std::unexpected<Error> unknown(const std::string& path, const Head& head, const std::vector<pack::SourceCard>& cards) {
    const pack::SourceCard* nearest_card = nullptr;
    std::vector<std::string> lacks;
    std::pair<std::size_t, double> best{0, 0};  // columns in common, their share of the card's
    for (const auto& card : cards) {
        if (card.header.empty()) continue;
        auto missing = lacking(card, first_row_of(head, form_of(card), card.preamble));
        const std::size_t common = card.header.size() - missing.size();
        const std::pair fit{common, static_cast<double>(common) / static_cast<double>(card.header.size())};
        if (fit > best && fit.second >= 0.5 && common >= 2) {  // a year or a country in common says nothing
            best = fit;
            nearest_card = &card;
            lacks = std::move(missing);
        }
    }
    if (!nearest_card) {
        return fail(Fault::Data, "unknown-source", {path, 1},
                    "no source card fits, and none is near" + kind_of_text(head),
                    "write a card (docs/source-cards.md), or name one with --source ID");
    }
    const std::string why = lacks.empty()
        ? fmt::format("but it has a column that the card excludes ({})", quoted_list(nearest_card->not_header))
        : fmt::format("which also has {}", quoted_list(lacks));
    return fail(Fault::Data, "unknown-source", {path, 1},
                fmt::format("no source card fits; the nearest is '{}', {}", nearest_card->id, why),
                fmt::format("check the header, write a card (docs/source-cards.md), or force one with --source {}",
                            nearest_card->id));
}

}  // namespace

Form form_of(const pack::SourceCard& card) { return {card.delimiter, card.quoted}; }

std::vector<std::vector<std::string>> first_rows_of(const Head& head, Form form, std::string_view preamble,
                                                    std::size_t most) {
    RowReader reader(form, most_first_row_columns);
    std::string padded = head.text;
    padded.append(scan_padding, '\0');
    reader.start(std::string_view(padded).substr(0, head.text.size()), 1);
    std::vector<std::vector<std::string>> out;
    for (Row row; out.size() < most && reader.next(row);) {
        if (out.empty() && !preamble.empty() && row.record.starts_with(preamble)) continue;
        auto& cells = out.emplace_back();
        for (std::int32_t i = 0; i < std::min(row.columns, most_first_row_columns); ++i) {
            const std::string_view cell = trim(row.cell(i));
            cells.push_back(first_invalid(cell) == std::string_view::npos ? std::string(cell) : latin1_to_utf8(cell));
        }
    }
    return out;
}

std::vector<std::string> first_row_of(const Head& head, Form form, std::string_view preamble) {
    auto rows = first_rows_of(head, form, preamble, 1);
    return rows.empty() ? std::vector<std::string>() : std::move(rows[0]);
}

std::string column_key(std::string_view name) { return lower(trim(name)); }

std::int32_t find_column(const std::vector<std::string>& columns, std::string_view name) {
    const std::string key = column_key(name);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (column_key(columns[i]) == key) return static_cast<std::int32_t>(i);
    }
    return -1;
}

std::optional<std::vector<std::string>> file_groups(const pack::SourceCard& card, std::string_view path) {
    if (card.file_name.empty()) return std::nullopt;
    const std::string name = std::filesystem::path(path).filename().string();
    std::smatch match;
    if (!std::regex_match(name, match, std::regex(card.file_name, std::regex::ECMAScript | std::regex::icase)))
        return std::nullopt;
    std::vector<std::string> groups;
    for (std::size_t i = 1; i < match.size(); ++i) groups.push_back(match[i].str());
    return groups;
}

Result<void> check_fit(const pack::SourceCard& card, const Head& head, const std::string& path) {
    const auto rows = first_rows_of(head, form_of(card), card.preamble, card.header.empty() ? rows_looked_at : 1);
    if (begins_well(card, rows)) return {};
    const auto row = rows.empty() ? std::vector<std::string>() : rows[0];
    if (const auto found = other_delimiter(card, head)) return wrong_delimiter(card, *found, path);
    if (!card.header.empty()) {
        return fail(
            Fault::Data, "wrong-header", {path, 1},
            fmt::format("the header has no {}, which source '{}' needs", quoted_list(lacking(card, row)), card.id),
            "check the file, or name another card with --source ID");
    }
    const std::size_t least =
        card.minimum_columns > 0 ? static_cast<std::size_t>(card.minimum_columns) : card.columns.size();
    if (row.size() < least || row.size() > card.columns.size()) {
        const std::string wanted =
            least == card.columns.size() ? std::to_string(least) : fmt::format("{} to {}", least, card.columns.size());
        return fail(Fault::Data, "wrong-header", {path, 1},
                    fmt::format("the first row has {} column(s), source '{}' has {}", row.size(), card.id, wanted),
                    "check the delimiter, or name another card with --source ID");
    }
    for (std::size_t i = 0; i < std::min(row.size(), card.first_row.size()); ++i) {
        if (!matches(row[i], card.first_row[i])) {
            return fail(Fault::Data, "wrong-header", {path, 1},
                        fmt::format("the first row has '{}' in column {} ({}), source '{}' wants {}", excerpt(row[i]),
                                    i + 1, card.columns[i], card.id, card.first_row[i]),
                        "check the file, or name another card with --source ID");
        }
    }
    return {};
}

Result<const pack::SourceCard*> recognise(const std::string& path, const std::vector<pack::SourceCard>& cards) {
    const Head head = TRY(read_head(path));
    std::map<std::tuple<char, bool, std::string>, std::vector<std::vector<std::string>>> rows;
    const bool any_without_header =
        std::any_of(cards.begin(), cards.end(), [](const auto& card) { return card.header.empty(); });
    std::vector<const pack::SourceCard*> candidates;
    std::vector<const pack::SourceCard*> misnamed;
    std::map<const pack::SourceCard*, double> shares;  // of the first rows that fit, for cards without header
    for (const auto& card : cards) {
        auto [row, is_new] = rows.try_emplace({card.delimiter, card.quoted, card.preamble});
        if (is_new)
            row->second = first_rows_of(head, form_of(card), card.preamble, any_without_header ? rows_looked_at : 1);
        if (!begins_well(card, row->second) || (!row->second.empty() && has_unwanted(card, row->second[0]))) continue;
        if (card.header.empty()) shares[&card] = share_that_fits(card, row->second);
        if (!card.file_name.empty() && !file_groups(card, path)) misnamed.push_back(&card);
        else candidates.push_back(&card);
    }
    const auto rank = [&](const pack::SourceCard* card) {
        return std::tuple(card->header.size(), !card->file_name.empty(), shares[card], card->first_row.size());
    };
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](const auto* a, const auto* b) { return rank(a) > rank(b); });
    if (!candidates.empty()) {
        const auto worse = std::find_if(candidates.begin(), candidates.end(),
                                        [&](const auto* card) { return rank(card) < rank(candidates[0]); });
        candidates.erase(worse, candidates.end());
        if (candidates.size() == 1) return candidates[0];
        return fail(Fault::Data, "ambiguous-source", {path, 1},
                    fmt::format("more than one source card fits: {}", either(candidates, "")),
                    fmt::format("say which: {}", either(candidates, "--source ")));
    }
    if (!misnamed.empty()) {
        std::string patterns;
        for (const auto* card : misnamed)
            patterns += fmt::format("{}'{}' ({})", patterns.empty() ? "" : ", ", card->id, card->file_name);
        return fail(Fault::Data, misnamed.size() > 1 ? "ambiguous-source" : "unknown-source", {path, 1},
                    fmt::format("its header fits {}, its name does not", patterns),
                    fmt::format("rename it, or say which: {}", either(misnamed, "--source ")));
    }
    const pack::SourceCard* most_specific = nullptr;
    for (const auto& card : cards) {
        if ((!most_specific || rank(&card) > rank(most_specific)) && other_delimiter(card, head)) most_specific = &card;
    }
    if (most_specific) return wrong_delimiter(*most_specific, *other_delimiter(*most_specific, head), path);
    return unknown(path, head, cards);
}

}  // namespace icosa::ingest
