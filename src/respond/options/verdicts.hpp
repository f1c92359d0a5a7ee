/// Every principle's test of an option: passed, or marked with who or what is in the way.
#pragma once

#include <vector>

#include "model/options.hpp"
#include "respond/options/ground.hpp"

namespace icosa::respond {

/// What the tests ask about beside whom an option reaches.
struct Traits {
    pack::OptionForm form = pack::OptionForm::Duty;
    std::string basis;
    bool may_force = false;   ///< a mandate that may use force, a body that may decide sanctions
    bool seats_all = false;   ///< every party may take part, member or not
    bool host_agrees = true;  ///< of a mandate: has the host given its consent, without reserve?
    std::vector<std::string> speaks_to;  ///< sections of the framework that the catalogue ties it to
};

/// One verdict a test whose principle the framework has, in order of the tests.
[[nodiscard]] std::vector<model::PrincipleVerdict> verdicts_on(const model::Option& option, const Traits& traits,
                                                               const pack::Matter& matter,
                                                               const std::vector<std::string>& states,
                                                               const Ground& ground);

}  // namespace icosa::respond
