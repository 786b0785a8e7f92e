#include "core/system/probe.hpp"

#include <algorithm>

#include "core/system/lane_loop.hpp"

namespace poultice::core {

void Probe::add(Index point, Index row, const LaneArray& weight) {
  if (weights.rows() == 0) weights = LaneArray(0, weight.width());
  const Index last = weights.rows() - 1, width = weight.width();
  if (last < 0 || !std::equal(weight[0], weight[0] + width, weights[last]))
    std::copy_n(weight[0], width, weights[weights.append()]);
  entries.push_back({point, row, weights.rows() - 1});
}

void Probe::evaluate(LaneView vector, LaneSpan out) const {
  std::fill_n(out.data(), out.size(), 0.0);
  for (const auto& [point, row, weight] : entries) {
    const double* w = weights[weight];
    const double* amount = vector[row];
    double* sum = out[point];
    for_lanes(out.width(), [&](Index lane) { sum[lane] += w[lane] * amount[lane]; });
  }
}

}  // namespace poultice::core
