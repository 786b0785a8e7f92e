#include <gtest/gtest.h>

#include "core/system/moiety.hpp"

namespace poultice::core {
namespace {

TEST(Moiety, ImbalanceIsTheWeightedSumOfALane) {
  LaneArray state(3, 2);
  state(0, 0) = 3.0, state(2, 0) = 1.0;
  state(0, 1) = 5.0, state(1, 1) = 100.0, state(2, 1) = 10.0;
  const Moiety moiety{"drug", {{0, 1.0}, {2, -2.0}}};
  EXPECT_EQ(moiety.imbalance(state.view(), 0), 1.0);
  EXPECT_EQ(moiety.imbalance(state.view(), 1), -15.0);
}

TEST(Moiety, WithoutSharesNothingCanBeWrong) {
  const LaneArray state(2, 1, 4.0);
  EXPECT_EQ((Moiety{"drug", {}}).imbalance(state.view(), 0), 0.0);
}

}  // namespace
}  // namespace poultice::core
