/// Another process that opens a store: this same program, started again with one disabled test and a few words in its
/// environment.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace icosa::store {

class Child {
public:
    /// Runs `--gtest_filter=Child.DISABLED_NAME` with ICOSA_TEST_STORE=path; what it says is kept in path + ".out".
    Child(const std::string& name, const std::string& path) : out_(path + ".out") {
        ::setenv("ICOSA_TEST_STORE", path.c_str(), 1);
        const std::string filter = "--gtest_filter=Child.DISABLED_" + name;
        process_ = ::fork();
        if (process_ == 0) {
            const int out = ::open(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
            ::dup2(out, 1);
            ::dup2(out, 2);
            ::execl("/proc/self/exe", "store_test", filter.c_str(), "--gtest_also_run_disabled_tests", nullptr);
            ::_exit(127);
        }
    }
    ~Child() { end(SIGKILL); }
    /// Its exit code; -1 when a signal ended it. After the first call as before.
    int wait() { return end(0); }
    int kill() { return end(SIGKILL); }
    [[nodiscard]] std::string said() const {
        std::ifstream in(out_);
        return (std::ostringstream() << in.rdbuf()).str();
    }
    /// Waits until it has said this, at most ten seconds.
    [[nodiscard]] bool has_said(const std::string& text) const {
        for (int i = 0; i < 1000; ++i) {
            if (said().find(text) != std::string::npos) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }

private:
    int end(int signal) {
        if (process_ <= 0) return code_;
        if (signal != 0) ::kill(process_, signal);
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = -1;
        code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return code_;
    }
    std::string out_;
    pid_t process_ = -1;
    int code_ = -1;
};

/// The store that a child is to work on; "" in any other process.
inline std::string store_of_child() {
    const char* path = std::getenv("ICOSA_TEST_STORE");
    return path == nullptr ? "" : path;
}

}  // namespace icosa::store
