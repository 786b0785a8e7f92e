#pragma once

#include <algorithm>
#include <cmath>

namespace poultice::solvers {

/// Chooses the length of steps from their errors: a proportional-integral controller (Gustafsson, ACM TOMS
/// 20 (1994) 496; Hairer & Wanner II, section IV.2). After an event diffusion lets steps grow in proportion
/// to the time passed; the integral part is 1, as less of it lags behind and takes half as many steps again.
class StepControl {
 public:
  /// The error of a step falls as its length to the power `order`.
  explicit StepControl(int order) : exponent_(1.0 / order) {}

  /// A new start: nothing is known of steps before.
  void forget() { error_before_ = 1.0, has_failed_ = false; }
  /// The next tries are at one and the same step.
  void begin() { has_failed_ = false; }
  /// How long the next try should be after one of `step` that made `error`, in units of what is allowed.
  double next(double step, double error) {
    const double now = std::max(error, least_error);
    if (error > 1.0) {
      has_failed_ = true;
      return step * std::clamp(safety * std::pow(now, -exponent_), 0.1, 0.9);
    }
    double growth = safety * std::pow(now, -1.2 * exponent_) * std::pow(error_before_, 0.2 * exponent_);
    growth = std::clamp(growth, 0.2, has_failed_ ? 1.0 : most_growth);
    error_before_ = std::max(now, 1e-2);
    // The same length again keeps the factors.
    return growth > 1.0 && growth < worth_refactoring ? step : growth * step;
  }

 private:
  static constexpr double safety = 0.9, most_growth = 8.0, worth_refactoring = 1.15, least_error = 1e-10;
  double exponent_;
  double error_before_ = 1.0;
  bool has_failed_ = false;
};

}  // namespace poultice::solvers
