/// Lists of designees read without a store: the same cards, into memory.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "model/designee.hpp"
#include "model/list_entry.hpp"
#include "pack/source_card.hpp"

namespace icosa::app {

/// A list file as it was read.
struct ListRead {
    std::string path;
    std::string source;       ///< the card's id
    Day vintage_day = no_day;  ///< the day of this edition, where the file tells it
    std::int64_t rejected = 0;
    std::vector<std::string> notes;
};

/// Reads lists in the order of their paths; each is a file of a card of designations, or a folder of such (files of
/// other kinds in it are passed over). Of files that lie beside each other and are one list, any may be named; it is
/// read once.
///
/// in    cards: all of the packs; reads, if not nullptr, gets one entry a list file
/// out   entries in the order of files and lines; the same of any number of threads
/// err   those of recognise and FileReader; no-lists (a folder without any)
[[nodiscard]] Result<std::vector<model::ListEntry>> read_list_entries(const std::vector<std::string>& paths,
                                                                      const std::vector<pack::SourceCard>& cards,
                                                                      std::vector<ListRead>* reads = nullptr);
/// The same, put together.
[[nodiscard]] Result<std::vector<model::Designee>> read_lists(const std::vector<std::string>& paths,
                                                              const std::vector<pack::SourceCard>& cards,
                                                              std::vector<ListRead>* reads = nullptr);

}  // namespace icosa::app
