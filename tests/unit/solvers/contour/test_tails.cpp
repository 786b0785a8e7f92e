// What has only just begun is small, and still right relative to itself.
#include <cmath>

#include <gtest/gtest.h>

#include "solvers/contour/resolvent.hpp"
#include "solvers/contour/tails.hpp"
#include "solvers/contour/window.hpp"
#include "tests/unit/solvers/contour/linear_systems.hpp"
#include "tests/unit/solvers/contour/positive_series.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using poultice::testing::chain_of;
using poultice::testing::layout_of;
using testing::by_positive_series;
using testing::geometric;

constexpr Index n_cells = 16, plasma = n_cells, eliminated = plasma + 1;

/// A skin of 16 cells above a plasma that is eliminated from; lanes differ in how fast all of it is.
std::unique_ptr<core::System> skin(Index width) {
  return testing::system_of(
      layout_of({chain_of(n_cells), 1, 1, 1}), width, [=](core::RateMatrix& matrix, core::LaneSpan) {
        LaneArray k(1, width), slow(1, width);
        for (Index lane = 0; lane < width; ++lane)
          k(0, lane) = std::pow(1.5, static_cast<double>(lane)), slow(0, lane) = 0.1 * k(0, lane);
        for (Index i = 0; i + 1 < n_cells; ++i)
          matrix.transfer(i, i + 1, k[0]), matrix.transfer(i + 1, i, k[0]);
        matrix.transfer(n_cells - 1, plasma, k[0]);
        matrix.transfer(plasma, eliminated, slow[0]);
      });
}

LaneArray applied(const core::System& system) {
  LaneArray state(system.n_rows(), system.width());
  std::fill_n(state[0], system.width(), 1.0);
  return state;
}

/// Plasma, what was eliminated, and the rate of that, at rising times: [time * 3 + which].
LaneArray seen(Integrator& integrator, const core::System& system, const std::vector<double>& times) {
  std::vector<core::Probe> probes(3);
  Observation what(system.width());
  for (std::size_t p = 0; p < 3; ++p) {
    probes[p].of_rate = p == 2;
    probes[p].add(0, p == 0 ? plasma : eliminated, LaneArray(1, system.width(), 1.0));
    what.add(probes[p]);
  }
  LaneArray out(3 * static_cast<Index>(times.size()), system.width());
  auto state = applied(system);
  const std::vector<Look> looks{{&what, times, out.span()}};
  integrator.integrate({0.0, times.back(), looks}, state.span());
  return out;
}

TEST(Tails, ASingleTimeWithTwentyFourNodesFindsABillionthOfWhatIsFiveMillionMillionthsOfTheDose) {
  const auto system = skin(1);
  const auto start = applied(*system);
  const double time = 1.6;
  const auto expected = static_cast<double>(by_positive_series(system->matrix(), start, time)[plasma]);
  ASSERT_GT(expected, 3e-12);
  ASSERT_LT(expected, 8e-12);
  const auto window = Window::with_nodes(time, time, 24);
  ASSERT_EQ(window.n_nodes(), 24U);
  Resolvent resolvent(*system, system->forcing());
  double found = 0.0;
  for (std::size_t k = 0; k < window.n_nodes(); ++k) {
    const auto z = window.node(k), weight = window.weight(k, time);
    const ComplexPack everywhere{in_all_lanes(z.real()), in_all_lanes(z.imag())};
    resolvent.solve(AcrossNodes{0}, everywhere, start.view(), 1.0 / everywhere);
    const auto& x = resolvent[plasma];
    found += 2.0 * (weight.real() * x.re[0] - weight.imag() * x.im[0]);
  }
  EXPECT_NEAR(found, expected, 1e-9 * expected);
}

TEST(Tails, AreRightRelativeToThemselvesInEveryLane) {
  const auto system = skin(5);
  const auto times = geometric(0.4, 40.0, 30);
  const auto found = seen(*testing::contour(*system), *system, times);
  int n_tails = 0;
  for (std::size_t i = 0; i < times.size(); ++i)
    for (Index lane = 0; lane < 5; ++lane) {
      const auto amounts = by_positive_series(system->matrix(), applied(*system), times[i], lane);
      const double drain = 0.1 * std::pow(1.5, static_cast<double>(lane));
      for (Index which = 0; which < 3; ++which) {
        const auto expected = static_cast<double>(which == 1   ? amounts[eliminated]
                                                  : which == 0 ? amounts[plasma]
                                                               : drain * amounts[plasma]);
        if (expected < 1e-16) continue;
        const double scale = which == 2 ? 1.0 / times[i] : 1.0;
        const bool is_tail = expected < 0.9 * tail_threshold * scale;
        n_tails += is_tail ? 1 : 0;
        // To 1e-7 at 1e-16, better where there is more; above the threshold as good as anything.
        const double allowed = is_tail ? std::max(1e-10, 1e-23 / expected) : 1e-12 * scale / expected;
        EXPECT_NEAR(found(3 * static_cast<Index>(i) + which, lane) / expected, 1.0, allowed)
            << times[i] << ' ' << which << ' ' << expected;
      }
    }
  EXPECT_GT(n_tails, 20) << "the case has lost its point";
}

