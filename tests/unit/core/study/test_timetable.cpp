#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/study/timetable.hpp"
#include "tests/unit/core/study/fake_study.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::ElementsAre;

std::vector<double> times_of(const Timetable& timetable, Index member) {
  std::vector<Occurrence> events;
  timetable.find_events(member, events);
  std::vector<double> times;
  for (const auto& event : events) times.push_back(event.time);
  return times;
}

TEST(Timetable, KnowsTheTimesOfASchedule) {
  EXPECT_TRUE(is_timing("schedule.0.at"));
  EXPECT_TRUE(is_timing("schedule.12.every"));
  EXPECT_TRUE(is_timing("schedule.1.times"));
  EXPECT_TRUE(is_timing("schedule.1.until"));
  for (const auto* path : {"schedule.0.amount", "schedule.at", "schedule.x.at", "schedule.1", "patch.at"})
    EXPECT_FALSE(is_timing(path)) << path;
}

TEST(Timetable, RepeatsAreThoseOfTheMember) {
  const Design design{.n_members = 2,
                      .columns = {{.path = "schedule.0.every", .unit = "h", .numbers = {10, 25}},
                                  {.path = "schedule.1.at", .unit = "h", .numbers = {15, 20}}}};
  const Timetable timetable({{.at = 5, .every = 1, .times = 3}, {.at = 1}}, design);
  EXPECT_TRUE(timetable.varies());
  EXPECT_THAT(times_of(timetable, 0), ElementsAre(5, 15, 15, 25));
  EXPECT_THAT(times_of(timetable, 1), ElementsAre(5, 20, 30, 55));
}

TEST(Timetable, AtEqualTimesTheOrderIsThatOfTheFile) {
  const Design design{.n_members = 1, .columns = {{.path = "schedule.1.at", .unit = "h", .numbers = {10}}}};
  const Timetable timetable({{.at = 10}, {.at = 0}, {.at = 0, .every = 5, .until = 10}}, design);
  std::vector<Occurrence> events;
  timetable.find_events(0, events);
  std::vector<int> entries;
  for (const auto& event : events) entries.push_back(event.entry);
  EXPECT_THAT(entries, ElementsAre(2, 2, 0, 1, 2));
}

TEST(Timetable, WhatLiesPastTheEndIsNotPossible) {
  const Design design{.n_members = 3,
                      .columns = {{.path = "schedule.0.every", .unit = "h", .numbers = {10, 20, 30}}}};
  const Timetable timetable({{.at = 5, .every = 1, .times = 3}}, design);
  EXPECT_TRUE(timetable.is_possible(0, 45.0));
  EXPECT_TRUE(timetable.is_possible(1, 45.0));
  EXPECT_FALSE(timetable.is_possible(2, 45.0));
}

TEST(Timetable, GivesTheTimesThatAScenarioOfTheMemberHas) {
  const auto study = study_of(
      "[sweep.axes]\n\"schedule.1.at\" = [\"11.1 h\", \"72 h\", \"0.7 h\"]\n\"schedule.0.at\" = [\"0.3 h\", "
      "\"7 min\"]\n");
  const auto design = study.design();
  const Timetable timetable(study.scenario()->timings(), design);
  for (Index member = 0; member < design.n_members; ++member) {
    std::vector<double> times;
    const auto scenario = study.scenario_of(design, member);
    for (const auto& event : scenario.events()) times.push_back(event.time);
    EXPECT_EQ(times_of(timetable, member), times);
  }
}

}  // namespace
}  // namespace poultice::core::testing
