/// tests/errors: broken input and the exact text that answers it. A case is a folder with card.toml, input files and
/// expected.txt; binary and unreadable inputs are made here, under the name that expected.txt gives them. ICOSA_BLESS=1
/// rewrites the expected texts.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "folder.hpp"
#include "ingest/card_reader.hpp"

namespace icosa::ingest {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

/// What the command line would say of the file: the error, or each reject and the count of rows.
std::string answer(const std::string& path, const std::string& shown, const std::vector<pack::SourceCard>& cards,
                   bool forced) {
    const auto error_text = [&](Error error) {
        if (error.where.file == path) error.where.file = shown;
        return render(error) + "\n";
    };
    auto recognised = forced ? Result<const pack::SourceCard*>(&cards.front()) : recognise(path, cards);
    if (!recognised) return error_text(recognised.error());
    const pack::SourceCard* card = *recognised;
    model::TermTable terms;
    auto reader = FileReader::open(path, *card, terms);
    if (!reader) return error_text(reader.error());
    for (model::Batch batch;;) {
        const auto more = (*reader)->next(batch);
        if (!more) return error_text(more.error());
        if (!*more) break;
    }
    const auto closing = (*reader)->close();
    if (!closing) return error_text(closing.error());
    std::string out;
    for (const auto& r : closing->rejects)
        out += fmt::format("{}:{}:{}: reject[{}]: '{}' {} ({})\n", shown, r.line, r.column, r.field, r.text, r.problem,
                           r.cure);
    return out + fmt::format("{}: {} rows, {} rejected\n", shown, closing->rows, closing->rejected);
}

/// Inputs that no text file can hold.
const std::map<std::string, std::function<std::string()>>& made() {
    static const std::map<std::string, std::function<std::string()>> inputs = {
        {"nul-byte.csv", [] { return std::string("id,day,kind\n1,2020-01-01,raid\n2,2020-\0", 38) + "1-01,raid\n"; }},
        {"junk.bin",
         [] {
             std::string out;
             for (int i = 0; i < 4096; ++i) out += static_cast<char>((i * 131 + i / 7) % 256);
             return out;
         }},
        {"ten-megabyte-line.csv", [] { return "id,day,kind\n1,2020-01-01," + std::string(10u << 20, 'x') + "\n"; }},
        {"ten-megabyte-quote.csv",
         [] { return "id,day,kind\n1,2020-01-01,\"raid\n" + std::string(10u << 20, 'x') + "\n"; }},
        {"cr-only.csv", [] { return std::string("id,day,kind\r1,2020-01-01,raid\r2,2020-01-02,raid\r"); }},
        {"cr-only-but-in-cells.csv",
         [] { return std::string("id,day,kind\r1,2020-01-01,\"raid\nby night\"\r2,2020-01-02,raid\r"); }},
        {"utf-16.csv", [] { return std::string("\xFF\xFEi\0d\0,", 7); }},
        {"packed.csv.gz", [] { return std::string("\x1F\x8B\x08\0\0\0", 6); }},
        {"latin-1.csv", [] { return std::string("id,day,kind\n1,2020-01-01,raid\n2,2020-01-02,C\xF4te\n"); }},
        {"empty.csv", [] { return std::string(); }},
        {"bom-only.csv", [] { return std::string("\xEF\xBB\xBF\r\n"); }},
        {"cut-off.csv", [] { return std::string("id,day,kind\n1,2020-01-01,raid\n2,2020-01-02,raid\n3,2020-"); }},
    };
    return inputs;
}

std::vector<std::string> cases() {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(ICOSA_ROOT "/tests/errors")) {
        if (fs::exists(entry.path() / "card.toml")) out.push_back(entry.path().filename().string());
    }
    std::sort(out.begin(), out.end());
    return out;
}

class Errors : public testing::TestWithParam<std::string> {};

TEST_P(Errors, SayExactlyThis) {
    const fs::path folder = fs::path(ICOSA_ROOT) / "tests/errors" / GetParam();
    Diagnostics faults;
    std::vector<pack::SourceCard> cards;
    std::vector<fs::path> inputs;
    for (const auto& entry : fs::directory_iterator(folder)) inputs.push_back(entry.path());
    std::sort(inputs.begin(), inputs.end());
    for (const auto& path : inputs) {
        if (path.extension() == ".toml")
            cards.push_back(pack::parse_source_card(pack::load_toml(path.string()).value(), faults));
    }
    std::string said;
    for (Error fault : faults) {
        fault.where.file = fs::path(fault.where.file).filename().string();
        said += render(fault) + "\n";
    }
    const bool forced = GetParam().ends_with("-forced");
    for (const auto& path : inputs) {
        const std::string name = path.filename().string();
        if (path.extension() != ".toml" && name != "expected.txt" && name != "made.txt")
            said += answer(path.string(), name, cards, forced);
    }
    const Folder made_here;
    std::istringstream names(slurp(folder / "made.txt"));
    for (std::string name; names >> name;) {
        if (name == "missing.csv" || name == ".")
            said += answer((fs::path(made_here.path()) / name).string(), name, cards, forced);
        else said += answer(made_here.put(name, made().at(name)()), name, cards, forced);
    }
    if (const char* bless = std::getenv("ICOSA_BLESS"); bless && std::string_view(bless) == "1")
        std::ofstream(folder / "expected.txt", std::ios::binary) << said;
    EXPECT_EQ(said, slurp(folder / "expected.txt"));
}

INSTANTIATE_TEST_SUITE_P(All, Errors, testing::ValuesIn(cases()), [](const auto& one) {
    std::string name = one.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(ErrorsOfTheSystem, AFileThatMayNotBeRead) {
    if (::geteuid() == 0) GTEST_SKIP() << "root reads every file";
    const Folder folder;
    const auto path = folder.put("secret.csv", "a,b\n");
    fs::permissions(path, fs::perms::none);
    EXPECT_EQ(render(read_head(path).error()),
              std::string(path).append(": error[unreadable-file]: the file cannot be read: Permission denied (check "
                                       "its permissions and the disk)"));
}

}  // namespace
}  // namespace icosa::ingest
