/// A search in an index of names: the few that come nearest to a name that is asked.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "methods/names/align.hpp"
#include "methods/names/index.hpp"

namespace icosa::methods::names {

/// What speaks for and against in view of a whole list.
enum class ListFeature : std::uint8_t {
    Said,  ///< nats of the words that met, times their likeness, beyond ln(bearers): below 0 chance says as much
    SaidLeast,  ///< 1 / (1 + those): little said weighs more than its share
    LeftBoth,  ///< nats that met nothing, on that side where they are fewer
    LeftShare,  ///< nats that met nothing as a share of their name, on that side where it is greater
    Unlike,  ///< nats lost by spellings that differ
    EditCost,  ///< weighted edits a letter
    BrokenOrder,  ///< 1: three words or more met in another order
    Conflict,  ///< patronymics, initials, father and son, numbers, forms that differ
    Count
};
inline constexpr std::size_t list_feature_count = static_cast<std::size_t>(ListFeature::Count);
using ListFeatures = std::array<double, list_feature_count>;

struct SearchHit {
    std::uint32_t name = 0;  ///< number in the index
    double probability = 0;
    ListFeatures features{};
    Alignment alignment = {};
    bool is_same = false;  ///< word for word, nothing left over: told whatever the probability
    /// Two words or more were asked, and each is a word of the longer name, where chance would seldom have it so: told
    /// too.
    bool is_within = false;
};

/// Words of an index near to a word that is asked. What was found out once is kept, for all threads; what is kept never
/// changes what is found.
class NearWords {
public:
    struct Near {
        std::uint32_t word;
        float likeness;
    };
    explicit NearWords(const NameIndex& index) : index_(index) {}
    /// Of a likeness of 0.7 or more, by number. is_joined: two words that are asked as one.
    [[nodiscard]] std::shared_ptr<const std::vector<Near>> of(const NameToken& token, bool is_joined);

private:
    [[nodiscard]] std::vector<Near> found(const NameToken& token, bool is_joined) const;

    struct Shelf {
        std::mutex lock;
        std::unordered_map<std::string, std::shared_ptr<const std::vector<Near>>> kept;
    };
    const NameIndex& index_;
    std::array<Shelf, 32> shelves_;
};

/// One for each thread; `near` may be shared.
class NameSearch {
public:
    NameSearch(const NameIndex& index, NearWords& near);

    /// The best hits, best first: of each bearer its best name; at most `most`, of a probability of `least` or more, or
    /// the same word for word.
    ///
    /// out   ties by number of the name
    /// cost  some 20 us for a name that nobody has, 100 us where many come near; bounded: at most 20 words are looked
    ///       for, 100,000 places of common words are read, 24 names compared in full
    [[nodiscard]] std::vector<SearchHit> find(const FoldedName& asked, double least, std::size_t most);

private:
    struct Sum {
        float said = 0;
        std::uint32_t round = 0;
        std::uint32_t token = 0;  ///< the last asked word that added, so that it adds once
        float of_token = 0;
    };
    [[nodiscard]] double promise_of(double said, double whole_asked, double whole_listed) const;
    void add_places(const std::vector<NearWords::Near>& near, float weight, std::uint32_t number);
    [[nodiscard]] SearchHit judged(const FoldedName& asked, std::span<const float> weights, std::uint32_t name) const;

    const NameIndex& index_;
    NearWords& near_;
    std::vector<Sum> sums_;
    std::vector<std::uint32_t> touched_;
    std::vector<float> whole_;  ///< of each name of the index, its weights together
    std::uint32_t round_ = 0;
    std::size_t places_read_ = 0;
    double nats_of_bearers_ = 0;
};

}  // namespace icosa::methods::names
