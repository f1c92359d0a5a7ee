/// A .part file that grows, is looked at, and gets its name by a rename.
#include "fetch/download.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "fetch/content.hpp"
#include "fetch/mapped_file.hpp"

namespace icosa::fetch {
namespace {

namespace fs = std::filesystem;

std::string digest_of_bytes(std::string_view bytes) {
    Digest digest;
    digest.add(bytes);
    return digest.hexadecimal();
}

/// What names an answer so that the rest of it can be asked for: a strong ETag, or the day and time of its last change.
std::string validator_of(const Answer& head) {
    if (!head.header("content-encoding").empty() || head.header("accept-ranges") == "none") return "";
    const std::string etag = head.header("etag");
    if (!etag.empty() && !etag.starts_with("W/")) return etag;
    return head.header("last-modified");
}

/// NAME.part, and beside it NAME.validator.part, by which a later run goes on.
class PartFile final : public Receiver {
public:
    PartFile(const std::string& path, std::string url, std::optional<ManifestLine> held,
             std::function<void(std::int64_t, std::int64_t)> on_bytes)
        : path_(path + ".part"),
          validator_path_(path + ".validator.part"),
          url_(std::move(url)),
          held_(std::move(held)),
          on_bytes_(std::move(on_bytes)) {}
    ~PartFile() override { close_file(); }

    void prepare(Request& request) override {
        is_begun_ = is_misfit_ = false;
        std::error_code error;
        const auto size = fs::file_size(path_, error);
        kept_ = error ? 0 : static_cast<std::int64_t>(size);
        std::ifstream file(validator_path_, std::ios::binary);
        std::string validator, of;
        std::getline(file, validator);
        std::getline(file, of);
        if (kept_ > 0 && !validator.empty() && of == url_) {
            request.from = kept_;
            request.headers.push_back("If-Range: " + validator);
        } else if (held_) {
            if (!held_->etag.empty()) request.headers.push_back("If-None-Match: " + held_->etag);
            if (!held_->last_modified.empty()) request.headers.push_back("If-Modified-Since: " + held_->last_modified);
        }
        if (request.from == 0) kept_ = 0;  // what lies there cannot be gone on with
    }

