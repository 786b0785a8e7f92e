#include "solvers/time/observation.hpp"

#include <algorithm>

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {

using core::Index;

Index Observation::add(const core::Probe& probe) {
  const Index first = n_values_;
  auto& entries = probe.of_rate ? of_rate_ : of_state_;
  n_values_ += probe.n_points;
  is_amount_.resize(static_cast<std::size_t>(n_values_), !probe.of_rate);
  is_scalar_.resize(static_cast<std::size_t>(n_values_), probe.n_points == 1);
  for (const auto& [point, row, weight] : probe.entries) {
    const double* lanes = probe.weights[weight];
    entries.push_back({first + point, row, lanes});
    if (std::any_of(lanes, lanes + width_, [](double w) { return w < 0.0; }))
      is_amount_[static_cast<std::size_t>(first + point)] = false;
  }
  return first;
}

Index Observation::add(const core::Moiety& moiety) {
  const Index imbalance = n_values_, put_in = n_values_ + 1;
  const auto add_share = [&](Index value, Index row, double weight) {
    const auto found = std::find_if(weights_.begin(), weights_.end(),
                                    [&](const auto& lanes) { return lanes(0, 0) == weight; });
    const auto& lanes = found == weights_.end() ? weights_.emplace_back(1, width_, weight) : *found;
    of_state_.push_back({value, row, lanes[0]});
  };
  for (const auto& [row, weight] : moiety.shares) add_share(imbalance, row, weight);
  for (const auto& [row, weight] : moiety.shares)
    if (weight < 0.0) add_share(put_in, row, -weight);
  n_values_ += 2;
  is_amount_.resize(static_cast<std::size_t>(n_values_), false);
  is_scalar_.resize(static_cast<std::size_t>(n_values_), false);
  return imbalance;
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
