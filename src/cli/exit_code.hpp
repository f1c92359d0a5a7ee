/// Exit codes: 0 clean, 1 findings asked to fail on, 2 bad usage, 3 bad packs, 4 bad data, 5 store or server.
#pragma once

#include <array>
#include <string_view>

#include "base/result.hpp"

namespace icosa::cli {

inline constexpr int exit_clean = 0;
inline constexpr int exit_findings = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_packs = 3;
inline constexpr int exit_data = 4;
inline constexpr int exit_store = 5;

/// What each code means, by its number.
inline constexpr std::array<std::string_view, 6> exit_meanings = {"nothing is wrong",
                                                                  "something was found that was asked to fail on",
                                                                  "the words of the command line are wrong",
                                                                  "a pack is faulty",
                                                                  "data are faulty or absent",
                                                                  "the database or a file cannot be read or written"};

inline int exit_code_of(const Error& error) {
    switch (error.fault) {
        case Fault::Usage: return exit_usage;
        case Fault::Pack: return exit_packs;
        case Fault::Data: return exit_data;
        case Fault::Store: return exit_store;
    }
    return exit_store;
}

}  // namespace icosa::cli