TEST(Tails, AreRightWhereLanesBeginAtTimesOfTheirOwn) {
  constexpr double spacing = 0.2;
  const auto system = skin(5);
  const std::vector<double> begins{0.0, 0.1, 1.0, 2.3, 0.8}, ends{30.0, 40.0, 35.0, 31.0, 20.0};
  std::vector<double> times;
  for (int i = 0; i <= 200; ++i) times.push_back(spacing * i);
  std::vector<Index> first, last;
  for (std::size_t lane = 0; lane < begins.size(); ++lane) {
    const auto place = [&](auto found) { return static_cast<Index>(found - times.begin()); };
    first.push_back(place(std::upper_bound(times.begin(), times.end(), begins[lane] + 1e-9)));
    last.push_back(place(std::lower_bound(times.begin(), times.end(), ends[lane] - 1e-9)));
  }
  core::Probe probe;
  probe.add(0, plasma, LaneArray(1, 5, 1.0));
  Observation what(5);
  what.add(probe);
  LaneArray out(static_cast<Index>(times.size()), 5);
  auto state = applied(*system);
  const std::vector<Look> looks{{&what, times, out.span(), first, last, spacing}};
  testing::contour(*system)->integrate({0.0, 40.0, looks, begins, ends}, state.span());
  int n_tails = 0;
  for (Index lane = 0; lane < 5; ++lane) {
    const auto at = static_cast<std::size_t>(lane);
    for (Index i = first[at]; i < last[at]; ++i) {
      const double since = times[static_cast<std::size_t>(i)] - begins[at];
      const auto expected =
          static_cast<double>(by_positive_series(system->matrix(), applied(*system), since, lane)[plasma]);
      if (expected < 1e-16 || expected > 0.9 * tail_threshold) continue;
      ++n_tails;
      EXPECT_NEAR(out(i, lane) / expected, 1.0, std::max(1e-10, 1e-23 / expected)) << since << ' ' << lane;
    }
  }
  EXPECT_GT(n_tails, 10) << "the case has lost its point";
}

TEST(Tails, CostNothingWhereThereAreNone) {
  const auto system = skin(1);
  const auto count = [&](double first) {
    const auto integrator = testing::contour(*system);
    static_cast<void>(seen(*integrator, *system, geometric(first, 400.0, 30)));
    return integrator->work().factorizations;
  };
  const auto window = [](double first) {
    return static_cast<long>(Window(first, 400.0, contour_tolerance).n_nodes());
  };
  EXPECT_EQ(count(8.0), window(8.0));
  EXPECT_GT(count(0.5), window(0.5));
}

TEST(Tails, WhatIsNothingIsNotSearchedForAtEarlierTimes) {
  // Plasma after a thousandth of the time that a cell takes is far below the smallest number.
  const auto system = skin(1);
  const auto integrator = testing::contour(*system);
  const auto times = geometric(1e-9, 40.0, 200);
  const auto found = seen(*integrator, *system, times);
  EXPECT_EQ(found(0, 0), 0.0);
  for (std::size_t i = 1; i < times.size(); ++i)
    EXPECT_GE(found(3 * static_cast<Index>(i) + 1, 0), found(3 * static_cast<Index>(i) - 2, 0)) << times[i];
  EXPECT_LT(integrator->work().factorizations, 500);
}

TEST(Tails, WhatStaysEmptyStaysSo) {
  // The second compartment gets nothing from anywhere.
  const double k = 1.0;
  const auto system =
      testing::system_of(layout_of({chain_of(4), 1, 2, 1}), 1, [&](core::RateMatrix& matrix, core::LaneSpan) {
        for (Index i = 0; i < 3; ++i) matrix.transfer(i, i + 1, &k);
        matrix.transfer(3, 4, &k);
        matrix.transfer(5, 6, &k);
      });
  core::Probe probe;
  probe.add(0, 5, LaneArray(1, 1, 1.0));
  Observation what(1);
  what.add(probe);
  const auto times = geometric(1.0, 50.0, 30);
  LaneArray out(30, 1), state = applied(*system);
  const std::vector<Look> looks{{&what, times, out.span()}};
  const auto integrator = testing::contour(*system);
  integrator->integrate({0.0, times.back(), looks}, state.span());
  for (Index i = 0; i < 30; ++i) EXPECT_EQ(out(i, 0), 0.0);
  EXPECT_EQ(integrator->work().factorizations,
            static_cast<long>(Window(1.0, 50.0, contour_tolerance).n_nodes()));
}

}  // namespace
}  // namespace poultice::solvers
