#pragma once

#include <span>

#include "solvers/time/observation.hpp"
#include "solvers/time/work.hpp"

namespace poultice::solvers {

/// Times at which to look at something on the way.
struct Look {
  const Observation* what;
  std::span<const double> times;  ///< [s], rising, after the stretch begins and not after it ends
  core::LaneSpan out;             ///< [sample * n_values + value][lane]
};

/// A stretch of time, between two events, in which the settings of a system hold.
struct Stretch {
  double begin, end;  ///< [s]
  std::span<const Look> looks;
};

/// Carries the state of one block from event to event. One works as well as the other within tolerance;
/// which is fastest depends on the system and on what is asked of it.
class Integrator {
 public:
  virtual ~Integrator() = default;
  /// Takes `state` [row][lane] from the beginning of the stretch to its end, and fills in what is looked at.
  /// The system's settings may have changed since the last call. Throws IntegrationError, Interrupted.
  virtual void integrate(const Stretch& stretch, core::LaneSpan state) = 0;
  [[nodiscard]] virtual Work work() const = 0;
};

}  // namespace poultice::solvers
