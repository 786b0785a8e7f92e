// Derivatives by parameters, forward and backward, against the exponential of a matrix twice as large.
#include <random>

#include <Eigen/Dense>
#include <gtest/gtest.h>
#include <unsupported/Eigen/MatrixFunctions>

#include "solvers/contour/adjoint.hpp"
#include "solvers/contour/contour.hpp"
#include "solvers/contour/weight_table.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using poultice::testing::chain_of;
using poultice::testing::layout_of;
using poultice::testing::Make;
using poultice::testing::random_forest;

struct Case {
  const char* name;
  Make make;
};

std::vector<Case> cases() {
  std::mt19937 random(5);
  return {
      {"chain", {chain_of(20), 1, 0, 1}},          {"compartments", {chain_of(12), 1, 3, 2}},
      {"one way", {chain_of(12), 1, 2, 2, false}}, {"forest", {random_forest(15, 3, random), 1, 2, 1}},
      {"two species", {chain_of(8), 2, 1, 2}},     {"three species", {random_forest(6, 2, random), 3, 2, 2}},
  };
}

/// Neighbouring rates, so that lane 1 of two may be a change of lane 0.
struct Problem {
  Problem(const Make& make, unsigned seed) : layout(layout_of(make)), matrix(layout, 2) {
    std::mt19937 random(seed);
    poultice::testing::fill_with_transfers(matrix, make, random);
    const auto amounts = poultice::testing::random_lanes(layout.n_rows(), 4, random);
    for (Index row = 0; row < layout.n_rows(); ++row) {
      course.start.push_back(amounts(row, 0)), course.forcing.push_back(amounts(row, 1));
      direction.course.start.push_back(amounts(row, 2)), direction.course.forcing.push_back(amounts(row, 3));
    }
    direction.rates = rates_of(matrix, 1);
  }
  core::StateLayout layout;
  core::RateMatrix matrix;
  Course course;
  Direction direction{RateSlots(matrix), {}};
};

Eigen::MatrixXd dense(const core::RateMatrix& matrix, Index lane) {
  const Index n = matrix.layout().n_rows();
  const auto columns = poultice::testing::dense(matrix, lane);
  return Eigen::Map<const Eigen::MatrixXd>(columns.data(), n, n);
}

Eigen::VectorXd vector(const std::vector<double>& v) {
  return Eigen::Map<const Eigen::VectorXd>(v.data(), static_cast<Index>(v.size()));
}

TEST(NodeSolver, SolvesForwardAndTransposed) {
  for (const auto& [name, make] : cases()) {
    const Problem problem(make, 3);
    const Index n = problem.layout.n_rows();
    NodeSolver solver(problem.matrix, 0);
    for (const std::complex<double> z : {std::complex(0.5, 0.1), {-2.0, 3.0}, {-40.0, 25.0}, {1e-3, 2e-3}}) {
      Eigen::MatrixXcd a = -dense(problem.matrix, 0).cast<std::complex<double>>();
      a.diagonal().array() += z;
      const Eigen::VectorXcd b = vector(problem.course.start).cast<std::complex<double>>();
      const Eigen::VectorXcd x = a.partialPivLu().solve(b), q = a.transpose().partialPivLu().solve(b);
      ComplexVector forward(b.begin(), b.end()), transposed = forward;
      solver.factor(z);
      solver.solve(forward);
      solver.solve_transposed(transposed);
      for (Index row = 0; row < n; ++row) {
        EXPECT_LT(std::abs(forward[static_cast<std::size_t>(row)] - x(row)), 1e-10 * x.norm()) << name << row;
        EXPECT_LT(std::abs(transposed[static_cast<std::size_t>(row)] - q(row)), 1e-10 * q.norm())
            << name << row;
      }
    }
  }
}

