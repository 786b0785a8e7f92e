#include "solvers/contour/adjoint.hpp"

#include <numeric>

#include "solvers/contour/contour.hpp"
#include "solvers/contour/weight_table.hpp"

namespace poultice::solvers {

Gradient gradient_of(const core::RateMatrix& matrix, core::Index lane, const Course& course,
                     const std::vector<double>& weights, double length) {
  const std::size_t n = weights.size();
  Gradient gradient{0.0, RateSlots(matrix), {std::vector<double>(n), std::vector<double>(n)}};
  NodeSolver solver(matrix, lane);
  const Window window(length, length, contour_tolerance);
  const double scale = 2.0 / constant_factor(window, length);
  for (std::size_t k = 0; k < window.n_nodes(); ++k) {
    const auto z = window.node(k), weight = scale * window.weight(k, length);
    ComplexVector x(n), q(weights.begin(), weights.end());
    for (std::size_t row = 0; row < n; ++row) x[row] = course.start[row] + course.forcing[row] / z;
    solver.factor(z);
    solver.solve(x);
    solver.solve_transposed(q);
    add_products(matrix, q, x, weight, gradient.rates);
    for (std::size_t row = 0; row < n; ++row) {
      gradient.value += (weight * weights[row] * x[row]).real();
      gradient.course.start[row] += (weight * q[row]).real();
      gradient.course.forcing[row] += (weight * q[row] / z).real();
    }
  }
  return gradient;
}

double along(const Gradient& gradient, const Direction& direction) {
  const auto sum = [](const std::vector<double>& x, const std::vector<double>& y) {
    return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
  };
  return dot(gradient.rates, direction.rates) + sum(gradient.course.start, direction.course.start) +
         sum(gradient.course.forcing, direction.course.forcing);
}

}  // namespace poultice::solvers