    bool take(const Answer& head, std::string_view piece) override {
        if (!is_begun_ && !begin(head)) return false;
        if (file_ < 0) return true;  // the body of a refusal
        for (std::string_view rest = piece; !rest.empty();) {
            const auto written = ::write(file_, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return false;
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        kept_ += static_cast<std::int64_t>(piece.size());
        on_bytes_(kept_, total_);
        return true;
    }

    void close(const Answer& answer) override {
        if (!is_begun_ && answer.code == 200) (void)begin(answer);
        close_file();
        // what was sent packed, or by a server without a name for it, cannot be gone on with
        std::error_code error;
        const bool can_go_on = answer.ending == Ending::Whole || fs::exists(validator_path_, error);
        if (!can_go_on && answer.code == 200) drop();
    }

    [[nodiscard]] std::int64_t kept() const override { return kept_; }
    [[nodiscard]] bool is_misfit() const override { return is_misfit_; }
    void drop() override {
        std::error_code error;
        fs::remove(path_, error);
        fs::remove(validator_path_, error);
        kept_ = 0;
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    /// The bytes are on the disk, and nothing remembers that they were on their way.
    void settle() {
        std::error_code error;
        fs::remove(validator_path_, error);
        if (const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC); file >= 0) {
            ::fsync(file);
            ::close(file);
        }
    }

private:
    bool begin(const Answer& head) {
        is_begun_ = true;
        close_file();
        if (head.code == 206) {
            // "bytes 300000-612345/612346"
            const std::string range = head.header("content-range");
            const auto first = range.starts_with("bytes ")
                ? parse_integer(std::string_view(range).substr(6, range.find('-') - 6))
                : std::nullopt;
            const auto slash = range.find('/');
            total_ = slash == std::string::npos ? 0 : parse_integer(range.substr(slash + 1)).value_or(0);
            is_misfit_ = !first || *first != kept_;
            if (is_misfit_) return true;
            file_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
            return file_ >= 0;
        }
        if (head.code != 200) return true;
        total_ = parse_integer(head.header("content-length")).value_or(0);
        std::error_code error;
        fs::remove(validator_path_, error);
        file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        kept_ = 0;
        if (file_ < 0) return false;
        if (const std::string validator = validator_of(head); !validator.empty())
            std::ofstream(validator_path_, std::ios::binary) << validator << '\n' << url_ << '\n';
        return true;
    }
    void close_file() {
        if (file_ >= 0) ::close(file_);
        file_ = -1;
    }

    std::string path_, validator_path_, url_;
    std::optional<ManifestLine> held_;
    std::function<void(std::int64_t, std::int64_t)> on_bytes_;
    int file_ = -1;
    std::int64_t kept_ = 0, total_ = 0;
    bool is_begun_ = false, is_misfit_ = false;
};

std::string edition_of_answer(const pack::FetchRule& rule, const Wanted& wanted, const Session& session,
                              const Answer& answer) {
    if (!wanted.edition.empty()) return wanted.edition;
    if (rule.edition == pack::EditionBy::Modified) return answer.header("last-modified");
    if (rule.edition == pack::EditionBy::Name) return fs::path(wanted.name).stem().string();
    return iso(session.today);
}

std::string moment_text(std::int64_t seconds) {
    const auto days = static_cast<std::int32_t>(seconds / 86400);
    const auto rest = seconds % 86400;
    return fmt::format("{}T{:02}:{:02}:{:02}Z", iso(Day{days}), rest / 3600, rest / 60 % 60, rest % 60);
}

/// Gives the part its name: SOURCE/DAY/NAME, and DAY-2 where that is another edition of the same day.
Result<std::string> named(const std::string& folder, const std::string& source, Day today, const std::string& name,
                          const std::string& part, const std::string& digest) {
    for (int number = 1;; ++number) {
        const std::string day = number == 1 ? iso(today) : fmt::format("{}-{}", iso(today), number);
        const fs::path below = fs::path(source) / day / name, target = folder / below;
        std::error_code error;
        fs::create_directories(target.parent_path(), error);
        if (fs::exists(target, error)) {
            if (digest_of_bytes(MappedFile(target.string()).bytes()) != digest) continue;
            fs::remove(part, error);  // it came before, and the manifest was not told
            return below.string();
        }
        fs::rename(part, target, error);
        if (error)
            return fail(Fault::Store, "unwritable", {target.string()},
                        fmt::format("this file cannot be made: {}", error.message()),
                        "check the folder's permissions, or name another with --to");
        if (const int at = ::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); at >= 0) {
            ::fsync(at);
            ::close(at);
        }
        return below.string();
    }
}

Status status_of(Fit fit) {
    switch (fit) {
        case Fit::Fits: return Status::New;
        case Fit::Empty: return Status::Empty;
        case Fit::Changed: return Status::Changed;
        case Fit::Unsafe: return Status::Failed;
    }
    return Status::Failed;
}

}  // namespace

Result<Downloaded> download(Session& session, const pack::SourceCard& card, const pack::FetchRule& rule,
                            const Wanted& wanted, std::set<std::string>& seen,
                            const std::function<void(std::string_view)>& on_content) {
    const std::string& folder = session.manifest.folder();
    const fs::path home = fs::path(folder) / card.id;
    std::error_code error;
    fs::create_directories(home, error);
    if (error)
        return fail(Fault::Store, "unwritable", {home.string()},
                    fmt::format("this folder cannot be made: {}", error.message()),
                    "check the folder's permissions, or name another with --to");
    const std::string& url = wanted.question.url;
    const auto held = session.newest(card.id, url);
    PartFile part((home / wanted.name).string(), url, held, [&](std::int64_t bytes, std::int64_t of) {
        if (session.on_bytes) session.on_bytes(card.id, bytes, of);
    });
    const Exchange end = exchange(session, rule, wanted.question, part);

    Downloaded out;
    out.status = end.verdict.status;
    out.why = end.verdict.why;
    if (end.verdict.next == Next::Unchanged) {
        if (!held) {
            out.status = Status::Failed;
            out.why = "the server says unchanged (304), and there is nothing of it here";
            return out;
        }
        const MappedFile file(folder + "/" + held->file);
        on_content(file.bytes());
        seen.insert(held->digest);
        return Downloaded{Status::Unchanged, held->file, held->digest, held->bytes, "the server says so (304)", false};
    }
    if (end.verdict.next != Next::Keep) return out;

    part.settle();
    Content content;
    {
        const MappedFile file(part.path());
        out.bytes = static_cast<std::int64_t>(file.bytes().size());
        out.digest = digest_of_bytes(file.bytes());
        content = look_at(file.bytes(), card, rule);
        if (content.fit == Fit::Fits && session.why_unread && rule.form != pack::SentForm::Text) {
            if (auto why = session.why_unread(part.path(), card); !why.empty())
                content = {Fit::Changed, std::move(why)};
        }
        if (content.fit == Fit::Fits) on_content(file.bytes());
    }
    out.status = status_of(content.fit);
    out.why = content.fit == Fit::Unsafe ? "refused: " + content.why : content.why;
    out.is_repeated = content.fit == Fit::Fits && !seen.insert(out.digest).second;
    if (content.fit != Fit::Fits || out.is_repeated) {
        part.drop();
        return out;
    }
    const bool is_held = held && held->digest == out.digest;
    if (is_held) {
        part.drop();
        out.status = Status::Unchanged;
        out.file = held->file;
        out.why = "the same bytes as before";
    } else {
        out.file = TRY(named(folder, card.id, session.today, wanted.name, part.path(), out.digest));
    }
    const Answer& answer = end.answer;
    if (is_held && held->etag == answer.header("etag") && held->last_modified == answer.header("last-modified"))
        return out;
    TRY(session.note({.source = card.id,
                      .url = url,
                      .file = out.file,
                      .retrieved = is_held ? held->retrieved : moment_text(session.now()),
                      .bytes = out.bytes,
                      .digest = out.digest,
                      .edition = is_held ? held->edition : edition_of_answer(rule, wanted, session, answer),
                      .licence = card.licence,
                      .etag = answer.header("etag"),
                      .last_modified = answer.header("last-modified"),
                      .type = answer.header("content-type")}));
    return out;
}

}  // namespace icosa::fetch
