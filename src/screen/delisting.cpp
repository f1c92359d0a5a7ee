/// Whom somebody can turn to who thinks that a list names them wrongly.
#include "screen/delisting.hpp"

namespace icosa::screen {

std::string_view delisting_channel(const model::Designee& listed) {
    const std::string_view list = listed.list;
    if (list.starts_with("un"))
        return listed.regime == "isil-al-qaida"
            ? "UN Office of the Ombudsperson to the ISIL (Da'esh) and Al-Qaida Sanctions Committee"
            : "UN Focal Point for De-listing (resolution 1730), or through a state";
    if (list.starts_with("ofac"))
        return "petition for removal to the Office of Foreign Assets Control (31 CFR 501.807)";
    if (list.starts_with("uk"))
        return "request for variation or revocation to the Secretary of State (Sanctions and Anti-Money Laundering Act "
               "2018, section 23)";
    if (list.starts_with("ca"))
        return "application to the Minister of Foreign Affairs of Canada to be taken off the list";
    return "";
}

std::string_view list_standing(const model::Designee& listed) {
    return std::string_view(listed.list).starts_with("un") ? "" : "national measure";
}

}  // namespace icosa::screen
