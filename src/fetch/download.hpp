/// One address into one file: whole under its name and in the manifest, or not under its name at all.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "fetch/exchange.hpp"
#include "fetch/status.hpp"
#include "pack/source_card.hpp"

namespace icosa::fetch {

struct Wanted {
    Question question;
    std::string name;  ///< the file's
    std::string edition;  ///< "" = by the rule, from the answer
};

struct Downloaded {
    Status status = Status::Failed;
    std::string file;  ///< below the folder; of an unchanged one the file that is there
    std::string digest;
    std::int64_t bytes = 0;
    std::string why;
    bool is_repeated = false;  ///< the same bytes as another page of this run; not stored
};

/// seen: digests of this run's pages, added to. on_content: the bytes, before they get their name or are thrown away;
/// also of a file that the server says is unchanged.
[[nodiscard]] Result<Downloaded> download(Session& session, const pack::SourceCard& card, const pack::FetchRule& rule,
                                          const Wanted& wanted, std::set<std::string>& seen,
                                          const std::function<void(std::string_view bytes)>& on_content);

}  // namespace icosa::fetch
