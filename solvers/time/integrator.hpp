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
  /// Of a stretch that differs from lane to lane, [lane]: which of the times lie within that lane's, from
  /// `first` on and before `last`. What `out` then holds of other times means nothing.
  std::span<const core::Index> first{}, last{};
  double spacing = 0.0;  ///< [s]; of such a stretch, whose times are multiples of it
};

/// A stretch of time, between two events, in which the settings of a system hold.
struct Stretch {
  double begin, end;  ///< [s]; where lanes differ, of the first to begin and the last to end
  std::span<const Look> looks;
  std::span<const double> begins{}, ends{};  ///< [lane], s; empty where all lanes share begin and end

  [[nodiscard]] bool is_shared() const noexcept { return begins.empty(); }
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
