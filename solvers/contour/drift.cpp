#include "solvers/contour/drift.hpp"

#include <algorithm>
#include <cmath>

namespace poultice::solvers {

using core::Index;
using core::LaneArray;

namespace {

/// How much larger than what there is the steady state may be: so many digits are lost to it.
constexpr double largest_excess = 100.0;

}  // namespace

Drift drift_of(const core::System& system, core::LaneView start, double length) {
  const auto forcing = system.forcing();
  if (std::all_of(forcing.data(), forcing.data() + forcing.size(), [](double f) { return f == 0.0; }))
    return {};
  const Index n_rows = system.n_rows(), width = system.width();
  const LaneArray nothing(n_rows, width);
  Drift drift{true, nothing, nothing};
  Resolvent resolvent(system);
  // Not quite at zero, where cells that are cut off from everything would divide zero by zero.
  const double z = 1e-25 / length;
  for (Index lane = 0; lane < width; ++lane) {
    const ComplexPack at{in_all_lanes(z), {}}, one{in_all_lanes(1.0), {}};
    resolvent.solve(AcrossNodes{lane}, at, nothing.view(), one);
    double largest = 0.0, scale = 0.0;
    for (Index row = 0; row < n_rows; ++row) {
      scale = std::max(scale, std::abs(start(row, lane)) + std::abs(forcing(row, lane)) * length);
      if (system.layout().is_accumulator(row)) {
        drift.slope(row, lane) = resolvent.inflow(row).re[0] + forcing(row, lane);
        continue;
      }
      drift.steady(row, lane) = resolvent[row].re[0];
      if (!std::isfinite(drift.steady(row, lane))) return {};
      largest = std::max(largest, std::abs(drift.steady(row, lane)));
    }
    if (largest > largest_excess * scale) return {};
  }
  return drift;
}

}  // namespace poultice::solvers
