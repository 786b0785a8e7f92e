#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/time/rosenbrock.hpp"
#include "solvers/transport/transfer.hpp"
#include "tests/unit/solvers/time/compartments.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using testing::FunctionTerm;
using ::testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A contract that every method keeps.
class Rosenbrock : public ::testing::TestWithParam<RosenbrockMethod> {
 protected:
  [[nodiscard]] static std::unique_ptr<Stepper> make(const core::System& system, double relative,
                                                     double absolute, Limits limits = {}) {
    return make_rosenbrock(system, testing::tolerances(relative, absolute, system.width()), limits,
                           GetParam());
  }
  /// What the integration of `state` to `end` throws.
  template <class Thrown>
  static Thrown thrown_by(const core::System& system, const LaneArray& state, Limits limits, double end,
                          double relative = 1e-6) {
    const auto stepper = make(system, relative, 1e-9, limits);
    try {
      static_cast<void>(testing::follow(*stepper, state, {end}));
    } catch (const Thrown& error) {
      return error;
    }
    throw std::runtime_error("it threw nothing of the kind");
  }
};
/// The same where systems are not linear.
using RosenbrockNonlinear = Rosenbrock;

std::string method_name(const ::testing::TestParamInfo<RosenbrockMethod>& test) {
  switch (test.param) {
    case RosenbrockMethod::pade5:
      return "pade5";
    case RosenbrockMethod::ros34pw2:
      return "ros34pw2";
    default:
      return "rodas5p";
  }
}
INSTANTIATE_TEST_SUITE_P(Methods, Rosenbrock,
                         ::testing::Values(RosenbrockMethod::pade5, RosenbrockMethod::ros34pw2,
                                           RosenbrockMethod::rodas5p),
                         method_name);
INSTANTIATE_TEST_SUITE_P(Methods, RosenbrockNonlinear,
                         ::testing::Values(RosenbrockMethod::ros34pw2, RosenbrockMethod::rodas5p),
                         method_name);

/// One compartment that loses to a total at rates that differ between lanes.
std::unique_ptr<core::System> decay(Index width) {
  auto system = std::make_unique<core::System>(testing::compartments(1, 1), width);
  LaneArray k(1, width);
  for (Index lane = 0; lane < width; ++lane) k(0, lane) = 1.0 + static_cast<double>(lane);
  system->add(std::make_unique<Transfer>("decay", core::TermKind::exchange, std::vector<Move>{{0, 1, k}}));
  system->set_controls(LaneArray(0, width).view());
  return system;
}

LaneArray one_mole(const core::System& system) {
  LaneArray state(system.n_rows(), system.width());
  for (Index lane = 0; lane < system.width(); ++lane) state(0, lane) = 1.0;
  return state;
}

/// A system of one compartment with one nonlinear term.
std::unique_ptr<core::System> one_row(FunctionTerm::Function rate, FunctionTerm::Function slope) {
  auto system = std::make_unique<core::System>(testing::compartments(1), 1);
  system->add(std::make_unique<FunctionTerm>(0, std::move(rate), std::move(slope)));
  system->set_controls(LaneArray(0, 1).view());
  return system;
}

std::unique_ptr<core::System> decay_by_function(FunctionTerm::Function rate) {
  return one_row(std::move(rate), [](double, double) { return -1.0; });
}

TEST_P(Rosenbrock, DecayIsExponentialInEveryLane) {
  for (const Index width : {1, 3, 8, 13}) {
    const auto system = decay(width);
    const auto stepper = make(*system, 1e-9, 1e-12);
    const std::vector<double> times{0.1, 0.5, 1.0, 3.0};
    const auto states = testing::follow(*stepper, one_mole(*system), times);
    for (std::size_t i = 0; i < times.size(); ++i)
      for (Index lane = 0; lane < width; ++lane) {
        EXPECT_NEAR(states[i](0, lane), std::exp(-(1.0 + static_cast<double>(lane)) * times[i]), 1e-7);
        EXPECT_NEAR(states[i](0, lane) + states[i](1, lane), 1.0, 1e-13);
      }
  }
}

