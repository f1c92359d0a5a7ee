/// How an error reads: compiler style, place first.
#include "base/result.hpp"

namespace icosa {

std::string render(const Error& error) {
    std::string out = error.where.file;
    if (error.where.line > 0) out += ":" + std::to_string(error.where.line);
    if (error.where.line > 0 && error.where.column > 0) out += ":" + std::to_string(error.where.column);
    if (!out.empty()) out += ": ";
    out += "error[" + error.code + "]: " + error.what;
    if (!error.cure.empty()) out += " (" + error.cure + ")";
    return out;
}

}  // namespace icosa
