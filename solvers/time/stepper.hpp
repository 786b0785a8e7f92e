#pragma once

#include <atomic>
#include <chrono>

#include "core/system/system.hpp"
#include "solvers/time/work.hpp"

namespace poultice::solvers {

/// How exactly to integrate, and when to give up.
struct Tolerances {
  double relative = 1e-6;
  core::LaneArray absolute;  ///< [1][lane], mol, for every row
};

struct Limits {
  double max_wall_seconds = 600.0;
  long max_steps = 1'000'000;
  /// Set from outside (a signal, a notebook) to stop the run; may be null.
  const std::atomic<bool>* stop = nullptr;
};

/// Carries the state of one block forward in steps of its own choice. Nothing happens on its own: the caller
/// starts it anew after each change of state or settings.
class Stepper {
 public:
  virtual ~Stepper() = default;
  /// Begins at `time` [s] from `state` [row][lane]; the system's settings hold until `stop` [s], which is
  /// never stepped over.
  virtual void start(double time, core::LaneView state, double stop) = 0;
  /// The state at `time`, which lies between the last call's and `stop`. Throws IntegrationError,
  /// Interrupted.
  virtual void advance(double time, core::LaneSpan state) = 0;
  /// Takes one step of its own choice; returns where it ends, `stop` at the latest. Throws as advance does.
  virtual double step() = 0;
  /// The state of each lane at a time of its own [lane], within the last step.
  virtual void interpolate(const double* times, core::LaneSpan state) = 0;
  [[nodiscard]] virtual Work work() const = 0;
};

}  // namespace poultice::solvers
