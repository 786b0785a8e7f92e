// Orders in time of the Rosenbrock methods, seen with steps of equal length, and errors with steps of their
// own choice.
#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "solvers/reaction/michaelis_menten.hpp"
#include "solvers/reaction/saturable_binding.hpp"
#include "solvers/time/rosenbrock.hpp"
#include "solvers/transport/transfer.hpp"
#include "tests/order/slab.hpp"
#include "tests/problems/closed_forms.hpp"
#include "tests/problems/decaying_mode.hpp"
#include "tests/unit/solvers/time/compartments.hpp"

namespace poultice::testing {
namespace {

using core::Index;
using core::LaneArray;
using solvers::RosenbrockMethod;
using Function = std::function<double(double)>;

constexpr RosenbrockMethod tableaus[] = {RosenbrockMethod::ros34pw2, RosenbrockMethod::rodas5p};

/// A tolerance that any step meets makes steps as long as the way to the stop.
std::unique_ptr<solvers::Stepper> unbound(const core::System& system, RosenbrockMethod method) {
  return solvers::make_rosenbrock(system, {1e30, LaneArray(1, system.width(), 1e30)}, {}, method);
}

/// Errors of row 0 at time `end` after n steps of equal length, and in the middle of the last one.
struct Errors {
  double end, middle;
};
Errors errors(const core::System& system, RosenbrockMethod method, double end, int n, const Function& exact) {
  const auto stepper = unbound(system, method);
  LaneArray state(system.n_rows(), 1), middle = state;
  state(0, 0) = exact(0.0);
  for (int i = 0; i < n; ++i) {
    const double begin = end * i / n, stop = end * (i + 1) / n, half = 0.5 * (begin + stop);
    stepper->start(begin, state.view(), stop);
    stepper->advance(half, middle.span());
    stepper->advance(stop, state.span());
  }
  EXPECT_EQ(stepper->work().steps, n);
  return {std::abs(state(0, 0) - exact(end)), std::abs(middle(0, 0) - exact(end * (n - 0.5) / n))};
}

/// log2 of the ratio of errors with n and 2 n steps.
struct Orders {
  double end, middle;
};
Orders orders(const core::System& system, RosenbrockMethod method, double end, int n, const Function& exact) {
  const auto coarse = errors(system, method, end, n, exact);
  const auto fine = errors(system, method, end, 2 * n, exact);
  return {std::log2(coarse.end / fine.end), std::log2(coarse.middle / fine.middle)};
}

std::unique_ptr<core::System> one_row(std::function<double(double, double)> rate,
                                      std::function<double(double, double)> slope) {
  auto system = std::make_unique<core::System>(solvers::testing::compartments(1), 1);
  system->add(std::make_unique<solvers::testing::FunctionTerm>(0, std::move(rate), std::move(slope)));
  system->set_controls(LaneArray(0, 1).view());
  return system;
}

TEST(Rosenbrock, HasItsOrderWhereRatesDependOnTimeAndNotLinearlyOnTheState) {
  // y' = -(1 + cos 3t) y^2, whose solution is elementary.
  const auto system = one_row([](double t, double y) { return -(1.0 + std::cos(3.0 * t)) * y * y; },
                              [](double t, double y) { return -2.0 * (1.0 + std::cos(3.0 * t)) * y; });
  const auto exact = [](double t) { return 1.0 / (1.0 + t + std::sin(3.0 * t) / 3.0); };
  for (const auto method : tableaus) {
    const auto& t = solvers::rosenbrock_tableau(method);
    const auto seen = orders(*system, method, 2.0, 80, exact);
    EXPECT_NEAR(seen.end, t.order, 0.35) << t.name;
    // The continuous extension, one order lower within a step, is as exact overall.
    EXPECT_NEAR(seen.middle, std::min(t.order, t.dense_order + 1), 0.5) << t.name << " between steps";
  }
}

TEST(Rosenbrock, TheChainHasItsOrder) {
  core::System system(solvers::testing::compartments(1, 1), 1);
  system.add(std::make_unique<solvers::Transfer>("decay", core::TermKind::exchange,
                                                 std::vector<solvers::Move>{{0, 1, LaneArray(1, 1, 1.0)}}));
  system.set_controls(LaneArray(0, 1).view());
  const auto& t = solvers::rosenbrock_tableau(RosenbrockMethod::pade5);
  const auto seen = orders(system, RosenbrockMethod::pade5, 2.0, 4, [](double x) { return std::exp(-x); });
  EXPECT_NEAR(seen.end, t.order, 0.5);
  EXPECT_NEAR(seen.middle, t.order, 0.8) << "between steps";
}

/// Prothero & Robinson, Math. Comp. 28 (1974) 145: y' = -stiffness (y - phi) + phi', y = phi.
std::unique_ptr<core::System> prothero_robinson(double stiffness) {
  return one_row([=](double t, double y) { return -stiffness * (y - std::sin(t + 0.5)) + std::cos(t + 0.5); },
                 [=](double, double) { return -stiffness; });
}

TEST(Rosenbrock, KeepsPartOfItsOrderWhereItIsStiff) {
  // Where h times stiffness is large, orders at the ends of steps fall to 2 (ROS34PW2) and 3 (RODAS5P), of
  // errors that are themselves divided by the stiffness; between steps they are 3 and 4.
  const auto exact = [](double t) { return std::sin(t + 0.5); };
  const auto mild = prothero_robinson(1e4), hard = prothero_robinson(1e6);
  for (const auto method : tableaus) {
    const auto& t = solvers::rosenbrock_tableau(method);
    const auto seen = orders(*hard, method, 2.0, 10, exact);
    EXPECT_NEAR(seen.end, t.order == 3 ? 2.0 : 3.0, 0.2) << t.name;
    EXPECT_NEAR(seen.middle, t.order == 3 ? 3.0 : 4.0, 0.2) << t.name << " between steps";
    const double falls =
        errors(*mild, method, 2.0, 10, exact).end / errors(*hard, method, 2.0, 10, exact).end;
    EXPECT_NEAR(falls, 100.0, 10.0) << t.name;
    EXPECT_LT(errors(*hard, method, 2.0, 20, exact).end, 1e-9) << t.name;
    EXPECT_LT(errors(*hard, method, 2.0, 20, exact).middle, 1e-5) << t.name << " between steps";
  }
}

/// Largest error over rows of `state` against a reference, relative to the largest of it.
double largest_error(const LaneArray& state, const LaneArray& reference) {
  double error = 0.0, largest = 0.0;
  for (Index row = 0; row < state.rows(); ++row) {
    error = std::max(error, std::abs(state(row, 0) - reference(row, 0)));
    largest = std::max(largest, std::abs(reference(row, 0)));
  }
  return error / largest;
}

TEST(Rosenbrock, TheErrorFollowsTheToleranceInAStiffSlab) {
  // All drug in the upper of two layers with a jump between: the hardest start there is, at many time scales.
  const std::vector<SlabLayer> layers{{20e-6, 1e-13, 1e2}, {80e-6, 1e-12, 1.0, 0.5, 1e-3}};
  Slab slab(layers, 40);
  LaneArray state(slab.system().n_rows(), 1);
  double most = 0.0;
  for (Index i = 0; i < 40; ++i) state(i, 0) = slab.capacity(i), most = std::max(most, state(i, 0));
  const double end = 1.0 / DecayingMode(layers).rate();
  for (const auto method : {RosenbrockMethod::pade5, RosenbrockMethod::ros34pw2, RosenbrockMethod::rodas5p})
    // The early times lie within the first steps, where the start's jump is not resolved yet.
    for (const double time : {1e-9 * end, 1e-7 * end, 1e-4 * end, 0.01 * end, end}) {
      const auto reference = slab.at(time, state, 1e-12);
      for (double tolerance = 1e-4; tolerance > 0.5e-8; tolerance *= 0.1) {
        const auto stepper = solvers::make_rosenbrock(
            slab.system(), {tolerance, LaneArray(1, 1, 1e-3 * tolerance * most)}, {}, method);
        LaneArray now = state;
        stepper->start(0.0, state.view(), end);
        stepper->advance(time, now.span());
        const auto what = fmt::format("{}, at {:.3g} s with tolerance {:.0e}",
                                      solvers::rosenbrock_tableau(method).name, time, tolerance);
        EXPECT_LE(largest_error(now, reference), 2.0 * tolerance) << what;
        for (Index row = 0; row < now.rows(); ++row)
          EXPECT_GE(now(row, 0), -1e-3 * tolerance * most) << what << ", row " << row;
      }
    }
}

LaneArray one(double value) { return LaneArray(1, 1, value); }

/// Expects row 0 to follow `exact` within ten tolerances, which steps of its own choice are given.
void expect_error_follows_tolerance(const core::System& system, const LaneArray& state,
                                    const Function& exact) {
  for (const auto method : tableaus)
    for (double tolerance = 1e-4; tolerance > 0.5e-9; tolerance *= 0.1) {
      const auto stepper = solvers::make_rosenbrock(system, {tolerance, one(1e-4 * tolerance)}, {}, method);
      stepper->start(0.0, state.view(), 10.0);
      LaneArray now = state;
      double worst = 0.0;
      for (const double time : {0.3, 1.0, 3.0, 10.0}) {
        stepper->advance(time, now.span());
        worst = std::max(worst, std::abs(now(0, 0) - exact(time)));
      }
      EXPECT_LE(worst, 10.0 * tolerance)
          << fmt::format("{}, tolerance {:.0e}", solvers::rosenbrock_tableau(method).name, tolerance);
    }
}

TEST(Rosenbrock, FollowsBindingThatSaturates) {
  const double a = 2.0, d = 0.3, N = 0.7, T = 1.0;
  core::StateLayout layout;
  layout.add_species({"drug", 0.3});
  layout.add_field("tissue and sites", 2);
  layout.graph().connect(0, 1);
  layout.finish();
  core::System system(layout, 1);
  system.add(std::make_unique<solvers::SaturableBinding>(
      "binding", std::vector<solvers::Binding>{{1, 0, one(a), one(d), one(N)}}));
  system.set_controls(LaneArray(0, 1).view());
  LaneArray state(2, 1);
  state(1, 0) = T;
  const problems::SaturableSites sites{a, d, N, T};
  expect_error_follows_tolerance(system, state, [=](double t) { return sites.bound(t); });
}

TEST(Rosenbrock, FollowsAnEnzymeThatSaturates) {
  const double c0 = 5.0, K = 0.8, v = 1.0;
  core::StateLayout layout;
  layout.add_species({"drug", 0.3});
  layout.add_species({"metabolite", 0.3});
  layout.add_field("cell", 1);
  layout.finish();
  core::System system(layout, 1);
  system.add(std::make_unique<solvers::MichaelisMenten>(
      "metabolism", layout, std::vector<solvers::Conversion>{{0, 1, one(1.0), one(v), one(K), {}}}));
  system.set_controls(LaneArray(0, 1).view());
  LaneArray state(2, 1);
  state(0, 0) = c0;
  expect_error_follows_tolerance(system, state,
                                 [=](double t) { return problems::michaelis_menten(c0, K, v, t); });
}

}  // namespace
}  // namespace poultice::testing
