/// The command line: words in, an exit code out.
#include <cstdio>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "cli/command_table.hpp"
#include "cli/exit_code.hpp"

namespace {

using namespace icosa;

/// The command's answer, once all that it printed has gone out: a full disk behind standard output is an error, not a
/// short answer.
Result<int> written(const std::vector<std::string>& words) {
    const auto unwritable = [] {
        return fail(Fault::Store, "unwritable", {}, "standard output cannot be written",
                    "check the room on the disk, or what reads the pipe");
    };
    try {
        auto code = cli::call(words);
        if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return unwritable();
        return code;
    } catch (const std::system_error& error) {  // fmt::print throws where a write fails
        if (std::ferror(stdout) != 0) return unwritable();
        return fail(Fault::Store, "system", {}, error.what());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto code = written({argv + 1, argv + argc});
    if (code) return *code;
    fmt::print(stderr, "{}\n", render(code.error()));
    return cli::exit_code_of(code.error());
}
