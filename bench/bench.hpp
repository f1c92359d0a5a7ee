/// What the benches share: the clock, the end of one whose answer is wrong, and the program run as a user would.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace icosa::bench {

/// Ends the bench with exit code 1: a figure is never printed for a wrong answer.
[[noreturn]] inline void stop(const std::string& bench, const std::string& why) {
    fmt::print(stderr, "{}: {}\n", bench, why);
    std::exit(1);
}

/// Seconds of the clock that the work takes.
template <class Work> double seconds(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// One run of the program that stands beside this bench.
struct ProgramRun {
    std::string out;                 ///< what it wrote to standard output
    double seconds = 0;              ///< of the clock
    double processor_seconds = 0;
    std::int64_t peak_mb = 0;        ///< of resident memory
};

/// Runs `icosa ARGUMENTS`; an exit code other than 0 ends the bench.
inline ProgramRun run_icosa(const std::string& bench, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "icosa").string());
    std::vector<char*> words;
    for (auto& one : arguments) words.push_back(one.data());
    words.push_back(nullptr);
    int ends[2];
    if (::pipe(ends) != 0) stop(bench, "no pipe");
    ProgramRun run;
    int status = 0;
    rusage usage{};
    run.seconds = seconds([&] {
        const pid_t child = ::fork();
        if (child == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::close(ends[0]);
            ::close(ends[1]);
            ::execv(words[0], words.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        char buffer[65536];
        for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
            run.out.append(buffer, static_cast<std::size_t>(got));
        ::close(ends[0]);
        ::wait4(child, &status, 0, &usage);
    });
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) stop(bench, "icosa " + arguments[1] + " failed");
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    run.processor_seconds = of(usage.ru_utime) + of(usage.ru_stime);
    run.peak_mb = usage.ru_maxrss / 1024;
    return run;
}

/// The number after "name": in one line of JSON; ends the bench where there is none.
inline double json_number(const std::string& bench, const std::string& json, const std::string& name) {
    const auto at = json.find("\"" + name + "\":");
    if (at == std::string::npos) stop(bench, "no " + name + " in " + json);
    return std::atof(json.c_str() + at + name.size() + 3);
}

}  // namespace icosa::bench
