/// Which listed items a line of goods may be of: by registry number, name, family, code, customs heading or a word of
/// the category, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.hpp"
#include "methods/items/name_family.hpp"

namespace icosa::methods {

/// What a list says of an item.
struct ListedItem {
    std::string list;                ///< items of one list are weighed against each other
    std::vector<std::string> cas;    ///< "107-44-8"
    std::vector<std::string> names;  ///< the item itself: "thiodiglycol"
    std::vector<std::string> hints;  ///< the item where its parameters are met: "maraging steel"
    std::vector<std::string> words;  ///< of its category: "nerve agent"
    std::vector<std::string> codes;  ///< as written: "VX", "POCl3"
    std::vector<std::string> family;      ///< patterns (NameFamily)
    std::vector<std::string> exempt_cas;  ///< not of the family
    std::vector<std::string> exempt_names;
    std::vector<std::string> hs_named;  ///< customs subheadings that name it, digits alone
    std::vector<std::string> hs;        ///< headings under which it falls, beside much else
};

enum class ItemStrength : std::uint8_t { CategoryOnly, Possible, Listed };
inline constexpr std::string_view item_strength_names[] = {"category only", "possible", "listed item"};

struct ItemHit {
    std::size_t item = 0;  ///< index of the items given
    ItemStrength strength = ItemStrength::CategoryOnly;
    std::string reason;    ///< the strongest first, parted by "; "
};

struct GoodsLine {
    std::string_view text, cas, hs;
};

struct GoodsScreened {
    std::vector<ItemHit> hits;         ///< the strongest first, then in order of the items
    std::vector<std::string> remarks;  ///< "107-44-9 is not a CAS number: its check digit should be 8"
};

/// in    text    UTF-8 of any length; the first `most_text` bytes are read, a remark says so
///       cas     one or several numbers, hyphens or not
///       hs      digits, dots and blanks as in 2931.90.00
///
/// A name counts where it stands as whole words, however they are parted; one within a longer name of the same list
/// does not count. It falls to `possible` beside a word that turns it into another thing (detector, vaccine, free), in
/// what reads as a longer name, or where the number given is another chemical's. Families are `listed item` where the
/// pattern is closed. Weak and strong reasons for one item make one hit.
class ItemIndex {
public:
    static constexpr std::size_t most_text = 20'000;

    /// err   Pack "bad-family"
    [[nodiscard]] static Result<ItemIndex> of(const std::vector<ListedItem>& items);

    /// cost  O(words of the text * 24), and the patterns at each word
    [[nodiscard]] GoodsScreened screen(const GoodsLine& line) const;

    /// The key by which a name is found; names with one key are one name.
    [[nodiscard]] static std::string key_of(std::string_view name);

private:
    friend class GoodsScreening;
    enum class Kind : std::uint8_t { Exempt, Word, Hint, Name };
    struct Named {
        std::size_t item;
        Kind kind;
        bool is_one_word;  ///< as the list writes it
    };
    struct Patterned {
        std::size_t item;
        NameFamily family;
    };
    template <class Value> using ByText = std::unordered_map<std::string, std::vector<Value>>;

    std::vector<std::string> lists_;  ///< of the items
    std::vector<bool> is_chemical_;
    ByText<Named> names_;
    std::unordered_set<std::string> beginnings_;  ///< of names, the first bytes
    std::size_t longest_name_ = 0;
    ByText<std::size_t> cas_, exempt_cas_, codes_;
    std::vector<std::string> all_cas_;  ///< sorted
    std::vector<Patterned> families_;
    std::vector<std::pair<std::string, std::size_t>> hs_named_, hs_;
};

}  // namespace icosa::methods
