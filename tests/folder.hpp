/// A folder that a test has to itself: tests run side by side, each in its own process.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

namespace icosa {

/// A new, empty folder, gone with its object. No other place in the tests names a folder for temporary files.
class Folder {
public:
    Folder() {
        static std::atomic<int> count = 0;
        path_ = testing::TempDir() + "icosa-test-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    /// The path of a file in it, written or not.
    [[nodiscard]] std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }
    /// Writes a file and gives its path.
    std::string put(std::string_view name, std::string_view bytes) const {
        std::ofstream(file(name), std::ios::binary | std::ios::trunc) << bytes;
        return file(name);
    }

private:
    std::string path_;
};

}  // namespace icosa
