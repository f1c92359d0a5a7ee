/// Rows to the library and back.
#include "forecast/event_booster.hpp"

#include <limits>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <xgboost/c_api.h>

namespace icosa::forecast {
namespace {

struct FreeMatrix {
    void operator()(void* rows) const { XGDMatrixFree(rows); }
};
using Matrix = std::unique_ptr<void, FreeMatrix>;

std::unexpected<Error> library_fault() {
    return fail(Fault::Data, "no-booster", {}, fmt::format("the boosting library says: {}", XGBGetLastError()),
                "ask for another outcome or panel");
}

Result<Matrix> matrix_of(std::span<const float> values, std::size_t rows, std::span<const float> margins) {
    DMatrixHandle out = nullptr;
    if (XGDMatrixCreateFromMat(values.data(), rows, values.size() / rows, std::numeric_limits<float>::quiet_NaN(), &out)
        != 0)
        return library_fault();
    Matrix matrix(out);
    if (XGDMatrixSetFloatInfo(out, "base_margin", margins.data(), margins.size()) != 0) return library_fault();
    return matrix;
}

}  // namespace

void EventBooster::Free::operator()(void* booster) const { XGBoosterFree(booster); }

Result<EventBooster> EventBooster::fit(const methods::EventExamples& examples, std::span<const float> margins,
                                       const EventBoosterOptions& options) {
    const Matrix rows = TRY(matrix_of(examples.values, examples.size(), margins));
    if (XGDMatrixSetFloatInfo(rows.get(), "label", examples.happened.data(), examples.size()) != 0
        || XGDMatrixSetFloatInfo(rows.get(), "weight", examples.weight.data(), examples.size()) != 0)
        return library_fault();
    const DMatrixHandle learned_from[] = {rows.get()};
    BoosterHandle handle = nullptr;
    if (XGBoosterCreate(learned_from, 1, &handle) != 0) return library_fault();
    EventBooster out;
    out.booster_.reset(handle);
    const std::pair<const char*, std::string> parameters[] = {
        {"objective", "binary:logistic"},
        {"max_depth", std::to_string(options.depth)},
        {"eta", fmt::format("{}", options.rate)},
        {"tree_method", "hist"},
        {"max_bin", "64"},
        {"nthread", "1"},
        {"seed", "1"},
        {"subsample", "0.5"},
        {"colsample_bytree", "0.3"},
        {"min_child_weight", std::to_string(options.smallest_leaf)},
        {"num_parallel_tree", std::to_string(options.trees_a_round)},
        {"lambda", "10"},
        {"verbosity", "0"}};
    for (const auto& [name, value] : parameters) {
        if (XGBoosterSetParam(handle, name, value.c_str()) != 0) return library_fault();
    }
    for (int round = 0; round < options.rounds; ++round) {
        if (XGBoosterUpdateOneIter(handle, round, rows.get()) != 0) return library_fault();
    }
    return out;
}

Result<std::vector<double>> EventBooster::logits(std::span<const float> values, std::size_t rows,
                                                 std::span<const float> margins) const {
    if (rows == 0) return std::vector<double>{};
    constexpr int as_margin = 1;
    const Matrix matrix = TRY(matrix_of(values, rows, margins));
    bst_ulong length = 0;
    const float* said = nullptr;
    if (XGBoosterPredict(booster_.get(), matrix.get(), as_margin, 0, 0, &length, &said) != 0 || length != rows)
        return library_fault();
    return std::vector<double>(said, said + length);
}

}  // namespace icosa::forecast
