#include <gtest/gtest.h>

#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using testing::Study;

TEST(Block, TolerancesFollowTheAmountOfEachLane) {
  Study study(testing::tank("", "", {{"solver.absolute_tolerance", "1e-8"}}), 2);
  study.parameters.set("tank.content", 1, 500.0);
  const Block block(study.parameters);
  EXPECT_EQ(block.amount_scale()(0, 1), 500.0);
  EXPECT_DOUBLE_EQ(block.absolute_tolerance()(0, 0), 1e-8);
  EXPECT_DOUBLE_EQ(block.absolute_tolerance()(0, 1), 5e-6);
}

TEST(Block, WithoutAmountsTheToleranceIsPositiveAllTheSame) {
  Study study(testing::tank("content = \"0 mol\"", ""));
  EXPECT_GT(Block(study.parameters).absolute_tolerance()(0, 0), 0.0);
}

TEST(Block, StartsEmptyWithTheSettingsAsDeclared) {
  const Study study(testing::tank("", ""), 3);
  const Block block(study.parameters);
  const auto state = block.initial_state(), controls = block.initial_controls();
  EXPECT_EQ(state.rows(), 4);
  EXPECT_EQ(state.width(), 3);
  for (Index i = 0; i < state.view().size(); ++i) EXPECT_EQ(state.view().data()[i], 0.0);
  ASSERT_EQ(controls.rows(), 1);
  for (Index lane = 0; lane < 3; ++lane) EXPECT_EQ(controls(0, lane), 1.0);
}

TEST(Block, AnEventReachesItsOwnTableOnly) {
  const auto scenario =
      poultice::testing::read_toy(testing::tank_catalogue(),
                                  "duration = \"1 h\"\n[tank]\n[bath]\nmodel = \"tank\"\ncontent = \"5 "
                                  "mol\"\n[[schedule]]\nat = \"0 h\"\nfill = \"bath\"\n");
  const Study study(scenario);
  const Block block(study.parameters);
  auto state = block.initial_state(), controls = block.initial_controls();
  block.act(scenario.events().front(), state.span(), controls.span());
  EXPECT_EQ(state(0, 0), 0.0);  // of the tank
  EXPECT_EQ(state(1, 0), 5.0);  // of the bath
}

}  // namespace
}  // namespace poultice::solvers
