/// The file of keys: whose it is, what stands in it, and that no secret gets out of a text.
#include "fetch/keys.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.hpp"

namespace icosa::fetch {
namespace {

TEST(Keys, OnlyTheirOwnerReadsThem) {
    const Folder folder;
    const std::string path = folder.file("deep/keys");
    EXPECT_TRUE(read_keys(path)->empty());
    ASSERT_TRUE(write_keys(path, {{"acled", {{"email", "a@b.org"}, {"password", "with blanks in"}}}}));
    struct stat found{};
    ASSERT_EQ(::stat(path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600U);
    EXPECT_EQ(read_keys(path)->at("acled").at("password"), "with blanks in");
    ::chmod(path.c_str(), 0644);
    EXPECT_EQ(read_keys(path).error().code, "open-to-others");
    ASSERT_TRUE(write_keys(path, {}));
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Keys, Names) {
    EXPECT_EQ(key_variable("acled"), "ICOSA_KEY_ACLED");
    EXPECT_EQ(key_variable("ucdp-api", "key"), "ICOSA_KEY_UCDP_API_KEY");
    EXPECT_EQ(without_secrets("a?k=x%40y&z=x@y eEB5", {{"key", "x@y"}}), "a?k=***&z=*** ***");
    EXPECT_EQ(without_secrets("https://sekretkey.example", {{"key", "SekretKey"}}), "https://***.example");
    EXPECT_EQ(without_secrets("a*b", {{"key", "*"}}), "a***b");
}

}  // namespace
}  // namespace icosa::fetch
