/// Files one after the other, each by its card; rows become designees as they come.
#include "ingest/lists.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "ingest/beside.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/recognise.hpp"
#include "model/designees.hpp"

namespace icosa::ingest {
namespace {

namespace fs = std::filesystem;

std::vector<pack::SourceCard> cards_of_lists(const std::vector<pack::SourceCard>& cards) {
    std::vector<pack::SourceCard> out;
    for (const pack::SourceCard& card : cards) {
        if (card.record == model::RecordKind::Designation && !card.details.empty()) out.push_back(card);
    }
    return out;
}

/// The files of a folder, sorted, one each of those that are read together.
Result<std::vector<std::string>> files_within(const std::string& folder, const std::vector<pack::SourceCard>& cards) {
    std::vector<std::string> out;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (!it->is_regular_file() || it->path().filename().string().starts_with('.')) continue;
        if (!main_file_of(it->path().string(), cards)) out.push_back(it->path().string());
    }
    if (error) return fail(Fault::Data, "unreadable-folder", {folder}, error.message(), "check its permissions");
    std::sort(out.begin(), out.end());
    return out;
}

class Lists {
public:
    Lists(const std::vector<pack::SourceCard>& cards, std::vector<ListRead>* reads)
        : cards_(cards_of_lists(cards)), reads_(reads) {}

    Result<void> add(const std::string& path) {
        std::error_code error;
        if (!fs::is_directory(path, error)) return add_file(main_file_of(path, cards_).value_or(path));
        bool any = false;
        for (const std::string& file : TRY(files_within(path, cards_))) {
            const auto card = recognise(file, cards_);
            if (!card) continue;
            any = true;
            TRY(read(file, **card));
        }
        if (any) return {};
        return fail(Fault::Data, "no-lists", {path}, "there is no list in this folder that a card knows",
                    "name the files, or `icosa sources` for the lists that are known");
    }

    std::vector<model::ListEntry> take() { return std::move(out_); }

private:
    Result<void> add_file(const std::string& path) {
        const auto* card = TRY(recognise(path, cards_));
        return read(path, *card);
    }

    Result<void> read(const std::string& path, const pack::SourceCard& card) {
        std::error_code none;
        if (!seen_.insert(std::filesystem::weakly_canonical(path, none).string()).second) return {};
        ReadOptions how;
        const auto reader = TRY(FileReader::open(path, card, terms_, how));
        for (model::Batch batch; TRY(reader->next(batch));) take_batch(batch, path, card.id);
        const Closing closing = TRY(reader->close());
        if (reads_) reads_->push_back({path, card.id, closing.vintage_day, closing.rejected, reader->notes()});
        return {};
    }

    void take_batch(model::Batch& batch, const std::string& path, const std::string& source) {
        std::size_t from = 0;
        const auto text = [&](model::TermId term) {
            return term == model::no_term ? std::string() : terms_.at(term).text;
        };
        for (const model::Designation& one : batch.designations) {
            while (from < batch.details.size() && batch.details[from].line < one.line) ++from;
            std::size_t to = from;
            while (to < batch.details.size() && batch.details[to].line == one.line) ++to;
            model::ListEntry& entry = out_.emplace_back();
            entry.list = source;
            entry.regime = text(one.regime);
            entry.type = text(one.type);
            entry.reference = text(one.reference);
            entry.listed = one.day;
            entry.updated = one.updated;
            entry.file = path;
            entry.line = one.line;
            const auto begin = batch.details.begin();
            entry.details.assign(std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(from)),
                                 std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(to)));
            from = to;
        }
    }

    std::vector<pack::SourceCard> cards_;
    std::vector<ListRead>* reads_;
    model::TermTable terms_;
    std::set<std::string> seen_;
    std::vector<model::ListEntry> out_;
};

}  // namespace

Result<std::vector<model::ListEntry>> read_list_entries(const std::vector<std::string>& paths,
                                                        const std::vector<pack::SourceCard>& cards,
                                                        std::vector<ListRead>* reads) {
    Lists lists(cards, reads);
    for (const std::string& path : paths) TRY(lists.add(path));
    return lists.take();
}

Result<std::vector<model::Designee>> read_lists(const std::vector<std::string>& paths,
                                                const std::vector<pack::SourceCard>& cards,
                                                std::vector<ListRead>* reads) {
    const auto entries = TRY(read_list_entries(paths, cards, reads));
    std::vector<model::Designee> out;
    out.reserve(entries.size());
    for (const model::ListEntry& entry : entries) out.push_back(model::designee_of(entry));
    return out;
}

}  // namespace icosa::ingest
