// Reactions that saturate, against their closed forms, and binding that takes time against binding at once.
#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/system/system.hpp"
#include "solvers/reaction/michaelis_menten.hpp"
#include "solvers/reaction/saturable_binding.hpp"
#include "solvers/time/cvode.hpp"
#include "solvers/transport/transfer.hpp"
#include "tests/problems/closed_forms.hpp"

namespace poultice::testing {
namespace {

using core::Index;
using core::LaneArray;

LaneArray one(double value) { return LaneArray(1, 1, value); }

LaneArray state_at(const core::System& system, double time, const LaneArray& state, double tolerance) {
  const auto integrator = solvers::make_cvode(system, {tolerance, one(1e-4 * tolerance)}, {});
  LaneArray end = state;
  integrator->start(0.0, state.view(), time);
  integrator->advance(time, end.span());
  return end;
}

/// Amounts here are of order one, and so is the error that a tolerance leaves: a few dozen steps, each within
/// it. A single step of tolerances may be lucky; two are not.
template <class Exact>
void expect_error_follows_tolerance(const core::System& system, const LaneArray& state, Index row,
                                    Exact exact) {
  std::vector<double> worst;
  for (double tolerance = 1e-4; tolerance > 0.5e-10; tolerance *= 0.1) {
    worst.push_back(0.0);
    for (const double time : {0.3, 1.0, 3.0, 10.0})
      worst.back() =
          std::max(worst.back(), std::abs(state_at(system, time, state, tolerance)(row, 0) - exact(time)));
    EXPECT_LE(worst.back(), 10.0 * tolerance) << fmt::format("tolerance {:.0e}", tolerance);
    if (worst.size() > 2) {
      EXPECT_LT(worst.back(), 0.1 * worst[worst.size() - 3]) << fmt::format("tolerance {:.0e}", tolerance);
    }
  }
}

TEST(Reaction, MichaelisMentenFollowsLambertsW) {
  const double c0 = 5.0, K = 0.8, v = 1.0, volume = 0.4;
  core::StateLayout layout;
  layout.add_species({"drug", 0.3});
  layout.add_species({"metabolite", 0.3});
  layout.add_field("cell", 1);
  const auto metabolized = layout.accumulator("metabolized");
  layout.finish();
  core::System system(layout, 1);
  system.add(std::make_unique<solvers::MichaelisMenten>(
      "metabolism", layout,
      std::vector<solvers::Conversion>{{0, 1, one(volume), one(v * volume), one(K), metabolized}}));
  system.set_controls(LaneArray(0, 1).view());
  LaneArray state(3, 1);
  state(0, 0) = c0 * volume;

  const auto exact = [&](double t) { return volume * problems::michaelis_menten(c0, K, v, t); };
  ASSERT_NEAR(exact(0.0), c0 * volume, 1e-14);
  expect_error_follows_tolerance(system, state, 0, exact);
  const auto end = state_at(system, 10.0, state, 1e-8);
  EXPECT_NEAR(end(0, 0) + end(1, 0), c0 * volume, 1e-14 * c0 * volume);
  EXPECT_NEAR(end(2, 0), end(1, 0), 1e-14 * c0 * volume);
}

TEST(Reaction, SaturableBindingFollowsRiccati) {
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
  const auto exact = [&](double t) { return sites.bound(t); };
  ASSERT_NEAR(exact(0.0), 0.0, 1e-15);
  expect_error_follows_tolerance(system, state, 0, exact);
  const auto end = state_at(system, 10.0, state, 1e-8);
  EXPECT_NEAR(end(0, 0) + end(1, 0), T, 1e-14);
  // Langmuir's isotherm at the end of all.
  EXPECT_NEAR(end(0, 0), N * a * end(1, 0) / (N * d + a * end(1, 0)), 1e-7);
}

constexpr Index n_cells = 10;
constexpr double ratio = 3.0;  // k_f / k_r

/// Amount that has left a chain by `time`, from one mole in its first cell; all steps between cells are
/// slower by `delay`. With `speed` k_r > 0 each cell has sites, so many that they do not fill, at rest at the
/// start.
double left_by(double time, double speed, double delay) {
  const bool has_sites = speed > 0.0;
  core::StateLayout layout;
  layout.add_species({"drug", 0.3});
  layout.add_field("chain", n_cells);
  for (Index i = 0; i + 1 < n_cells; ++i) layout.graph().connect(i, i + 1);
  std::vector<solvers::Binding> bindings;
  if (has_sites) {
    const auto sites = layout.add_field("sites", n_cells);
    for (Index i = 0; i < n_cells; ++i) {
      layout.graph().connect(i, sites.first_cell + i);
      bindings.push_back({i, sites.first_cell + i, one(ratio * speed), one(speed), one(1e15)});
    }
  }
  const auto out = layout.accumulator("out");
  layout.finish();
  std::vector<solvers::Move> moves{{n_cells - 1, layout.row(out), one(2.0 / delay)}};
  for (Index i = 0; i + 1 < n_cells; ++i) {
    moves.push_back({i, i + 1, one(1.0 / delay)});
    moves.push_back({i + 1, i, one(1.0 / delay)});
  }
  core::System system(layout, 1);
  system.add(std::make_unique<solvers::Transfer>("diffusion", core::TermKind::transport, std::move(moves)));
  if (has_sites) system.add(std::make_unique<solvers::SaturableBinding>("binding", std::move(bindings)));
  system.set_controls(LaneArray(0, 1).view());
  LaneArray state(layout.n_rows(), 1);
  state(0, 0) = has_sites ? 1.0 / (1.0 + ratio) : 1.0;
  if (has_sites) state(n_cells, 0) = ratio / (1.0 + ratio);
  return state_at(system, time, state, 1e-11)(layout.row(out), 0);
}

TEST(Reaction, FastBindingOnlySlowsDiffusion) {
  // k -> infinity leaves D / (1 + k_f/k_r) (Crank, The Mathematics of Diffusion, 1975, §14.2); what is
  // missing falls as 1/k, since drug is held for about 1/k_r longer. Cells are the same on both sides, so
  // that the distance between them plays no part.
  for (const double time : {60.0, 200.0}) {
    const double limit = left_by(time, 0.0, 1.0 + ratio);
    ASSERT_GT(limit, 0.01);
    double before = 0.0;
    for (double k = 16.0; k < 2e4; k *= 4.0) {
      const double distance = std::abs(left_by(time, k, 1.0) - limit);
      EXPECT_LE(distance, 1.0 / k);
      // The next order is 1/k^2: from one k to four times it the order is 1 within a few over k.
      if (before > 0.0) {
        EXPECT_NEAR(std::log(before / distance) / std::log(4.0), 1.0, 1.0 / k + 1e-4)
            << fmt::format("k = {}, at {} s", k, time);
      }
      before = distance;
    }
  }
}

}  // namespace
}  // namespace poultice::testing
