#pragma once

#include <span>

#include "solvers/contour/node_solver.hpp"

namespace poultice::solvers {

/// What starts and drives one member: d(state)/dt = A state + forcing.
struct Course {
  std::vector<double> start;    ///< [row], mol
  std::vector<double> forcing;  ///< [row], mol/s
};

/// How all of that changes with one parameter: everything by the unit of the parameter.
struct Direction {
  RateSlots rates;
  Course course;
};

/// The transform of a state and of its derivatives by parameters, at one node after another. With x the
/// resolvent's solution for the state, that for a derivative is (z I - A)^-1 (start' + forcing' / z + A' x):
/// one more solve for each parameter, as exact as x itself.
class Derivative {
 public:
  /// `matrix` must outlive it.
  Derivative(const core::RateMatrix& matrix, core::Index lane, Course course,
             std::vector<Direction> directions);

  void solve(std::complex<double> z);
  [[nodiscard]] std::size_t n_directions() const noexcept { return directions_.size(); }
  /// [row]; of the state, and of its derivative by a parameter.
  [[nodiscard]] const ComplexVector& state() const noexcept { return state_; }
  [[nodiscard]] const ComplexVector& slope(std::size_t direction) const { return slopes_[direction]; }
  /// The same of their rates of change: of totals the sum of what flows in, not a difference.
  [[nodiscard]] std::complex<double> state_rate(core::Index row) const;
  [[nodiscard]] std::complex<double> slope_rate(std::size_t direction, core::Index row) const;

 private:
  const core::RateMatrix& matrix_;
  NodeSolver solver_;
  Course course_;
  std::vector<Direction> directions_;
  std::complex<double> z_;
  ComplexVector state_;
  std::vector<ComplexVector> slopes_;
};

}  // namespace poultice::solvers
