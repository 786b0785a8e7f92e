// Lanes that go through stretches of their own, side by side.
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "solvers/time/cvode.hpp"
#include "solvers/time/rosenbrock.hpp"
#include "solvers/time/stepping.hpp"
#include "tests/support/test_terms.hpp"
#include "tests/unit/solvers/time/compartments.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using testing::FunctionTerm;

constexpr Index width = 3;
constexpr double rates[width] = {1.0, 2.5, 0.4};

struct Case {
  std::string name;
  bool is_linear;
  std::unique_ptr<Stepper> (*make)(const core::System&, double tolerance);
};

template <RosenbrockMethod method>
std::unique_ptr<Stepper> rosenbrock(const core::System& system, double tolerance) {
  return make_rosenbrock(system, testing::tolerances(tolerance, 1e-3 * tolerance, system.width()), {},
                         method);
}
std::unique_ptr<Stepper> cvode(const core::System& system, double tolerance) {
  return make_cvode(system, testing::tolerances(tolerance, 1e-3 * tolerance, system.width()), {});
}

const std::vector<Case> cases{{"cvode", false, cvode},
                              {"linear_cvode", true, cvode},
                              {"pade5", true, rosenbrock<RosenbrockMethod::pade5>},
                              {"ros34pw2", false, rosenbrock<RosenbrockMethod::ros34pw2>},
                              {"rodas5p", false, rosenbrock<RosenbrockMethod::rodas5p>}};

/// An amount that decays into a total, in each lane at a rate of its own; faster and faster, with the square
/// of the amount, where it is not linear.
class Stepping : public ::testing::TestWithParam<Case> {
 protected:
  [[nodiscard]] static std::unique_ptr<core::System> system() {
    core::StateLayout layout;
    const auto from = layout.add_compartment("from");
    const auto total = layout.accumulator("total");
    const auto rate = layout.add_control(1.0);
    layout.finish();
    const Index first = layout.row(from), second = layout.row(total);
    auto system = std::make_unique<core::System>(std::move(layout), width);
    system->add(std::make_unique<core::testing::GatedTransfer>(first, second, rate));
    if (!GetParam().is_linear)
      system->add(std::make_unique<FunctionTerm>(
          first, [](double t, double x) { return -0.3 * t * x * x; },
          [](double t, double x) { return -0.6 * t * x; }));
    LaneArray controls(1, width);
    for (Index lane = 0; lane < width; ++lane) controls(0, lane) = rates[lane];
    system->set_controls(controls.view());
    return system;
  }

  [[nodiscard]] static LaneArray start() {
    LaneArray state(2, width);
    for (Index lane = 0; lane < width; ++lane) state(0, lane) = 1.0;
    return state;
  }

  /// x' = -k x - 0.3 t x^2 from x(begin) = 1: by v = 1/x, v' = k v + 0.3 t.
  static double exact(double k, double begin, double time) {
    if (GetParam().is_linear) return std::exp(-k * (time - begin));
    const double c = 0.3;
    const auto particular = [&](double t) { return -c / k * t - c / (k * k); };
    return 1.0 / ((1.0 - particular(begin)) * std::exp(k * (time - begin)) + particular(time));
  }
};

TEST_P(Stepping, WithinAStepALaneMayBeLookedAtWhenItLikes) {
  const auto one = system(), other = system();
  const auto by_steps = GetParam().make(*one, 1e-5), by_times = GetParam().make(*other, 1e-5);
  by_steps->start(0.0, start().view(), 2.0);
  double begun = 0.0;
  for (int step = 0; begun < 2.0; ++step) {
    const double reached = by_steps->step();
    ASSERT_GT(reached, begun);
    ASSERT_LE(reached, 2.0);
    const double length = reached - begun;
    const double times[width] = {begun + 0.1 * length, begun + 0.77 * length, reached};
    LaneArray state(2, width), expected(2, width);
    by_steps->interpolate(times, state.span());
    for (Index lane = 0; lane < width && step > 0; ++lane) {
      by_times->start(0.0, start().view(), 2.0);
      // CVODE's first step depends on the time that it is asked for first.
      static_cast<void>(by_times->step());
      by_times->advance(times[lane], expected.span());
      for (Index row = 0; row < 2; ++row) EXPECT_NEAR(state(row, lane), expected(row, lane), 1e-13);
    }
    begun = reached;
    if (step > 200) break;
  }
}

TEST_P(Stepping, LanesGoThroughTheirOwnStretchesAndAreSampledOnTheWay) {
  const auto system = this->system();
  auto integrator = make_stepping(*system, GetParam().make(*system, 1e-9));
  core::Probe amount{.name = "amount", .unit = "mol"}, rate{.name = "rate", .unit = "mol/s", .of_rate = true};
  amount.add(0, 0, LaneArray(1, width, 1.0));
  rate.add(0, 0, LaneArray(1, width, 1.0));
  Observation what(width);
  what.add(amount);
  what.add(rate);
  const std::vector<double> times{0.5, 1.0, 1.5, 2.0, 2.5}, begins{0.2, 0.9, 1.0}, ends{2.6, 2.2, 1.0};
  const std::vector<Index> first{0, 1, 2}, last{5, 4, 2};
  LaneArray seen(10, width, 777.0), state = start();
  const std::vector<Look> looks{{&what, times, seen.span(), first, last, 0.5}};
  integrator->integrate({0.2, 2.6, looks, begins, ends}, state.span());
  for (std::size_t lane = 0; lane < 3; ++lane) {
    const auto at = static_cast<Index>(lane);
    EXPECT_NEAR(state(0, at), exact(rates[lane], begins[lane], ends[lane]), 1e-7);
    for (Index i = first[lane]; i < last[lane]; ++i) {
      const double time = times[static_cast<std::size_t>(i)], x = exact(rates[lane], begins[lane], time);
      EXPECT_NEAR(seen(2 * i, at), x, 1e-7) << "lane " << lane << " at " << time;
      const double speed = -rates[lane] * x - (GetParam().is_linear ? 0.0 : 0.3 * time * x * x);
      EXPECT_NEAR(seen(2 * i + 1, at), speed, 1e-6) << "lane " << lane << " at " << time;
    }
  }
  EXPECT_EQ(state(0, 2), 1.0);  // whose stretch has no length
}

INSTANTIATE_TEST_SUITE_P(Of, Stepping, ::testing::ValuesIn(cases),
                         [](const auto& of) { return of.param.name; });

}  // namespace
}  // namespace poultice::solvers