TEST_P(Rosenbrock, TheWidestErrorSetsTheStep) {
  // Whoever shares a block with a fast member has its steps, and so an error no larger than alone.
  const auto system = decay(8), alone = decay(1);
  const auto together = make(*system, 1e-6, 1e-9), single = make(*alone, 1e-6, 1e-9);
  const double exact = std::exp(-2.0);
  const auto a = testing::follow(*together, one_mole(*system), {2.0}).back();
  const auto b = testing::follow(*single, one_mole(*alone), {2.0}).back();
  EXPECT_LE(std::abs(a(0, 0) - exact), std::abs(b(0, 0) - exact) + 1e-12);
  EXPECT_GT(together->work().steps, single->work().steps);
}

TEST_P(Rosenbrock, LookingAtTheStateDoesNotDisturbTheSteps) {
  const auto system = decay(2);
  const auto end = [&](int looks) {
    const auto stepper = make(*system, 1e-7, 1e-10);
    std::vector<double> times;
    for (int i = 1; i <= looks; ++i) times.push_back(5.0 * i / looks);
    const auto last = testing::follow(*stepper, one_mole(*system), times).back();
    return std::pair(last, stepper->work());
  };
  const auto [once, work_once] = end(1);
  const auto [often, work_often] = end(1000);
  EXPECT_EQ(work_often.steps, work_once.steps);
  EXPECT_EQ(work_often.linear_solves, work_once.linear_solves);
  EXPECT_EQ(work_often.restarts, 1);
  for (Index row = 0; row < 2; ++row) EXPECT_EQ(often(row, 1), once(row, 1));
}

TEST_P(Rosenbrock, BetweenStepsItIsAsExactAsAtTheirEnds) {
  const auto system = decay(1);
  const auto stepper = make(*system, 1e-7, 1e-10);
  std::vector<double> times;
  for (int i = 1; i <= 200; ++i) times.push_back(0.02 * i);
  const auto states = testing::follow(*stepper, one_mole(*system), times);
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_NEAR(states[i](0, 0), std::exp(-times[i]), 2e-6) << times[i];
    EXPECT_NEAR(states[i](0, 0) + states[i](1, 0), 1.0, 1e-13) << times[i];
  }
}

TEST_P(Rosenbrock, StartsAgainFromWhatItIsGiven) {
  const auto system = decay(1);
  const auto stepper = make(*system, 1e-9, 1e-12);
  auto state = one_mole(*system);
  stepper->start(0.0, state.view(), 1.0);
  stepper->advance(1.0, state.span());
  const auto first = stepper->work();
  state(0, 0) += 2.0;
  stepper->start(1.0, state.view(), 3.0);
  stepper->advance(2.0, state.span());
  EXPECT_NEAR(state(0, 0), (std::exp(-1.0) + 2.0) * std::exp(-1.0), 1e-7);
  stepper->advance(3.0, state.span());
  EXPECT_NEAR(state(0, 0), (std::exp(-1.0) + 2.0) * std::exp(-2.0), 1e-7);
  EXPECT_GT(stepper->work().steps, first.steps);
  EXPECT_EQ(stepper->work().restarts, 2);
}

TEST_P(Rosenbrock, NewSettingsHoldFromTheNextStart) {
  core::StateLayout layout;
  const auto tank = layout.add_compartment("tank");
  const auto rate = layout.add_control(0.0);
  layout.finish();
  core::System system(layout, 1);
  system.add(
      std::make_unique<Infusion>("infusion", layout.row(tank), rate, std::vector<core::Accumulator>{}));
  const auto stepper = make(system, 1e-9, 1e-12);
  LaneArray state(1, 1);
  for (const double flow : {2.0, 0.0, 1.0}) {
    system.set_controls(LaneArray(1, 1, flow).view());
    stepper->start(0.0, state.view(), 3.0);
    stepper->advance(3.0, state.span());
  }
  EXPECT_NEAR(state(0, 0), 9.0, 1e-9);
}

