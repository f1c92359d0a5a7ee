/// Compares the first row of a file with every card.
#include "ingest/recognise.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/formats/row_bytes.hpp"

namespace icosa::ingest {
namespace {

constexpr std::size_t rows_looked_at = 50;  ///< of a file without header
constexpr std::size_t rows_of_head = 2000;  ///< that may show a card to be about other rows
constexpr char known_delimiters[] = {',', ';', '\t', '|'};

std::string delimiter_name(char delimiter) { return delimiter == '\t' ? "a tab" : fmt::format("'{}'", delimiter); }

/// Does the whole cell match? Long cells do not: std::regex recurses once a character.
bool matches(const std::string& cell, const std::string& pattern) {
    return cell.size() <= 1000 && std::regex_match(cell, std::regex(pattern));
}

bool has_unwanted(const pack::SourceCard& card, const FirstRow& row) {
    return std::any_of(card.not_header.begin(), card.not_header.end(),
                       [&](const std::string& name) { return row.keys.contains(column_key(name)); });
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
double share_that_fits(const pack::SourceCard& card, const std::vector<FirstRow>& rows) {
    if (rows.empty()) return 0;
    return static_cast<double>(
               std::count_if(rows.begin(), rows.end(), [&](const FirstRow& row) { return row_fits(card, row.cells); }))
        / static_cast<double>(rows.size());
}

bool begins_well(const pack::SourceCard& card, const std::vector<FirstRow>& rows) {
    if (!card.header.empty()) return find_header(card, rows) != nullptr;
    return rows.empty() ? row_fits(card, {}) : row_fits(card, rows[0].cells) || share_that_fits(card, rows) >= 0.5;
}

std::size_t rows_for(const pack::SourceCard& card) {
    return card.header.empty() ? rows_looked_at : rows_above_data(card);
}

/// A row of the beginning that the card is not about, where it is about some rows only.
struct OtherRow {
    std::int64_t line = 0;
    std::string text;
};
std::optional<OtherRow> find_other_row(const pack::SourceCard& card, const Head& head,
                                       const std::vector<FirstRow>& rows) {
    const FirstRow* header = card.only.column.empty() ? nullptr : find_header(card, rows);
    if (!header) return std::nullopt;
    const std::int32_t column = find_column(card, header->cells, card.only.column);
    bool any = false;
    for (const FirstRow& row : first_rows_of(head, form_of(card, head.part), card.preamble, rows_of_head)) {
        if (row.line <= header->line || static_cast<std::size_t>(column) >= row.cells.size()) continue;
        const std::string& text = row.cells[static_cast<std::size_t>(column)];
        if (text.empty() || (!card.skip_rows_with.empty() && text.starts_with(card.skip_rows_with))) continue;
        if (!is_one_of(text, card.only.values)) return OtherRow{row.line, text};
        any = true;
    }
    if (!any) return OtherRow{header->line, ""};  // nothing says that it is about these
    return std::nullopt;
}

/// The columns by which a card is told: those it needs and those of its `header`.
std::vector<std::string> columns_known(const pack::SourceCard& card) {
    std::vector<std::string> out = pack::columns_needed(card);
    for (const std::string& name : card.header) {
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    }
    return out;
}

/// The delimiter with which the card would fit, if it is another one than the card's.
std::optional<char> other_delimiter(const pack::SourceCard& card, const Head& head) {
    if (!head.part.is_text()) return std::nullopt;
    if ((card.header.empty() ? card.columns : columns_known(card)).size() == 1) return std::nullopt;
    for (const char delimiter : known_delimiters) {
        if (delimiter != card.delimiter
            && begins_well(card, first_rows_of(head, {delimiter, card.quoted}, card.preamble, rows_for(card))))
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

/// What a file is that no card is near to, as far as it is told.
std::string kind_of_file(Heads& all) {
    if (const auto& why = all.why_none({})) return "; " + why->what;
    const std::vector<Head>& heads = all.of({});
    if (heads.size() > 1) {
        std::vector<std::string> names;
        for (const Head& head : heads) names.push_back(head.part.name);
        return fmt::format("; it is a workbook of the sheets {}", quoted_list(names));
    }
    if (heads.empty() || heads[0].part.is_text()) return {};
    std::vector<std::string> columns = heads[0].part.columns;
    if (const auto rows = first_rows_of(heads[0], form_of_rows, {}, 1); columns.empty() && !rows.empty()) {
        for (const std::string& cell : rows[0].cells) {
            if (!cell.empty()) columns.push_back(cell);
        }
    }
    return fmt::format("; {}{}", words_of(heads[0].part),
                       columns.empty() ? std::string() : fmt::format(", with {}", quoted_list(columns)));
}

using Layouts = std::vector<const pack::SourceCard*>;

/// Every card and its variants.
Layouts layouts_of(const std::vector<pack::SourceCard>& cards) {
    Layouts out;
    for (const auto& card : cards) {
        out.push_back(&card);
        for (const auto& variant : card.variants) out.push_back(&variant);
    }
    return out;
}

std::size_t columns_met(const pack::SourceCard& card, const std::vector<std::string>& names, const FirstRow& row) {
    return static_cast<std::size_t>(std::count_if(
        names.begin(), names.end(), [&](const std::string& name) { return has_column(card, row, name); }));
}

/// The card that shares most columns with any of the first rows.
struct Nearest {
    const pack::SourceCard* card = nullptr;
    const Head* head = nullptr;
    const FirstRow* row = nullptr;
    std::vector<std::string> lacks;
    std::vector<FirstRow> rows;
};
Nearest nearest_card(Heads& heads, const Layouts& layouts, double least_share) {
    Nearest out;
    std::pair<std::size_t, double> best{0, 0};  // columns in common, their share of the card's
    for (const auto* card : layouts) {
        if (card->header.empty()) continue;
        const auto known = columns_known(*card);
        for (const Head& head : heads.of(wish_of(*card))) {
            auto rows = first_rows_of(head, form_of(*card, head.part), card->preamble, header_rows);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const std::size_t common = columns_met(*card, known, rows[i]);
                const std::pair fit{common, static_cast<double>(common) / static_cast<double>(known.size())};
                if (fit <= best || fit.second < least_share || common < 2) continue;  // a year in common says nothing
                best = fit;
                out.card = card;
                out.head = &head;
                out.lacks = lacking(*card, rows[i]);
                out.rows = rows;
                out.row = &out.rows[i];
            }
        }
    }
    return out;
}

std::string why_not(const Nearest& near) {
    const pack::SourceCard& card = *near.card;
    if (!near.lacks.empty()) {
        std::vector<std::string> others;
        const auto known = columns_known(card);
        for (const std::string& cell : near.row->cells) {
            if (!cell.empty() && std::none_of(known.begin(), known.end(), [&](const std::string& name) {
                    return column_key(name) == column_key(cell);
                }))
                others.push_back(cell);
        }
        return fmt::format(
            "which also has {}{}", quoted_list(near.lacks),
            others.empty() ? std::string() : fmt::format(", where this file has {}", quoted_list(others)));
    }
    if (const auto other = find_other_row(card, *near.head, near.rows))
        return fmt::format("but it is about '{}' {} only, and line {} has '{}'", card.only.column,
                           quoted_list(card.only.values), other->line, excerpt(other->text));
    if (!has_unwanted(card, *near.row))
        return fmt::format("whose columns line {} names, but what follows has others", near.row->line);
    return fmt::format("but it has a column that the card excludes ({})", quoted_list(card.not_header));
}

std::unexpected<Error> unknown(const std::string& path, Heads& heads, const Layouts& layouts) {
    const Nearest near = nearest_card(heads, layouts, 0.5);
    if (!near.card) {
        return fail(Fault::Data, "unknown-source", {path, 1},
                    "no source card fits, and none is near" + kind_of_file(heads),
                    "write a card (docs/source-cards.md), or name one with --source ID");
    }
    return fail(Fault::Data, "unknown-source", {path, 1},
                fmt::format("no source card fits; the nearest is '{}', {}", near.card->id, why_not(near)),
                fmt::format("check the header, write a card (docs/source-cards.md), or force one with --source {}",
                            near.card->id));
}

/// What tells the candidates of a tie apart: the columns that only some of them know, and their patterns of names.
std::string differences(const Layouts& candidates) {
    std::string out;
    for (const auto* card : candidates) {
        std::vector<std::string> own;
        for (const std::string& name : columns_known(*card)) {
            const bool all = std::all_of(candidates.begin(), candidates.end(), [&](const auto* other) {
                const auto known = columns_known(*other);
                return std::any_of(known.begin(), known.end(),
                                   [&](const std::string& one) { return column_key(one) == column_key(name); });
            });
            if (!all) own.push_back(name);
        }
        if (!own.empty()) out += fmt::format("; '{}' has {}", card->id, quoted_list(own));
    }
    return out.empty() ? "; they know the same columns" : out;
}

/// Does the card take a part of its rows from the file's name, so that it cannot read one without?
bool takes_name(const pack::SourceCard* card) {
    const auto is_part = [](const std::string& column) { return column.starts_with("file."); };
    return std::any_of(card->identity.begin(), card->identity.end(), is_part)
        || std::any_of(card->map.begin(), card->map.end(), [&](const auto& field) {
               return std::any_of(field.second.columns.begin(), field.second.columns.end(), is_part);
           });
}

/// The cards that fit a file, and how well.
class Candidates {
public:
    Candidates(const std::string& path, Heads& heads, const Layouts& layouts) : heads_(heads) {
        for (const auto* card : layouts) consider(path, *card);
        std::stable_sort(fitting.begin(), fitting.end(),
                         [&](const auto* a, const auto* b) { return rank(a) > rank(b); });
        if (fitting.empty()) return;
        const auto fits_better = [&](const auto* card) { return fits_[card].columns > fits_[fitting[0]].columns; };
        if (std::any_of(misnamed.begin(), misnamed.end(), fits_better)) {
            fitting.clear();
            return;
        }
        const auto best = rank(fitting[0]);
        std::erase_if(fitting, [&](const auto* card) { return rank(card) < best; });
        std::set<std::string> ids;
        std::erase_if(fitting, [&](const auto* card) { return !ids.insert(card->id).second; });
    }

    Layouts fitting;
    Layouts misnamed;  ///< they would fit, but for the file's name

private:
    struct Fit {
        std::size_t columns = 0;
        double share = 0;  ///< of the first rows that fit, for cards without header
    };

    void consider(const std::string& path, const pack::SourceCard& card) {
        for (const Head& head : heads_.of(wish_of(card))) {
            if (!fits(card, head)) continue;
            (card.file_name.empty() || file_groups(card, path) ? fitting : misnamed).push_back(&card);
            return;
        }
    }

    bool fits(const pack::SourceCard& card, const Head& head) {
        auto [known, is_new] = rows_.try_emplace({&head, card.delimiter, card.quoted, card.preamble});
        if (is_new) known->second = first_rows_of(head, form_of(card, head.part), card.preamble, rows_looked_at);
        const auto& rows = known->second;
        const FirstRow* header = find_header(card, rows);
        if (!(card.header.empty() ? begins_well(card, rows) : header != nullptr)
            || (header && has_unwanted(card, *header)) || find_other_row(card, head, rows))
            return false;
        Fit& fit = fits_[&card];
        if (header) fit.columns = columns_met(card, columns_known(card), *header);
        else fit.share = share_that_fits(card, rows);
        return true;
    }

    using Rank = std::tuple<bool, std::size_t, bool, double, std::size_t>;
    Rank rank(const pack::SourceCard* card) const {
        const Fit& fit = fits_.at(card);
        return {!card->only.column.empty(), fit.columns, !card->file_name.empty(), fit.share, card->first_row.size()};
    }

    Heads& heads_;
    std::map<std::tuple<const Head*, char, bool, std::string>, std::vector<FirstRow>> rows_;
    std::map<const pack::SourceCard*, Fit> fits_;
};

}  // namespace

Result<void> check_fit(const pack::SourceCard& card, const Head& head, const std::string& path) {
    const auto rows = first_rows_of(head, form_of(card, head.part), card.preamble, rows_for(card));
    if (begins_well(card, rows)) {
        const auto other = find_other_row(card, head, rows);
        if (!other) return {};
        return fail(Fault::Data, "wrong-rows", {path, static_cast<int>(other->line)},
                    fmt::format("the source '{}' is about '{}' {} only, here is '{}'", card.id, card.only.column,
                                quoted_list(card.only.values), excerpt(other->text)),
                    "name another card with --source ID");
    }
    const FirstRow first = rows.empty() ? FirstRow() : rows[0];
    if (const auto found = other_delimiter(card, head)) return wrong_delimiter(card, *found, path);
    if (!card.header.empty()) {
        Heads alone(head);
        const Nearest near = nearest_card(alone, {&card}, 0);
        const auto lacks = near.row ? near.lacks : lacking(card, first);
        const auto other =
            lacks.size() == 1 ? nearest(lacks[0], near.row ? near.row->cells : first.cells) : std::nullopt;
        return fail(Fault::Data, "wrong-header", {path, static_cast<int>(near.row ? near.row->line : 1)},
                    fmt::format("the header has no {}, which source '{}' needs", quoted_list(lacks), card.id),
                    other ? fmt::format("is it '{}' here? then add it to `also` of the card", *other)
                          : "check the file, or name another card with --source ID");
    }
    const auto& row = first.cells;
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

Result<const Head*> find_table(const pack::SourceCard& card, Heads& heads, const std::string& path,
                               std::vector<std::string>& also) {
    const std::vector<Head>& all = heads.of(wish_of(card));
    if (const auto& why = heads.why_none(wish_of(card))) return std::unexpected(*why);
    const Head* found = nullptr;
    std::optional<Error> first_error;
    for (const Head& head : all) {
        auto fit = check_fit(card, head, path);
        if (!fit) {
            if (!first_error) first_error = std::move(fit).error();
        } else if (!found) {
            found = &head;
        } else {
            also.push_back(head.part.name);
        }
    }
    if (found) return found;
    if (all.size() == 1) return std::unexpected(*first_error);
    std::vector<std::string> names;
    for (const Head& head : all) names.push_back(head.part.name);
    return fail(Fault::Data, "wrong-header", {path},
                fmt::format("none of its sheets ({}) is one of source '{}'; of the first: {}", quoted_list(names),
                            card.id, first_error->what),
                "name another card with --source ID, or the sheet in the card: sheet = \"NAME\"");
}

Result<const pack::SourceCard*> recognise(const std::string& path, const std::vector<pack::SourceCard>& cards) {
    Heads heads = TRY(Heads::open(path));
    const Layouts layouts = layouts_of(cards);
    const Candidates found(path, heads, layouts);
    if (found.fitting.size() == 1) return found.fitting[0];
    if (!found.fitting.empty()) {
        return fail(
            Fault::Data, "ambiguous-source", {path, 1},
            fmt::format("more than one source card fits: {}{}", either(found.fitting, ""), differences(found.fitting)),
            fmt::format("say which: {}", either(found.fitting, "--source ")));
    }
    if (!found.misnamed.empty()) {
        std::string patterns;
        for (const auto* card : found.misnamed)
            patterns += fmt::format("{}'{}' ({})", patterns.empty() ? "" : ", ", card->id, card->file_name);
        return fail(Fault::Data, found.misnamed.size() > 1 ? "ambiguous-source" : "unknown-source", {path, 1},
                    fmt::format("its header fits {}, its name does not", patterns),
                    std::all_of(found.misnamed.begin(), found.misnamed.end(), takes_name)
                        ? "give the file the name that its publisher gave it, from which a part of each row is taken"
                        : fmt::format("rename it, or say which: {}", either(found.misnamed, "--source ")));
    }
    if (heads.of({}).empty() || !heads.of({})[0].part.is_text()) return unknown(path, heads, layouts);
    const Head& head = heads.of({})[0];
    const pack::SourceCard* most_specific = nullptr;
    const auto size = [](const pack::SourceCard* card) {
        return std::pair(columns_known(*card).size(), card->first_row.size());
    };
    for (const auto* card : layouts) {
        if ((!most_specific || size(card) > size(most_specific)) && other_delimiter(*card, head)) most_specific = card;
    }
    if (most_specific) return wrong_delimiter(*most_specific, *other_delimiter(*most_specific, head), path);
    return unknown(path, heads, layouts);
}

Result<const pack::SourceCard*> layout_of(const std::string& path, const pack::SourceCard& card) {
    if (card.variants.empty()) return &card;
    Heads heads = TRY(Heads::open(path));
    Layouts layouts = {&card};
    for (const auto& variant : card.variants) layouts.push_back(&variant);
    const Candidates found(path, heads, layouts);
    if (!found.fitting.empty()) return found.fitting[0];
    if (!found.misnamed.empty()) return found.misnamed[0];
    const Nearest near = nearest_card(heads, layouts, 0);
    return near.card ? near.card : &card;
}

Result<void> check_readable(const std::string& path, const pack::SourceCard& card) {
    const pack::SourceCard* layout = TRY(layout_of(path, card));
    Heads heads = TRY(Heads::open(path));
    std::vector<std::string> also;
    (void)TRY(find_table(*layout, heads, path, also));
    return {};
}

}  // namespace icosa::ingest
