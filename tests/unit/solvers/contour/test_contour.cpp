#include <cmath>
#include <numbers>
#include <random>

#include <Eigen/Eigenvalues>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/contour/exponential.hpp"
#include "solvers/run/integrator_choice.hpp"
#include "tests/unit/solvers/contour/linear_systems.hpp"
#include "tests/unit/solvers/time/compartments.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using poultice::testing::chain_of;
using poultice::testing::layout_of;
using poultice::testing::Make;
using testing::contour;
using testing::geometric;
using testing::largest_difference;
using testing::states_at;
using testing::system_of;

/// Diffusion along a chain of unit capacities, faces spread over `decades`, one end draining into a total.
std::unique_ptr<core::System> stack(Index n_cells, Index width, double decades, bool is_closed = false) {
  const Make make{chain_of(n_cells), 1, 0, 1};
  return system_of(layout_of(make), width, [=](core::RateMatrix& matrix, core::LaneSpan) {
    std::mt19937 random(21);
    for (const auto& [a, b] : make.topology.faces) {
      const auto k = poultice::testing::random_rates(width, random, decades);
      matrix.transfer(a, b, k.data());
      matrix.transfer(b, a, k.data());
    }
    const auto k = poultice::testing::random_rates(width, random, 1.0);
    if (!is_closed) matrix.transfer(n_cells - 1, n_cells, k.data());
  });
}

LaneArray first_cell_full(const core::System& system) {
  LaneArray state(system.n_rows(), system.width());
  std::fill_n(state[0], system.width(), 1.0);
  return state;
}

TEST(Contour, TwoCompartmentsFollowTheirClosedForm) {
  const double k10 = 0.3, k12 = 2.0, k21 = 0.5, sum = k10 + k12 + k21;
  const double alpha = 0.5 * (sum + std::sqrt(sum * sum - 4.0 * k21 * k10)), beta = k21 * k10 / alpha;
  const auto system = system_of(testing::compartments(2, 1), 1, [=](core::RateMatrix& m, core::LaneSpan) {
    m.transfer(0, 2, &k10), m.transfer(0, 1, &k12), m.transfer(1, 0, &k21);
  });
  const auto times = geometric(0.01, 20.0, 40);
  const auto states = states_at(*contour(*system), *system, first_cell_full(*system), times);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double t = times[i];
    const double central =
        ((alpha - k21) * std::exp(-alpha * t) + (k21 - beta) * std::exp(-beta * t)) / (alpha - beta);
    const double peripheral = k12 * (std::exp(-beta * t) - std::exp(-alpha * t)) / (alpha - beta);
    EXPECT_NEAR(states[i](0, 0), central, 1e-12);
    EXPECT_NEAR(states[i](1, 0), peripheral, 1e-12);
    EXPECT_NEAR(states[i](2, 0), 1.0 - central - peripheral, 1e-12);
  }
}

TEST(Contour, AgreesWithTheRationalExponentialInEveryLaneAndWidth) {
  // Widths that fill packs, leave lanes over, and are all left over.
  for (const Index width : {1, 3, 8, 11}) {
    const auto system = stack(60, width, 6.0);
    const auto times = geometric(1e-2, 1e3, 30);
    const auto exponential = make_stepping(*system, std::make_unique<Exponential>(*system, Limits{}));
    const auto a = states_at(*contour(*system), *system, first_cell_full(*system), times);
    const auto b = states_at(*exponential, *system, first_cell_full(*system), times);
    for (std::size_t i = 0; i < times.size(); ++i)
      EXPECT_LT(largest_difference(a[i], b[i]), 1e-13) << times[i];
  }
}

TEST(Contour, WidthChangesNothingBeyondRounding) {
  const auto wide = stack(60, 8, 6.0),
             lone = system_of(layout_of({chain_of(60), 1, 0, 1}), 1, [&](core::RateMatrix&m, core::LaneSpan) {
               for (Index i = 0; i + 1 < 60; ++i) {
                 m.transfer(i, i + 1, &wide->matrix().up()[i][5]);
                 m.transfer(i + 1, i, &wide->matrix().down()[i][5]);
               }
               m.transfer(59, 60, &wide->matrix().coupling_values()[0][5]);
             });
  const auto times = geometric(0.1, 100.0, 20);
  const auto a = states_at(*contour(*wide), *wide, first_cell_full(*wide), times);
  const auto b = states_at(*contour(*lone), *lone, first_cell_full(*lone), times);
  for (std::size_t i = 0; i < times.size(); ++i)
    for (Index row = 0; row < 61; ++row) EXPECT_NEAR(a[i](row, 5), b[i](row, 0), 1e-14);
}

