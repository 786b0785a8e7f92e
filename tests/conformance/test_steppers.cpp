#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "solvers/contour/contour.hpp"
#include "solvers/contour/exponential.hpp"
#include "solvers/contour/scales.hpp"
#include "solvers/time/cvode.hpp"
#include "solvers/time/rosenbrock.hpp"
#include "solvers/time/stepping.hpp"
#include "tests/conformance/conformance.hpp"

namespace poultice::conformance {
namespace {

using solvers::RosenbrockMethod;

/// Goes through the schedule of a block: take(time, stop, state) carries the state from one event to the
/// next.
template <class Take>
void go_through(solvers::Block& block, Take&& take) {
  const auto& events = block.scenario().events();
  const double end = block.scenario().duration();
  auto state = block.initial_state();
  auto controls = block.initial_controls();
  std::size_t next = 0;
  for (double time = 0.0; time < end;) {
    for (; next < events.size() && events[next].time <= time; ++next)
      block.act(events[next], state.span(), controls.span());
    block.system().set_controls(controls.view());
    const double stop = next < events.size() ? std::min(events[next].time, end) : end;
    take(time, stop, state);
    time = stop;
  }
}

/// The state at the end of every stretch between events, and at two times within it.
std::vector<LaneArray> states(solvers::Block& block, solvers::Stepper& stepper) {
  std::vector<LaneArray> all;
  go_through(block, [&](double time, double stop, LaneArray& state) {
    stepper.start(time, state.view(), stop);
    for (const double part : {0.01, 0.3, 1.0}) {
      stepper.advance(part == 1.0 ? stop : time + part * (stop - time), state.span());
      all.push_back(state);
    }
  });
  return all;
}

/// States of one stretch between events, and what their errors are relative to.
struct Stretched {
  LaneArray states, dose;
};

/// At twenty times of every stretch and at its end, by one of the integrators that take a stretch whole.
std::vector<Stretched> stretches(solvers::Block& block, solvers::Integrator& integrator) {
  const auto& system = block.system();
  core::Probe all_rows;
  all_rows.n_points = system.n_rows();
  for (Index row = 0; row < system.n_rows(); ++row) all_rows.add(row, row, LaneArray(1, block.width(), 1.0));
  solvers::Observation what(block.width());
  what.add(all_rows);
  std::vector<Stretched> all;
  go_through(block, [&](double time, double stop, LaneArray& state) {
    std::vector<double> times;
    for (int i = 1; i <= 20; ++i) times.push_back(time + (stop - time) * i / 20.5);
    const auto dose = solvers::dose_of(state.view(), system.forcing(), stop - time);
    LaneArray seen(20 * system.n_rows(), block.width());
    const std::vector<solvers::Look> looks{{&what, times, seen.span()}};
    integrator.integrate({time, stop, looks}, state.span());
    all.push_back({std::move(seen), dose});
    all.push_back({state, dose});
  });
  return all;
}

TEST_P(Conformance, TheContourAndTheRationalExponentialAgree) {
  const auto scenario = reference(model());
  Members members(scenario, 0, 4);
  auto& block = members.block;
  if (!block.system().is_linear()) GTEST_SKIP() << "contours serve linear systems";
  const auto exponential = [&] {
    return solvers::make_stepping(block.system(),
                                  std::make_unique<solvers::Exponential>(block.system(), solvers::Limits{}));
  };
  const auto a = stretches(block, *solvers::make_contour(block.system(), {}, exponential()));
  const auto b = stretches(block, *exponential());
  double worst = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (Index row = 0; row < a[i].states.rows(); ++row)
      for (Index lane = 0; lane < 4; ++lane)
        worst = std::max(worst, std::abs(a[i].states(row, lane) - b[i].states(row, lane)) /
                                    std::max(a[i].dose(0, lane), 1e-300));
  EXPECT_LE(worst, solvers::contour_tolerance);
}

TEST_P(Conformance, SteppersAgree) {
  // Amounts, relative to what was applied. A reference of its own far below the tolerance.
  constexpr double tolerance = 1e-6;
  const auto scenario = reference(model());
  Members members(scenario, 0, 4);
  auto& block = members.block;
  const auto tolerances = [&](double relative) {
    LaneArray absolute = block.amount_scale();
    for (Index lane = 0; lane < 4; ++lane)
      absolute(0, lane) = 1e-3 * relative * std::max(absolute(0, lane), 1e-300);
    return solvers::Tolerances{relative, absolute};
  };
  const auto exact = states(block, *solvers::make_cvode(block.system(), tolerances(1e-9), {}));
  for (const auto method :
       {RosenbrockMethod::automatic, RosenbrockMethod::ros34pw2, RosenbrockMethod::rodas5p}) {
    const auto stepper = solvers::make_rosenbrock(block.system(), tolerances(tolerance), {}, method);
    const auto seen = states(block, *stepper);
    ASSERT_EQ(seen.size(), exact.size());
    double worst = 0.0, lowest = 0.0, balance = 0.0;
    for (std::size_t i = 0; i < seen.size(); ++i)
      for (Index lane = 0; lane < 4; ++lane) {
        const double scale = std::max(block.amount_scale()(0, lane), 1e-300);
        for (Index row = 0; row < seen[i].rows(); ++row) {
          worst = std::max(worst, std::abs(seen[i](row, lane) - exact[i](row, lane)) / scale);
          lowest = std::min(lowest, seen[i](row, lane) / scale);
        }
        for (const auto& moiety : block.system().moieties())
          balance = std::max(balance, std::abs(moiety.imbalance(seen[i].view(), lane)) / scale);
      }
    EXPECT_LE(worst, tolerance) << "method " << static_cast<int>(method);
    EXPECT_LE(balance, 3e-13) << "method " << static_cast<int>(method);
    EXPECT_GE(lowest, -1e-2 * tolerance) << "method " << static_cast<int>(method);
  }
}

}  // namespace
}  // namespace poultice::conformance
