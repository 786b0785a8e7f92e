#pragma once

#include "solvers/contour/derivative.hpp"

namespace poultice::solvers {

/// How one number at the end of a stretch, a weighted sum of the state, changes with everything that it may
/// depend on.
struct Gradient {
  double value;     ///< sum of weight * state
  RateSlots rates;  ///< by each rate that the matrix keeps
  Course course;    ///< by each amount at the start, and by each forcing
};

/// The gradient of sum(weights [row] * state) after `length` [s]: two solves at each node, one of them with
/// the transpose, however many rates there are. The product with a Direction is the derivative along it. By
/// `course.start` it goes back into the stretch before, as weights there.
[[nodiscard]] Gradient gradient_of(const core::RateMatrix& matrix, core::Index lane, const Course& course,
                                   const std::vector<double>& weights, double length);

/// The derivative along a direction.
[[nodiscard]] double along(const Gradient& gradient, const Direction& direction);

}  // namespace poultice::solvers
