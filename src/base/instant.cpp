/// Instants in the two calendars of CCSDS time code A and B, and back in the first.
#include "base/instant.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa {
namespace {

constexpr std::int64_t second_us = 1'000'000;

std::optional<int> digits(std::string_view text, std::size_t least, std::size_t most) {
    if (text.size() < least || text.size() > most) return std::nullopt;
    int out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + (c - '0');
    }
    return out;
}

std::optional<Day> day_of_text(std::string_view text) {
    const auto parts = split(text, '-');
    if (parts.size() == 3) return parse_iso_day(text);
    if (parts.size() != 2) return std::nullopt;
    const auto year = digits(parts[0], 4, 4), day = digits(parts[1], 3, 3);
    if (!year || !day || *year < 1 || *day < 1 || *day > day_of(*year + 1, 1, 1) - day_of(*year, 1, 1))
        return std::nullopt;
    return day_of(*year, 1, 1) + (*day - 1);
}

/// "12:00:00.25" in microseconds; a 60th second is the next minute's first.
std::optional<std::int64_t> time_of_text(std::string_view text) {
    const auto parts = split(text, ':');
    if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
    const auto hour = digits(parts[0], 2, 2), minute = digits(parts[1], 2, 2);
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    std::int64_t out = (*hour * 60 + *minute) * 60 * second_us;
    if (parts.size() == 2) return out;
    const auto point = parts[2].find('.');
    const auto second = digits(parts[2].substr(0, point), 2, 2);
    if (!second || *second > 60) return std::nullopt;
    out += *second * second_us;
    if (point == std::string_view::npos) return out;
    constexpr std::size_t most_decimals = 18;
    const std::string_view decimals = parts[2].substr(point + 1);
    if (decimals.empty() || decimals.size() > most_decimals) return std::nullopt;
    std::int64_t of_second = 0;
    for (std::size_t i = 0; i < decimals.size(); ++i) {
        if (decimals[i] < '0' || decimals[i] > '9') return std::nullopt;
        if (i < 6) of_second = of_second * 10 + (decimals[i] - '0');
        else if (i == 6 && decimals[i] >= '5') ++of_second;
    }
    for (std::size_t i = decimals.size(); i < 6; ++i) of_second *= 10;
    return out + of_second;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
    text = trim(text);
    if (text.ends_with("Z")) text.remove_suffix(1);
    else if (text.ends_with("+00:00")) text.remove_suffix(6);
    const auto part = text.find_first_of("T ");
    const auto day = day_of_text(text.substr(0, part));
    if (!day) return std::nullopt;
    if (part == std::string_view::npos) return Instant{*day, 0};
    const auto us = time_of_text(text.substr(part + 1));
    if (!us) return std::nullopt;
    return later({*day, 0}, *us);
}

std::string iso(Instant at, int decimals) {
    if (at.day == no_day) return {};
    std::string out = fmt::format("{}T{:02}:{:02}:{:02}", iso(at.day), at.us / (3600 * second_us),
                                  at.us / (60 * second_us) % 60, at.us / second_us % 60);
    if (decimals > 0) {
        constexpr int most_decimals = 6;
        out += fmt::format(".{:06}", at.us % second_us);
        out.resize(out.size() - static_cast<std::size_t>(most_decimals - decimals));
    }
    return out + "Z";
}

double minutes_between(Instant from, Instant to) {
    constexpr double minute_us = 6e7;
    return static_cast<double>(to.us - from.us) / minute_us + (to.day - from.day) * 1440.0;
}

Instant later(Instant from, std::int64_t us) {
    const std::int64_t all = from.us + us;
    const std::int64_t days = all / day_us - (all % day_us < 0);
    return {from.day + static_cast<int>(days), all - days * day_us};
}

}  // namespace icosa
