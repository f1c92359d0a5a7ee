/// What else is known of somebody, held against what a list says: birth, documents, nationality.
#pragma once

#include <string>
#include <vector>

#include "model/designee.hpp"

namespace icosa::screen {

/// Whom a user asks about. What is not known stays empty.
struct Asked {
    std::string name;
    model::BirthDate born = {};
    std::string document = {};     ///< number of a passport or other document
    std::string nationality = {};  ///< compared and told, never counted
};

/// How the identifiers that both sides have agree.
struct IdentifierCheck {
    std::vector<std::string> differing;  ///< "born 1961-02-03, listed 1965"
    std::vector<std::string> agreeing;
    double log_odds = 0;                 ///< what birth and documents add; nationality adds nothing
};

/// Holds birth and document against all that the list gives.
///
///     born     the same day +4; the same year, or within the listed years, +1.5; day and month swapped, or one digit
///     of
///              the date another, 0; else -2.5, where the list's date is approximate -1
///     document the same number +8; one digit another +1; else 0: people have more than one
///
/// dif   set after [fellegi1969], not fitted: ln of how often agreement holds for one bearer over how often by chance
/// (a
///       day 1 in 20,000, a year 1 in 50), kept low since lists err; nationality is told where it differs and is never
///       counted
[[nodiscard]] IdentifierCheck check_identifiers(const Asked& asked, const model::Designee& listed);

}  // namespace icosa::screen
