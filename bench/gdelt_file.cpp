/// Cells are drawn from lists as long and as skewed as the real ones; about one actor in three is absent, as there.
#include "gdelt_file.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <iterator>
#include <vector>

namespace icosa::bench {
namespace {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 0xD1B54A32D192ED03ull) {}
    std::uint32_t below(std::uint32_t bound) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return static_cast<std::uint32_t>((state_ >> 32) * bound >> 32);
    }
    /// Small numbers often, large ones seldom.
    std::uint32_t skewed(std::uint32_t bound) { return below(below(bound) + 1); }

private:
    std::uint64_t state_;
};

struct Place {
    std::string name, country, adm1;
    double latitude, longitude;
    int feature;
};

struct Actor {
    std::string code, name, country, type;
};

std::string letters(Random& random, int count, char first = 'A') {
    std::string out;
    for (int i = 0; i < count; ++i) out += static_cast<char>(first + random.below(26));
    return out;
}

struct Lists {
    std::vector<Place> places;
    std::vector<Actor> actors;
    std::vector<std::string> codes;
    std::vector<std::string> hosts;

    Lists() {
        Random random(1);
        for (int i = 0; i < 6000; ++i) {
            const std::string country = letters(random, 2);
            places.push_back(
                {fmt::format("{}{}, {}{}, {}{}", letters(random, 1), letters(random, 7, 'a'), letters(random, 1),
                             letters(random, 8, 'a'), letters(random, 1), letters(random, 9, 'a')),
                 country, fmt::format("{}{:02}", country, random.below(40)), (random.below(1'300'000) / 1e4) - 55,
                 (random.below(3'600'000) / 1e4) - 180, static_cast<int>(random.below(4'000'000))});
        }
        for (int i = 0; i < 2000; ++i) {
            const std::string country = letters(random, 3);
            const std::string type = i % 3 ? "" : letters(random, 3);
            actors.push_back({country + type, letters(random, 6 + static_cast<int>(random.below(8))), country, type});
        }
        for (int root = 1; root <= 20; ++root) {
            codes.push_back(fmt::format("{:02}0", root));
            for (int base = 1; base <= 5; ++base) codes.push_back(fmt::format("{:02}{}", root, base));
            for (int base = 1; base <= 4; ++base) codes.push_back(fmt::format("{:02}3{}", root, base));
        }
        for (int i = 0; i < 3000; ++i) hosts.push_back(letters(random, 6 + static_cast<int>(random.below(12)), 'a'));
    }
};

template <class Out> void add_place(Out out, const Place* place) {
    if (place == nullptr) {
        fmt::format_to(out, "0\t\t\t\t\t\t\t\t");
        return;
    }
    fmt::format_to(out, "4\t{}\t{}\t{}\t{}\t{:.4f}\t{:.4f}\t{}\t", place->name, place->country, place->adm1,
                   place->feature % 90000, place->latitude, place->longitude, -place->feature);
}

template <class Out> void add_actor(Out out, const Actor* actor) {
    if (actor == nullptr) fmt::format_to(out, "\t\t\t\t\t\t\t\t\t\t");
    else fmt::format_to(out, "{}\t{}\t{}\t\t\t\t\t{}\t\t\t", actor->code, actor->name, actor->country, actor->type);
}

void add_row(fmt::memory_buffer& out, const Lists& lists, std::int64_t row) {
    Random random(static_cast<std::uint64_t>(row) + 7);
    const auto pick = [&](const auto& list) -> const auto& {
        return list[random.skewed(static_cast<std::uint32_t>(list.size()))];
    };
    const int slice = static_cast<int>(row / 1800);  // fifteen minutes
    const int added = slice / 96;  // days since 2019-01-01, of months of 28 days: every one is civil
    const int happened = random.below(20) == 0 ? std::max(0, added - 28) : added;
    const auto day = [](int number) {
        return (2019 + number / 336) * 10000 + (number / 28 % 12 + 1) * 100 + number % 28 + 1;
    };
    const auto at = std::back_inserter(out);
    const int sqldate = day(happened);
    fmt::format_to(at, "{}\t{}\t{}\t{}\t{:.4f}\t", 881'990'832 + row, sqldate, sqldate / 100, sqldate / 10000,
                   sqldate / 10000 + (sqldate / 100 % 100 * 30 + sqldate % 100) / 370.0);
    const Actor* one = random.below(8) == 0 ? nullptr : &pick(lists.actors);
    const Actor* two = random.below(3) == 0 ? nullptr : &pick(lists.actors);
    add_actor(at, one);
    add_actor(at, two);
    const std::string& code = pick(lists.codes);
    const std::uint32_t mentions = 1 + random.skewed(40);
    fmt::format_to(at, "{}\t{}\t{}\t{}\t{}\t{:.1f}\t{}\t{}\t{}\t{:.14f}\t", random.below(2), code, code.substr(0, 3),
                   code.substr(0, 2), 1 + random.below(4), static_cast<double>(random.below(201)) / 10 - 10, mentions,
                   1 + random.skewed(4), mentions, static_cast<double>(random.below(2'000'000'000)) / 1e8 - 10);
    const Place* where = random.below(25) == 0 ? nullptr : &pick(lists.places);
    add_place(at, one == nullptr ? nullptr : where);
    add_place(at, two == nullptr ? nullptr : where);
    add_place(at, where);
    fmt::format_to(at, "{}{:02}{:02}00\thttps://www.{}.com/news/{}/{}-{}-{}-{}\n", day(added), slice % 96 / 4,
                   slice % 4 * 15, pick(lists.hosts), 2019 + added / 336, pick(lists.hosts), pick(lists.hosts),
                   pick(lists.hosts), row / 3);
}

/// Beside the file: what is in it.
std::string marker_of(const std::string& path) { return path + ".size"; }

}  // namespace

std::int64_t make_gdelt_file(const std::string& path, std::int64_t first, std::int64_t rows) {
    const Lists lists;
    const std::string marker = marker_of(path);
    std::error_code error;
    const auto present = std::filesystem::file_size(path, error);
    if (!error) {
        if (std::FILE* in = std::fopen(marker.c_str(), "r")) {
            long long stated_first = 0, stated_rows = 0, stated = 0;
            const bool read = std::fscanf(in, "%lld %lld %lld", &stated_first, &stated_rows, &stated) == 3;
            std::fclose(in);
            if (read && stated_first == first && stated_rows == rows && stated == static_cast<long long>(present))
                return static_cast<std::int64_t>(present);
        }
    }
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return -1;
    fmt::memory_buffer buffer;
    std::int64_t bytes = 0;
    bool good = true;
    for (std::int64_t row = first; row < first + rows && good; ++row) {
        add_row(buffer, lists, row);
        if (buffer.size() < 4'000'000 && row + 1 < first + rows) continue;
        good = std::fwrite(buffer.data(), 1, buffer.size(), file) == buffer.size();
        bytes += static_cast<std::int64_t>(buffer.size());
        buffer.clear();
    }
    good = std::fclose(file) == 0 && good;
    if (!good) return -1;
    if (std::FILE* out = std::fopen(marker.c_str(), "w")) {
        fmt::print(out, "{} {} {}\n", first, rows, bytes);
        std::fclose(out);
    }
    return bytes;
}

void remove_gdelt_file(const std::string& path) {
    std::filesystem::remove(path);
    std::filesystem::remove(marker_of(path));
}

}  // namespace icosa::bench