TEST(Contour, KeepsWhatIsConservedToRounding) {
  const auto system = stack(300, 1, 10.0);
  const auto times = geometric(1e-3, 1e6, 50);
  for (const auto& state : states_at(*contour(*system), *system, first_cell_full(*system), times)) {
    double sum = 0.0;
    for (Index row = 0; row < system->n_rows(); ++row) sum += state(row, 0);
    EXPECT_NEAR(sum, 1.0, 300 * 2.2e-16) << "one rounding for each cell";
  }
}

TEST(Contour, AStiffClosedStackOfTwoThousandCellsComesToItsEquilibrium) {
  // Elimination on the diagonal loses what is conserved to some 1e-8 here.
  const auto system = stack(2000, 1, 8.0, true);
  const auto end =
      states_at(*contour(*system), *system, first_cell_full(*system), geometric(1e10, 1e14, 5)).back();
  for (Index row = 0; row < 2000; row += 37) EXPECT_NEAR(end(row, 0), 1.0 / 2000.0, 1e-13);
}

TEST(Contour, RatesAreThoseOfTheState) {
  const auto system = stack(40, 2, 3.0);
  const auto times = geometric(0.1, 50.0, 25);
  const auto states = states_at(*contour(*system), *system, first_cell_full(*system), times);
  const auto rates = states_at(*contour(*system), *system, first_cell_full(*system), times, true);
  LaneArray expected(system->n_rows(), 2);
  for (std::size_t i = 0; i < times.size(); ++i) {
    system->rates(times[i], states[i].view(), expected.span());
    EXPECT_LT(largest_difference(rates[i], expected), 1e-11);
  }
}

TEST(Contour, AnInfusionWithTwoWaysOut) {
  // dx/dt = r - (a + b) x from zero; what has left by each way is known.
  const double a = 0.2, b = 0.05, r = 3.0, k = a + b;
  const auto system =
      system_of(testing::compartments(1, 3), 1, [=](core::RateMatrix& m, core::LaneSpan forcing) {
        m.transfer(0, 1, &a), m.transfer(0, 2, &b);
        forcing(0, 0) = r;
        forcing(3, 0) = r;  // counts what was put in
      });
  const auto times = geometric(0.5, 200.0, 40);
  const auto states = states_at(*contour(*system), *system, LaneArray(4, 1), times);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double t = times[i], x = r / k * -std::expm1(-k * t), left = r * t - x;
    const double bound = 1e-13 * r * times.back();
    EXPECT_NEAR(states[i](0, 0), x, bound);
    EXPECT_NEAR(states[i](1, 0), left * a / k, bound);
    EXPECT_NEAR(states[i](2, 0), left * b / k, bound);
    EXPECT_NEAR(states[i](3, 0), r * t, bound);
    EXPECT_NEAR(states[i](0, 0) + states[i](1, 0) + states[i](2, 0), states[i](3, 0),
                1e-15 * r * times.back());
  }
}

TEST(Contour, AnInfusionThatNothingEmptiesIsExactToo) {
  const double in = 0.1, out = 0.3, r = 2.0;
  const auto system =
      system_of(testing::compartments(2, 1), 1, [=](core::RateMatrix& m, core::LaneSpan forcing) {
        m.transfer(0, 1, &in), m.transfer(1, 0, &out);
        forcing(0, 0) = r;
        forcing(2, 0) = r;
      });
  const auto times = geometric(0.5, 200.0, 40);
  const auto states = states_at(*contour(*system), *system, LaneArray(3, 1), times);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const double t = times[i], k = in + out;
    const double second = r * in / k * (t + std::expm1(-k * t) / k);
    // A double pole, which costs a contour three of its digits.
    EXPECT_NEAR(states[i](1, 0), second, 1e-11 * r * times.back());
    EXPECT_NEAR(states[i](0, 0) + states[i](1, 0), states[i](2, 0), 1e-14 * r * times.back());
  }
}

TEST(Contour, OutputsAMillisecondAfterAnEventCostLittle) {
  const auto system = stack(50, 1, 6.0);
  auto times = geometric(1e-3, 1e6, 100);
  const auto integrator = contour(*system);
  const auto a = states_at(*integrator, *system, first_cell_full(*system), times);
  EXPECT_LT(integrator->work().factorizations, 200);
  const auto exponential = make_stepping(*system, std::make_unique<Exponential>(*system, Limits{}));
  const auto b = states_at(*exponential, *system, first_cell_full(*system), times);
  for (std::size_t i = 0; i < times.size(); ++i) EXPECT_LT(largest_difference(a[i], b[i]), 1e-13);
}

