#pragma once

#include <string>
#include <vector>

#include "core/model/parameter_block.hpp"

namespace poultice::solvers {

/// A member and, beside it in the same block, four shifted ones for each of some parameters: differences
/// between these lanes are derivatives of whatever models make of parameters, to some 1e-12 of what is
/// differentiated (fourth order, steps of 5e-4 of the value).
class ParameterLanes {
 public:
  /// Throws ParameterError for a path that is unknown, shapes the system, or whose value is zero or absent: a
  /// step relative to it says nothing.
  ParameterLanes(const core::Scenario& scenario, const std::vector<std::string>& paths);
  ParameterLanes(const ParameterLanes&) = delete;
  ParameterLanes& operator=(const ParameterLanes&) = delete;

  [[nodiscard]] const core::ParameterBlock& block() const noexcept { return block_; }
  [[nodiscard]] core::Index width() const noexcept { return block_.width(); }
  [[nodiscard]] std::size_t n_parameters() const noexcept { return values_.size(); }
  [[nodiscard]] const std::vector<double>& values() const noexcept { return values_; }  ///< SI

  /// d/d(parameter) of what stands in the lanes of one row, by the SI unit of the parameter.
  [[nodiscard]] double slope(const double* lanes, std::size_t parameter) const;
  /// What the lanes of one row are if lane 0 holds `value` and slope() is to be slopes[parameter].
  void spread(double value, const std::vector<double>& slopes, double* lanes) const;

 private:
  core::ParameterBlock block_;
  std::vector<double> values_;
};

/// All parameters of a scenario's models that have a derivative, in its order.
[[nodiscard]] std::vector<std::string> differentiable_parameters(const core::Scenario& scenario);

}  // namespace poultice::solvers
