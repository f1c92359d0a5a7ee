/// Options in words, in both languages: what could answer a signal, apart from the warning.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "brief/names.hpp"
#include "brief/response.hpp"
#include "brief/wording.hpp"
#include "pack/matters.hpp"

namespace icosa::brief {

inline constexpr Words options_title = {"What could answer", "可供选择的应对"};
inline constexpr Words options_notice = {
    "Unranked, apart from the warning; what followed in like situations is not what the option did. A person decides.",
    "不分先后，与预警分开；相似情形之后发生的情况并非该选项的作用。由人作出决定。"};

struct OptionBooks {
    const NameBooks& names;
    const pack::Matters& matters;
    const pack::Framework& framework;
    Day as_of = no_day;
};

/// title: what the signal's subject is called.
[[nodiscard]] ResponseLines response_lines(const model::Response& response, const pack::Title& title,
                                           model::Grade grade, const OptionBooks& books);
[[nodiscard]] OptionLine option_line(const model::Option& option, const pack::Matter& matter, const OptionBooks& books);

/// How a principle's test went over the options of all responses; an option told for two signals counts twice. Empty
/// where none was tested.
[[nodiscard]] pack::Title tally_sentence(std::string_view principle, const std::vector<const ResponseLines*>& responses,
                                         const NameBooks& books);

/// "instrument in force", "mandate that stands", ...
[[nodiscard]] Words option_kind_words(model::OptionKind kind);

/// What is told of an option, each with its label; what there is nothing to say of is left out.
[[nodiscard]] std::vector<std::pair<Words, pack::Title>> option_items(const OptionLine& option);

}  // namespace icosa::brief