TEST(Contour, SplittingAStretchChangesNothing) {
  const auto system = stack(50, 1, 4.0);
  auto whole = first_cell_full(*system), parts = whole;
  const auto integrator = contour(*system);
  const testing::AllRows rows(*system);
  const std::vector<double> early{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0},
      late{8.0, 9.0, 12.0, 13.0, 14.0, 15.0, 16.0};
  std::vector<double> all = early;
  all.insert(all.end(), late.begin(), late.end());
  LaneArray seen(14 * system->n_rows(), 1);
  const auto look = [&](const std::vector<double>& times) {
    return std::vector<Look>{{&rows.what(), times, seen.span()}};
  };
  integrator->integrate({0.0, 20.0, look(all)}, whole.span());
  integrator->integrate({0.0, 7.5, look(early)}, parts.span());
  integrator->integrate({7.5, 20.0, look(late)}, parts.span());
  EXPECT_LT(largest_difference(whole, parts), 1e-13);
}

TEST(Contour, FewTimesAreSteppedThrough) {
  const auto system = stack(50, 1, 4.0);
  const auto integrator = contour(*system);
  const auto a = states_at(*integrator, *system, first_cell_full(*system), {1.0, 2.0});
  EXPECT_EQ(integrator->work().factorizations, 16);
  const auto b = states_at(*testing::cvode(*system, 1e-11), *system, first_cell_full(*system), {1.0, 2.0});
  EXPECT_LT(largest_difference(a[1], b[1]), 1e-8);
}

TEST(Contour, ALoopThatGoesOneWayIsLeftToTheFallback) {
  // Ten stages at 1e-2 per second, round and round: eigenvalues up to 81 degrees off the axis.
  constexpr Index n = 10;
  const double k = 1e-2;
  const auto system = system_of(testing::compartments(n), 1, [=](core::RateMatrix& m, core::LaneSpan) {
    for (Index i = 0; i < n; ++i) m.transfer(i, (i + 1) % n, &k);
  });
  const auto times = geometric(20.0, 3000.0, 60);
  const auto integrator = contour(*system);
  const auto states = states_at(*integrator, *system, first_cell_full(*system), times);
  EXPECT_GT(integrator->work().steps, 10);
  for (std::size_t i = 0; i < times.size(); ++i)
    for (Index row = 0; row < n; ++row) {
      std::complex<double> sum = 0.0;  // of the ring's Fourier modes
      for (Index mode = 0; mode < n; ++mode) {
        const auto turn = std::polar(1.0, 2.0 * std::numbers::pi * static_cast<double>(mode) / n);
        sum += std::exp(k * times[i] * (std::conj(turn) - 1.0)) * std::pow(turn, static_cast<double>(row)) /
               double(n);
      }
      EXPECT_NEAR(states[i](row, 0), sum.real(), 1e-7) << times[i];
    }
}

TEST(Contour, AHarmlessLoopIsKept) {
  // What a compartment returns to two cells, not quite in the proportion in which it takes.
  const auto system =
      system_of(layout_of({chain_of(2), 1, 1, 1}), 1, [](core::RateMatrix& m, core::LaneSpan) {
        const auto move = [&](Index from, Index to, double k) { m.transfer(from, to, &k); };
        move(0, 1, 0.7), move(1, 0, 0.2), move(0, 2, 2.0), move(2, 0, 0.4), move(1, 2, 0.03), move(2, 1, 0.1),
            move(2, 3, 0.5);
      });
  const auto times = geometric(0.1, 30.0, 30);
  const auto integrator = contour(*system);
  const auto a = states_at(*integrator, *system, first_cell_full(*system), times);
  EXPECT_LE(integrator->work().steps, 4);  // of the rational exponential that it was compared with
  const auto b = states_at(*testing::cvode(*system, 1e-11), *system, first_cell_full(*system), times);
  for (std::size_t i = 0; i < times.size(); ++i) EXPECT_LT(largest_difference(a[i], b[i]), 1e-8);
}

TEST(Contour, WhatIsNotANumberIsAnError) {
  const double k = std::nan("");
  const auto system = system_of(testing::compartments(2, 1), 1,
                                [&](core::RateMatrix& m, core::LaneSpan) { m.transfer(1, 2, &k); });
  try {
    static_cast<void>(
        states_at(*contour(*system), *system, first_cell_full(*system), geometric(1.0, 50.0, 30)));
    FAIL() << "was accepted";
  } catch (const core::IntegrationError& error) {
    EXPECT_NE(std::string(error.what()).find("is not a finite number"), std::string::npos) << error.what();
  }
}

TEST(IntegratorChoice, AContourIsRefusedToANonlinearSystem) {
  core::System system(testing::compartments(1), 1);
  system.add(std::make_unique<testing::FunctionTerm>(
      0, [](double, double x) { return -x * x; }, [](double, double x) { return -2.0 * x; }));
  system.set_controls(LaneArray(0, 1).view());
  EXPECT_THROW(
      static_cast<void>(make_integrator("contour", system, testing::tolerances(1e-6, 1e-9, 1), {}, {})),
      core::ModelError);
  EXPECT_NE(make_integrator("automatic", system, testing::tolerances(1e-6, 1e-9, 1), {}, {}), nullptr);
}

}  // namespace
}  // namespace poultice::solvers
