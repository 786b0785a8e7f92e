#include "solvers/run/parameter_lanes.hpp"

#include <array>
#include <cmath>

#include "core/base/error.hpp"

namespace poultice::solvers {

using core::Index;

namespace {

constexpr double step = 5e-4;
constexpr std::array steps{-2.0 * step, -step, step, 2.0 * step};

Index first_lane(std::size_t parameter) { return 1 + static_cast<Index>(parameter * steps.size()); }

}  // namespace

ParameterLanes::ParameterLanes(const core::Scenario& scenario, const std::vector<std::string>& paths)
    : block_(scenario, first_lane(paths.size())) {
  for (std::size_t p = 0; p < paths.size(); ++p) {
    const double value = *block_.lanes(paths[p]);
    if (value == 0.0 || !std::isfinite(value))
      throw core::ParameterError(paths[p], value == 0.0 ? "is zero" : "has no value",
                                 "sensitivities are to relative changes: give it a value first");
    values_.push_back(value);
    for (std::size_t i = 0; i < steps.size(); ++i)
      block_.set(paths[p], first_lane(p) + static_cast<Index>(i), value * (1.0 + steps[i]));
  }
}

double ParameterLanes::slope(const double* lanes, std::size_t parameter) const {
  const double* at = lanes + first_lane(parameter);
  return (8.0 * (at[2] - at[1]) - (at[3] - at[0])) / (12.0 * step * values_[parameter]);
}

void ParameterLanes::spread(double value, const std::vector<double>& slopes, double* lanes) const {
  lanes[0] = value;
  for (std::size_t p = 0; p < n_parameters(); ++p)
    for (std::size_t i = 0; i < steps.size(); ++i)
      lanes[first_lane(p) + static_cast<Index>(i)] = value + steps[i] * values_[p] * slopes[p];
}

std::vector<std::string> differentiable_parameters(const core::Scenario& scenario) {
  std::vector<std::string> paths;
  for (const auto& value : scenario.values()) {
    const bool has_step = std::isfinite(value.number) && value.number != 0.0;
    if (value.spec->type == core::ParameterType::quantity && !value.spec->shapes_system && has_step &&
        scenario.find_instance(value.path.substr(0, value.path.find('.'))) != nullptr)
      paths.push_back(value.path);
  }
  return paths;
}

}  // namespace poultice::solvers
