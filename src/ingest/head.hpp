/// The beginning of a file, looked at before anything is read of it: is it text at all?
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// The beginning of a file.
struct Head {
    std::string text;  ///< without a byte order mark, at most about 1 MB, with scan_padding bytes of room behind it
    std::int64_t file_bytes = 0;
    bool whole = false;  ///< the text is the whole file
    Part part = {};  ///< the table that it is the head of
};

/// Opens, looks, closes. Errors: missing-file, is-directory, unreadable-file, not-a-file, empty-file, compressed,
/// wrong-encoding (UTF-16), binary, cr-line-ends, record-too-long (no line end in the first MB).
[[nodiscard]] Result<Head> read_head(const std::string& path);

/// What a card says of the table that it means.
[[nodiscard]] Wish wish_of(const pack::SourceCard& card);

/// The heads of the tables of a file, by what is wished of them. A file is opened once.
class Heads {
public:
    /// Errors: those of open_tables; of a text, those of read_head.
    [[nodiscard]] static Result<Heads> open(const std::string& path);
    /// One head, whatever is wished.
    explicit Heads(Head head);

    /// Of a text the one, of a workbook one a sheet. A wish that the file cannot fulfil leaves none; `why` says why.
    [[nodiscard]] const std::vector<Head>& of(const Wish& wish);
    [[nodiscard]] const std::optional<Error>& why_none(const Wish& wish);

private:
    struct Answer {
        std::vector<Head> heads;
        std::optional<Error> error;
    };
    explicit Heads(std::string path) : path_(std::move(path)) {}
    const Answer& answer_to(const Wish& wish);

    std::string path_;
    std::shared_ptr<OpenFile> file_;
    std::map<Wish, Answer> answers_;
};

}  // namespace icosa::ingest
