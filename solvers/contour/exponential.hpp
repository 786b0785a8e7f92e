#pragma once

#include <complex>
#include <optional>

#include "solvers/contour/resolvent.hpp"
#include "solvers/time/progress_guard.hpp"
#include "solvers/time/stepper.hpp"

namespace poultice::solvers {

/// Steps of any length through the rational exponential of Cram: eight resolvents each. For linear systems
/// whose spectrum lies on or near the negative real axis; exact to some 1e-15 of the amounts there, and of
/// what a forcing supplies. `system` must outlive it.
class Exponential final : public Stepper {
 public:
  Exponential(const core::System& system, const Limits& limits)
      : system_(system), guard_(limits), state_(system.n_rows(), system.width()) {}

  void start(double time, core::LaneView state, double stop) override;
  /// The same with another forcing [row][lane], mol/s, than the system's, which must stay alive.
  void start(double time, core::LaneView state, core::LaneView forcing);
  void advance(double time, core::LaneSpan state) override;
  /// To the stop, in one step; the last state that advance made is where interpolate starts from.
  double step() override { return stop_; }
  void interpolate(const double* times, core::LaneSpan state) override;
  [[nodiscard]] Work work() const override { return work_; }

 private:
  void check_time();
  void step(double length);
  template <class Access>
  void add_pole(const Access& access, core::Index n_lanes, const ComplexPack& z, const ComplexPack& forced,
                const ComplexPack& factor, core::LaneView from, core::LaneSpan to);

  const core::System& system_;
  ProgressGuard guard_;
  core::LaneArray state_;
  std::optional<Resolvent> resolvent_;
  double time_ = 0.0, stop_ = 0.0;
  Work work_;
};

}  // namespace poultice::solvers
