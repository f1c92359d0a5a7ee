/// Lists an archive, and leaves what the card does not read.
#include "cli/archived_files.hpp"

#include <algorithm>
#include <filesystem>

#include "archive/packed_files.hpp"
#include "base/text.hpp"

namespace icosa::cli {
namespace {

/// The ends of names that the ways of a card read; none = all.
std::vector<std::string> members_of(const pack::SourceCard* card) {
    std::vector<std::string> out;
    if (!card) return out;
    for (const auto& rule : card->fetch) {
        if (!rule.member.empty()) out.push_back(lower(rule.member));
    }
    return out;
}

}  // namespace

Result<std::vector<FetchedFile>> archived_files(const FetchedFile& file, const pack::SourceCard* card,
                                                const std::set<std::string>& companions) {
    if (!archive::is_archive(file.path)) return std::vector{file};
    const auto entries = TRY(archive::files_in(file.path));
    const auto members = members_of(card);
    const auto is_member = [&](const archive::Entry& entry) {
        return std::ranges::any_of(members, [&](const auto& end) { return lower(entry.name).ends_with(end); });
    };
    const bool is_told = std::ranges::any_of(entries, is_member);
    std::vector<FetchedFile> out;
    for (const archive::Entry& entry : entries) {
        if (is_told && !is_member(entry)) continue;
        if (companions.contains(std::filesystem::path(entry.name).filename().string())) continue;
        FetchedFile one = file;
        one.path = file.path + "/" + entry.name;
        one.archive = file.path;
        if (!file.older.empty()) one.older = file.older + "/" + entry.name;
        out.push_back(std::move(one));
    }
    return out;
}

bool is_beside_the_data(const Error& error) {
    static const std::set<std::string, std::less<>> codes = {
        "unknown-source", "wrong-header", "wrong-rows", "wrong-delimiter", "empty-file",     "binary",
        "web-page",       "cr-line-ends", "no-records", "no-sheet",        "other-workbook", "record-too-long"};
    return codes.contains(error.code);
}

}  // namespace icosa::cli
