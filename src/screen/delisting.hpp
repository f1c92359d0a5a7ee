/// Whom somebody can turn to who thinks that a list names them wrongly.
#pragma once

#include <string_view>

#include "model/designee.hpp"

namespace icosa::screen {

/// The channel of the list, and within the UN's of the regime; "" where none is known.
///
/// src   S/RES/1730 (2006) the Focal Point; S/RES/1904 (2009) the Ombudsperson, of ISIL (Da'esh) and Al-Qaida alone;
///       31 CFR 501.807; Sanctions and Anti-Money Laundering Act 2018 (UK), section 23
[[nodiscard]] std::string_view delisting_channel(const model::Designee& listed);

/// "national measure" of lists that one state keeps; "" of the Council's.
[[nodiscard]] std::string_view list_standing(const model::Designee& listed);

}  // namespace icosa::screen
