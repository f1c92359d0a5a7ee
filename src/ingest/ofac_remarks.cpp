/// Cuts remarks at semicolons outside brackets and quotes, and looks at the first words of each piece.
#include "ingest/ofac_remarks.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.hpp"

namespace icosa::ingest {
namespace {

using model::DetailField;

/// The last words of what names a kind of document before its number.
constexpr std::array<std::string_view, 24> document_words = {
    "passport", "no.", "no",  "number", "id",   "#",        "card", "code", "ssn",    "r.f.c.", "c.u.r.p.", "d.n.i.",
    "nit",      "ruc", "rif", "rtn",    "c.i.", "c.u.i.t.", "mmsi", "imo",  "n.i.e.", "rnc",    "cnpj",     "license"};

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Pieces parted by "; " outside brackets.
std::vector<std::string_view> pieces_of(std::string_view text) {
    std::vector<std::string_view> out;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        else if (text[i] == ')') depth = std::max(0, depth - 1);
        else if (text[i] == ';' && depth == 0) {
            out.push_back(trim(text.substr(begin, i - begin)));
            begin = i + 1;
        }
    }
    out.push_back(trim(text.substr(begin)));
    return out;
}

/// Takes a word off the front, whatever its case; only where a blank follows it.
bool take(std::string_view& text, std::string_view word) {
    if (text.size() <= word.size() || text[word.size()] != ' ' || lower(text.substr(0, word.size())) != word)
        return false;
    text = trim(text.substr(word.size()));
    return true;
}

class Remarks {
public:
    explicit Remarks(std::string_view text) {
        text = trim(text);
        if (text.ends_with('.')) text.remove_suffix(1);
        for (const auto piece : pieces_of(text)) read(piece);
        if (!rest_.empty()) out_.push_back({0, 0, DetailField::Comment, 0, rest_});
    }
    std::vector<model::Detail> take_all() { return std::move(out_); }

private:
    void add(DetailField field, std::string_view text) {
        if (text.empty()) return;
        const auto number =
            std::count_if(out_.begin(), out_.end(), [&](const auto& one) { return one.field == field; });
        out_.push_back({0, static_cast<std::int32_t>(number), field, 0, std::string(text)});
    }

    void read(std::string_view piece) {
        std::string_view text = piece;
        (void)take(text, "alt.");
        if (take(text, "dob")) return add(DetailField::BirthDate, text);
        if (take(text, "pob")) return add(DetailField::BirthPlace, text);
        if (take(text, "nationality") || take(text, "citizen")) return add(DetailField::Nationality, text);
        if (take(text, "gender")) return add(DetailField::Gender, text);
        if (take(text, "a.k.a.")) return add(DetailField::AliasWeak, quoted(text));
        if (take(text, "f.k.a.")) return add(DetailField::NameFormer, quoted(text));
        if (read_document(text)) return;
        if (piece.empty()) return;
        if (!rest_.empty()) rest_ += "; ";
        rest_ += piece;
    }

    static std::string_view quoted(std::string_view text) {
        if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'') return text.substr(1, text.size() - 2);
        return text;
    }

    /// "Passport P229856 (Iran) issued 01 Nov 2002": kind, number, issuer, and what follows.
    bool read_document(std::string_view text) {
        std::size_t at = 0;
        std::string_view before;
        while (at < text.size()) {
            const auto end = std::min(text.find(' ', at), text.size());
            const std::string_view word = text.substr(at, end - at);
            if (has_digit(word)) {
                if (std::find(document_words.begin(), document_words.end(), lower(before)) == document_words.end())
                    return false;
                break;
            }
            before = word;
            at = end + 1;
        }
        if (at >= text.size()) return false;
        std::string_view kind = trim(text.substr(0, at)), number = text.substr(at), note, issuer;
        if (before == "IMO" && kind != "Company Number IMO") kind = "IMO";
        for (const std::string_view word : {" issued ", " expires "}) {
            if (const auto from = number.find(word); from != std::string_view::npos) {
                note = trim(number.substr(from));
                number = number.substr(0, from);
            }
        }
        if (const auto open = number.find(" ("); open != std::string_view::npos) {
            const auto close = number.find(')', open);
            issuer = number.substr(open + 2, close == std::string_view::npos ? close : close - open - 2);
            number = number.substr(0, open);
        }
        const auto put = [&](DetailField field, std::string_view what) {
            if (!trim(what).empty()) out_.push_back({0, documents_, field, 0, std::string(trim(what))});
        };
        put(DetailField::DocumentType, kind);
        put(DetailField::DocumentNumber, number);
        put(DetailField::DocumentIssuer, issuer);
        put(DetailField::DocumentNote, note);
        ++documents_;
        return true;
    }

    std::vector<model::Detail> out_;
    std::string rest_;
    std::int32_t documents_ = 0;
};

}  // namespace

std::vector<model::Detail> read_ofac_remarks(std::string_view text) { return Remarks(text).take_all(); }

}  // namespace icosa::ingest
