#include <algorithm>
#include <atomic>
#include <cmath>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using ::testing::ElementsAre;
using testing::happens;
using ::testing::HasSubstr;
using testing::Study;
using testing::tank;

/// Position of a time among the samples.
Index at(const std::vector<double>& times, double time) {
  const auto found = std::find(times.begin(), times.end(), time);
  if (found == times.end()) throw std::out_of_range("no sample at that time");
  return found - times.begin();
}

TEST(Simulate, FollowsTheClosedForm) {
  const Study study(tank("", happens("0 h", "fill")));
  const auto record = study.run();
  const auto in_tank = study.run("in_tank"), rate = study.run("drain_rate");
  for (std::size_t i = 0; i < record.times.size(); ++i) {
    const double expected = std::exp(-record.times[i] / 3600.0);
    EXPECT_NEAR(in_tank(static_cast<Index>(i), 0), expected, 1e-5);
    EXPECT_NEAR(rate(static_cast<Index>(i), 0), expected / 3600.0, 1e-5 / 3600.0);
  }
}

TEST(Simulate, SamplesAtAnEventShowWhatItDid) {
  const Study study(tank("", happens("0 h", "fill") + happens("1 h", "pour") + happens("2 h", "fill")));
  const auto times = study.run().times;
  const auto in_tank = study.run("in_tank");
  EXPECT_EQ(in_tank(at(times, 0.0), 0), 1.0);
  EXPECT_EQ(in_tank(at(times, 3600.0), 0), 0.0);
  EXPECT_EQ(in_tank(at(times, 7200.0), 0), 1.0);
  EXPECT_GT(in_tank(at(times, 3600.0) - 1, 0), 0.3);
}

TEST(Simulate, ARateAtAnEventIsThatAfterIt) {
  const Study study(tank("", happens("0 h", "fill") + happens("1 h", "close")));
  EXPECT_EQ(study.run("drain_rate")(at(study.run().times, 3600.0), 0), 0.0);
}

TEST(Simulate, EventsOfOneTimeHappenInTheOrderOfTheFile) {
  const auto left = [](const std::string& first, const std::string& second) {
    const Study study(tank("", happens("1 h", first) + happens("1 h", second)));
    return study.run("in_tank")(at(study.run().times, 3600.0), 0);
  };
  EXPECT_EQ(left("fill", "pour"), 0.0);
  EXPECT_EQ(left("pour", "fill"), 1.0);
}

TEST(Simulate, EventsAreLoggedByTime) {
  const Study study(tank("", happens("2 h", "pour") + happens("0.5 h", "fill")));
  const auto events = study.run().events;
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].text, "fill tank");
  EXPECT_EQ(events[0].time, 1800.0);
  EXPECT_EQ(events[1].text, "pour tank");
}

TEST(Simulate, WhatHappensAtTheEndStillHappens) {
  const Study study(tank("", happens("0 h", "fill") + happens("3 h", "pour")));
  const auto in_tank = study.run("in_tank");
  EXPECT_EQ(in_tank(in_tank.rows() - 1, 0), 0.0);
  EXPECT_EQ(study.run().events.size(), 2U);
}

TEST(Simulate, AClosedTankKeepsWhatItHas) {
  const Study study(tank("", happens("0 h", "fill") + happens("1 h", "close")));
  const auto in_tank = study.run("in_tank");
  EXPECT_NEAR(in_tank(in_tank.rows() - 1, 0), in_tank(at(study.run().times, 3600.0), 0), 1e-15);
}

TEST(SampleTimes, AreTheGridTheEventsAndTheEnd) {
  const auto scenario =
      tank("", happens("0.7 h", "fill"), {{"output.every", "1 h"}, {"output.profiles_every", "2 h"}});
  EXPECT_THAT(sample_times(scenario), ElementsAre(0.0, 2520.0, 3600.0, 7200.0, 10800.0));
  EXPECT_THAT(profile_times(scenario), ElementsAre(0.0, 2520.0, 7200.0, 10800.0));
}

TEST(SampleTimes, AGridThatDoesNotFitStillEndsAtTheEnd) {
  EXPECT_THAT(sample_times(tank("", "", {{"output.every", "2 h"}})), ElementsAre(0.0, 7200.0, 10800.0));
  EXPECT_THAT(sample_times(tank("", "", {{"output.every", "5 h"}})), ElementsAre(0.0, 10800.0));
}

TEST(SampleTimes, AnEventNextToAGridPointTakesItsPlace) {
  // Seven times 0.7 s is less than 4.9 s by a rounding.
  ASSERT_LT(7 * 0.7, 4.9);
  const auto scenario =
      tank("", happens("4.9 s", "fill"), {{"output.every", "0.7 s"}, {"duration", "4.9 s"}});
  const auto times = sample_times(scenario);
  EXPECT_EQ(times.size(), 8U);
  EXPECT_EQ(times.back(), 4.9);
  const auto longer = tank("", happens("4.9 s", "fill"), {{"output.every", "0.7 s"}, {"duration", "7 s"}});
  EXPECT_EQ(sample_times(longer).size(), 11U);
  EXPECT_EQ(Study(longer).run("in_tank")(at(sample_times(longer), 4.9), 0), 1.0);
}

