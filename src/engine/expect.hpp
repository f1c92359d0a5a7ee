/// What a pack expects of its watches: a series drawn as text with a caret where a signal must stand, or a finding on a
/// day.
#pragma once

#include "engine/engine.hpp"

namespace icosa::engine {

/// Does the strip come out as drawn? Else the fault shows strip, wanted and found carets. `expect` must be a strip,
/// engine.strip not null.
[[nodiscard]] Result<void> run_strip(const Engine& engine, const pack::Watch& watch, const pack::Expect& expect);

/// Is the finding as expected: each of `signals` there ("subject/period", or "subject" for any period), none of
/// `silent`, and the `state`? A subject of parts ("cwc|europe") is also meant by its last part alone. The fault says
/// all that differs. `expect` must not be a strip.
[[nodiscard]] Result<void> check_expect(const model::WatchFinding& finding, const pack::Expect& expect);

}  // namespace icosa::engine
