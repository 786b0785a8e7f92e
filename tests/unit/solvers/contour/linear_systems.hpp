#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/system/system.hpp"
#include "solvers/contour/contour.hpp"
#include "solvers/time/cvode.hpp"
#include "solvers/time/stepping.hpp"
#include "tests/support/random_matrix.hpp"

/// Linear systems of any matrix, and what integrators make of them.
namespace poultice::solvers::testing {

using core::Index;
using core::LaneArray;

/// A term whose matrix and forcing a function fills in.
class AnyTerm final : public core::LinearTerm {
 public:
  using Fill = std::function<void(core::RateMatrix&, core::LaneSpan)>;
  explicit AnyTerm(Fill fill) : LinearTerm("any", core::TermKind::reaction), fill_(std::move(fill)) {}
  void assemble(core::LaneView, core::RateMatrix& matrix, core::LaneSpan forcing) const override {
    fill_(matrix, forcing);
  }

 private:
  Fill fill_;
};

[[nodiscard]] inline std::unique_ptr<core::System> system_of(core::StateLayout layout, Index width,
                                                             AnyTerm::Fill fill) {
  auto system = std::make_unique<core::System>(std::move(layout), width);
  system->add(std::make_unique<AnyTerm>(std::move(fill)));
  system->set_controls(LaneArray(0, width).view());
  return system;
}

/// An observation of every row by itself.
class AllRows {
 public:
  explicit AllRows(const core::System& system, bool of_rate = false) : what_(system.width()) {
    probe_.of_rate = of_rate;
    probe_.n_points = system.n_rows();
    for (Index row = 0; row < system.n_rows(); ++row) probe_.add(row, row, LaneArray(1, system.width(), 1.0));
    what_.add(probe_);
  }
  AllRows(const AllRows&) = delete;
  AllRows& operator=(const AllRows&) = delete;
  [[nodiscard]] const Observation& what() const { return what_; }

 private:
  core::Probe probe_;
  Observation what_;
};

[[nodiscard]] inline std::unique_ptr<Integrator> cvode(core::System& system, double tolerance) {
  return make_stepping(system,
                       make_cvode(system, {tolerance, LaneArray(1, system.width(), 1e-3 * tolerance)}, {}));
}

[[nodiscard]] inline std::unique_ptr<Integrator> contour(core::System& system) {
  return make_contour(system, {}, cvode(system, 1e-10));
}

/// The state at `times` (rising), from `state` at time zero; or its rate.
[[nodiscard]] inline std::vector<LaneArray> states_at(Integrator& integrator, const core::System& system,
                                                      const LaneArray& state,
                                                      const std::vector<double>& times,
                                                      bool of_rate = false) {
  const AllRows rows(system, of_rate);
  const Index n = system.n_rows();
  LaneArray seen(static_cast<Index>(times.size()) * n, system.width()), now = state;
  const std::vector<Look> looks{{&rows.what(), times, seen.span()}};
  integrator.integrate({0.0, times.back(), looks}, now.span());
  std::vector<LaneArray> all;
  for (Index i = 0; i < static_cast<Index>(times.size()); ++i) {
    all.emplace_back(n, system.width());
    std::copy_n(seen[i * n], n * system.width(), all.back().span().data());
  }
  return all;
}

/// first, first * step, …: `count` times.
[[nodiscard]] inline std::vector<double> geometric(double first, double last, int count) {
  std::vector<double> times;
  for (int i = 0; i < count; ++i) times.push_back(first * std::pow(last / first, i / (count - 1.0)));
  times.back() = last;
  return times;
}

[[nodiscard]] inline double largest_difference(const LaneArray& a, const LaneArray& b) {
  double worst = 0.0;
  for (Index i = 0; i < a.view().size(); ++i)
    worst = std::max(worst, std::abs(a.view().data()[i] - b.view().data()[i]));
  return worst;
}

}  // namespace poultice::solvers::testing
