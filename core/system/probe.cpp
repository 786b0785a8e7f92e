#include "core/system/probe.hpp"

#include <algorithm>

#include "core/system/lane_loop.hpp"

namespace poultice::core {

void Probe::evaluate(LaneView vector, LaneSpan out) const {
  std::fill_n(out.data(), out.size(), 0.0);
  for (const auto& [point, row, weight] : entries) {
    const double* w = weight[0];
    const double* amount = vector[row];
    double* sum = out[point];
    for_lanes(out.width(), [&](Index lane) { sum[lane] += w[lane] * amount[lane]; });
  }
}

}  // namespace poultice::core
