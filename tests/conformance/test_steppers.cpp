#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "solvers/time/cvode.hpp"
#include "solvers/time/rosenbrock.hpp"
#include "tests/conformance/conformance.hpp"

namespace poultice::conformance {
namespace {

using solvers::RosenbrockMethod;

/// The state at the end of every stretch between events, and at two times within it.
std::vector<LaneArray> states(solvers::Block& block, solvers::Stepper& stepper) {
  const auto& events = block.scenario().events();
  const double end = block.scenario().duration();
  auto state = block.initial_state();
  auto controls = block.initial_controls();
  std::vector<LaneArray> all;
  std::size_t next = 0;
  for (double time = 0.0; time < end;) {
    for (; next < events.size() && events[next].time <= time; ++next)
      block.act(events[next], state.span(), controls.span());
    block.system().set_controls(controls.view());
    const double stop = next < events.size() ? std::min(events[next].time, end) : end;
    stepper.start(time, state.view(), stop);
    for (const double part : {0.01, 0.3, 1.0}) {
      stepper.advance(part == 1.0 ? stop : time + part * (stop - time), state.span());
      all.push_back(state);
    }
    time = stop;
  }
  return all;
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
