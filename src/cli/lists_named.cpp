/// Names first stand for source cards, then for files of the manifest.
#include "cli/lists_named.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/fetched_folder.hpp"
#include "cli/user_folders.hpp"

namespace icosa::cli {
namespace {

const std::map<std::string, std::vector<std::string>>& short_names() {
    static const std::map<std::string, std::vector<std::string>> names = {
        {"un", {"un-list"}}, {"ofac", {"ofac-sdn", "ofac-list"}}, {"uk", {"uk-list"}}, {"ca", {"ca-sema"}}};
    return names;
}

bool is_list(const pack::SourceCard& card) {
    return card.record == model::RecordKind::Designation && !card.details.empty();
}

}  // namespace

std::vector<std::string> sources_of_list(const std::string& name, const std::vector<pack::SourceCard>& cards) {
    const std::string word = lower(name);
    const auto known = short_names().find(word);
    const std::vector<std::string> wanted = known == short_names().end() ? std::vector{word} : known->second;
    std::vector<std::string> out;
    for (const std::string& id : wanted) {
        for (const pack::SourceCard& card : cards) {
            if (card.id == id && is_list(card)) out.push_back(id);
        }
    }
    return out;
}

Result<std::vector<std::string>> list_paths(const std::vector<std::string>& words,
                                            const std::vector<pack::SourceCard>& cards, const std::string& folder) {
    const std::string where = folder.empty() ? data_folder() + "/fetched" : folder;
    std::vector<std::string> out;
    for (const std::string& word : words) {
        const auto sources = sources_of_list(word, cards);
        std::error_code error;
        if (sources.empty() || std::filesystem::exists(word, error)) {
            if (sources.empty() && !std::filesystem::exists(word, error) && word.find_first_of("/.") == word.npos) {
                std::vector<std::string> names;
                for (const auto& [name, ids] : short_names()) names.push_back(name);
                const auto near = nearest(word, names);
                return fail(
                    Fault::Usage, "unknown-list", {},
                    fmt::format("'{}' is neither a file nor the name of a list", excerpt(word)),
                    near ? fmt::format("did you mean '{}'?", *near) : "name a file, or one of: " + join(names, ", "));
            }
            out.push_back(word);
            continue;
        }
        const auto files = TRY(fetched_files(where));
        bool any = false;
        for (const std::string& source : sources) {
            std::string newest;
            for (const FetchedFile& file : files) {
                if (file.source == source && file.newer.empty()) newest = file.path;
            }
            if (newest.empty()) continue;
            out.push_back(newest);
            any = true;
        }
        if (!any)
            return fail(Fault::Data, "not-fetched", {where}, fmt::format("no file of the list '{}' was fetched", word),
                        fmt::format("`icosa fetch {}`, or name the file itself", sources.front()));
    }
    return out;
}

void tell_unread(std::span<const ingest::ListRead> reads) {
    for (const auto& one : reads) {
        if (one.rejected > 0)
            fmt::print(stderr,
                       "{}: warning: {} entr{} of this list cannot be read and take{} no part in what is said here "
                       "(`icosa ingest` tells which, and why)\n",
                       one.path, one.rejected, one.rejected == 1 ? "y" : "ies", one.rejected == 1 ? "s" : "");
    }
}

}  // namespace icosa::cli