/// exp(time M) u, with the state in u's first half and its derivative in the second. Forcings are a row that
/// stays one.
Eigen::VectorXd expected(const Problem& problem, double time) {
  const Index n = problem.layout.n_rows();
  Eigen::MatrixXd m = Eigen::MatrixXd::Zero(2 * n + 1, 2 * n + 1);
  m.topLeftCorner(n, n) = m.block(n, n, n, n) = dense(problem.matrix, 0);
  m.block(n, 0, n, n) = dense(problem.matrix, 1);
  m.block(0, 2 * n, n, 1) = vector(problem.course.forcing);
  m.block(n, 2 * n, n, 1) = vector(problem.direction.course.forcing);
  Eigen::VectorXd u(2 * n + 1);
  u << vector(problem.course.start), vector(problem.direction.course.start), 1.0;
  return (time * m).exp() * u;
}

TEST(Derivative, OneMoreSolveAtEachNodeGivesIt) {
  for (const auto& [name, make] : cases()) {
    // Without a return to cells or one species only: elsewhere eigenvalues may lie off the axis.
    if (make.n_species > 1 || (make.n_compartments > 0 && make.returns_to_cells)) continue;
    const Problem problem(make, 4);
    const Index n = problem.layout.n_rows();
    Derivative derivative(problem.matrix, 0, problem.course, {problem.direction, problem.direction});
    const Window window(0.2, 2.0, contour_tolerance);
    for (const double time : {0.2, 2.0}) {
      std::vector<double> found(static_cast<std::size_t>(2 * n)), rates(found.size());
      for (std::size_t k = 0; k < window.n_nodes(); ++k) {
        derivative.solve(window.node(k));
        const auto weight = 2.0 * window.weight(k, time);
        for (Index row = 0; row < n; ++row) {
          const auto i = static_cast<std::size_t>(row), j = static_cast<std::size_t>(n + row);
          found[i] += (weight * derivative.state()[i]).real();
          found[j] += (weight * derivative.slope(1)[i]).real();
          rates[i] += (weight * derivative.state_rate(row)).real();
          rates[j] += (weight * derivative.slope_rate(1, row)).real();
        }
      }
      const auto exact = expected(problem, time);
      const Eigen::VectorXd slope = dense(problem.matrix, 0) * exact.segment(n, n) +
                                    dense(problem.matrix, 1) * exact.head(n) +
                                    vector(problem.direction.course.forcing);
      const Eigen::VectorXd rate = dense(problem.matrix, 0) * exact.head(n) + vector(problem.course.forcing);
      for (Index row = 0; row < n; ++row) {
        EXPECT_NEAR(found[static_cast<std::size_t>(row)], exact(row), 1e-10 * exact.norm()) << name << row;
        EXPECT_NEAR(found[static_cast<std::size_t>(n + row)], exact(n + row), 1e-10 * exact.norm())
            << name << row;
        EXPECT_NEAR(rates[static_cast<std::size_t>(row)], rate(row), 1e-9 * rate.norm()) << name << row;
        EXPECT_NEAR(rates[static_cast<std::size_t>(n + row)], slope(row), 1e-9 * slope.norm()) << name << row;
      }
    }
  }
}

TEST(Adjoint, AgreesWithTheDerivativeAlongAnyDirection) {
  for (const auto& [name, make] : cases()) {
    const Problem problem(make, 6);
    std::mt19937 random(7);
    const auto weights = poultice::testing::random_lanes(problem.layout.n_rows(), 1, random);
    const std::vector<double> observed(weights.view().data(), weights.view().data() + weights.view().size());
    const double time = 1.5;
    const auto gradient = gradient_of(problem.matrix, 0, problem.course, observed, time);

    Derivative derivative(problem.matrix, 0, problem.course, {problem.direction});
    const Window window(time, time, contour_tolerance);
    const double scale = 2.0 / constant_factor(window, time);
    double value = 0.0, slope = 0.0;
    for (std::size_t k = 0; k < window.n_nodes(); ++k) {
      derivative.solve(window.node(k));
      for (std::size_t row = 0; row < observed.size(); ++row) {
        value += scale * observed[row] * (window.weight(k, time) * derivative.state()[row]).real();
        slope += scale * observed[row] * (window.weight(k, time) * derivative.slope(0)[row]).real();
      }
    }
    EXPECT_NEAR(gradient.value, value, 1e-12 * std::abs(value)) << name;
    EXPECT_NEAR(along(gradient, problem.direction), slope, 1e-12 * std::abs(slope)) << name;
  }
}

}  // namespace
}  // namespace poultice::solvers
