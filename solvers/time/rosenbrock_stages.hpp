#pragma once

#include <vector>

#include "core/system/system.hpp"
#include "solvers/linear/bordered_solver.hpp"
#include "solvers/time/progress_guard.hpp"
#include "solvers/time/rosenbrock_tableau.hpp"
#include "solvers/time/work.hpp"

namespace poultice::solvers {

/// Computes the stage vectors U_i of a Rosenbrock step for a block, by a tableau, or for a linear system by a
/// chain of solves. Allocates nothing after construction but the first Jacobian's pattern.
class RosenbrockStages {
 public:
  enum class Outcome { done, not_finite, must_end };

  RosenbrockStages(const core::System& system, const RosenbrockTableau& tableau, ProgressGuard& guard,
                   Work& work);

  /// The system's settings have changed.
  void renew();
  /// Takes over where steps are tried from, until the next call; `step` [s] is about as long as they will be.
  [[nodiscard]] Outcome prepare(double time, core::LaneView state, double step);
  /// U_i for a step [s] from there.
  [[nodiscard]] Outcome compute(double step);
  [[nodiscard]] core::LaneView stage(std::size_t i) const { return stages_[i].view(); }
  /// The rate of change, checked and counted.
  [[nodiscard]] Outcome rates(double time, core::LaneView state, core::LaneSpan rate);

 private:
  [[nodiscard]] Outcome compute_chain(double step);
  [[nodiscard]] Outcome compute_tableau(double step);
  void factor(double step);
  void solve(core::LaneArray& x);
  void set_argument(std::size_t i);
  void set_right_side(std::size_t i, double step);

  const core::System& system_;
  const RosenbrockTableau& tableau_;
  ProgressGuard& guard_;
  Work& work_;
  BorderedSolver solver_;
  core::RateMatrix store_;
  const core::RateMatrix* jacobian_ = nullptr;
  double factored_step_ = 0.0;  // of the factors at hand; 0 if none
  bool has_forcing_ = false;    // any rate that does not depend on the state
  bool depends_on_time_ = false;
  double time_ = 0.0;
  core::LaneView state_;
  std::vector<core::LaneArray> stages_;
  core::LaneArray first_rate_, time_slope_, argument_, rate_;
};

}  // namespace poultice::solvers
