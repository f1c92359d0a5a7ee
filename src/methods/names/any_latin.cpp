/// Any script to plain Latin letters, by ICU.
#include "methods/names/any_latin.hpp"

#include <memory>
#include <mutex>
#include <unordered_map>

#include <unicode/translit.h>
#include <unicode/unistr.h>

namespace icosa::methods::names {
namespace {

std::unique_ptr<icu::Transliterator> made_transliterator() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("NFKC; Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    return U_SUCCESS(status) ? std::move(made) : nullptr;
}

std::string letters_of(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
        else if (c == ' ' && !out.empty() && out.back() != ' ') out += c;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

/// A transliterator of ICU may be used by one thread at a time.
struct Readings {
    std::mutex lock;
    std::unique_ptr<icu::Transliterator> transliterator = made_transliterator();
    std::unordered_map<std::string, std::string> known;
};

}  // namespace

std::string any_latin(std::string_view word) {
    static Readings readings;
    constexpr std::size_t most_kept = 200'000;
    const std::scoped_lock guard(readings.lock);
    std::string key(word);
    if (const auto found = readings.known.find(key); found != readings.known.end()) return found->second;
    std::string out;
    if (readings.transliterator) {
        icu::UnicodeString text =
            icu::UnicodeString::fromUTF8(icu::StringPiece(key.data(), static_cast<int>(key.size())));
        readings.transliterator->transliterate(text);
        text.toUTF8String(out);
        out = letters_of(out);
    }
    if (readings.known.size() < most_kept) readings.known.emplace(std::move(key), out);
    return out;
}

}  // namespace icosa::methods::names
