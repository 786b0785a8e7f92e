#include <gtest/gtest.h>

#include "core/system/probe.hpp"

namespace poultice::core {
namespace {

LaneArray weight(double first, double second) {
  LaneArray w(1, 2);
  w(0, 0) = first, w(0, 1) = second;
  return w;
}

TEST(Probe, WeighsEachLaneByItsOwnWeights) {
  Probe probe{.name = "in_skin"};
  probe.add(0, 0, weight(1.0, 10.0));
  probe.add(0, 2, weight(2.0, 0.0));
  LaneArray state(3, 2);
  state(0, 0) = 1.0, state(1, 0) = 50.0, state(2, 0) = 3.0;
  state(0, 1) = 2.0, state(1, 1) = 60.0, state(2, 1) = 4.0;
  LaneArray out(1, 2, 99.0);
  probe.evaluate(state.view(), out.span());
  EXPECT_EQ(out(0, 0), 7.0);
  EXPECT_EQ(out(0, 1), 20.0);
}

TEST(Probe, RowsThatAreWeighedAlikeShareTheirWeights) {
  Probe probe{.name = "in_skin"};
  for (Index row = 0; row < 5; ++row) probe.add(0, row, weight(3.0, 4.0));
  probe.add(0, 5, weight(3.0, 5.0));
  EXPECT_EQ(probe.entries.size(), 6U);
  EXPECT_EQ(probe.weights.rows(), 2);
}

TEST(Probe, AProfileHasItsOwnPoints) {
  Probe probe{.name = "concentration", .axis = "depth", .n_points = 3};
  probe.add(2, 0, weight(1.0, 1.0));
  probe.add(0, 1, weight(1.0, 3.0));
  probe.add(0, 1, weight(1.0, 1.0));
  LaneArray state(2, 2);
  state(0, 0) = 5.0, state(1, 0) = 7.0;
  state(0, 1) = 6.0, state(1, 1) = 8.0;
  LaneArray out(3, 2, 99.0);
  probe.evaluate(state.view(), out.span());
  EXPECT_EQ(out(0, 0), 14.0);
  EXPECT_EQ(out(0, 1), 32.0);
  EXPECT_EQ(out(1, 0), 0.0);
  EXPECT_EQ(out(2, 1), 6.0);
}

}  // namespace
}  // namespace poultice::core
