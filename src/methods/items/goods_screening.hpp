/// One line of goods held against the index of items: gathers what speaks for each item and weighs it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "methods/items/item_index.hpp"
#include "methods/items/item_text.hpp"

namespace icosa::methods {

class GoodsScreening {
public:
    static constexpr std::size_t beginning = 3;  ///< bytes of a name by which most places of a text are passed over

    explicit GoodsScreening(const ItemIndex& index) : index_(index) {}
    [[nodiscard]] GoodsScreened screen(const GoodsLine& line);

private:
    struct Grounds {
        ItemStrength strength;
        std::string words;
    };
    /// A name or a member of a family within the text.
    struct Found {
        std::size_t item;
        ItemIndex::Kind kind;
        WordSpan span;
        bool is_family = false;
        bool is_open = false;
    };

    void read_numbers(const GoodsLine& line);
    void remark_on(const std::string& number);
    void find_names();
    void find_families();
    void drop_inner();
    void weigh_found();
    void find_codes(std::string_view text);
    void find_headings(std::string_view hs);
    void add(std::size_t item, ItemStrength strength, std::string words) {
        grounds_[item].push_back({strength, std::move(words)});
    }
    [[nodiscard]] bool is_exempt(const Found& found) const;
    [[nodiscard]] std::string doubt_of(const Found& found) const;
    [[nodiscard]] bool has_word(std::string_view word) const;
    [[nodiscard]] std::vector<ItemHit> hits() const;

    const ItemIndex& index_;
    ItemText text_;
    std::vector<std::string> given_;  ///< registry numbers of the line that check
    std::vector<Found> found_;
    std::map<std::size_t, std::vector<Grounds>> grounds_;
    std::vector<std::string> remarks_;
};

}  // namespace icosa::methods
