#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/system/system.hpp"
#include "solvers/time/cvode.hpp"

/// Small systems of compartments for tests of time integration.
namespace poultice::solvers::testing {

using core::Index;
using core::LaneArray;

/// Compartments "c0", "c1", … and as many totals "a0", ….
[[nodiscard]] inline core::StateLayout compartments(Index count, Index totals = 0) {
  core::StateLayout layout;
  for (Index i = 0; i < count; ++i) layout.add_compartment("c" + std::to_string(i));
  for (Index i = 0; i < totals; ++i) static_cast<void>(layout.accumulator("a" + std::to_string(i)));
  layout.finish();
  return layout;
}

/// Any rate of one row, given by a function of time and the state of the lane's rows, with its slope in one
/// row.
class FunctionTerm final : public core::NonlinearTerm {
 public:
  using Function = std::function<double(double time, double x)>;
  FunctionTerm(Index row, Function rate, Function slope)
      : NonlinearTerm("function", core::TermKind::reaction),
        row_(row),
        rate_(std::move(rate)),
        slope_(std::move(slope)) {}
  void add_rates(const double* time, core::LaneView, core::LaneView state,
                 core::LaneSpan rate) const override {
    for (Index lane = 0; lane < rate.width(); ++lane)
      rate(row_, lane) += rate_(time[lane], state(row_, lane));
  }
  void add_jacobian(const double* time, core::LaneView, core::LaneView state,
                    core::RateMatrix& matrix) const override {
    LaneArray slope(1, matrix.width());
    for (Index lane = 0; lane < matrix.width(); ++lane)
      slope(0, lane) = slope_(time[lane], state(row_, lane));
    matrix.add(row_, row_, slope[0]);
  }

 private:
  Index row_;
  Function rate_, slope_;
};

[[nodiscard]] inline Tolerances tolerances(double relative, double absolute, Index width) {
  return {relative, LaneArray(1, width, absolute)};
}

/// The state at `times` (rising), from `state` at time zero.
[[nodiscard]] inline std::vector<LaneArray> follow(Stepper& integrator, const LaneArray& state,
                                                   const std::vector<double>& times) {
  integrator.start(0.0, state.view(), times.back());
  std::vector<LaneArray> all;
  for (const double time : times) {
    all.emplace_back(state.rows(), state.width());
    integrator.advance(time, all.back().span());
  }
  return all;
}

}  // namespace poultice::solvers::testing
