// What an implementation that is wrong in one place only would not pass: what contours conserve, where they
// are cut, and what they refuse.
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/contour/exponential.hpp"
#include "solvers/contour/weight_table.hpp"
#include "tests/unit/solvers/contour/linear_systems.hpp"
#include "tests/unit/solvers/time/compartments.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using poultice::testing::chain_of;
using poultice::testing::layout_of;
using testing::contour;
using testing::geometric;
using testing::largest_difference;
using testing::states_at;

/// A donor, cell 0, on a chain of cells that drains into a total; a second total gets nothing. The donor's
/// face is open or shut.
std::unique_ptr<core::System> skin(Index n_cells, bool is_worn, bool is_drained = true) {
  return testing::system_of(layout_of({chain_of(n_cells), 1, 0, 2}), 1,
                            [=](core::RateMatrix& matrix, core::LaneSpan) {
                              std::mt19937 random(8);
                              for (Index i = 0; i + 1 < n_cells; ++i) {
                                auto k = poultice::testing::random_rates(1, random, 6.0);
                                if (i == 0 && !is_worn) k[0] = 0.0;
                                matrix.transfer(i, i + 1, k.data());
                                matrix.transfer(i + 1, i, k.data());
                              }
                              const double drain = is_drained ? 0.3 : 0.0;
                              matrix.transfer(n_cells - 1, n_cells, &drain);
                            });
}

LaneArray first_full(const core::System& system) {
  LaneArray state(system.n_rows(), system.width());
  std::fill_n(state[0], system.width(), 1.0);
  return state;
}

TEST(Contour, BeforeItIsNormalizedItsBalanceIsOffByWhatTheNodesAloneSay) {
  // Few nodes, so that this is well above rounding.
  const auto system = skin(300, true, false);
  const auto start = first_full(*system);
  const Window window(1.0, 100.0, 1e-6);
  Resolvent resolvent(*system, system->forcing());
  for (const double time : {1.0, 10.0, 100.0}) {
    double sum = 0.0;
    for (std::size_t k = 0; k < window.n_nodes(); ++k) {
      const auto z = window.node(k), weight = window.weight(k, time);
      const ComplexPack everywhere{in_all_lanes(z.real()), in_all_lanes(z.imag())};
      resolvent.solve(AcrossNodes{0}, everywhere, start.view(), 1.0 / everywhere);
      for (Index row = 0; row < system->n_rows(); ++row) {
        const auto& x = resolvent[row];
        sum += 2.0 * (weight.real() * x.re[0] - weight.imag() * x.im[0]);
      }
    }
    const double defect = constant_factor(window, time) - 1.0;
    EXPECT_NEAR(sum - 1.0, defect, 1e-14) << time;
    EXPECT_GT(std::abs(defect), 1e-12) << "nothing to see at " << time;
  }
}

TEST(Contour, SpeciesThatAriseFromOneAnotherCostADigitEach) {
  // Each turns into the next at one rate, the last stays: of the first, t^s exp(-t) / s! is species s. Poles
  // of as many orders, which the bound of a scalar knows nothing of; spread over cells, which change nothing.
  constexpr Index n_cells = 12, n_species = 8;
  const auto layout = layout_of({chain_of(n_cells), n_species, 0, 0});
  const auto system = testing::system_of(
      layout_of({chain_of(n_cells), n_species, 0, 0}), 1, [&](core::RateMatrix& matrix, core::LaneSpan) {
        const double once = 1.0, fast = 30.0;
        for (Index i = 0; i < n_cells; ++i)
          for (Index s = 0; s < n_species; ++s) {
            if (s + 1 < n_species) matrix.transfer(layout.row(i, s), layout.row(i, s + 1), &once);
            if (i + 1 == n_cells) continue;
            matrix.transfer(layout.row(i, s), layout.row(i + 1, s), &fast);
            matrix.transfer(layout.row(i + 1, s), layout.row(i, s), &fast);
          }
      });
  LaneArray start(system->n_rows(), 1);
  for (Index i = 0; i < n_cells; ++i) start(layout.row(i, 0), 0) = 1.0 / n_cells;
  const auto times = geometric(0.01, 40.0, 40);
  const auto states = states_at(*contour(*system), *system, start, times);
  for (std::size_t i = 0; i < times.size(); ++i) {
    double expected = std::exp(-times[i]), digits = 1.0;
    for (Index s = 0; s + 1 < n_species; ++s) {
      double sum = 0.0;
      for (Index cell = 0; cell < n_cells; ++cell) sum += states[i](layout.row(cell, s), 0);
      EXPECT_NEAR(sum, expected, 20.0 * contour_tolerance * digits) << times[i] << ' ' << s;
      expected *= times[i] / static_cast<double>(s + 1);
      digits *= 10.0;
    }
  }
}

TEST(Contour, AStiffClosedStackKeepsWhatItHoldsAtAllTimes) {
  const auto system = skin(2000, true, false);
  for (const auto& state :
       states_at(*contour(*system), *system, first_full(*system), geometric(1e-2, 1e8, 20))) {
    double sum = 0.0;
    for (Index row = 0; row < 2000; ++row) sum += state(row, 0);
    EXPECT_NEAR(sum, 1.0, 1e-13);
  }
}

TEST(Contour, OutputsBeginAMillisecondAfterARemoval) {
  const auto worn = skin(60, true), bare = skin(60, false);
  auto state = first_full(*worn);
  contour(*worn)->integrate({0.0, 50.0, {}}, state.span());
  const Index removed = bare->n_rows() - 1;
  state(removed, 0) = state(0, 0);
  state(0, 0) = 0.0;
  const auto times = geometric(1e-3, 1e5, 60);
  const auto a = states_at(*contour(*bare), *bare, state, times);
  const auto exponential = make_stepping(*bare, std::make_unique<Exponential>(*bare, Limits{}));
  const auto b = states_at(*exponential, *bare, state, times);
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_LT(largest_difference(a[i], b[i]), 1e-13) << times[i];
    EXPECT_EQ(a[i](removed, 0), state(removed, 0)) << "nothing flows there: kept to the last bit";
  }
}

TEST(Contour, SplittingAWindowChangesNothing) {
  // The same times seen in one window with much earlier ones, and in one of their own.
  const auto system = skin(60, true);
  auto early = geometric(0.01, 3.0, 20);
  const auto late = geometric(4.0, 400.0, 20);
  const auto alone = states_at(*contour(*system), *system, first_full(*system), late);
  early.insert(early.end(), late.begin(), late.end());
  const auto all = states_at(*contour(*system), *system, first_full(*system), early);
  for (std::size_t i = 0; i < late.size(); ++i) EXPECT_LT(largest_difference(all[20 + i], alone[i]), 1e-13);
}

TEST(Contour, LessThanNothingIsShownAsNothingUpToTheErrorAndRefusedBeyond) {
  const double k = 1e-3;
  const auto system = testing::system_of(testing::compartments(2, 1), 1,
                                         [&](core::RateMatrix& m, core::LaneSpan) { m.transfer(1, 2, &k); });
  const auto times = geometric(1.0, 50.0, 30);
  const auto with = [&](double amount) {
    LaneArray state(3, 1);
    state(0, 0) = amount, state(1, 0) = 1.0;
    return states_at(*contour(*system), *system, state, times);
  };
  EXPECT_EQ(with(-2e-14).front()(0, 0), 0.0);
  EXPECT_THROW(static_cast<void>(with(-1e-11)), core::IntegrationError);
}

}  // namespace
}  // namespace poultice::solvers
