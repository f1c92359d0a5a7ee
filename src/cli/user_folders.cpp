/// XDG Base Directory Specification 0.8: relative paths in the variables are ignored.
#include "cli/user_folders.hpp"

#include <cstdlib>

namespace icosa::cli {
namespace {

std::string folder_of(const char* variable, const char* below_home) {
    if (const char* set = std::getenv(variable); set && *set == '/') return std::string(set) + "/icosa";
    const char* home = std::getenv("HOME");
    return std::string(home ? home : ".") + "/" + below_home + "/icosa";
}

}  // namespace

std::string data_folder() { return folder_of("XDG_DATA_HOME", ".local/share"); }
std::string config_folder() { return folder_of("XDG_CONFIG_HOME", ".config"); }

}  // namespace icosa::cli
