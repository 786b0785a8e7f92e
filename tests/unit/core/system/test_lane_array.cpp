#include <cstdint>
#include <utility>

#include <gtest/gtest.h>

#include "core/system/lane_array.hpp"

namespace poultice::core {
namespace {

/// An array whose double at [row][lane] is 10 row + lane.
LaneArray numbered(Index rows, Index width) {
  LaneArray array(rows, width);
  for (Index row = 0; row < rows; ++row)
    for (Index lane = 0; lane < width; ++lane)
      array(row, lane) = 10.0 * static_cast<double>(row) + static_cast<double>(lane);
  return array;
}

TEST(LaneArray, IsFilledWhenMade) {
  const LaneArray array(3, 2, 1.5);
  EXPECT_EQ(array.rows(), 3);
  EXPECT_EQ(array.width(), 2);
  for (Index i = 0; i < array.view().size(); ++i) EXPECT_EQ(array.view().data()[i], 1.5);
}

TEST(LaneArray, HasLanesInnermost) {
  const auto array = numbered(3, 4);
  EXPECT_EQ(array[2] - array[0], 8);
  EXPECT_EQ(array.view().data()[6], 12.0);
  EXPECT_EQ(array[1][3], array(1, 3));
}

TEST(LaneArray, StartsOnACacheLine) {
  for (const Index rows : {0, 1, 7})
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(LaneArray(rows, 3).view().data()) % 64, 0U);
}

TEST(LaneArray, CopiesAreIndependent) {
  auto original = numbered(2, 2);
  LaneArray copy = original, assigned;
  assigned = original;
  original(1, 1) = -1.0;
  EXPECT_EQ(copy(1, 1), 11.0);
  EXPECT_EQ(assigned(1, 1), 11.0);
  const auto& same = copy;
  copy = same;
  EXPECT_EQ(copy(1, 0), 10.0);
}

TEST(LaneArray, MovesKeepTheDoublesWhereTheyAre) {
  auto original = numbered(2, 2);
  const double* data = original.view().data();
  const LaneArray moved = std::move(original);
  EXPECT_EQ(moved.view().data(), data);
  EXPECT_EQ(moved(1, 1), 11.0);
}

TEST(LaneArray, AppendsRowsWithoutDisturbingOthers) {
  auto array = numbered(1, 3);
  for (Index row = 1; row < 40; ++row) ASSERT_EQ(array.append(static_cast<double>(row)), row);
  EXPECT_EQ(array.rows(), 40);
  EXPECT_EQ(array(0, 2), 2.0);
  for (Index row = 1; row < 40; ++row)
    for (Index lane = 0; lane < 3; ++lane) ASSERT_EQ(array(row, lane), static_cast<double>(row));
}

TEST(LaneArray, AppendsToNothing) {
  LaneArray array(0, 2);
  EXPECT_EQ(array.append(4.0), 0);
  EXPECT_EQ(array(0, 1), 4.0);
}

TEST(LaneArray, ACopyOfAGrownArrayMayGrowToo) {
  LaneArray array(0, 1);
  for (int i = 0; i < 3; ++i) array.append(1.0 * i);
  LaneArray copy = array;
  copy.append(3.0);
  EXPECT_EQ(copy(2, 0), 2.0);
  EXPECT_EQ(copy(3, 0), 3.0);
  EXPECT_EQ(array.rows(), 3);
}

TEST(LaneArray, FillReachesEveryRow) {
  auto array = numbered(2, 3);
  array.append(9.0);
  array.fill(0.25);
  for (Index i = 0; i < array.view().size(); ++i) EXPECT_EQ(array.view().data()[i], 0.25);
}

TEST(LaneView, ASpanWritesThrough) {
  auto array = numbered(2, 2);
  const LaneSpan span = array.span();
  span(0, 1) = 5.0;
  const LaneView view = span;
  EXPECT_EQ(view(0, 1), 5.0);
  EXPECT_EQ(array(0, 1), 5.0);
}

#ifdef POULTICE_ASSERTIONS
TEST(LaneViewDeathTest, RefusesRowsThatAreNot) {
  const LaneArray array(2, 2);
  EXPECT_DEATH(static_cast<void>(array[2]), "row < rows_");
  EXPECT_DEATH(static_cast<void>(array[-1]), "row >= 0");
}
#endif

}  // namespace
}  // namespace poultice::core