TEST_P(Rosenbrock, AskingForTheStartGivesTheStart) {
  const auto system = decay(2);
  const auto stepper = make(*system, 1e-6, 1e-9);
  const auto state = one_mole(*system);
  LaneArray seen(2, 2);
  stepper->start(4.0, state.view(), 5.0);
  stepper->advance(4.0, seen.span());
  EXPECT_EQ(seen(0, 1), 1.0);
  EXPECT_EQ(stepper->work().steps, 0);
}

TEST_P(Rosenbrock, NothingAnywhereStaysNothing) {
  const auto system = decay(2);
  const auto stepper = make(*system, 1e-6, 1e-9);
  const auto end = testing::follow(*stepper, LaneArray(2, 2), {1e6}).back();
  EXPECT_EQ(end(0, 0), 0.0);
  EXPECT_EQ(end(1, 1), 0.0);
  EXPECT_LE(stepper->work().steps, 2);
}

TEST_P(Rosenbrock, ALinearSystemIsFactoredOncePerLengthOfStep) {
  const auto system = decay(1);
  const auto stepper = make(*system, 1e-4, 1e-6);
  static_cast<void>(testing::follow(*stepper, one_mole(*system), {1000.0}));
  const auto work = stepper->work();
  EXPECT_LE(work.factorizations, work.steps + work.error_test_failures);
  EXPECT_EQ(work.linear_solves % work.restarts, 0);
  if (GetParam() == RosenbrockMethod::pade5) {
    EXPECT_EQ(work.linear_solves, 6 * (work.steps + work.error_test_failures));
    EXPECT_EQ(work.rate_evaluations, 2) << "for the first step only";
  }
}

TEST_P(Rosenbrock, KeepsTheWallClockLimit) {
  Limits limits;
  limits.max_wall_seconds = 0.0;
  const auto system = decay(1);
  const auto error = thrown_by<core::IntegrationError>(*system, one_mole(*system), limits, 30.0, 1e-10);
  EXPECT_THAT(error.what(), HasSubstr("wall-clock limit"));
  EXPECT_THAT(error.hint(), HasSubstr("solver.max_wall_time"));
}

TEST_P(Rosenbrock, TheStepLimitIsThatOfTheWholeRun) {
  const auto system = decay(1);
  Limits limits;
  limits.max_steps = 30;
  const auto stepper = make(*system, 1e-10, 1e-13, limits);
  auto state = one_mole(*system);
  const auto run = [&] {
    for (int part = 0; part < 10; ++part) {
      stepper->start(part, state.view(), part + 1.0);
      for (int i = 1; i <= 20; ++i) stepper->advance(part + i / 20.0, state.span());
    }
  };
  try {
    run();
    FAIL() << "it threw nothing";
  } catch (const core::IntegrationError& error) {
    EXPECT_THAT(error.what(), HasSubstr("step limit"));
    EXPECT_THAT(error.hint(), HasSubstr("solver.max_steps"));
  }
  EXPECT_EQ(stepper->work().steps, 30);
}

TEST_P(RosenbrockNonlinear, NeverLooksPastTheStop) {
  double latest = 0.0;
  const auto system = decay_by_function([&](double time, double x) {
    latest = std::max(latest, time);
    return -x;
  });
  const auto stepper = make(*system, 1e-6, 1e-9);
  auto state = one_mole(*system);
  stepper->start(0.0, state.view(), 0.7);
  stepper->advance(0.7, state.span());
  EXPECT_LE(latest, 0.7);
  EXPECT_NEAR(state(0, 0), std::exp(-0.7), 1e-5);
}

TEST_P(RosenbrockNonlinear, NamesTheRowWhoseRateIsNotANumber) {
  for (const double bad : {nan, std::numeric_limits<double>::infinity()}) {
    // c1 fails when time has passed 0.5; before that all is well.
    core::System system(testing::compartments(3), 1);
    system.add(std::make_unique<FunctionTerm>(
        1, [bad](double time, double x) { return time > 0.5 ? bad : -x; },
        [](double, double) { return -1.0; }));
    system.set_controls(LaneArray(0, 1).view());
    const auto error = thrown_by<core::IntegrationError>(system, one_mole(system), {}, 1.0);
    EXPECT_THAT(error.what(), HasSubstr("rate of change of c1 is not a finite number"));
    EXPECT_GT(error.time(), 0.0);
    EXPECT_LE(error.time(), 0.51);
    EXPECT_NE(error.hint(), "");
  }
}

