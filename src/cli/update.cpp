/// icosa update: fetch, ingest, run and what is new by one command, safe from cron.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/command_table.hpp"
#include "cli/exit_code.hpp"
#include "cli/fetched_folder.hpp"
#include "cli/last_run.hpp"
#include "cli/news.hpp"
#include "cli/output.hpp"
#include "cli/user_folders.hpp"
#include "cli/when_free.hpp"
#include "fetch/manifest.hpp"

namespace icosa::cli {
namespace {

namespace fs = std::filesystem;

struct UpdateOptions {
    std::vector<std::string> sources;
    std::string db, to, out;  ///< "" = in the user's data folder
    std::string mirror;
    std::string fail_on;
    std::string then;
    bool print_cron = false;
    bool print_timer = false;
};

/// The store while it is written anew beside: one update at a time, and the store must be as it was when it takes its
/// place.
class StoreBeside {
public:
    /// A link is followed: the store behind it is the one that is written anew.
    [[nodiscard]] static Result<StoreBeside> begin(const std::string& named, int wait) {
        std::error_code error;
        const fs::path behind = fs::weakly_canonical(named, error);
        const std::string db = error ? named : behind.string();
        fs::create_directories(fs::absolute(db).parent_path(), error);
        const int lock = ::open((db + ".update").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (lock < 0)
            return fail(Fault::Store, "unwritable", {db}, "the store's folder cannot be written to",
                        "check its permissions, or name another with --db");
        const bool is_ours = succeeds_within(
            wait, [&] { return ::flock(lock, LOCK_EX | LOCK_NB) == 0; },
            [&] { fmt::print(stderr, "{}: another `icosa update` is at work; waiting up to {} s\n", db, wait); });
        if (!is_ours) {
            ::close(lock);
            return fail(Fault::Store, "locked", {db}, "another `icosa update` is at work on this store",
                        "wait until it is done, or give it longer with --wait");
        }
        StoreBeside out(db, lock);
        fs::remove(out.copy(), error);
        fs::remove(out.copy() + ".wal", error);
        if (!fs::exists(db, error)) return out;
        if (fs::exists(db + ".wal", error))
            return fail(Fault::Store, "in-use", {db}, "the store is being written to, or was not closed",
                        fmt::format("wait, or close it with: icosa sources --db {}", shell_word(db)));
        out.before_ = fs::last_write_time(db, error);
        fs::copy_file(db, out.copy(), error);
        if (error)
            return fail(Fault::Store, "unwritable", {out.copy()},
                        fmt::format("the store cannot be copied: {}", error.message()), "check the room on the disk");
        return out;
    }
    StoreBeside(StoreBeside&& other) noexcept
        : db_(std::move(other.db_)), before_(other.before_), lock_(std::exchange(other.lock_, -1)) {}
    StoreBeside& operator=(StoreBeside&&) = delete;
    ~StoreBeside() {
        if (lock_ < 0) return;
        std::error_code error;
        fs::remove(copy(), error);
        fs::remove(copy() + ".wal", error);
        fs::remove(db_ + ".update", error);
        ::close(lock_);
    }
    [[nodiscard]] std::string copy() const { return db_ + ".new"; }
    /// The copy under the store's name: readers have the old one until they open it anew.
    [[nodiscard]] Result<void> take_place() {
        std::error_code error;
        const bool is_there = fs::exists(db_, error);
        if (is_there && (fs::last_write_time(db_, error) != before_ || fs::exists(db_ + ".wal", error)))
            return fail(Fault::Store, "changed-meanwhile", {db_}, "the store was written to during the update",
                        "run the update again; what was fetched stays");
        fs::rename(copy(), db_, error);
        if (error)
            return fail(Fault::Store, "unwritable", {db_},
                        fmt::format("the new store cannot take its place: {}", error.message()),
                        "check the folder's permissions");
        return {};
    }

private:
    StoreBeside(std::string db, int lock) : db_(std::move(db)), lock_(lock) {}
    std::string db_;
    fs::file_time_type before_{};
    int lock_;
};

std::vector<std::string> with_packs(std::vector<std::string> words, const Common& common) {
    if (!common.packs.empty()) words.insert(words.end(), {"--packs", common.packs});
    for (const auto& folder : common.add) words.insert(words.end(), {"--add", folder});
    if (!common.framework.empty()) words.insert(words.end(), {"--framework", common.framework});
    return words;
}

/// Lines of the manifest that this update added: what is new in the folder.
Result<std::vector<std::string>> came_since(const std::string& folder, std::size_t lines_before) {
    std::vector<std::string> out;
    const fetch::Manifest manifest = TRY(fetch::Manifest::read(folder));
    for (std::size_t i = lines_before; i < manifest.lines().size(); ++i) {
        const auto& line = manifest.lines()[i];
        out.push_back(fmt::format("{}: {}, {} kB", line.source, line.file, (line.bytes + 999) / 1000));
    }
    return out;
}

std::string whole_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The command with the paths of the news behind it, by the shell. Its exit code is told, not taken.
void call_then(const std::string& command, const std::string& out) {
    std::fflush(stdout);
    const std::string line = command + " " + shell_word(out + "/news.md") + " " + shell_word(out + "/news.json");
    const int status = std::system(line.c_str());
    if (status != 0)
        fmt::print(stderr, "warning[then]: the command of --then ended with {}\n",
                   WIFEXITED(status) ? WEXITSTATUS(status) : status);
}

std::string program_path() {
    std::error_code error;
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    return shell_word(error ? "icosa" : self.string());
}

void print_cron() {
    fmt::print(
        "# every morning at 06:20 UTC or local time, as cron is set; `crontab -e` takes this line\n"
        "20 6 * * * {} update\n",
        program_path());
}

void print_timer() {
    fmt::print(
        "# ~/.config/systemd/user/icosa-update.service\n[Unit]\nDescription=Icosa: fetch, ingest, run\n\n[Service]\n"
        "Type=oneshot\nExecStart={} update\nSuccessExitStatus=4\n\n"
        "# ~/.config/systemd/user/icosa-update.timer\n[Unit]\nDescription=Icosa every morning\n\n[Timer]\n"
        "OnCalendar=*-*-* 06:20\nRandomizedDelaySec=20min\nPersistent=true\n\n[Install]\n"
        "WantedBy=timers.target\n\n"
        "# then: systemctl --user enable --now icosa-update.timer\n",
        program_path());
}

Result<int> update(const Common& common, const UpdateOptions& given) {
    if (given.print_cron) return print_cron(), exit_clean;
    if (given.print_timer) return print_timer(), exit_clean;
    const auto or_default = [](const std::string& path, const char* name) {
        return path.empty() ? data_folder() + "/" + name : path;
    };
    const std::string db = or_default(given.db, "store.duckdb"), to = or_default(given.to, "fetched"),
                      out = or_default(given.out, "dossier");

    const std::size_t lines_before = TRY(fetch::Manifest::read(to)).lines().size();
    std::vector<std::string> fetch_words{"fetch", "--to", to};
    if (!given.mirror.empty()) fetch_words.insert(fetch_words.end(), {"--mirror", given.mirror});
    fetch_words.insert(fetch_words.end(), given.sources.begin(), given.sources.end());
    int code = TRY(call(with_packs(fetch_words, common)));

    if (!TRY(fetched_files(to)).empty()) {
        StoreBeside beside = TRY(StoreBeside::begin(db, common.wait));
        const int ingested = TRY(call(with_packs({"ingest", to, "--db", beside.copy()}, common)));
        if (ingested == exit_store) return ingested;
        code = std::max(code, ingested);
        TRY(beside.take_place());
    }
    std::error_code error;
    if (!fs::exists(db, error))
        return fail(Fault::Data, "empty-store", {db}, "nothing has come yet, and there is no store",
                    "see what was fetched above; `icosa fetch --dry-run` lists the sources");
    const auto seen = last_run(db);
    std::vector<std::string> run_words{"run", "--db", db, "--out", out, "--wait", std::to_string(common.wait)};
    if (!given.fail_on.empty()) run_words.insert(run_words.end(), {"--fail-on", given.fail_on});
    const int found = TRY(call(with_packs(run_words, common)));

    News news = news_of(whole_file(out + "/dossier.json"), seen ? seen->as_of : no_day,
                        seen ? seen->ids : std::vector<std::string>{});
    news.fetched = TRY(came_since(to, lines_before));
    TRY(write_news(out, news));
    fmt::print("\nWhat is new: {}; {} file{} came; {}/news.md\n", headline(news), news.fetched.size(),
               news.fetched.size() == 1 ? "" : "s", out);
    if (!given.then.empty()) call_then(given.then, out);
    return found == exit_findings ? found : code;
}

}  // namespace

Command update_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<UpdateOptions>();
    return {
        .name = "update",
        .summary = "Fetch, ingest, run, and say what is new: by one command, safe from cron",
        .options =
            {option("SOURCE", &options->sources, "only these sources; all that can be fetched if none is named"),
             option("--db", &options->db, "the database; by default XDG_DATA_HOME/icosa/store.duckdb").as("FILE"),
             option("--to", &options->to, "the folder of fetched files; by default XDG_DATA_HOME/icosa/fetched")
                 .as("DIR"),
             option("--out", &options->out, "the dossier's folder; by default XDG_DATA_HOME/icosa/dossier").as("DIR"),
             option("--mirror", &options->mirror, "ask this server, which has a folder for each host, instead")
                 .as("URL"),
             option("--fail-on", &options->fail_on, "exit with 1 if a signal of this grade or a higher one is found")
                 .one_of({"note", "watch", "warning"}),
             option("--then", &options->then, "call this with the paths of news.md and news.json behind it")
                 .as("COMMAND"),
             option("--print-cron", &options->print_cron, "print a line for cron, and do nothing"),
             option("--print-timer", &options->print_timer, "print units for systemd, and do nothing"),
             wait_option(*common), packs_option(*common), add_option(*common), framework_option(*common)},
        .more =
            "The database is written anew beside itself and takes its own place when it is whole, so that who reads\n"
            "it never waits. news.md and news.json say what is new since the last run.\n",
        .examples = {"icosa update --print-cron", "icosa update --print-timer"},
        .exits = {{exit_findings, "a signal of the grade of --fail-on, or of a higher one"},
                  {exit_packs},
                  {exit_data, "a source failed or a file could not be read; the rest is in"},
                  {exit_store, "the database is being written to by another, or cannot be"}},
        .run = [=] { return update(*common, *options); },
    };
}

}  // namespace icosa::cli
