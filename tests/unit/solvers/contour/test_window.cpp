// Contours and the rational exponential on scalars exp(lambda t): what holds for them holds for a diffusion
// matrix, mode by mode.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "solvers/contour/cram.hpp"
#include "solvers/contour/weight_table.hpp"
#include "solvers/contour/window.hpp"

namespace poultice::solvers {
namespace {

double scalar(const Window& window, double lambda, double time) {
  double sum = 0.0;
  for (std::size_t k = 0; k < window.n_active(time); ++k)
    sum += 2.0 * (window.weight(k, time) / (window.node(k) - lambda)).real();
  return sum;
}

std::vector<double> spectrum() {
  std::vector<double> all{0.0};
  for (double x = 1e-6; x < 2e6; x *= 1.3) all.push_back(-x);
  return all;
}

TEST(Window, KeepsItsBoundOverTheWholeSpectrumAtBothEnds) {
  for (const double ratio : {1.0, 2.0, 12.0, 144.0, 1000.0, 1e5})
    for (const double tolerance : {1e-3, 1e-6, 1e-9, 1e-13}) {
      const Window window(1.0, ratio, tolerance);
      double worst = 0.0;
      for (const double time : {window.first(), std::sqrt(ratio), window.last()})
        for (const double lambda : spectrum())
          worst = std::max(worst, std::abs(scalar(window, lambda, time) - std::exp(lambda * time)));
      // 2 exp(-B N) is the theory's estimate, three times it the bound that we hold ourselves to; below it
      // rounding is of about the same size where the number of nodes is limited by it.
      EXPECT_LE(worst, 3.0 * window.error_bound() + 4e-15) << ratio << " to " << tolerance;
      if (tolerance > 1e-12) {
        EXPECT_LE(worst, tolerance) << ratio;
      }
    }
}

TEST(Window, AWiderWindowTakesMoreNodesButFarFewerThanTimes) {
  std::size_t before = 0;
  for (const double ratio : {1.0, 2.0, 12.0, 144.0, 1000.0}) {
    const Window window(5.0, 5.0 * ratio, 1e-13);
    EXPECT_GT(window.n_nodes(), before);
    before = window.n_nodes();
  }
  EXPECT_LE(before, 74U);  // the nodes that rounding allows for a ratio of 1,000
}

TEST(Window, ScalesWithTime) {
  const Window a(1.0, 10.0, 1e-10), b(1e5, 1e6, 1e-10);
  ASSERT_EQ(a.n_nodes(), b.n_nodes());
  for (std::size_t k = 0; k < a.n_nodes(); ++k)
    EXPECT_LT(std::abs(a.node(k) - 1e5 * b.node(k)), 1e-12 * std::abs(a.node(k)));
}

TEST(Window, TheFactorOfAConstantIsOneButForTheError) {
  const Window window(1.0, 100.0, 1e-13);
  for (const double time : {1.0, 7.0, 100.0})
    EXPECT_NEAR(constant_factor(window, time), 1.0, 3.0 * window.error_bound() + 4e-15);
}

TEST(Window, TimesWithAGapBetweenThemTakeTwo) {
  const std::vector<double> apart{1.0, 2.0, 5e5, 1e6}, dense{1.0, 10.0, 1e2, 1e3, 1e4, 1e5, 1e6};
  const auto two = windows_over(apart, 1e-13);
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0].last(), 2.0);
  EXPECT_EQ(two[1].first(), 5e5);
  EXPECT_EQ(two[1].last(), 1e6);
  EXPECT_LT(two[0].n_nodes() + two[1].n_nodes(), Window(1.0, 1e6, 1e-13).n_nodes() / 2);
  EXPECT_EQ(windows_over(dense, 1e-13).size(), 1U);
}

TEST(Cram, IsTheExponentialOnTheNegativeAxis) {
  for (const double x : spectrum()) {
    double y = 1.0;
    for (std::size_t i = 0; i < Cram::n_poles; ++i)
      y *= 1.0 + 2.0 * (Cram::residues[i] / (x - Cram::poles[i])).real();
    EXPECT_NEAR(Cram::limit * y, std::exp(x), 3e-15) << x;
  }
}

}  // namespace
}  // namespace poultice::solvers
