#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/ensemble/block_runner.hpp"
#include "solvers/run/simulate.hpp"
#include "tests/unit/solvers/ensemble/toy_sweep.hpp"
#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::plan_of;
using testing::poisoned_study;
using testing::tank_catalogue;
using testing::wide_study;

/// Rows of all blocks, by member.
Rows all_rows(const Plan& plan) {
  BlockRunner runner(plan, tank_catalogue(), nullptr, {});
  Rows rows;
  for (Index block = 0; block < plan.n_blocks(); ++block) rows.append(runner.run(block));
  return rows;
}

TEST(BlockRunner, CurvesAndProfilesFollowTheClosedForm) {
  const auto plan = plan_of(wide_study());
  const auto rows = all_rows(plan);
  ASSERT_EQ(rows.size(), 60);
  EXPECT_THAT(rows.status, Each(0));
  const auto n_times = plan.layout.times.size();
  ASSERT_EQ(n_times, 7U);
  ASSERT_EQ(plan.layout.profile_times.size(), 2U);
  for (std::size_t row = 0; row < 60; ++row) {
    const auto member = static_cast<std::size_t>(rows.members[row]);
    const double loss = plan.design.columns[0].numbers[member];
    const double closed = plan.design.columns[1].numbers[member];
    const double content = plan.design.columns[2].numbers[member];
    const auto left = [&](double time) { return content * std::exp(-loss * std::min(time, closed)); };
    for (std::size_t t = 0; t < n_times; ++t)
      EXPECT_NEAR(rows.curves[0][row * n_times + t], left(plan.layout.times[t]), 3e-5);
    EXPECT_NEAR(rows.headlines[0][row], content, 1e-12);
    EXPECT_NEAR(rows.profiles[0][row * 4 + 2], left(10800.0), 3e-5);
    EXPECT_NEAR(rows.profiles[0][row * 4 + 3], 2.0 * left(10800.0), 6e-5);
    EXPECT_EQ(rows.positions[0][row * 2], 0.0);
  }
}

TEST(BlockRunner, AMemberWithTimesOfItsOwnIsWhatItIsByItself) {
  for (const auto* integrator : {"contour", "rosenbrock", "cvode"}) {
    const auto study = testing::timed_study(integrator);
    const auto plan = plan_of(study);
    EXPECT_EQ(plan.n_groups(), 1);
    EXPECT_EQ(plan.n_blocks(), 10);
    const auto rows = all_rows(plan);
    EXPECT_THAT(rows.status, Each(0));
    const auto n_times = plan.layout.times.size();
    for (std::size_t row = 0; row < 75; ++row) {
      const core::Scenario scenario = study.scenario_of(plan.design, static_cast<Index>(rows.members[row]));
      const core::ParameterBlock parameters(scenario, 1);
      Block block(parameters);
      const auto record = simulate(block);
      const auto at = positions_of(plan.layout.times, record.times);
      // Some hundred times a stepper's tolerance of 1e-6; rates are per second.
      EXPECT_NEAR(rows.headlines[0][row], record.headlines(0, 0), 1e-4);
      for (std::size_t t = 0; t < n_times; ++t) {
        EXPECT_NEAR(rows.curves[0][row * n_times + t], record.samples[0](at[t], 0), 1e-4);
        EXPECT_NEAR(rows.curves[1][row * n_times + t], record.samples[2](at[t], 0), 1e-4 / 3600.0);
      }
    }
  }
}

TEST(BlockRunner, AFailingMemberFailsAloneAndSaysWhy) {
  const auto plan = plan_of(poisoned_study());
  const auto clean = plan_of(testing::tank_study(R"(
curves = ["in_tank"]
[sweep.axes]
"tank.loss" = ["1 1/h", "2 1/h", "3 1/h"]
)"));
  const auto rows = all_rows(plan), sound = all_rows(clean);
  const auto n_times = plan.layout.times.size();
  EXPECT_EQ(rows.n_failed(), 3);
  for (std::size_t row = 0; row < 12; ++row) {
    const Index member = rows.members[row];
    const auto first = rows.curves[0].begin() + static_cast<Index>(row * n_times);
    const std::vector<double> curve(first, first + static_cast<Index>(n_times));
    if (member % 4 == 2) {
      EXPECT_EQ(rows.status[row], static_cast<std::int8_t>(MemberStatus::integration_failed));
      EXPECT_THAT(rows.status_text[row], HasSubstr("balance of water"));
      for (const double value : curve) EXPECT_TRUE(std::isnan(value));
      EXPECT_TRUE(std::isnan(rows.headlines[0][row]));
      continue;
    }
    EXPECT_EQ(rows.status[row], 0);
    EXPECT_THAT(rows.status_text[row], IsEmpty());
    const auto of_clean = std::ranges::find(sound.members, member / 4) - sound.members.begin();
    for (std::size_t t = 0; t < n_times; ++t)
      EXPECT_NEAR(curve[t], sound.curves[0][static_cast<std::size_t>(of_clean) * n_times + t], 1e-5);
  }
}

TEST(BlockRunner, AMemberThatStandsAloneMayFailToo) {
  const auto rows = all_rows(plan_of(poisoned_study(), 1));
  EXPECT_EQ(rows.n_failed(), 3);
}

TEST(BlockRunner, ALimitOfTimeFailsMembersAndNotTheSweep) {
  const auto plan = plan_of(wide_study());
  BlockRunner runner(plan, tank_catalogue(), nullptr, 1e-3);
  EXPECT_EQ(runner.run(0).size(), 8);  // fast enough or not, it ends
}

TEST(BlockRunner, Stops) {
  const std::atomic<bool> stop = true;
  const auto plan = plan_of(wide_study());
  BlockRunner runner(plan, tank_catalogue(), &stop, {});
  EXPECT_THROW(static_cast<void>(runner.run(0)), core::Interrupted);
}

}  // namespace
}  // namespace poultice::solvers
