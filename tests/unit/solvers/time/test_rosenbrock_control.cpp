#include <gtest/gtest.h>

#include "solvers/time/rosenbrock_control.hpp"

namespace poultice::solvers {
namespace {

TEST(StepControl, LeadsToTheErrorThatIsAllowed) {
  // A method of order 4: error = (step / 2)^4.
  StepControl control(4);
  double step = 0.01, error = 0.0;
  for (int i = 0; i < 30; ++i) {
    control.begin();
    error = std::pow(step / 2.0, 4);
    step = control.next(step, error);
  }
  EXPECT_LT(error, 1.0);
  EXPECT_GT(error, 0.3);
}

TEST(StepControl, AFailedTryIsFollowedByAShorterOne) {
  StepControl control(4);
  control.begin();
  EXPECT_LT(control.next(1.0, 1.0001), 1.0);
  EXPECT_LT(control.next(1.0, 16.0), 0.5);
  EXPECT_GE(control.next(1.0, 1e30), 0.1);
}

TEST(StepControl, DoesNotGrowRightAfterAFailure) {
  StepControl control(4);
  control.begin();
  const double shorter = control.next(1.0, 100.0);
  EXPECT_LE(control.next(shorter, 1e-6), shorter);
  control.begin();
  EXPECT_GT(control.next(shorter, 1e-6), shorter);
}

TEST(StepControl, GrowsNoMoreThanEightfold) {
  StepControl control(4);
  control.begin();
  EXPECT_DOUBLE_EQ(control.next(1.0, 0.0), 8.0);
}

TEST(StepControl, KeepsALengthThatIsNearlyRight) {
  StepControl control(4);
  control.begin();
  EXPECT_EQ(control.next(0.3, 0.5), 0.3);
}

TEST(StepControl, ForgetsWhatWasBeforeAStart) {
  StepControl fresh(4), used(4);
  used.begin();
  static_cast<void>(used.next(1.0, 1e-9));
  used.forget();
  fresh.begin(), used.begin();
  EXPECT_EQ(used.next(1.0, 0.05), fresh.next(1.0, 0.05));
}

}  // namespace
}  // namespace poultice::solvers
