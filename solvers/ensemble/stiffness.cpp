#include "solvers/ensemble/stiffness.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.hpp"

namespace poultice::solvers {
namespace {

using core::Index;

/// [lane]: mean logarithm of all rates of the linear terms, as the block stands before any event.
std::vector<double> mean_log_rates(const core::ParameterBlock& parameters) {
  Block block(parameters);
  const auto controls = block.initial_controls();
  block.system().set_controls(controls.view());
  const auto& matrix = block.system().matrix();
  std::vector<double> means(static_cast<std::size_t>(block.width()), 0.0);
  Index n_rows = 0;
  for (const auto* rates : {&matrix.up(), &matrix.down(), &matrix.local(), &matrix.coupling_values()}) {
    for (Index row = 0; row < rates->rows(); ++row)
      for (Index lane = 0; lane < rates->width(); ++lane)
        if (const double rate = std::abs((*rates)(row, lane)); rate > 0.0)
          means[static_cast<std::size_t>(lane)] += std::log(rate);
    n_rows += rates->rows();
  }
  for (double& mean : means) mean /= static_cast<double>(std::max<Index>(n_rows, 1));
  return means;
}

}  // namespace

std::vector<double> stiffness_of(const core::Scenario& scenario, const std::vector<LaneColumn>& columns,
                                 const std::vector<Index>& members) {
  // Lane 0 has the smallest value of every column, each further lane the largest of one of them.
  std::vector<std::pair<const LaneColumn*, std::pair<double, double>>> varied;
  for (const auto& column : columns) {
    double low = column.value(members.front()), high = low;
    for (const Index member : members) {
      low = std::min(low, column.value(member));
      high = std::max(high, column.value(member));
    }
    if (low > 0.0 && high > low) varied.push_back({&column, {low, high}});
  }
  std::vector<double> stiffness(members.size(), 0.0);
  if (varied.empty()) return stiffness;

  core::ParameterBlock parameters(scenario, static_cast<Index>(varied.size()) + 1);
  for (std::size_t i = 0; i < varied.size(); ++i)
    for (Index lane = 0; lane < parameters.width(); ++lane) {
      const auto [low, high] = varied[i].second;
      parameters.set(varied[i].first->path, lane, lane == static_cast<Index>(i) + 1 ? high : low);
    }
  std::vector<double> rates;
  try {
    rates = mean_log_rates(parameters);
  } catch (const core::Error&) {
    return stiffness;  // the corners of the design need not be possible; then members keep their order
  }
  for (std::size_t i = 0; i < varied.size(); ++i) {
    const auto [low, high] = varied[i].second;
    const double slope = (rates[i + 1] - rates[0]) / std::log(high / low);
    if (!std::isfinite(slope)) continue;
    for (std::size_t m = 0; m < members.size(); ++m)
      stiffness[m] += slope * std::log(varied[i].first->value(members[m]));
  }
  return stiffness;
}

}  // namespace poultice::solvers
