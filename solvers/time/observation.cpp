#include "solvers/time/observation.hpp"

#include <algorithm>

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {

using core::Index;

Index Observation::add(const core::Probe& probe) {
  const Index first = n_values_;
  auto& entries = probe.of_rate ? of_rate_ : of_state_;
  for (const auto& [point, row, weight] : probe.entries) entries.push_back({first + point, row, weight[0]});
  n_values_ += probe.n_points;
  return first;
}

Index Observation::add(const core::Moiety& moiety) {
  for (const auto& [row, weight] : moiety.shares) {
    weights_.emplace_back(1, width_, weight);
    of_state_.push_back({n_values_, row, weights_.back()[0]});
  }
  return n_values_++;
}

void Observation::evaluate(core::LaneView state, core::LaneView rate, core::LaneSpan out) const {
  std::fill_n(out.data(), out.size(), 0.0);
  const auto add_up = [&](const std::vector<Entry>& entries, core::LaneView from) {
    for (const auto& [value, row, weight] : entries) {
      const double* w = weight;
      const double* amount = from[row];
      double* sum = out[value];
      core::for_lanes(out.width(), [&](Index lane) { sum[lane] += w[lane] * amount[lane]; });
    }
  };
  add_up(of_state_, state);
  add_up(of_rate_, rate);
}

}  // namespace poultice::solvers
