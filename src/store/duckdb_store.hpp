/// The store in one DuckDB file: opening, appending, asking.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "store/duck.hpp"
#include "store/intake.hpp"
#include "store/known_identities.hpp"
#include "store/question.hpp"
#include "store/store.hpp"

namespace icosa::store {

class DuckdbStore final : public Store {
public:
    [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::string& path, Access access, int threads);
    ~DuckdbStore() override;

    Result<Receipt> append(const Incoming& file, const Pull& pull, const Close& close, int threads) override;
    Result<std::optional<model::FileRecord>> file_with(std::string_view digest) override;
    Result<bool> has_file_of_size(std::int64_t bytes) override;
    Result<std::vector<Group>> aggregate(const model::Select& select, std::string_view source, Day as_of) override;
    Result<std::vector<Value>> scan(const model::Select& select, std::string_view source, Day as_of) override;
    Result<Ballots> ballots(const model::Select& select, std::string_view source, Day as_of) override;
    Result<std::vector<EventPoint>> points(const model::Select& select, std::string_view source, Day as_of) override;
    Result<CountedRows> counted(const model::Select& select, std::string_view source, Day as_of,
                                const std::vector<std::string>& units) override;
    Result<std::vector<model::ParticipationAct>> actions(std::string_view system, std::string_view instrument,
                                                         Day as_of) override;
    Result<std::vector<Covered>> coverage(std::string_view source, Day as_of) override;
    Result<std::vector<Trace>> lineage(const model::Select& select, std::string_view source, Day as_of,
                                       const std::vector<Key>& keys, int most) override;
    Result<void> put_dimension(const std::vector<CodePlace>& codes, const Locator& locator,
                               std::string_view digest) override;
    void set_doubter(const Doubter& doubter) override { doubter_ = doubter; }
    Result<Omitted> omitted(const model::Select& select, std::string_view source, Day as_of) override;
    Result<void> doubted_events(std::string_view source, Day as_of,
                                const std::function<void(const DoubtedEvent&)>& visit) override;
    Result<std::vector<model::FileRecord>> files() override;
    Result<void> withdraw(const std::vector<std::int32_t>& files, Day day, Withdrawal what) override;
    Result<std::vector<PlaceNaming>> odd_namings(std::string_view source, std::int32_t file) override;
    Result<std::vector<RejectRow>> rejects(std::string_view source, std::int64_t most) override;
    Result<bool> is_pseudo_real_time(std::string_view source, Day as_of) override;
    Result<void> export_records(std::string_view source, model::RecordKind records, Day as_of,
                                const std::function<void(const std::vector<std::string>&)>& row) override;
    Result<void> details(std::string_view source, model::RecordKind kind, Day as_of,
                         const std::function<void(const std::string& path, const model::Detail&)>& visit) override;
    Result<std::vector<ListEdition>> list_editions(std::string_view source) override;
    Result<std::vector<model::ListEntry>> list_entries(const ListEdition& edition) override;
    model::TermTable& terms() override { return terms_; }

private:
    DuckdbStore(duck::Connection connection, Access access) : connection_(std::move(connection)), access_(access) {}

    // duckdb_append.cpp
    struct Draft;  ///< a file on its way in
    Result<Receipt> append_within(Draft& draft);
    Result<void> look_ahead(Draft& draft);
    Result<void> insert_records(Draft& draft);
    Result<void> drop_repeats(Draft& draft);
    Result<void> note_revisions(Draft& draft);
    Result<void> refuse_second_count(const Draft& draft);
    Result<void> write_file(Draft& draft);
    Result<void> write_details(const Draft& draft);
    Result<std::string> rows_known(const Draft& draft);

    // duckdb_editions.cpp
    Result<void> compare_rows(Draft& draft);
    Result<void> supersede_equal(Draft& draft, const std::string& files);
    Result<void> note_superseded(Draft& draft);
    static Result<void> check_lost(const Draft& draft);
    Result<void> note_holding(Draft& draft);
    Result<void> supersede_named(Draft& draft);
    Result<void> supersede_days(Draft& draft, std::int32_t newer, std::int32_t older);
    Result<void> supersede_lost(Draft& draft, std::int32_t newer, std::int32_t older);
    Result<std::vector<std::int32_t>> withdrawn_by(Day day);
    Result<void> write_terms();
    Result<void> write_located(std::int32_t file, const std::vector<Located>& located);

    // duckdb_store.cpp
    Result<void> load_terms();
    Result<std::vector<model::FileRecord>> files_where(const std::string& condition,
                                                       std::initializer_list<duck::Parameter> parameters);
    /// Where the tables of codes, cells and terms stand that this session writes.
    [[nodiscard]] const char* catalog() const { return located_here_ ? "temp" : nullptr; }
    Result<void> write_dimension(const std::vector<CodePlace>& codes, std::string_view digest);

    // duckdb_doubt.cpp
    /// Which places lie beside one another.
    Result<void> open_neighbours();
    /// Answers of all events of the sources that have rules, written anew.
    Result<void> write_doubts();
    /// Those of a file on its way in, and of earlier rows that its rows tell again or are told by.
    Result<void> doubt_file(const Draft& draft);
    Result<void> write_answers(const model::Doubts& doubts, const std::string& rows, const std::string& alike);
    Result<void> score_answers(std::string_view source);
    Result<Scope> scope_of(const model::Select& select, std::string_view source, Day as_of);

    // duckdb_read.cpp
    /// Asked of the tables once for each, as long as nothing is written.
    Result<Visibility> visibility(std::string_view source, model::RecordKind kind, Day as_of);
    Result<Visibility> visibility_asked(std::string_view source, model::RecordKind kind, Day as_of);
    Result<std::vector<Visibility::Published>> published_by(std::string_view source, model::RecordKind kind,
                                                            const Visibility& seen);
    Result<bool> is_revised(std::string_view source, model::RecordKind kind);
    /// The tables `code` (which place a term means, within which days) and `label` (a term in words) of this session.
    Result<void> open_code_book();
    Result<void> open_one_place();
    Result<Question> question(const model::Select& select, std::string_view source, Day as_of);

    duck::Connection connection_;
    Access access_;
    Intake intake_;
    KnownIdentities known_;
    std::map<std::tuple<std::string, model::RecordKind, Day>, Visibility> visible_;  ///< until something is written
    model::TermTable terms_;
    std::optional<Locator> locator_;
    std::optional<Doubter> doubter_;
    bool code_book_is_open_ = false;
    bool one_place_is_open_ = false;
    bool located_here_ = false;  ///< codes and cells of this session stand in temporary tables
};

}  // namespace icosa::store
