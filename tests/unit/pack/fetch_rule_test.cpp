/// [fetch] of a card: what it says, and every fault with its place and cure.
#include "pack/fetch_rule.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

constexpr const char* honest = "reviewed = \"2026-11-29\"\ntried = false\nterms = \"t\"\n";

struct ReadRule {
    FetchRule rule;
    std::vector<std::string> faults;
};

ReadRule read_rule(const std::string& text) {
    ReadRule out;
    const auto file = parse_toml(text, "a.toml");
    if (!file) return out.faults.push_back(render(file.error())), out;
    Diagnostics faults;
    out.rule = parse_fetch_rule(*file, faults, "source 'a'");
    for (const Error& fault : faults) out.faults.push_back(render(fault));
    return out;
}

TEST(FetchRule, SaysAllOfIt) {
    const auto [rule, faults] = read_rule(std::string(honest) + R"(
url = "https://x.org/api?from={since}"
parameters = { page = "{page}" }
form = "json"
records = "data.items"
every = "week"
days = 30
hosts = ["cdn.x.org"]
most_mb = 5
[paging]
kind = "page"
pages = "meta.pages"
[key]
title = "an account"
parts = ["email", "password"]
from = "https://x.org/register"
in = "token"
token = "https://x.org/token"
form = { u = "{email}", p = "{password}" }
)");
    EXPECT_EQ(faults, std::vector<std::string>{});
    EXPECT_EQ(rule.paging.kind, Paging::PageNumber);
    EXPECT_EQ(rule.every, PeriodKind::Week);
    EXPECT_EQ(rule.tried, no_day);
    EXPECT_TRUE(rule.wants_key());
    EXPECT_EQ(rule.key.form.at("p"), "{password}");
}

TEST(FetchRule, TellsFaultsWithPlaceAndCure) {
    const std::pair<std::string, std::string> cases[] = {
        {"url = \"https://x.org\"\nzz_unknown = 17\n", "zz_unknown"},
        {"url = \"http://x.org\"\n",
         "a.toml:4:7: error[not-encrypted]: 'url' in [fetch] of source 'a' is not encrypted"},
        {"url = \"http://x.org\"\nhttp = true\n", "has http = true and no reason"},
        {"url = \"ftp://x.org\"\n", "no https address"},
        {"url = \"https://{year}.org/\"\n", "the host of 'url'"},
        {"url = \"https://x.org/{yera}\"\n", "has no slot {yera} (did you mean {year}?)"},
        {"url = \"https://x.org/{page}\"\n", "has no slot {page}"},
        {"url = \"https://x.org/\"\n[paging]\nkind = \"page\"\n", "pages by {page}, which stands in no part"},
        {"url = \"https://x.org/\"\n[paging]\nkind = \"pages\"\n", "page"},
        {"url = \"https://x.org/\"\n[paging]\nkind = \"date-windows\"\n", "no day in its address"},
        {"url = \"https://x.org/\"\n[paging]\nkind = \"file-list\"\npattern = \"(\"\n", "no regular expression"},
        {"url = \"https://x.org/\"\n[paging]\nkind = \"next-link\"\n", "has no path 'next'"},
        {"url = \"https://x.org/\"\nrecords = \"a\"\n", "its form is not json"},
        {"url = \"https://x.org/\"\nmember = \"a\"\n", "its form is no archive"},
        {"url = \"https://x.org/\"\neach = [\"a\"]\n", "no {each} in its address"},
        {"url = \"https://x.org/\"\nmost_mb = 0\n", "is 0, allowed are 1 to 100000"},
        {"url = \"https://x.org/\"\n[key]\ntitle = \"t\"\nfrom = \"f\"\n", "does not say what the header is called"},
        {"url = \"https://x.org/\"\n[key]\ntitle = \"t\"\nfrom = \"f\"\nin = \"token\"\ntoken = \"https://x.org\"\n"
         "form = { a = \"{secret}\" }\n",
         "which is no part of the key"},
    };
    for (const auto& [text, part] : cases) {
        const auto faults = read_rule(honest + text).faults;
        EXPECT_TRUE(std::ranges::any_of(faults, [&](const auto& f) { return f.find(part) != std::string::npos; }))
            << text << (faults.empty() ? "no fault" : faults.front());
    }
    EXPECT_EQ(read_rule("url = \"https://x.org\"\nterms = \"t\"\n").faults.size(), 2U) << "reviewed and tried";
    EXPECT_EQ(
        read_rule("url = \"https://x.org\"\nterms = \"t\"\nreviewed = \"2026-11-29\"\ntried = true\n").faults.size(),
        1U)
        << "a day, or false";
}

}  // namespace
}  // namespace icosa::pack
