#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/transport/transfer.hpp"
#include "tests/unit/solvers/time/compartments.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using testing::FunctionTerm;
using ::testing::HasSubstr;

/// One compartment that loses to a total at rates that differ between lanes.
std::unique_ptr<core::System> decay(Index width, double slowest = 1.0) {
  auto system = std::make_unique<core::System>(testing::compartments(1, 1), width);
  LaneArray k(1, width);
  for (Index lane = 0; lane < width; ++lane) k(0, lane) = slowest * (1.0 + static_cast<double>(lane));
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

/// What the integration of one_mole to `end` throws.
template <class Thrown>
Thrown thrown_by(const core::System& system, Limits limits, double end, double relative = 1e-6) {
  const auto integrator = make_cvode(system, testing::tolerances(relative, 1e-9, system.width()), limits);
  try {
    static_cast<void>(testing::follow(*integrator, one_mole(system), {end}));
  } catch (const Thrown& error) {
    return error;
  }
  throw std::runtime_error("it threw nothing of the kind");
}

TEST(Cvode, DecayIsExponentialInEveryLane) {
  for (const Index width : {1, 3, 8}) {
    const auto system = decay(width);
    const auto integrator = make_cvode(*system, testing::tolerances(1e-9, 1e-12, width), {});
    const std::vector<double> times{0.1, 0.5, 1.0, 3.0};
    const auto states = testing::follow(*integrator, one_mole(*system), times);
    for (std::size_t i = 0; i < times.size(); ++i)
      for (Index lane = 0; lane < width; ++lane) {
        EXPECT_NEAR(states[i](0, lane), std::exp(-(1.0 + static_cast<double>(lane)) * times[i]), 1e-7);
        EXPECT_NEAR(states[i](0, lane) + states[i](1, lane), 1.0, 1e-14);
      }
  }
}

TEST(Cvode, TwoCompartmentsFollowTheirClosedForm) {
  // Central loses k10 and exchanges k12, k21 with a peripheral one: two exponentials.
  const double k10 = 0.3, k12 = 2.0, k21 = 0.5, sum = k10 + k12 + k21;
  const double alpha = 0.5 * (sum + std::sqrt(sum * sum - 4.0 * k21 * k10)), beta = k21 * k10 / alpha;
  core::System system(testing::compartments(2, 1), 1);
  const auto k = [](double value) { return LaneArray(1, 1, value); };
  system.add(std::make_unique<Transfer>("disposition", core::TermKind::exchange,
                                        std::vector<Move>{{0, 2, k(k10)}, {0, 1, k(k12)}, {1, 0, k(k21)}}));
  system.set_controls(LaneArray(0, 1).view());
  const auto integrator = make_cvode(system, testing::tolerances(1e-10, 1e-13, 1), {});
  const std::vector<double> times{0.2, 1.0, 4.0, 20.0};
  const auto states = testing::follow(*integrator, one_mole(system), times);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double t = times[i];
    const double central =
        ((alpha - k21) * std::exp(-alpha * t) + (k21 - beta) * std::exp(-beta * t)) / (alpha - beta);
    const double peripheral = k12 * (std::exp(-beta * t) - std::exp(-alpha * t)) / (alpha - beta);
    EXPECT_NEAR(states[i](0, 0), central, 1e-8);
    EXPECT_NEAR(states[i](1, 0), peripheral, 1e-8);
    EXPECT_NEAR(states[i](2, 0), 1.0 - central - peripheral, 1e-8);
  }
}

TEST(Cvode, LookingAtTheStateDoesNotDisturbTheSteps) {
  const auto system = decay(2);
  const auto end = [&](int looks) {
    const auto integrator = make_cvode(*system, testing::tolerances(1e-7, 1e-10, 2), {});
    std::vector<double> times;
    for (int i = 1; i <= looks; ++i) times.push_back(0.005 + 4.995 * (i - 1) / std::max(looks - 1, 1));
    const auto last = testing::follow(*integrator, one_mole(*system), times).back();
    return std::pair(last, integrator->work());
  };
  // CVODE chooses its first step by the first time it is asked for, which is the same for both.
  const auto [once, work_once] = end(2);
  const auto [often, work_often] = end(1000);
  EXPECT_EQ(work_often.steps, work_once.steps);
  EXPECT_EQ(work_often.rate_evaluations, work_once.rate_evaluations);
  EXPECT_EQ(work_often.restarts, 1);
  for (Index row = 0; row < 2; ++row) EXPECT_EQ(often(row, 1), once(row, 1));
}

