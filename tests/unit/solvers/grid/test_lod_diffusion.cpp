#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "solvers/grid/lod_diffusion.hpp"

namespace poultice::solvers {
namespace {

using core::AxisShape;
using core::GridAxis;
using core::Index;
using core::StructuredGrid;

std::vector<double> random_field(const StructuredGrid& grid) {
  std::mt19937_64 random(7);
  std::exponential_distribution<double> level(1.0);
  std::vector<double> field(static_cast<std::size_t>(grid.n_cells()));
  for (auto& value : field) value = level(random);
  return field;
}

StructuredGrid cube(Index n, double side) {
  return StructuredGrid({GridAxis::uniform("x", 0, side, n), GridAxis::uniform("y", 0, side, n),
                         GridAxis::uniform("z", 0, side, n)});
}

struct Published {
  Index n;
  double sum, centre;
};

// BioFVM 1.0.4, examples/performance_test_voxels, printed to ten digits.
class BioFvm : public ::testing::TestWithParam<Published> {};

TEST_P(BioFvm, GivesTheSameDigits) {
  const auto [n, sum, centre] = GetParam();
  constexpr double minute = 60.0, micrometre = 1e-6, step = 0.01 * minute, supply = 100.0 / minute,
                   level = 100.0;
  const auto grid = cube(n, static_cast<double>(n) * 10.0 * micrometre);
  const LodDiffusion diffusion(grid, 1e5 * micrometre * micrometre / minute, 0.1 / minute, step);
  std::vector<double> field(static_cast<std::size_t>(grid.n_cells()), 100.0);
  diffusion.advance(field.data(), 200, [middle = n / 2, n](Index plane, double* cells) {
    if (plane != middle) return;
    double& u = cells[middle + n * middle];
    u = (u + step * supply * level) / (1.0 + step * supply);
  });
  EXPECT_NEAR(std::accumulate(field.begin(), field.end(), 0.0), sum, 5e-10 * sum);
  EXPECT_NEAR(field[static_cast<std::size_t>(grid.cell(n / 2, n / 2, n / 2))], centre, 5e-10 * centre);
}

INSTANTIATE_TEST_SUITE_P(Cubes, BioFvm,
                         ::testing::Values(Published{10, 82717.91249, 82.75605388},
                                           Published{30, 2211515.158, 81.94981507},
                                           Published{50, 10235344.64, 81.92699281}));

// One grid of each kind, none of them a multiple of a pack long.
class EveryGrid : public ::testing::TestWithParam<StructuredGrid> {};

TEST_P(EveryGrid, ConservesAndStaysPositive) {
  const auto& grid = GetParam();
  auto field = random_field(grid);
  const double before = grid.integral(field.data());
  for (const double number : {1e-4, 1.0, 1e6}) LodDiffusion(grid, number, 0.0, 1.0).advance(field.data(), 7);
  // Each of 21 steps rounds every cell's amount a few times on each axis.
  EXPECT_NEAR(grid.integral(field.data()), before, 21 * 3 * 4 * 1e-16 * before);
  EXPECT_GT(*std::min_element(field.begin(), field.end()), 0.0);
  // The last steps were stiff enough to level everything.
  const auto [low, high] = std::minmax_element(field.begin(), field.end());
  EXPECT_NEAR(*low, *high, 1e-5 * *high);
}

TEST_P(EveryGrid, StepsOfOnePassAreThoseOfMany) {
  const auto& grid = GetParam();
  const LodDiffusion diffusion(grid, 1e-3, 0.2, 1.0);
  auto once = random_field(grid), one_by_one = once;
  const auto add = [&](Index plane, double* cells) { cells[0] += static_cast<double>(plane + 1); };
  diffusion.advance(once.data(), 5, add);
  for (int step = 0; step < 5; ++step) diffusion.advance(one_by_one.data(), 1, add);
  // Up or down, elimination differs by rounding only.
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_NEAR(once[i], one_by_one[i], 1e-13 * once[i]);
}

TEST_P(EveryGrid, DecayAloneIsTheProductOfItsShares) {
  const auto& grid = GetParam();
  std::vector<double> field(static_cast<std::size_t>(grid.n_cells()), 3.0);
  LodDiffusion(grid, 1e-3, 0.3, 0.5).advance(field.data(), 4);
  const auto n = static_cast<double>(grid.n_axes());
  const double expected = 3.0 * std::pow(1.0 + 0.15 / n, -4.0 * n);
  for (const double u : field) EXPECT_NEAR(u, expected, 1e-14);
}

INSTANTIATE_TEST_SUITE_P(
    Grids, EveryGrid,
    ::testing::Values(StructuredGrid({GridAxis::uniform("x", 0, 1, 37)}),
                      StructuredGrid({GridAxis("x", {0.0, 0.01, 0.03, 0.07, 0.2, 1.0})}),
                      StructuredGrid({GridAxis::uniform("r", 0, 1, 21, AxisShape::cylindrical)}),
                      StructuredGrid({GridAxis::uniform("r", 0.2, 1, 21, AxisShape::spherical)}),
                      StructuredGrid({GridAxis::uniform("r", 0, 1, 19, AxisShape::cylindrical),
                                      GridAxis::uniform("z", 0, 2, 23)}),
                      StructuredGrid({GridAxis::uniform("x", 0, 1, 33), GridAxis::uniform("y", 0, 2, 18)}),
                      StructuredGrid({GridAxis::uniform("x", 0, 1, 11), GridAxis::uniform("y", 0, 2, 18),
                                      GridAxis::uniform("z", 0, 1, 7)}),
                      StructuredGrid({GridAxis::uniform("x", 0, 1, 3), GridAxis::uniform("y", 0, 2, 2),
                                      GridAxis::uniform("z", 0, 1, 1)})));

/// The slowest mode on a box and what diffusion leaves of it at time one; the largest error of `n_steps`.
double error_of_mode(Index n, long n_steps) {
  using std::numbers::pi;
  const auto grid = cube(n, 1.0);
  constexpr double diffusivity = 0.05;
  std::vector<double> field, exact;
  for (Index cell = 0; cell < grid.n_cells(); ++cell) {
    double mode = 1.0;
    const auto at = grid.place(cell);
    for (std::size_t a = 0; a < 3; ++a) mode *= std::cos(pi * grid.axes()[a].centre(at[a]));
    field.push_back(1.0 + mode);
    exact.push_back(1.0 + mode * std::exp(-3.0 * diffusivity * pi * pi));
  }
  LodDiffusion(grid, diffusivity, 0.0, 1.0 / static_cast<double>(n_steps)).advance(field.data(), n_steps);
  double error = 0.0;
  for (std::size_t i = 0; i < field.size(); ++i) error = std::max(error, std::abs(field[i] - exact[i]));
  return error;
}

TEST(LodDiffusion, IsFirstOrderInTime) {
  const double coarse = error_of_mode(48, 20), fine = error_of_mode(48, 40);
  EXPECT_NEAR(std::log2(coarse / fine), 1.0, 0.1);
}

TEST(LodDiffusion, IsSecondOrderInSpace) {
  // The error of time is taken out by Richardson's extrapolation of first-order steps, to far below.
  const auto spatial = [](Index n) { return std::abs(2.0 * error_of_mode(n, 800) - error_of_mode(n, 400)); };
  EXPECT_NEAR(std::log2(spatial(6) / spatial(12)), 2.0, 0.15);
}

}  // namespace
}  // namespace poultice::solvers
