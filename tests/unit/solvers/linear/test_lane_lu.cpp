#include <random>

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include "solvers/linear/lane_lu.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;

/// A matrix whose diagonal outweighs its columns, in each lane, from row `first` of the array on.
LaneArray dominant(Index first, Index n, Index width, std::mt19937& random) {
  auto a = testing::random_lanes(first + n * n, width, random);
  for (Index k = 0; k < n; ++k)
    for (Index lane = 0; lane < width; ++lane) a(first + k * n + k, lane) += static_cast<double>(n);
  return a;
}

TEST(LaneLu, SolvesInEachLane) {
  std::mt19937 random(1);
  for (const Index width : {1, 3, 8})
    for (Index n = 1; n <= 5; ++n) {
      const Index first = 2, first_x = 3;
      auto a = dominant(first, n, width, random);
      auto x = testing::random_lanes(first_x + n + 1, width, random);
      const auto matrices = a, before = x;
      lane_lu_factor(a.span(), first, n);
      lane_lu_solve(a.view(), first, n, x.span(), first_x);
      for (Index lane = 0; lane < width; ++lane) {
        Eigen::MatrixXd dense(n, n);
        Eigen::VectorXd b(n);
        for (Index row = 0; row < n; ++row) {
          b(row) = before(first_x + row, lane);
          for (Index column = 0; column < n; ++column)
            dense(row, column) = matrices(first + row * n + column, lane);
        }
        const Eigen::VectorXd expected = dense.partialPivLu().solve(b);
        for (Index row = 0; row < n; ++row) EXPECT_NEAR(x(first_x + row, lane), expected(row), 1e-13);
        // Rows before and after are somebody else's.
        EXPECT_EQ(x(first_x - 1, lane), before(first_x - 1, lane));
        EXPECT_EQ(x(first_x + n, lane), before(first_x + n, lane));
      }
    }
}

TEST(LaneLu, NothingToSolveIsNoError) {
  LaneArray a(0, 2), x(1, 2, 3.0);
  lane_lu_factor(a.span(), 0, 0);
  lane_lu_solve(a.view(), 0, 0, x.span(), 0);
  EXPECT_EQ(x(0, 1), 3.0);
}

}  // namespace
}  // namespace poultice::solvers