TEST(Cvode, NeverLooksPastTheStop) {
  double latest = 0.0;
  const auto system = one_row(
      [&](double time, double x) {
        latest = std::max(latest, time);
        return -x;
      },
      [](double, double) { return -1.0; });
  const auto integrator = make_cvode(*system, testing::tolerances(1e-6, 1e-9, 1), {});
  auto state = one_mole(*system);
  integrator->start(0.0, state.view(), 0.7);
  integrator->advance(0.7, state.span());
  EXPECT_LE(latest, 0.7);
  EXPECT_NEAR(state(0, 0), std::exp(-0.7), 1e-5);
}

TEST(Cvode, StartsAgainFromWhatItIsGiven) {
  const auto system = decay(1);
  const auto integrator = make_cvode(*system, testing::tolerances(1e-9, 1e-12, 1), {});
  auto state = one_mole(*system);
  integrator->start(0.0, state.view(), 1.0);
  integrator->advance(1.0, state.span());
  const auto first = integrator->work();
  state(0, 0) += 2.0;
  integrator->start(1.0, state.view(), 3.0);
  integrator->advance(2.0, state.span());
  EXPECT_NEAR(state(0, 0), (std::exp(-1.0) + 2.0) * std::exp(-1.0), 1e-7);
  integrator->advance(3.0, state.span());
  EXPECT_NEAR(state(0, 0), (std::exp(-1.0) + 2.0) * std::exp(-2.0), 1e-7);
  EXPECT_GT(integrator->work().steps, first.steps);
  EXPECT_EQ(integrator->work().restarts, 2);
}

TEST(Cvode, NewSettingsHoldFromTheNextStart) {
  core::StateLayout layout;
  const auto tank = layout.add_compartment("tank");
  const auto rate = layout.add_control(0.0);
  layout.finish();
  core::System system(layout, 1);
  system.add(
      std::make_unique<Infusion>("infusion", layout.row(tank), rate, std::vector<core::Accumulator>{}));
  const auto integrator = make_cvode(system, testing::tolerances(1e-9, 1e-12, 1), {});
  LaneArray state(1, 1);
  for (const double flow : {2.0, 0.0, 1.0}) {
    system.set_controls(LaneArray(1, 1, flow).view());
    integrator->start(0.0, state.view(), 3.0);
    integrator->advance(3.0, state.span());
  }
  EXPECT_NEAR(state(0, 0), 9.0, 1e-9);
}

TEST(Cvode, AskingForTheStartGivesTheStart) {
  const auto system = decay(2);
  const auto integrator = make_cvode(*system, testing::tolerances(1e-6, 1e-9, 2), {});
  const auto state = one_mole(*system);
  LaneArray seen(2, 2);
  integrator->start(4.0, state.view(), 5.0);
  integrator->advance(4.0, seen.span());
  EXPECT_EQ(seen(0, 1), 1.0);
  EXPECT_EQ(integrator->work().steps, 0);
}

TEST(Cvode, NothingAnywhereStaysNothing) {
  const auto system = decay(2);
  const auto integrator = make_cvode(*system, testing::tolerances(1e-6, 1e-9, 2), {});
  const auto end = testing::follow(*integrator, LaneArray(2, 2), {1e6}).back();
  EXPECT_EQ(end(0, 0), 0.0);
  EXPECT_EQ(end(1, 1), 0.0);
}

TEST(Cvode, NamesTheRowWhoseRateIsNotANumber) {
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    // c1 fails when time has passed 0.5; before that all is well.
    core::System system(testing::compartments(3), 1);
    system.add(std::make_unique<FunctionTerm>(
        1, [bad](double time, double x) { return time > 0.5 ? bad : -x; },
        [](double, double) { return -1.0; }));
    system.set_controls(LaneArray(0, 1).view());
    const auto error = thrown_by<core::IntegrationError>(system, {}, 1.0);
    EXPECT_THAT(error.what(), HasSubstr("rate of change of c1 is not a finite number"));
    EXPECT_GT(error.time(), 0.0);
    EXPECT_LE(error.time(), 0.51);
    EXPECT_NE(error.hint(), "");
  }
}

