/// Waits for what another process holds: the only place that does.
#pragma once

#include <functional>
#include <memory>

#include "base/result.hpp"
#include "cli/command.hpp"
#include "store/store.hpp"

namespace icosa::cli {

using Opened = Result<std::unique_ptr<store::Store>>;

/// Tries again while another process holds the store, for `common.wait` seconds at most, and says once that it waits.
[[nodiscard]] Opened when_free(const Common& common, const std::function<Opened()>& open);

/// The same of any attempt: true once it does, false when the time is up. `who` says what holds it.
[[nodiscard]] bool succeeds_within(int seconds, const std::function<bool()>& attempt,
                                   const std::function<void()>& on_wait);

}  // namespace icosa::cli
