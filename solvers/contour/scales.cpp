#include "solvers/contour/scales.hpp"

#include <algorithm>
#include <cmath>

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {

using core::Index;

core::LaneArray dose_of(core::LaneView start, core::LaneView forcing, double length) {
  core::LaneArray dose(1, start.width());
  double* sum = dose[0];
  for (Index row = 0; row < start.rows(); ++row) {
    const double* there = start[row];
    const double* comes = forcing[row];
    core::for_lanes(start.width(),
                    [&](Index lane) { sum[lane] += std::abs(there[lane]) + length * std::abs(comes[lane]); });
  }
  return dose;
}

core::LaneArray scales_of(const Observation& what, const core::LaneArray& dose) {
  core::LaneArray scales(what.n_values(), dose.width());
  for (const auto* entries : {&what.of_state(), &what.of_rate()})
    for (const auto& [value, row, weight] : *entries) {
      double* scale = scales[value];
      const double* w = weight;
      core::for_lanes(dose.width(),
                      [&](Index lane) { scale[lane] = std::max(scale[lane], std::abs(w[lane])); });
    }
  for (Index value = 0; value < scales.rows(); ++value)
    core::for_lanes(dose.width(), [&](Index lane) { scales(value, lane) *= dose(0, lane); });
  return scales;
}

}  // namespace poultice::solvers