TEST(Simulate, ProfilesAreSampledAtTheirOwnTimes) {
  const Study study(tank("", happens("0 h", "fill"), {{"output.profiles_every", "1 h"}}));
  const auto record = study.run();
  const auto profile = study.run("profile");
  ASSERT_EQ(profile.rows(), 4 * 2);
  for (Index k = 0; k < 4; ++k) {
    const double expected = std::exp(-record.profile_times[static_cast<std::size_t>(k)] / 3600.0);
    EXPECT_NEAR(profile(2 * k, 0), expected, 1e-5);
    EXPECT_NEAR(profile(2 * k + 1, 0), 2.0 * expected, 2e-5);
  }
}

TEST(Simulate, KeepsTheBalance) {
  const Study study(tank("", happens("0 h", "fill") + happens("1 h", "pour") + happens("2 h", "fill")));
  const auto record = study.run();
  ASSERT_EQ(record.balance_error.rows(), 1);
  EXPECT_LE(record.balance_error(0, 0), 1e-14);
}

TEST(Simulate, ALossThatNothingAccountsForFailsTheRun) {
  const Study study(tank("leak = \"1e-3 1/h\"", happens("0 h", "fill")));
  try {
    static_cast<void>(study.run());
    FAIL() << "reported a run that does not balance";
  } catch (const core::IntegrationError& error) {
    EXPECT_THAT(error.what(), HasSubstr("balance of water"));
    EXPECT_LE(error.time(), 900.0);
  }
}

TEST(Simulate, ASmallImbalanceIsReported) {
  const Study study(tank("leak = \"1e-7 1/h\"", happens("0 h", "fill")));
  EXPECT_NEAR(study.run().balance_error(0, 0), 0.95e-7, 2e-9);
}

TEST(Simulate, LanesOfABlockAreTheRunsOfTheirMembers) {
  constexpr Index width = 8;
  const auto scenario = tank("", happens("0 h", "fill") + happens("1 h", "pour") + happens("1.5 h", "fill"));
  Study block(scenario, width);
  for (Index lane = 0; lane < width; ++lane) {
    block.parameters.set("tank.loss", lane, (0.5 + static_cast<double>(lane)) / 3600.0);
    block.parameters.set("tank.content", lane, 1.0 + 0.5 * static_cast<double>(lane));
  }
  const auto together = block.run("in_tank"), drained = block.run("drained");
  for (Index lane = 0; lane < width; ++lane) {
    Study member(scenario);
    member.parameters.set("tank.loss", 0, (0.5 + static_cast<double>(lane)) / 3600.0);
    member.parameters.set("tank.content", 0, 1.0 + 0.5 * static_cast<double>(lane));
    const auto alone = member.run("in_tank"), drained_alone = member.run("drained");
    for (Index row = 0; row < alone.rows(); ++row) {
      EXPECT_NEAR(together(row, lane), alone(row, 0), 1e-5 * (1.0 + 0.5 * static_cast<double>(lane)));
      EXPECT_NEAR(drained(row, lane), drained_alone(row, 0), 2e-5 * (1.0 + 0.5 * static_cast<double>(lane)));
    }
  }
}

TEST(Simulate, ABlockMayRunTwiceAndGivesTheSameBits) {
  const Study study(tank("", happens("0 h", "fill") + happens("1 h", "close") + happens("2 h", "pour")));
  Block block(study.parameters);
  const auto first = simulate(block), second = simulate(block);
  for (std::size_t p = 0; p < first.samples.size(); ++p)
    for (Index i = 0; i < first.samples[p].view().size(); ++i)
      EXPECT_EQ(first.samples[p].view().data()[i], second.samples[p].view().data()[i]);
}

TEST(Simulate, TellsHowFarItIs) {
  std::vector<double> parts;
  Watch watch;
  watch.progress = [&](double part) { parts.push_back(part); };
  static_cast<void>(Study(tank("", happens("0 h", "fill"))).run(watch));
  ASSERT_FALSE(parts.empty());
  EXPECT_TRUE(std::is_sorted(parts.begin(), parts.end()));
  EXPECT_GE(parts.front(), 0.0);
  EXPECT_EQ(parts.back(), 1.0);
}

TEST(Simulate, CanBeStopped) {
  std::atomic<bool> stop = false;
  Watch watch;
  watch.stop = &stop;
  watch.progress = [&](double part) { stop = part > 0.5; };
  try {
    static_cast<void>(Study(tank("", happens("0 h", "fill") + happens("2 h", "close"))).run(watch));
    FAIL() << "ran to the end";
  } catch (const core::Interrupted& interrupted) {
    EXPECT_GT(interrupted.time(), 0.4 * 10800.0);
    EXPECT_LT(interrupted.time(), 10800.0);
  }
}

TEST(Simulate, TheLimitsOfTheScenarioHold) {
  const Study study(
      tank("", happens("0 h", "fill"), {{"solver.integrator", "cvode"}, {"solver.max_steps", "5"}}));
  EXPECT_THROW(static_cast<void>(study.run()), core::IntegrationError);
}

TEST(Simulate, AHeadlineOfAProbeThatIsNotThereDoesNotApply) {
  const Study study(tank("", happens("0 h", "fill")));
  Block block(study.parameters);
  ASSERT_EQ(block.headlines().size(), 1U);
  EXPECT_EQ(block.headlines()[0].name, "most");
  EXPECT_EQ(simulate(block).headlines(0, 0), 1.0);
}

TEST(Simulate, NeverBelowZeroByMoreThanTheTolerance) {
  EXPECT_GT(Study(tank("loss = \"1000 1/h\"", happens("0 h", "fill"))).run().lowest_state, -10.0);
}

}  // namespace
}  // namespace poultice::solvers
