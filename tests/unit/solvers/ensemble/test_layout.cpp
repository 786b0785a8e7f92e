#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solvers/ensemble/layout.hpp"
#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(TimeGrid, HoldsMultiplesAndTheEnd) {
  EXPECT_THAT(time_grid(2.0, 6.0), ElementsAre(0.0, 2.0, 4.0, 6.0));
  EXPECT_THAT(time_grid(4.0, 6.0), ElementsAre(0.0, 4.0, 6.0));
  EXPECT_THAT(time_grid(9.0, 6.0), ElementsAre(0.0, 6.0));
}

TEST(TimeGrid, RoundingAddsNoTime) {
  ASSERT_LT(7 * 0.7, 4.9);
  EXPECT_EQ(time_grid(0.7, 4.9).size(), 8U);
  EXPECT_EQ(time_grid(0.1, 0.3).size(), 4U);
}

TEST(PositionsOf, FindTimesButForRounding) {
  const std::vector<double> samples{0.0, 0.7 * 3, 2.5, 0.7 * 7};
  EXPECT_THAT(positions_of({0.0, 2.1, 4.9}, samples), ElementsAre(0, 1, 3));
}

TEST(PositionsOf, SayWhereThereIsNoSample) {
  EXPECT_THAT(positions_of({0.0, 1.0, 2.0, 3.0}, {0.0, 2.0}), ElementsAre(0, -1, 1, -1));
}

TEST(Layout, HoldsAllHeadlinesAndWhatIsAskedFor) {
  const testing::Study study(testing::tank("", ""));
  const Block block(study.parameters);
  Layout layout;
  layout.add(block, {"in_tank", "profile", "nothing"}, {"profile", "in_tank"});
  layout.add(block, {"in_tank", "drained"}, {});
  layout.times = {0.0, 1.0, 2.0};
  layout.profile_times = {0.0, 2.0};
  ASSERT_EQ(layout.headlines.size(), 1U);
  EXPECT_EQ(layout.headlines[0].name, "most");
  ASSERT_EQ(layout.curves.size(), 2U);
  EXPECT_EQ(layout.curves[0].name, "in_tank");
  EXPECT_EQ(layout.curves[1].name, "drained");
  ASSERT_EQ(layout.profiles.size(), 1U);
  ASSERT_NE(layout.find_axis("place"), nullptr);
  EXPECT_EQ(layout.find_axis("place")->n_points, 2);
  EXPECT_EQ(layout.find_axis("time"), nullptr);
  EXPECT_EQ(layout.n_values(), 1 + 2 * 3 + 2 * 2 + 2);
}

TEST(Layout, AnAxisWithoutProfileIsLeftOut) {
  const testing::Study study(testing::tank("", ""));
  Layout layout;
  layout.add(Block(study.parameters), {"in_tank"}, {});
  EXPECT_THAT(layout.axes, IsEmpty());
}

}  // namespace
}  // namespace poultice::solvers
