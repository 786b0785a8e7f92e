#pragma once

#include <functional>
#include <string>
#include <vector>

#include "solvers/run/block.hpp"
#include "solvers/run/record.hpp"

namespace poultice::solvers {

/// The relative balance error above which a run has failed.
inline constexpr double largest_balance_error = 1e-6;

/// What a caller may watch and stop.
struct Watch {
  const std::atomic<bool>* stop = nullptr;
  /// Called now and then with the part of the duration that is done, 0 … 1.
  std::function<void(double)> progress{};
};

/// Sample times [s] of a scenario: every `output.every`, at each event, and at the end.
[[nodiscard]] std::vector<double> sample_times(const core::Scenario& scenario);
/// Times [s] of profiles: every `output.profiles_every`, at each event, and at the end.
[[nodiscard]] std::vector<double> profile_times(const core::Scenario& scenario);

/// Takes a block through its schedule: integrate to the next event or sample, sample, act, go on, and keep
/// the balance. Samples at an event's time are taken after it. Throws IntegrationError, also when the balance
/// at any sample is worse than `largest_balance_error`; Interrupted.
///
/// Where members' events happen at times of their own, each goes through its own stretches (see Record).
///
/// With `kept`, only probes of these names and those that headlines need are sampled; arrays of the others
/// are empty.
[[nodiscard]] Record simulate(Block& block, const Watch& watch = {},
                              const std::vector<std::string>* kept = nullptr);

}  // namespace poultice::solvers
