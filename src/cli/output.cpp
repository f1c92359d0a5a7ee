/// Files and the standard output.
#include "cli/output.hpp"

#include <cstdio>
#include <fstream>

namespace icosa::cli {

Result<void> write_text(const std::string& path, const std::string& text) {
    if (path.empty()) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return {};
    }
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out)
        return fail(Fault::Store, "unwritable", {path}, "this file cannot be written",
                    "check the folder's permissions and the room on the disk, or name another with --out");
    return {};
}

}  // namespace icosa::cli
