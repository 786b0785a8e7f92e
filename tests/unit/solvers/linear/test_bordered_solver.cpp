#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include "solvers/linear/bordered_solver.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using testing::Make;

struct Case {
  const char* name;
  Make make;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

std::vector<Case> cases() {
  std::mt19937 random(11);
  const auto forest = [&](Index n, Index trees) { return testing::random_forest(n, trees, random); };
  return {{"Chain", {testing::chain_of(12)}},
          {"SingleCells", {{3, {}}}},
          {"Branching", {forest(15, 1)}},
          {"Forest", {forest(15, 4)}},
          {"TwoSpecies", {forest(10, 2), 2}},
          {"ThreeSpecies", {testing::chain_of(8), 3, 0, 1}},
          {"FourSpecies", {forest(9, 2), 4, 1, 2}},
          {"Totals", {testing::chain_of(9), 1, 0, 3}},
          {"PlasmaWithoutReturn", {testing::chain_of(9), 1, 3, 2, false}},
          {"PlasmaWithReturn", {testing::chain_of(9), 1, 1, 1}},
          {"ThreeCompartmentsWithReturn", {forest(9, 2), 1, 3, 2}},
          {"BlocksWithReturn", {forest(9, 2), 3, 2, 2}},
          {"CompartmentsOnly", {{0, {}}, 1, 3, 1}}};
}

class AgainstDense : public ::testing::TestWithParam<Case> {};

/// (I - gamma J) of one lane.
Eigen::MatrixXd dense(const core::RateMatrix& matrix, double gamma, Index lane) {
  const Index n = matrix.layout().n_rows();
  const auto columns = testing::dense(matrix, lane);
  return Eigen::MatrixXd::Identity(n, n) - gamma * Eigen::Map<const Eigen::MatrixXd>(columns.data(), n, n);
}

TEST_P(AgainstDense, SolvesAsLuDoes) {
  const auto& make = GetParam().make;
  const auto layout = testing::layout_of(make);
  std::mt19937 random(12);
  for (const Index width : {1, 3}) {
    core::RateMatrix matrix(layout, width);
    testing::fill_with_transfers(matrix, make, random);
    BorderedSolver solver(layout, width);
    for (const double gamma : {1e-6, 1e-2, 1.0, 1e4}) {
      const auto b = testing::random_lanes(layout.n_rows(), width, random);
      auto x = b;
      solver.factor(matrix, gamma);
      solver.solve(x.span());
      for (Index lane = 0; lane < width; ++lane) {
        const auto a = dense(matrix, gamma, lane);
        Eigen::VectorXd right(layout.n_rows()), ours(layout.n_rows());
        for (Index row = 0; row < layout.n_rows(); ++row) right(row) = b(row, lane), ours(row) = x(row, lane);
        const Eigen::VectorXd expected = a.fullPivLu().solve(right);
        // Dense elimination on these matrices loses what gamma times the largest rate says.
        const double rounding = 1e-14 * (1.0 + gamma * 1e3);
        EXPECT_LE((ours - expected).norm(), rounding * expected.norm())
            << "gamma " << gamma << ", lane " << lane;
        // Transfers conserve, and so must the solution of their implicit step. Transport does to the last
        // digits; reactions between species go through subtractions and lose some.
        const double kept = make.n_species == 1 ? 1e-13 : 1e-13 + 1e-14 * gamma;
        EXPECT_NEAR(ours.sum(), right.sum(), kept * right.sum()) << "gamma " << gamma;
      }
    }
  }
}

TEST_P(AgainstDense, WidthsAgreeToRounding) {
  const auto& make = GetParam().make;
  const auto layout = testing::layout_of(make);
  constexpr Index widest = 32;
  std::mt19937 random(13);
  const auto b = testing::random_lanes(layout.n_rows(), widest, random);

  const auto solve_in_blocks_of = [&](Index width) {
    LaneArray together(layout.n_rows(), widest);
    for (Index first = 0; first < widest; first += width) {
      const Index count = std::min(width, widest - first);
      std::mt19937 same(14);
      core::RateMatrix matrix(layout, count);
      testing::fill_with_transfers(matrix, make, same, widest, first);
      LaneArray x(layout.n_rows(), count);
      for (Index row = 0; row < layout.n_rows(); ++row) std::copy_n(b[row] + first, count, x[row]);
      BorderedSolver solver(layout, count);
      solver.factor(matrix, 3.0);
      solver.solve(x.span());
      for (Index row = 0; row < layout.n_rows(); ++row) std::copy_n(x[row], count, together[row] + first);
    }
    return together;
  };
  const auto alone = solve_in_blocks_of(1);
  for (const Index width : {3, 8, 32}) {
    const auto together = solve_in_blocks_of(width);
    for (Index row = 0; row < layout.n_rows(); ++row)
      for (Index lane = 0; lane < widest; ++lane)
        EXPECT_NEAR(together(row, lane), alone(row, lane), 1e-14 * std::abs(alone(row, lane)))
            << "width " << width;
  }
}

TEST_P(AgainstDense, FactorsCanBeReplacedAndUsedAgain) {
  const auto& make = GetParam().make;
  const auto layout = testing::layout_of(make);
  std::mt19937 random(14);
  core::RateMatrix first(layout, 2), second(layout, 2);
  testing::fill_with_transfers(first, make, random);
  testing::fill_with_transfers(second, make, random);
  const auto b = testing::random_lanes(layout.n_rows(), 2, random);
  BorderedSolver used(layout, 2), fresh(layout, 2);
  auto x = b, y = b, z = b;
  used.factor(first, 0.7);
  used.solve(x.span());
  used.factor(second, 0.3);
  used.solve(y.span());
  fresh.factor(second, 0.3);
  fresh.solve(z.span());
  auto again = b;
  fresh.solve(again.span());
  for (Index row = 0; row < layout.n_rows(); ++row) {
    EXPECT_EQ(y(row, 1), z(row, 1));
    EXPECT_EQ(again(row, 0), z(row, 0));
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, AgainstDense, ::testing::ValuesIn(cases()),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace poultice::solvers
