/// What could answer a signal, in words of both languages.
#pragma once

#include <string>
#include <vector>

#include "model/findings.hpp"
#include "model/options.hpp"
#include "pack/toml.hpp"

namespace icosa::brief {

struct PrincipleLine {
    std::string principle;
    bool passed = false;
    pack::Title why;
};

struct OptionLine {
    model::OptionKind kind = model::OptionKind::Instrument;
    std::vector<std::string> ids;
    pack::Title title;
    std::string basis;    ///< article or resolution
    pack::Title does;
    pack::Title reach;    ///< whom it reaches, who would have to join
    pack::Title consent;  ///< who must agree
    pack::Title refuse;   ///< who could refuse
    pack::Title failed;   ///< how the like failed before
    pack::Title precedent;
    std::vector<PrincipleLine> principles;
};

struct ResponseLines {
    std::string signal;
    pack::Title subject;
    pack::Title matter;
    model::Grade grade = model::Grade::Note;
    bool armed_groups = false;
    std::vector<OptionLine> options;
    pack::Title none;  ///< why there is no option
};

}  // namespace icosa::brief
