#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solvers/time/progress_guard.hpp"

namespace poultice::solvers {
namespace {

using ::testing::HasSubstr;

/// Calls until the guard says no, at most `most`; how many were allowed.
long allowed(ProgressGuard& guard, long most, double start, double step) {
  for (long i = 0; i < most; ++i)
    if (!guard.may_go_on(start + static_cast<double>(i) * step)) return i;
  return most;
}

TEST(ProgressGuard, LetsAHealthyRunGoOn) {
  ProgressGuard guard({});
  EXPECT_EQ(allowed(guard, 200'000, 0.0, 1e-3), 200'000);
  EXPECT_EQ(guard.reason(), "");
  EXPECT_FALSE(guard.was_interrupted());
}

TEST(ProgressGuard, EndsARunWhoseTimeStandsStill) {
  for (const double time : {0.0, 7.0}) {
    ProgressGuard guard({});
    EXPECT_LT(allowed(guard, 200'000, time, 0.0), 200'000) << time;
    EXPECT_THAT(guard.reason(), HasSubstr("no progress"));
    EXPECT_NE(guard.hint(), "");
  }
}

TEST(ProgressGuard, CreepingCountsAsStandingStill) {
  ProgressGuard guard({});
  EXPECT_LT(allowed(guard, 200'000, 1e5, 1e-10), 200'000);
  EXPECT_THAT(guard.reason(), HasSubstr("no progress"));
}

TEST(ProgressGuard, SlowIsNotStill) {
  // A hundredth of a second a step, a day into the run.
  ProgressGuard guard({});
  EXPECT_EQ(allowed(guard, 200'000, 86400.0, 1e-2), 200'000);
}

TEST(ProgressGuard, KeepsTheWallClockLimit) {
  Limits limits;
  limits.max_wall_seconds = 0.0;
  ProgressGuard guard(limits);
  EXPECT_LT(allowed(guard, 1000, 0.0, 1.0), 1000);
  EXPECT_THAT(guard.reason(), HasSubstr("wall-clock limit"));
  EXPECT_THAT(guard.hint(), HasSubstr("solver.max_wall_time"));
  EXPECT_FALSE(guard.was_interrupted());
}

TEST(ProgressGuard, HearsAStopAtOnce) {
  std::atomic<bool> stop = false;
  Limits limits;
  limits.stop = &stop;
  ProgressGuard guard(limits);
  EXPECT_TRUE(guard.may_go_on(0.0));
  stop = true;
  EXPECT_FALSE(guard.may_go_on(1.0));
  EXPECT_TRUE(guard.was_interrupted());
}

TEST(ProgressGuard, RemembersTheRowThatWasNotFinite) {
  ProgressGuard guard({});
  EXPECT_EQ(guard.not_finite_row(), -1);
  guard.note_not_finite(4, 10.0);
  guard.note_finite(9.0);
  EXPECT_EQ(guard.not_finite_row(), 4);
}

TEST(ProgressGuard, ForgetsItOnceTheRunIsPast) {
  ProgressGuard guard({});
  guard.note_not_finite(4, 10.0);
  guard.note_finite(10.5);
  EXPECT_EQ(guard.not_finite_row(), -1);
}

}  // namespace
}  // namespace poultice::solvers
