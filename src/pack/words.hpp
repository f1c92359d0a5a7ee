/// Words by which a text is told to be of one kind or another: a table of packs/groups whose names are words.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pack/group.hpp"

namespace icosa::pack {

/// A table of packs/groups, its names ready to be looked for.
class WordTable {
public:
    WordTable() = default;
    explicit WordTable(const std::vector<ListedGroup>& table);

    /// "TABLE:ENTRY", by which its name is found, of the first entry one of whose words stands in a text, the texts one
    /// after the other: what the first says goes before what the second says. Words are whole ("bias" is not in
    /// "biased", "bias*" is), without case, and whatever is no letter or digit parts them. The entry of the word "*"
    /// fits where no other does; without one "" is told.
    [[nodiscard]] std::string_view entry_of(std::span<const std::string_view> texts) const;
    [[nodiscard]] std::vector<std::string> codes() const;  ///< of all entries, each once, in their order
    [[nodiscard]] bool empty() const { return entries_.empty() && rest_.empty(); }

private:
    struct Entry {
        std::string code;
        std::vector<std::string> words;  ///< blanks around, none behind a beginning: " face swap ", " scam"
    };
    std::vector<Entry> entries_;
    std::string rest_;  ///< the code of "*"
};

/// The words of a text, small letters, a blank before, between and behind them.
[[nodiscard]] std::string words_of(std::string_view text);

}  // namespace icosa::pack
