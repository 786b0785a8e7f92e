#include <array>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "solvers/sundials/context.hpp"
#include "solvers/sundials/lane_vector.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;

class LaneVectorTest : public ::testing::Test {
 protected:
  /// A vector that holds the lanes of an array.
  struct Filled : LaneVector {
    Filled(const LaneArray& values, SUNContext context) : LaneVector(values.rows(), values.width(), context) {
      std::copy_n(values.view().data(), values.view().size(), lanes().data());
    }
  };
  Filled of(const LaneArray& values) { return {values, context_.get()}; }
  Filled random(Index rows, Index width) { return of(testing::random_lanes(rows, width, random_)); }

  SundialsContext context_;
  std::mt19937 random_{1};
};

TEST_F(LaneVectorTest, ItsNormIsThatOfTheWorstLane) {
  for (const Index width : {1, 2, 3, 8, 32})
    for (const Index rows : {1, 3, 4, 7, 50}) {
      const auto x = random(rows, width), w = random(rows, width);
      double worst = 0.0;
      for (Index lane = 0; lane < width; ++lane) {
        double sum = 0.0;
        for (Index row = 0; row < rows; ++row)
          sum += std::pow(x.lanes()(row, lane) * w.lanes()(row, lane), 2);
        worst = std::max(worst, std::sqrt(sum / static_cast<double>(rows)));
      }
      EXPECT_NEAR(N_VWrmsNorm(x.get(), w.get()), worst, 1e-14 * worst) << rows << " rows, width " << width;
      EXPECT_NEAR(N_VWL2Norm(x.get(), w.get()), worst * std::sqrt(static_cast<double>(rows)),
                  1e-13 * worst * std::sqrt(static_cast<double>(rows)));
    }
}

TEST_F(LaneVectorTest, OneBadLaneDecides) {
  // Seven lanes at rest do not hide the error of the eighth, as they would in one common norm.
  for (Index bad = 0; bad < 8; ++bad) {
    LaneArray x(10, 8);
    for (Index row = 0; row < 10; ++row) x(row, bad) = 3.0;
    const auto error = of(x), weight = of(LaneArray(10, 8, 1.0));
    EXPECT_DOUBLE_EQ(N_VWrmsNorm(error.get(), weight.get()), 3.0) << bad;
  }
}

TEST_F(LaneVectorTest, NanAndInfinityInAnyLaneReachTheNorm) {
  for (const Index width : {1, 3, 8})
    for (Index lane = 0; lane < width; ++lane)
      for (const Index row : {0, 4, 6}) {
        const auto weight = of(LaneArray(7, width, 1.0));
        LaneArray x(7, width, 0.5);
        x(row, lane) = std::numeric_limits<double>::quiet_NaN();
        EXPECT_TRUE(std::isnan(N_VWrmsNorm(of(x).get(), weight.get())))
            << "row " << row << ", lane " << lane << " of " << width;
        EXPECT_TRUE(std::isnan(N_VWL2Norm(of(x).get(), weight.get())));
        x(row, lane) = -std::numeric_limits<double>::infinity();
        EXPECT_TRUE(std::isinf(N_VWrmsNorm(of(x).get(), weight.get())));
      }
}

TEST_F(LaneVectorTest, TheMaskedNormLeavesRowsOut) {
  LaneArray x(4, 2, 1.0), mask(4, 2, 1.0);
  x(0, 0) = 100.0, mask(0, 0) = 0.0;  // left out in lane 0
  x(1, 1) = 3.0;                      // the largest that counts
  const auto value = of(x), weight = of(LaneArray(4, 2, 1.0)), chosen = of(mask);
  EXPECT_DOUBLE_EQ(N_VWrmsNormMask(value.get(), weight.get(), chosen.get()), std::sqrt((9.0 + 3.0) / 4.0));
}

TEST_F(LaneVectorTest, AtWidthOneTheMaskCountsToo) {
  LaneArray x(2, 1, 1.0), mask(2, 1, 1.0);
  x(0, 0) = 100.0, mask(0, 0) = 0.0;
  const auto value = of(x), weight = of(LaneArray(2, 1, 1.0)), chosen = of(mask);
  EXPECT_DOUBLE_EQ(N_VWrmsNormMask(value.get(), weight.get(), chosen.get()), std::sqrt(0.5));
}

TEST_F(LaneVectorTest, CombinationsMayOverwriteTheirFirstInput) {
  const auto x = random(300, 3), y = random(300, 3), z = random(300, 3);
  LaneArray expected(300, 3);
  for (Index i = 0; i < 900; ++i)
    expected.span().data()[i] =
        2.0 * x.lanes().data()[i] - 0.5 * y.lanes().data()[i] + 3.0 * z.lanes().data()[i];
  std::array<double, 3> c{2.0, -0.5, 3.0};
  std::array<N_Vector, 3> inputs{x.get(), y.get(), z.get()};
  ASSERT_EQ(N_VLinearCombination(3, c.data(), inputs.data(), x.get()), 0);
  for (Index i = 0; i < 900; ++i) EXPECT_DOUBLE_EQ(x.lanes().data()[i], expected.view().data()[i]);
}

TEST_F(LaneVectorTest, RefusesMoreInputsThanItHasRoomFor) {
  const auto x = random(2, 2);
  std::array<double, 17> c{};
  std::array<N_Vector, 17> inputs{};
  inputs.fill(x.get());
  EXPECT_NE(N_VLinearCombination(17, c.data(), inputs.data(), x.get()), 0);
}

TEST_F(LaneVectorTest, ACloneHasTheShapeAndItsOwnDoubles) {
  const auto x = random(5, 3);
  N_Vector clone = N_VClone(x.get());
  ASSERT_NE(clone, nullptr);
  EXPECT_EQ(lanes_of(clone).rows(), 5);
  EXPECT_EQ(lanes_of(clone).width(), 3);
  EXPECT_NE(lanes_of(clone).data(), x.lanes().data());
  EXPECT_EQ(N_VGetLength(clone), 15);
  N_VDestroy(clone);
}

}  // namespace
}  // namespace poultice::solvers