TEST_P(RosenbrockNonlinear, ARateThatIsNoNumberFromTheStartIsNamedToo) {
  const auto system =
      one_row([](double, double x) { return 1.0 / (x - 1.0); }, [](double, double) { return 0.0; });
  const auto error = thrown_by<core::IntegrationError>(*system, one_mole(*system), {}, 1.0);
  EXPECT_THAT(error.what(), HasSubstr("rate of change of c0"));
  EXPECT_EQ(error.time(), 0.0);
}

TEST_P(RosenbrockNonlinear, ASlipThatASmallerStepMendsIsNoFailure) {
  int calls = 0;
  const auto system = decay_by_function([&](double, double x) { return ++calls == 20 ? nan : -x; });
  const auto stepper = make(*system, 1e-6, 1e-9);
  const auto end = testing::follow(*stepper, one_mole(*system), {2.0}).back();
  EXPECT_GT(calls, 20);
  EXPECT_EQ(stepper->work().convergence_failures, 1);
  EXPECT_NEAR(end(0, 0), std::exp(-2.0), 1e-5);
}

TEST_P(RosenbrockNonlinear, AnOldSlipIsNotBlamedForTheStepLimit) {
  int calls = 0;
  const auto system = decay_by_function([&](double, double x) { return ++calls == 20 ? nan : -x; });
  Limits limits;
  limits.max_steps = 10;
  EXPECT_THAT(thrown_by<core::IntegrationError>(*system, one_mole(*system), limits, 30.0, 1e-10).what(),
              HasSubstr("step limit"));
}

TEST_P(RosenbrockNonlinear, GivesUpWhereTimeNoLongerMoves) {
  // Pushed back and forth across 1 so fast that no step gets anywhere.
  const auto system =
      one_row([](double, double x) { return x > 1.0 ? -1e12 : 1e12; }, [](double, double) { return 0.0; });
  const auto stepper = make(*system, 1e-6, 1e-9);
  auto state = one_mole(*system);
  stepper->start(1.0, state.view(), 2.0);
  EXPECT_THROW(stepper->advance(2.0, state.span()), core::IntegrationError);
}

TEST_P(RosenbrockNonlinear, StopsWhenTold) {
  std::atomic<bool> stop = false;
  int calls = 0;
  const auto system = decay_by_function([&](double, double x) {
    if (++calls == 30) stop = true;
    return -x;
  });
  Limits limits;
  limits.stop = &stop;
  const auto interrupted = thrown_by<core::Interrupted>(*system, one_mole(*system), limits, 30.0, 1e-10);
  EXPECT_EQ(calls, 30);
  EXPECT_GE(interrupted.time(), 0.0);
  EXPECT_LT(interrupted.time(), 30.0);
}

TEST(RosenbrockChoice, IsTheChainWhereTheSystemIsLinear) {
  const auto system = decay(1);
  const auto stepper = make_rosenbrock(*system, testing::tolerances(1e-6, 1e-9, 1), {});
  static_cast<void>(testing::follow(*stepper, one_mole(*system), {1.0}));
  EXPECT_EQ(stepper->work().rate_evaluations, 2);
}

TEST(RosenbrockChoice, ServesWhatIsNotLinear) {
  const auto system =
      one_row([](double, double x) { return -x * x; }, [](double, double x) { return -2.0 * x; });
  const auto stepper = make_rosenbrock(*system, testing::tolerances(1e-8, 1e-11, 1), {});
  const auto end = testing::follow(*stepper, one_mole(*system), {3.0}).back();
  EXPECT_NEAR(end(0, 0), 0.25, 1e-7);
}

}  // namespace
}  // namespace poultice::solvers
