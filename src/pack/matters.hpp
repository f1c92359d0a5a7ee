/// Matters: what a warning may be about, and which instruments, bodies and programmes could answer it, with what each
/// asks of whom; the tests of principles that every option must pass or be marked by. packs/options.toml.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// How an option answers.
enum class OptionForm : std::uint8_t {
    Duty,       ///< an instrument: what its parties have bound themselves to
    Talks,      ///< a body in which parties may speak; binds nobody to an outcome
    Judgement,  ///< a court or panel, by consent
    Mandate,    ///< an operation or a binding decision
    Capacity,   ///< training, funds, expertise
};
inline constexpr std::string_view option_form_names[] = {"duty", "talks", "judgement", "mandate", "capacity"};

/// How the like failed before in these places; told from its day on.
struct Failure {
    std::vector<std::string> places;
    Day day = no_day;
    Title what;
    std::string source;
};

/// What an entry of the catalogue could do about a matter.
struct Answering {
    std::string id;     ///< of an instrument or a mechanism
    OptionForm form = OptionForm::Duty;
    std::string basis;  ///< the article or resolution that it rests on
    Title does;         ///< "obliges its parties to ..."
    Title consent;      ///< who must agree
    Title refuse;       ///< who could refuse; empty = nobody beside those who must agree
    Day since = no_day;  ///< from which day on the body, or what it rests on, has been there
    std::vector<Failure> failures;
    std::string binds;  ///< a set whose members are all bound by it, whatever acts are on record: "un-members"
    bool seats_all = false;  ///< a body open to any party, member or not: good offices
    Where where;
};

struct Matter {
    std::string id;
    Title title;                      ///< "people killed in organised violence"
    std::vector<std::string> counts;  ///< measures of packs/measures.toml
    std::vector<std::string> seen_by;  ///< of `counts`: those that are violence itself; then the matter is told only
                                       ///< where one of them is observed or forecast
    std::vector<std::string> between;  ///< of `counts`: those of which a signal on two states makes each a party to
                                       ///< what goes on with the other
    bool armed_groups = false;  ///< parties without a seat take part: groups that are no states
    std::string like;  ///< an outcome whose figures make past situations comparable; "" = none
    double least = 0;  ///< of them in the outcome's months, for a past situation
    double fall = 0.5;  ///< "was followed by a fall": at most so much of the months before
    std::vector<Answering> answers;  ///< in order of the file
    std::vector<std::string> sections;  ///< areas whose other kinds of signal are looked for at the same place
    Where where;
};

/// What a principle asks of an option.
enum class PrincipleQuestion : std::uint8_t {
    Seats,  ///< has every party concerned a seat?
    Consent,  ///< is the state concerned bound by it, or has it agreed?
    Basis,  ///< is an article or resolution named?
    Minimum,  ///< is no party below what it has stated as its minimum?
    Coercion,  ///< does it come without force and without sanctions?
    OtherKinds,  ///< does it speak to the other kinds of threat at the place?
};
inline constexpr std::string_view principle_question_names[] = {"seats",   "consent",  "basis",
                                                                "minimum", "coercion", "other-kinds"};

/// The test of a principle; slots of the texts: {who}, {basis}, {kinds}.
struct PrincipleTest {
    std::string principle;  ///< a section of the framework: "II.2"
    PrincipleQuestion asks = PrincipleQuestion::Seats;
    Title passed;
    Title marked;
    Where where;
};

struct Matters {
    std::string source;  ///< from what the facts of the file were written down
    Day reviewed = no_day;
    std::vector<Matter> all;
    std::vector<PrincipleTest> tests;

    /// The matter that a measure belongs to; null = none.
    [[nodiscard]] const Matter* of_measure(std::string_view measure) const;
    [[nodiscard]] const Matter* find(std::string_view id) const;
};

/// Faults: a measure in two matters, an answer without basis, a principle tested twice.
[[nodiscard]] Matters parse_matters(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
