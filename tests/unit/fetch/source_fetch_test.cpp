/// A source fetched from a server that is a function: what becomes of it, what lies in the folder afterwards.
#include "fetch/source_fetch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <gtest/gtest.h>

#include "folder.hpp"

namespace icosa::fetch {
namespace {

namespace fs = std::filesystem;

const std::string table = "day,n\n2026-01-01,3\n";

/// One answer of the server: code, body, headers, and how much of the body comes before the connection is cut.
struct Reply {
    int code = 200;
    std::string body = table;
    std::map<std::string, std::string> headers = {};
    std::size_t cut = std::string::npos;
};

class SourceFetchTest : public testing::Test {
protected:
    SourceFetchTest() {
        card_.id = "a";
        card_.header = {"day", "n"};
        card_.fetch.emplace_back();
        card_.fetch.front().url = "https://a.org/a.csv";
    }

    /// The source asked once, with these replies in turn (the last again and again).
    Outcome ask(std::vector<Reply> replies, Day today = day_of(2026, 11, 29)) {
        Session session;
        session.manifest = *Manifest::read(folder_.path());
        session.today = today;
        session.now = [] { return 1'795'910'400; };
        session.wait = [&](double seconds) { waited_ += seconds; };
        session.key = [&](const std::string&) { return key_; };
        std::size_t next = 0;
        requests_.clear();
        session.transfer = [&](const Request& request, const Sink& sink) {
            requests_.push_back(request);
            Reply reply = replies[std::min(next++, replies.size() - 1)];
            Answer answer;
            answer.code = reply.code;
            answer.headers = reply.headers;
            if (request.from > 0 && reply.code == 200) {
                answer.code = 206;
                answer.headers["content-range"] = "bytes " + std::to_string(request.from) + "-9/9";
                reply.body.erase(0, static_cast<std::size_t>(request.from));
                reply.cut = std::string::npos;
            }
            const std::string sent = reply.body.substr(0, reply.cut);
            if (!sent.empty() && !sink(answer, sent)) answer.ending = Ending::Stopped;
            else if (reply.cut < reply.body.size()) answer.ending = Ending::Cut;
            return answer;
        };
        return *fetch_source(session, card_);
    }

    std::vector<std::string> files() const {
        std::vector<std::string> out;
        for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
            if (entry.is_regular_file()) out.push_back(fs::relative(entry.path(), folder_.path()).string());
        }
        std::sort(out.begin(), out.end());
        return out;
    }
    std::string text(const std::string& file) const {
        std::ifstream in(folder_.file(file), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }

    Folder folder_;
    pack::SourceCard card_;
    std::vector<Request> requests_;
    std::optional<KeyParts> key_;
    double waited_ = 0;
};

TEST_F(SourceFetchTest, NewThenUnchangedThenNewer) {
    EXPECT_EQ(ask({{200, table, {{"etag", "\"1\""}}}}).status, Status::New);
    const std::vector<std::string> first{"a/2026-11-29/a.csv", "manifest.jsonl"};
    EXPECT_EQ(files(), first);
    EXPECT_NE(text("manifest.jsonl").find(R"("retrieved":"2026-11-29T00:00:00Z")"), std::string::npos);
    EXPECT_EQ(ask({{304, ""}}).status, Status::Unchanged);
    EXPECT_EQ(requests_.front().headers.front(), "If-None-Match: \"1\"");
    EXPECT_EQ(ask({{200, table}}).status, Status::Unchanged) << "by its digest";
    EXPECT_EQ(files(), first);
    EXPECT_EQ(ask({{200, table + "2026-01-02,4\n"}}).file, "a/2026-11-29-2/a.csv");
    EXPECT_EQ(text("a/2026-11-29/a.csv"), table) << "the older edition stays";
}

TEST_F(SourceFetchTest, WhatIsNoTableGetsNoName) {
    EXPECT_EQ(ask({{200, "<html>wait</html>"}}).status, Status::Changed);
    EXPECT_EQ(ask({{200, "day,n\n"}}).status, Status::Empty);
    EXPECT_EQ(ask({{404, "no"}}).status, Status::Missing);
    EXPECT_EQ(ask({{403, "no"}}).status, Status::Denied);
    EXPECT_EQ(ask({{500, "no"}}).status, Status::Failed);
    EXPECT_EQ(requests_.size(), 3U);
    EXPECT_DOUBLE_EQ(waited_, 3);
    EXPECT_EQ(files(), std::vector<std::string>{});
}

TEST_F(SourceFetchTest, GoesOnWhereItWasCut) {
    const std::map<std::string, std::string> etag{{"etag", "\"1\""}};
    EXPECT_EQ(ask({{200, table, etag, 8}, {200, table, etag}}).status, Status::New);
    ASSERT_EQ(requests_.size(), 2U);
    EXPECT_EQ(requests_[1].from, 8);
    EXPECT_EQ(text("a/2026-11-29/a.csv"), table);
}

TEST_F(SourceFetchTest, APartOfAnotherRunIsGoneOnWithOnlyByItsName) {
    const std::map<std::string, std::string> etag{{"etag", "\"1\""}};
    EXPECT_EQ(ask({{200, table, etag, 8}, {500, "", {}}}).status, Status::Failed);
    EXPECT_EQ(files(), (std::vector<std::string>{"a/a.csv.part", "a/a.csv.validator.part"}));
    EXPECT_EQ(ask({{200, table, etag}}).status, Status::New);
    EXPECT_EQ(requests_.front().from, 8);
    EXPECT_EQ(files(), (std::vector<std::string>{"a/2026-11-29/a.csv", "manifest.jsonl"}));
}

TEST_F(SourceFetchTest, RedirectsStayWithinTheHosts) {
    EXPECT_EQ(ask({{301, "", {{"location", "/b.csv"}}}, {}}).status, Status::New);
    EXPECT_EQ(requests_[1].url, "https://a.org/b.csv");
    const Outcome moved = ask({{302, "", {{"location", "https://elsewhere.org/?token=x"}}}});
    EXPECT_EQ(moved.status, Status::Moved);
    EXPECT_NE(moved.message.find("elsewhere.org"), std::string::npos);
    EXPECT_EQ(moved.message.find("token"), std::string::npos);
    EXPECT_EQ(requests_.size(), 1U);
    EXPECT_EQ(ask({{302, "", {{"location", "/a.csv"}}}}).status, Status::Failed) << "a circle";
    EXPECT_EQ(ask({{302, "", {{"location", "http://a.org/a.csv"}}}}).status, Status::Failed) << "not encrypted";
    card_.fetch.front().hosts = {"cdn.org"};
    EXPECT_EQ(ask({{302, "", {{"location", "https://cdn.org/x"}}}, {200, table + "2026-02-02,1\n"}}).status,
              Status::New);
}

TEST_F(SourceFetchTest, PagesEndByThemselves) {
    card_.fetch.front().url = "https://a.org/?p={page}";
    card_.fetch.front().form = pack::SentForm::Json;
    card_.fetch.front().records = "d";
    pack::FetchPaging& paging = card_.fetch.front().paging;
    paging.kind = pack::Paging::PageNumber;
    paging.most = 5;
    paging.pages = "of";
    const auto page = [](int n) { return Reply{200, R"({"of":3,"d":[)" + std::to_string(n) + "]}"}; };
    EXPECT_EQ(ask({page(1), page(2), page(3), page(4)}).files, 3) << "as many as the answer tells";
    card_.fetch.front().paging.pages.clear();
    EXPECT_EQ(ask({page(5), page(6), page(6)}).files, 2) << "a repeated page";
    EXPECT_EQ(ask({page(7), {200, R"({"d":[]})"}}).files, 1) << "an empty page";
    int n = 100;
    std::vector<Reply> without_end;
    while (without_end.size() < 9) without_end.push_back(page(++n));
    const Outcome limited = ask(without_end);
    EXPECT_EQ(limited.files, 5);
    EXPECT_NE(limited.message.find("limit of 5 pages"), std::string::npos);
    EXPECT_EQ(ask({page(200), {500}}).status, Status::Partial);
}

TEST_F(SourceFetchTest, WindowsThatAreNotThereYetAreNoFailure) {
    card_.fetch.front().url = "https://a.org/{year}-{month}.csv";
    card_.fetch.front().paging.kind = pack::Paging::DateWindows;
    card_.fetch.front().paging.most = 3;
    const Outcome outcome = ask({{404, ""}, {200, table}});
    EXPECT_EQ(outcome.status, Status::New);
    EXPECT_EQ(outcome.files, 2);
    EXPECT_EQ(ask({{404, ""}}).status, Status::Missing);
}

TEST_F(SourceFetchTest, TwoWaysOfOneSourceAreOneLine) {
    card_.fetch.push_back(card_.fetch.front());
    card_.fetch.back().url = "https://a.org/b.csv";
    const Outcome outcome = ask({{200, table}, {404, ""}});
    EXPECT_EQ(outcome.status, Status::Partial) << "one came, one is missing";
    EXPECT_EQ(outcome.file, "a/2026-11-29/a.csv");
    EXPECT_EQ(outcome.message, "a.csv: new; b.csv: missing, the server answers 404");
}

TEST_F(SourceFetchTest, AListNamesTheFiles) {
    card_.fetch.front().url = "https://a.org/list.txt";
    card_.fetch.front().paging.kind = pack::Paging::FileList;
    card_.fetch.front().paging.newest = 1;
    card_.fetch.front().paging.pattern = ".*/\\d+\\.csv";
    EXPECT_EQ(ask({{200, "1 x https://a.org/1.csv\n2 y <a href=\"/f/2.csv\">\n"}, {}}).file, "a/2026-11-29/2.csv");
    EXPECT_EQ(requests_[1].url, "https://a.org/f/2.csv");
    EXPECT_EQ(ask({{200, "nothing"}}).status, Status::Changed);
    EXPECT_EQ(ask({{200, "https://b.org/3.csv"}}).status, Status::Moved);
}

TEST_F(SourceFetchTest, KeysGoToTheServerAndNowhereElse) {
    pack::FetchKey& key = card_.fetch.front().key;
    key.title = "an account";
    key.parts = {"key"};
    key.from = "https://a.org/register";
    key.name = "X-Key";
    const Outcome unasked = ask({{}});
    EXPECT_EQ(unasked.status, Status::Denied);
    EXPECT_FALSE(is_failure(unasked));
    EXPECT_TRUE(requests_.empty());
    EXPECT_NE(unasked.message.find("ICOSA_KEY_A "), std::string::npos) << unasked.message;
    key_ = KeyParts{{"key", "s3cret"}};
    EXPECT_EQ(ask({{}}).status, Status::New);
    EXPECT_EQ(requests_.front().headers.front(), "X-Key: s3cret");
    card_.fetch.front().key.in = pack::KeyPlace::Parameter;
    const Outcome refused = ask({{401, "s3cret is wrong"}});
    EXPECT_EQ(requests_.front().url, "https://a.org/a.csv?X-Key=s3cret");
    EXPECT_TRUE(is_failure(refused));
    EXPECT_EQ((refused.url + refused.message + text("manifest.jsonl")).find("s3cret"), std::string::npos);
    card_.fetch.front().key.in = pack::KeyPlace::Token;
    card_.fetch.front().key.token = "https://a.org/token";
    card_.fetch.front().key.form = {{"p", "{key}"}};
    EXPECT_EQ(ask({{200, R"({"access_token":"t0k"})"}, {200, table + "2026-03-03,1\n"}}).status, Status::New);
    EXPECT_EQ(requests_[0].body, "p=s3cret");
    EXPECT_EQ(requests_[1].headers.front(), "Authorization: Bearer t0k");
    EXPECT_EQ(ask({{200, R"({"error":"s3cret"})"}}).status, Status::Denied);
}

}  // namespace
}  // namespace icosa::fetch
