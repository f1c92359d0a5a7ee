/// What a run found that the run before had not: news.md and news.json.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace icosa::cli {

struct NewSignal {
    std::string id;
    std::string grade;
    std::string sentence;
};

struct News {
    Day as_of = no_day;
    Day before = no_day;             ///< of the run that it is held against; no_day: there was none
    std::vector<NewSignal> signals;  ///< in the order of the dossier
    std::vector<std::string> gone;   ///< ids that are no signals any more
    std::vector<std::string> fetched;  ///< "kev: new, 1.2 MB"
};

/// dossier: the text of dossier.json; seen: the ids of the run before.
[[nodiscard]] News news_of(const std::string& dossier, Day before, const std::vector<std::string>& seen);

/// "3 new signals since the run as of 2026-11-28", "nothing new since ...".
[[nodiscard]] std::string headline(const News& news);

/// Writes both into the folder.
[[nodiscard]] Result<void> write_news(const std::string& folder, const News& news);

}  // namespace icosa::cli
