/// Keys of sources, in a file that only its owner reads. No value of it goes into a message, a log or a manifest.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace icosa::fetch {

/// source -> part -> value
using KeyBook = std::map<std::string, std::map<std::string, std::string>>;

/// A file that is not there is an empty book.
/// err   Store: "open-to-others", where others than its owner may read it
[[nodiscard]] Result<KeyBook> read_keys(const std::string& path);
/// The whole file anew, with mode 600, under its name only when it is whole; its folder is made. An empty book takes
/// the file away.
[[nodiscard]] Result<void> write_keys(const std::string& path, const KeyBook& keys);

/// "ICOSA_KEY_ACLED" of the source 'acled'; of its part "email" "ICOSA_KEY_ACLED_EMAIL".
[[nodiscard]] std::string key_variable(std::string_view source, std::string_view part = {});

/// The text without any of the secrets (and their percent-encoded and base64 forms) in it.
[[nodiscard]] std::string without_secrets(std::string text, const std::map<std::string, std::string>& secrets);

}  // namespace icosa::fetch
