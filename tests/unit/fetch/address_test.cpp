/// Slots, hosts, redirects, mirrors; which addresses a card means on a day.
#include "fetch/source_addresses.hpp"

#include <gtest/gtest.h>

namespace icosa::fetch {
namespace {

TEST(Address, Slots) {
    Slots slots;
    slots.day = day_of(2026, 9, 5);
    slots.since = day_of(2025, 1, 2);
    slots.until = day_of(2026, 11, 29);
    slots.cursor = "a b&c";
    EXPECT_EQ(fill("v{yy}_0_{m}/{year}{month}{day}", slots), "v26_0_9/20260905");
    EXPECT_EQ(fill("{since}|{until_year}|{cursor}|{none}|{", slots), "2025-01-02|2026|a%20b%26c|{none}|{");
}

TEST(Address, HostsAndNames) {
    EXPECT_EQ(host_of("https://A.org:443/x"), "a.org");
    EXPECT_EQ(host_of("http://u:p@a.org:8080?x"), "a.org:8080");
    EXPECT_EQ(host_of("nowhere"), "");
    EXPECT_EQ(file_name_of("https://a.org/b/c%20d.csv?x=/y"), "c_20d.csv");
    EXPECT_EQ(file_name_of("https://a.org/..%2F"), "_2F") << "no name leads out of the folder";
    EXPECT_EQ(file_name_of("https://a.org"), "");
    EXPECT_EQ(safe_name("../a/b"), "_a_b");
}

TEST(Address, References) {
    EXPECT_EQ(resolved("https://a.org/b/c?d", "e.csv"), "https://a.org/b/e.csv");
    EXPECT_EQ(resolved("https://a.org/b", "//x.org/y"), "https://x.org/y");
    EXPECT_EQ(resolved("https://a.org/b", "/c#d"), "https://a.org/c");
    EXPECT_EQ(resolved("https://a.org/b", "file:///etc/passwd"), std::nullopt);
}

TEST(Address, AMirrorHasAFolderAHost) {
    const Mirror mirror("http://127.0.0.1:8080/");
    EXPECT_EQ(mirror.asked("https://a.org/b?c"), "http://127.0.0.1:8080/a.org/b?c");
    EXPECT_EQ(mirror.asked("https://a.org"), "http://127.0.0.1:8080/a.org/");
    EXPECT_EQ(mirror.meant("http://127.0.0.1:8080/a.org/b"), "https://a.org/b");
    EXPECT_EQ(Mirror().asked("https://a.org/b"), "https://a.org/b");
}

pack::SourceCard monthly() {
    pack::SourceCard card;
    card.id = "candidate";
    card.fetch.emplace_back();
    card.fetch.front().url = "https://a.org/v{yy}_0_{m}.csv";
    card.fetch.front().paging.kind = pack::Paging::DateWindows;
    card.fetch.front().paging.period = PeriodKind::Month;
    card.fetch.front().paging.most = 3;
    return card;
}

TEST(Address, WindowsGoBackFromToday) {
    const auto card = monthly();
    const auto requests = first_requests(card.fetch.front(), day_of(2026, 2, 10), no_day);
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_EQ(address_of(card.fetch.front(), requests[0]), "https://a.org/v26_0_2.csv");
    EXPECT_EQ(address_of(card.fetch.front(), requests[2]), "https://a.org/v25_0_12.csv");
    EXPECT_EQ(first_requests(card.fetch.front(), day_of(2026, 2, 10), day_of(2025, 2, 28)).size(), 13U);
    EXPECT_EQ(first_requests(card.fetch.front(), day_of(2026, 2, 10), day_of(2027, 1, 1)).size(), 1U);
}

TEST(Address, NamesOfFiles) {
    auto card = monthly();
    EXPECT_EQ(file_of(card, card.fetch.front(), "https://a.org/v26_0_2.csv", {}, 1), "v26_0_2.csv");
    EXPECT_EQ(file_of(card, card.fetch.front(), "https://a.org/v26_0_2.csv", {}, 2), "v26_0_2-2.csv");
    EXPECT_EQ(file_of(card, card.fetch.front(), "https://a.org/population/?limit=1", {}, 1), "candidate.csv");
    card.fetch.front().file = "a-{page}.json";
    Slots fourth;
    fourth.page = 4;
    EXPECT_EQ(file_of(card, card.fetch.front(), "https://a.org/", fourth, 4), "a-4.json");
}

TEST(Address, ParametersAreEncoded) {
    pack::FetchRule rule;
    rule.url = "https://a.org/read?_format=json";
    rule.parameters = {{"day", "{since}|{until}"}, {"page", "{page}"}};
    Slots slots = slots_on(rule, day_of(2026, 11, 29), day_of(2026, 1, 1));
    EXPECT_EQ(address_of(rule, slots), "https://a.org/read?_format=json&day=2026-01-01%7C2026-11-29&page=1");
}

}  // namespace
}  // namespace icosa::fetch
