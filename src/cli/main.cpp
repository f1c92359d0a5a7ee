/// The command line: words in, an exit code out.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <system_error>
#include <vector>

#include "cli/command_table.hpp"
#include "cli/exit_code.hpp"

namespace {

using namespace icosa;

/// Descriptors 0 to 2 that the caller closed: else the next file opened, the database say, would be the one that is
/// printed to.
void hold_standard_streams() {
    for (int opened = ::open("/dev/null", O_RDWR); opened >= 0; opened = ::open("/dev/null", O_RDWR)) {
        if (opened <= STDERR_FILENO) continue;
        ::close(opened);
        return;
    }
}

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
    hold_standard_streams();
    const auto code = written({argv + 1, argv + argc});
    if (code) return *code;
    std::fputs((render(code.error()) + "\n").c_str(), stderr);  // where that is full or closed, the code is the answer
    return cli::exit_code_of(code.error());
}