TEST(Cvode, ARateThatIsNoNumberFromTheStartIsNamedToo) {
  const auto system =
      one_row([](double, double x) { return 1.0 / (x - 1.0); }, [](double, double) { return 0.0; });
  const auto error = thrown_by<core::IntegrationError>(*system, {}, 1.0);
  EXPECT_THAT(error.what(), HasSubstr("rate of change of c0"));
  EXPECT_EQ(error.time(), 0.0);
}

TEST(Cvode, ASlipThatASmallerStepMendsIsNoFailure) {
  int calls = 0;
  const auto system =
      one_row([&](double, double x) { return ++calls == 20 ? std::numeric_limits<double>::quiet_NaN() : -x; },
              [](double, double) { return -1.0; });
  const auto integrator = make_cvode(*system, testing::tolerances(1e-6, 1e-9, 1), {});
  const auto end = testing::follow(*integrator, one_mole(*system), {2.0}).back();
  EXPECT_GT(calls, 20);
  EXPECT_NEAR(end(0, 0), std::exp(-2.0), 1e-5);
}

TEST(Cvode, KeepsTheWallClockLimit) {
  Limits limits;
  limits.max_wall_seconds = 0.0;
  const auto error = thrown_by<core::IntegrationError>(*decay(1), limits, 30.0, 1e-10);
  EXPECT_THAT(error.what(), HasSubstr("wall-clock limit"));
  EXPECT_THAT(error.hint(), HasSubstr("solver.max_wall_time"));
}

TEST(Cvode, KeepsTheStepLimit) {
  Limits limits;
  limits.max_steps = 20;
  const auto error = thrown_by<core::IntegrationError>(*decay(1), limits, 30.0, 1e-10);
  EXPECT_THAT(error.what(), HasSubstr("step limit"));
  EXPECT_THAT(error.hint(), HasSubstr("solver.max_steps"));
}

TEST(Cvode, TheStepLimitIsThatOfTheWholeRun) {
  // However often somebody looks or starts anew in between.
  const auto system = decay(1);
  Limits limits;
  limits.max_steps = 200;
  const auto integrator = make_cvode(*system, testing::tolerances(1e-10, 1e-13, 1), limits);
  auto state = one_mole(*system);
  const auto run = [&] {
    for (int part = 0; part < 10; ++part) {
      integrator->start(part, state.view(), part + 1.0);
      for (int i = 1; i <= 20; ++i) integrator->advance(part + i / 20.0, state.span());
    }
  };
  EXPECT_THROW(run(), core::IntegrationError);
  EXPECT_LE(integrator->work().steps, 200);
}

TEST(Cvode, AnOldSlipIsNotBlamedForTheStepLimit) {
  int calls = 0;
  const auto system =
      one_row([&](double, double x) { return ++calls == 20 ? std::numeric_limits<double>::quiet_NaN() : -x; },
              [](double, double) { return -1.0; });
  Limits limits;
  limits.max_steps = 60;
  EXPECT_THAT(thrown_by<core::IntegrationError>(*system, limits, 30.0, 1e-10).what(),
              HasSubstr("step limit"));
}

TEST(Cvode, GivesUpWhereTimeNoLongerMoves) {
  // Pushed back and forth across 1 so fast that no step gets anywhere.
  const auto system =
      one_row([](double, double x) { return x > 1.0 ? -1e12 : 1e12; }, [](double, double) { return 0.0; });
  const auto integrator = make_cvode(*system, testing::tolerances(1e-6, 1e-9, 1), {});
  auto state = one_mole(*system);
  integrator->start(1.0, state.view(), 2.0);
  EXPECT_THROW(integrator->advance(2.0, state.span()), core::IntegrationError);
}

TEST(Cvode, StopsWhenTold) {
  std::atomic<bool> stop = false;
  int calls = 0;
  const auto system = one_row(
      [&](double, double x) {
        if (++calls == 30) stop = true;
        return -x;
      },
      [](double, double) { return -1.0; });
  Limits limits;
  limits.stop = &stop;
  const auto interrupted = thrown_by<core::Interrupted>(*system, limits, 30.0, 1e-10);
  EXPECT_EQ(calls, 30);
  EXPECT_GE(interrupted.time(), 0.0);
  EXPECT_LT(interrupted.time(), 30.0);
}

}  // namespace
}  // namespace poultice::solvers
