/// The languages in which everything is told.
#pragma once

#include <cstdint>
#include <string>

#include "pack/toml.hpp"

namespace icosa::brief {

enum class Language : std::uint8_t { En, Zh };
inline constexpr Language languages[] = {Language::En, Language::Zh};

/// The text of a language; the English one where there is no Chinese.
[[nodiscard]] inline const std::string& in(const pack::Title& text, Language language) {
    return language == Language::Zh && !text.zh.empty() ? text.zh : text.en;
}

}  // namespace icosa::brief
