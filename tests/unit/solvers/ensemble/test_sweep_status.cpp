#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solvers/ensemble/plan_file.hpp"
#include "solvers/ensemble/sweep_status.hpp"
#include "tests/unit/solvers/ensemble/toy_sweep.hpp"
#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::tank_catalogue;

class Status : public testing::SweepTest {};

TEST_F(Status, CountsShardsAndMembers) {
  const auto folder = planned("s", testing::wide_study(), 8, 4);
  const auto plan = read_plan(folder.plan_file());
  auto status = sweep_status(plan, folder);
  EXPECT_EQ(status.n_ok, 0);
  EXPECT_THAT(status.missing, ElementsAre(0, 1, 2, 3));
  static_cast<void>(run_blocks(plan, folder, {0, 1, 4}, tank_catalogue(), {.n_threads = 2}));
  status = sweep_status(plan, folder);
  EXPECT_EQ(status.n_members, 60);
  EXPECT_EQ(status.n_ok, 24);
  EXPECT_THAT(status.done, ElementsAre(0));
  EXPECT_THAT(status.begun, ElementsAre(2));
  EXPECT_THAT(status.missing, ElementsAre(1, 3));
  EXPECT_THAT(status.causes, IsEmpty());
}

TEST_F(Status, LikeFailuresAreOneCause) {
  const auto folder = planned("s", testing::poisoned_study());
  run(folder);
  const auto status = sweep_status(read_plan(folder.plan_file()), folder);
  EXPECT_EQ(status.n_failed, 3);
  ASSERT_EQ(status.causes.size(), 1U);
  EXPECT_EQ(status.causes.front().second, 3);
  EXPECT_THAT(status.causes.front().first, HasSubstr("balance of water is off by … of"));
}

TEST(WithoutNumbers, ReplacesThemAndDropsHints) {
  EXPECT_EQ(without_numbers("stopped at 0.25 h: off by 1.2e-05, 3 of 4\n to do: x"),
            "stopped at … h: off by …, … of …");
  EXPECT_EQ(without_numbers("no number-here."), "no number-here.");
}

}  // namespace
}  // namespace poultice::solvers
