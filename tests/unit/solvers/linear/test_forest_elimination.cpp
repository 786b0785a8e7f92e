#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "solvers/linear/forest_elimination.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;

// Twice as many digits, for references. Only the four operations are used.
__extension__ using Quad = __float128;

/// A closed stack of 2,000 cells: nothing gets in or out, whatever the diffusivities and partition
/// coefficients are.
struct ClosedStack {
  static constexpr Index n = 2000;
  std::vector<double> down_the_chain, up_the_chain;  // rates between i and i + 1 [1/s]

  explicit ClosedStack(unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> log_D(-18.0, -10.0), log_K(-4.0, 4.0);
    std::vector<double> D(n), K(n);
    for (Index i = 0; i < n; ++i) {
      const bool new_layer = i % 100 == 0;
      D[at(i)] = new_layer ? std::pow(10.0, log_D(random)) : D[at(i - 1)];
      K[at(i)] = new_layer ? std::pow(10.0, log_K(random)) : K[at(i - 1)];
    }
    const double dx = 1e-7;
    for (Index i = 0; i + 1 < n; ++i) {
      const double conductance =
          1.0 / (dx / (2.0 * D[at(i)] * K[at(i)]) + dx / (2.0 * D[at(i + 1)] * K[at(i + 1)]));
      down_the_chain.push_back(conductance / (K[at(i)] * dx));
      up_the_chain.push_back(conductance / (K[at(i + 1)] * dx));
    }
  }

  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }

  [[nodiscard]] core::RateMatrix matrix(const core::StateLayout& layout, Index width) const {
    core::RateMatrix matrix(layout, width);
    for (Index i = 0; i + 1 < n; ++i) {
      const std::vector<double> down(at(width), down_the_chain[at(i)]), up(at(width), up_the_chain[at(i)]);
      matrix.transfer(i, i + 1, down.data());
      matrix.transfer(i + 1, i, up.data());
    }
    return matrix;
  }

  /// The Thomas algorithm on the summed diagonal 1 + gamma (losses).
  template <class Real>
  [[nodiscard]] std::vector<Real> thomas(double gamma, const std::vector<double>& b) const {
    std::vector<Real> diagonal(at(n), Real(1)), x(b.begin(), b.end());
    for (Index i = 0; i + 1 < n; ++i) {
      diagonal[at(i)] += Real(gamma) * Real(down_the_chain[at(i)]);
      diagonal[at(i + 1)] += Real(gamma) * Real(up_the_chain[at(i)]);
    }
    for (Index i = 0; i + 1 < n; ++i) {
      const Real share = Real(gamma) * Real(down_the_chain[at(i)]) / diagonal[at(i)];
      diagonal[at(i + 1)] -= share * Real(gamma) * Real(up_the_chain[at(i)]);
      x[at(i + 1)] += share * x[at(i)];
    }
    x.back() /= diagonal.back();
    for (Index i = n - 2; i >= 0; --i)
      x[at(i)] = (x[at(i)] + Real(gamma) * Real(up_the_chain[at(i)]) * x[at(i + 1)]) / diagonal[at(i)];
    return x;
  }
};

double sum(const std::vector<double>& values) {
  return static_cast<double>(std::accumulate(values.begin(), values.end(), Quad(0)));
}

class StiffClosedStack : public ::testing::TestWithParam<unsigned> {};

TEST_P(StiffClosedStack, KeepsItsContentWherePlainThomasDoesNot) {
  const ClosedStack stack(GetParam());
  core::StateLayout layout = testing::layout_of({testing::chain_of(ClosedStack::n)});
  std::mt19937 random(GetParam());
  std::vector<double> b(ClosedStack::n);
  for (auto& each : b) each = std::uniform_real_distribution<double>(0.0, 1.0)(random);
  const double gamma = 1e5, content = sum(b);

  for (const Index width : {1, 8}) {
    ForestElimination elimination(layout, width);
    elimination.factor(stack.matrix(layout, width), gamma);
    LaneArray x(ClosedStack::n, width);
    for (Index row = 0; row < ClosedStack::n; ++row) std::fill_n(x[row], width, b[ClosedStack::at(row)]);
    elimination.solve(x.span());
    std::vector<double> ours(ClosedStack::n);
    for (Index row = 0; row < ClosedStack::n; ++row) ours[ClosedStack::at(row)] = x(row, width - 1);

    EXPECT_LE(std::abs(sum(ours) - content), 1e-13 * content) << "width " << width;
    const auto exact = stack.thomas<Quad>(gamma, b);
    double worst = 0.0;
    for (std::size_t i = 0; i < ours.size(); ++i)
      worst = std::max(worst, std::abs(ours[i] / static_cast<double>(exact[i]) - 1.0));
    EXPECT_LE(worst, 1e-12) << "width " << width;
  }
  // What the elimination is for: the textbook algorithm in double loses far more.
  EXPECT_GE(std::abs(sum(stack.thomas<double>(gamma, b)) - content), 1e-11 * content);
}

INSTANTIATE_TEST_SUITE_P(Random, StiffClosedStack, ::testing::Values(1U, 2U, 3U));

TEST(ForestElimination, LeavesCompartmentsAlone) {
  const testing::Make make{testing::chain_of(4), 1, 1, 1};
  const auto layout = testing::layout_of(make);
  core::RateMatrix matrix(layout, 2);
  std::mt19937 random(4);
  testing::fill_with_transfers(matrix, make, random);
  ForestElimination elimination(layout, 2);
  elimination.factor(matrix, 1.0);
  LaneArray x(layout.n_rows(), 2, 5.0);
  elimination.solve(x.span());
  EXPECT_EQ(x(4, 1), 5.0);
  EXPECT_EQ(x(5, 0), 5.0);
  EXPECT_NE(x(3, 0), 5.0);
}

TEST(ForestElimination, WithoutGammaNothingMoves) {
  const testing::Make make{testing::chain_of(4), 2};
  const auto layout = testing::layout_of(make);
  core::RateMatrix matrix(layout, 2);
  std::mt19937 random(5);
  testing::fill_with_transfers(matrix, make, random);
  const auto b = testing::random_lanes(layout.n_rows(), 2, random);
  auto x = b;
  ForestElimination elimination(layout, 2);
  elimination.factor(matrix, 0.0);
  elimination.solve(x.span());
  for (Index row = 0; row < layout.n_rows(); ++row) EXPECT_EQ(x(row, 1), b(row, 1));
}

}  // namespace
}  // namespace poultice::solvers
