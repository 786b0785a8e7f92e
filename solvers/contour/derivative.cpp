#include "solvers/contour/derivative.hpp"

#include <utility>

namespace poultice::solvers {

using core::Index;

namespace {

/// start + forcing / z
void take(const Course& course, std::complex<double> z, ComplexVector& to) {
  for (std::size_t row = 0; row < to.size(); ++row) to[row] = course.start[row] + course.forcing[row] / z;
}

}  // namespace

Derivative::Derivative(const core::RateMatrix& matrix, Index lane, Course course,
                       std::vector<Direction> directions)
    : matrix_(matrix),
      solver_(matrix, lane),
      course_(std::move(course)),
      directions_(std::move(directions)),
      state_(course_.start.size()),
      slopes_(directions_.size(), state_) {}

void Derivative::solve(std::complex<double> z) {
  z_ = z;
  solver_.factor(z);
  take(course_, z, state_);
  solver_.solve(state_);
  for (std::size_t j = 0; j < directions_.size(); ++j) {
    take(directions_[j].course, z, slopes_[j]);
    multiply_add(matrix_, directions_[j].rates, state_, slopes_[j]);
    solver_.solve(slopes_[j]);
  }
}

namespace {

/// The sum of what flows into a total.
std::complex<double> inflow(const core::RateMatrix& matrix, const RateSlots& rates, const ComplexVector& x,
                            Index row) {
  std::complex<double> sum = 0.0;
  for (std::size_t i = 0; i < rates.couplings.size(); ++i)
    if (matrix.couplings()[i].row == row)
      sum += rates.couplings[i] * x[static_cast<std::size_t>(matrix.couplings()[i].column)];
  return sum;
}

}  // namespace

std::complex<double> Derivative::state_rate(Index row) const {
  const auto at = static_cast<std::size_t>(row);
  if (!matrix_.layout().is_accumulator(row)) return z_ * state_[at] - course_.start[at];
  return inflow(matrix_, solver_.rates(), state_, row) + course_.forcing[at] / z_;
}

std::complex<double> Derivative::slope_rate(std::size_t direction, Index row) const {
  const auto at = static_cast<std::size_t>(row);
  const auto& [rates, course] = directions_[direction];
  if (!matrix_.layout().is_accumulator(row)) return z_ * slopes_[direction][at] - course.start[at];
  return inflow(matrix_, solver_.rates(), slopes_[direction], row) + inflow(matrix_, rates, state_, row) +
         course.forcing[at] / z_;
}

}  // namespace poultice::solvers
