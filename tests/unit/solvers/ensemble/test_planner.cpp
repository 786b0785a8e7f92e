#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/ensemble/planner.hpp"
#include "tests/unit/solvers/ensemble/toy_sweep.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::plan_of;
using testing::tank_study;
using testing::wide_study;

/// What is wrong with a plan of this study; "" where nothing is.
std::string complaint(const std::string& sweep) {
  try {
    static_cast<void>(plan_of(tank_study(sweep + "[sweep.axes]\n\"tank.loss\" = [\"1 1/h\", \"2 1/h\"]\n")));
    return "";
  } catch (const core::ScenarioError& error) {
    return error.what();
  }
}

TEST(Planner, EveryMemberIsInOneBlock) {
  const auto plan = plan_of(wide_study());
  EXPECT_EQ(plan.n_members(), 60);
  EXPECT_EQ(plan.n_groups(), 1);
  EXPECT_EQ(plan.n_blocks(), 8);  // of each time 30 members in 8, 8, 8 and 6
  std::set<Index> members;
  for (Index block = 0; block < plan.n_blocks(); ++block)
    for (const Index member : plan.members_of(block)) EXPECT_TRUE(members.insert(member).second);
  EXPECT_EQ(members.size(), 60U);
  EXPECT_EQ(plan.members_of(3).size(), 6U);
}

TEST(Planner, ManyMembersOfTheSameTimesHaveBlocksOfTheirOwn) {
  const auto plan = plan_of(wide_study());
  const auto& closed_at = plan.design.find("schedule.1.at")->numbers;
  for (Index block = 0; block < plan.n_blocks(); ++block) {
    std::vector<double> times;
    for (const Index member : plan.members_of(block))
      times.push_back(closed_at[static_cast<std::size_t>(member)]);
    EXPECT_THAT(times, Each(times.front()));
  }
}

/// A tank filled at times of its own, and closed.
core::Study timed_study(const std::string& axes) { return tank_study("[sweep.axes]\n" + axes); }

TEST(Planner, MembersWithTimesOfTheirOwnShareBlocks) {
  const auto plan =
      plan_of(timed_study("\"schedule.1.at\" = { from = \"0.5 h\", to = \"2.9 h\", count = 40 }\n"
                          "\"tank.loss\" = [\"1 1/h\", \"1.01 1/h\"]\n"));
  EXPECT_EQ(plan.n_groups(), 1);
  EXPECT_EQ(plan.n_blocks(), 10);
  // Those of a block lie close: no further apart than eight of eighty need be, and some.
  const auto& closed_at = plan.design.find("schedule.1.at")->numbers;
  for (Index block = 0; block < plan.n_blocks(); ++block) {
    double first = 1e9, last = 0.0;
    for (const Index member : plan.members_of(block)) {
      first = std::min(first, closed_at[static_cast<std::size_t>(member)]);
      last = std::max(last, closed_at[static_cast<std::size_t>(member)]);
    }
    EXPECT_LE(last - first, 3600.0);
  }
}

TEST(Planner, AnotherOrderOfEventsIsAnotherGroup) {
  const auto plan = plan_of(timed_study(
      "\"schedule.0.at\" = [\"0 h\", \"1 h\", \"2.5 h\"]\n\"schedule.1.at\" = [\"1 h\", \"2 h\"]\n"));
  // Filled first, and at the same time, against closed first.
  EXPECT_EQ(plan.n_groups(), 2);
  std::set<Index> closed_first;
  for (Index block = 0; block < plan.n_blocks(); ++block)
    if (plan.block_group[static_cast<std::size_t>(block)] == 1)
      closed_first.insert(plan.members_of(block).begin(), plan.members_of(block).end());
  EXPECT_THAT(closed_first, ElementsAre(4, 5));
}

TEST(Planner, ATimePastTheEndIsTheSameErrorAsInAScenario) {
  try {
    static_cast<void>(plan_of(timed_study("\"schedule.1.at\" = [\"1 h\", \"3 h\", \"3.5 h\"]\n")));
    ADD_FAILURE();
  } catch (const core::ScenarioError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("the event at 3.5 h is past the end"), HasSubstr("(member 2)"),
                                    HasSubstr("schedule.1.at")));
  }
}

TEST(Planner, AGroupIsSortedByItsRates) {
  const auto plan = plan_of(wide_study());
  const auto& loss = plan.design.find("tank.loss")->numbers;
  for (const Index first : {0, 30}) {
    const auto at = [&](Index i) {
      return loss[static_cast<std::size_t>(plan.order[static_cast<std::size_t>(first + i)])];
    };
    for (Index i = 1; i < 30; ++i) EXPECT_LE(at(i - 1), at(i));
  }
}

TEST(Planner, LanesAreOneOrFullRegisters) {
  const auto plan = plan_of(wide_study(), 32);
  EXPECT_EQ(plan.lanes_for(1), 1);
  EXPECT_EQ(plan.lanes_for(2), 8);
  EXPECT_EQ(plan.lanes_for(8), 8);
  EXPECT_EQ(plan.lanes_for(30), 32);
  EXPECT_EQ(plan_of(wide_study(), 6).lanes_for(5), 6);
}

TEST(Planner, ShardsAreBoundsOfBlocks) {
  EXPECT_THAT(even_parts(8, 3), ElementsAre(0, 2, 5, 8));
  EXPECT_THAT(plan_of(wide_study(), 8, 2).shard_begin, ElementsAre(0, 4, 8));
  EXPECT_EQ(plan_of(wide_study(), 8, 64).n_shards(), 8);
}

TEST(Planner, TheHashIsOfAllThatDecidesNumbers) {
  const auto hash = plan_of(wide_study()).hash;
  EXPECT_EQ(plan_of(wide_study(), 8, 5).hash, hash);
  EXPECT_NE(plan_of(wide_study(), 16).hash, hash);
  auto plan = plan_of(wide_study());
  plan.design.columns.front().numbers.front() *= 1.0 + 1e-15;
  EXPECT_NE(plan.computed_hash(), hash);
  plan = plan_of(wide_study());
  std::swap(plan.order[0], plan.order[1]);
  EXPECT_NE(plan.computed_hash(), hash);
}

TEST(Planner, NamesWhatCannotBeKept) {
  EXPECT_THAT(complaint("curves = [\"in_tnk\"]\n"),
              AllOf(HasSubstr("tanks.toml:"), HasSubstr("in_tnk"), HasSubstr("did you mean in_tank?")));
  EXPECT_THAT(complaint("profiles = [\"in_tank\"]\n"), HasSubstr("there is no such result"));
}

TEST(Planner, CurvesAreKeptOnlyWhereMembersAreSampled) {
  const auto planning = [](const std::string& every) {
    return complaint("curves = [\"in_tank\"]\nevery = \"" + every + "\"\n");
  };
  EXPECT_THAT(planning("20 min"), AllOf(HasSubstr("a multiple of output.every"), HasSubstr("tanks.toml:")));
  EXPECT_THAT(planning("7 min"), HasSubstr("a multiple of output.every"));
  EXPECT_EQ(planning("45 min"), "");
  EXPECT_EQ(planning("9 h"), "");
}

}  // namespace
}  // namespace poultice::solvers
