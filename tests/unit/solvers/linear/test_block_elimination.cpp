#include <algorithm>
#include <cmath>
#include <random>
#include <tuple>

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include "solvers/linear/block_elimination.hpp"
#include "solvers/linear/lane_pack.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using testing::Make;

/// How the species of a cell turn into one another.
enum class Reactions {
  none,
  forward,    ///< each into all after it: lower triangular blocks
  all,        ///< each into all others
  strong,     ///< each into all others, up to 1e6 times as fast as anything else
  catalysed,  ///< entries of both signs, as a Jacobian of a second-order reaction has
};

void fill(core::RateMatrix& matrix, const Make& make, Reactions reactions, std::mt19937& random) {
  const auto& layout = matrix.layout();
  const auto rates = [&](double times = 1.0) {
    auto k = testing::random_rates(matrix.width(), random);
    for (auto& each : k) each *= times;
    return k;
  };
  for (const auto& [a, b] : make.topology.faces)
    for (Index s = 0; s < make.n_species; ++s) {
      matrix.transfer(layout.row(a, s), layout.row(b, s), rates().data());
      matrix.transfer(layout.row(b, s), layout.row(a, s), rates().data());
    }
  for (Index cell = 0; cell < layout.n_cells(); ++cell)
    for (Index from = 0; from < make.n_species; ++from)
      for (Index to = 0; to < make.n_species; ++to) {
        if (from == to || reactions == Reactions::none) continue;
        if (reactions == Reactions::forward && to < from) continue;
        const Index source = layout.row(cell, from), target = layout.row(cell, to);
        matrix.transfer(source, target, rates(reactions == Reactions::strong ? 1e4 : 1.0).data());
        if (reactions == Reactions::catalysed) {
          const auto k = rates(0.1);
          matrix.add(source, source, k.data(), -1.0);
          matrix.add(target, source, k.data(), -1.0);
        }
      }
}

class BlocksAgainstDense : public ::testing::TestWithParam<std::tuple<Index, Reactions>> {};

TEST_P(BlocksAgainstDense, SolveAsLuDoes) {
  const auto [n_species, reactions] = GetParam();
  std::mt19937 random(21);
  for (const auto& topology : {testing::chain_of(6), testing::random_forest(7, 2, random)})
    for (const Index width : {Index{1}, pack_lanes + 1}) {
      const Make make{topology, n_species};
      const auto layout = testing::layout_of(make);
      core::RateMatrix matrix(layout, width);
      fill(matrix, make, reactions, random);
      BlockElimination elimination(layout, width);
      for (const double gamma : {1e-3, 1.0, 1e3}) {
        const auto b = testing::random_lanes(layout.n_rows(), width, random);
        auto x = b;
        elimination.factor(matrix, gamma);
        elimination.solve(x.span());
        for (Index lane = 0; lane < width; ++lane) {
          const Index n = layout.n_rows();
          const auto columns = testing::dense(matrix, lane);
          const Eigen::MatrixXd a = Eigen::MatrixXd::Identity(n, n) -
                                    gamma * Eigen::Map<const Eigen::MatrixXd>(columns.data(), n, n);
          Eigen::VectorXd right(n), ours(n);
          for (Index row = 0; row < n; ++row) right(row) = b(row, lane), ours(row) = x(row, lane);
          // How well the equations hold, by the measure of what round-off in their terms may do.
          const Eigen::VectorXd terms = a.cwiseAbs() * ours.cwiseAbs() + right;
          EXPECT_LE(((a * ours - right).cwiseQuotient(terms)).cwiseAbs().maxCoeff(), 2e-13)
              << "gamma " << gamma << ", lane " << lane;
        }
      }
    }
}

TEST_P(BlocksAgainstDense, LanesDoNotSeeEachOther) {
  const auto [n_species, reactions] = GetParam();
  constexpr Index width = 2 * pack_lanes + 1;
  const Make make{testing::chain_of(5), n_species};
  const auto layout = testing::layout_of(make);
  std::mt19937 random(22);
  core::RateMatrix matrix(layout, width);
  fill(matrix, make, reactions, random);
  const auto b = testing::random_lanes(layout.n_rows(), width, random);
  auto together = b;
  BlockElimination block(layout, width);
  block.factor(matrix, 2.0);
  block.solve(together.span());
  for (Index lane = 0; lane < width; ++lane) {
    core::RateMatrix one(layout, 1);
    for (Index row = 0; row < layout.n_rows(); ++row)
      for (Index s = 0; s < n_species; ++s)
        one.add(row, layout.row(layout.cell_of(row), s), &matrix.local()[row * n_species + s][lane]);
    for (const auto& [a, c] : make.topology.faces)
      for (Index s = 0; s < n_species; ++s) {
        one.transfer(layout.row(a, s), layout.row(c, s), &matrix.up()[layout.row(a, s)][lane]);
        one.transfer(layout.row(c, s), layout.row(a, s), &matrix.down()[layout.row(a, s)][lane]);
      }
    LaneArray alone(layout.n_rows(), 1);
    for (Index row = 0; row < layout.n_rows(); ++row) alone(row, 0) = b(row, lane);
    BlockElimination member(layout, 1);
    member.factor(one, 2.0);
    member.solve(alone.span());
    for (Index row = 0; row < layout.n_rows(); ++row) EXPECT_EQ(together(row, lane), alone(row, 0));
  }
}

std::string name_of(const ::testing::TestParamInfo<std::tuple<Index, Reactions>>& test) {
  const char* names[] = {"Unmixed", "Forward", "All", "Strong", "Catalysed"};
  return names[static_cast<int>(std::get<1>(test.param))] + std::to_string(std::get<0>(test.param));
}

INSTANTIATE_TEST_SUITE_P(Species, BlocksAgainstDense,
                         ::testing::Combine(::testing::Range(Index{1}, Index{11}),
                                            ::testing::Values(Reactions::none, Reactions::forward,
                                                              Reactions::all, Reactions::strong,
                                                              Reactions::catalysed)),
                         name_of);

/// A drug and a metabolite that arises from it, in a closed stack with stiff layers: triangular blocks lose
/// no digits, whatever gamma is.
TEST(BlockElimination, AMetaboliteThatOnlyArisesCostsNoDigits) {
  constexpr Index n = 1000;
  const Make make{testing::chain_of(n), 2};
  const auto layout = testing::layout_of(make);
  std::mt19937 random(23);
  core::RateMatrix matrix(layout, 1);
  for (Index i = 0; i + 1 < n; ++i)
    for (Index s = 0; s < 2; ++s) {
      matrix.transfer(layout.row(i, s), layout.row(i + 1, s), testing::random_rates(1, random, 8.0).data());
      matrix.transfer(layout.row(i + 1, s), layout.row(i, s), testing::random_rates(1, random, 8.0).data());
    }
  for (Index i = 0; i < n; ++i)
    matrix.transfer(layout.row(i, 0), layout.row(i, 1), testing::random_rates(1, random, 4.0).data());
  BlockElimination elimination(layout, 1);
  for (const double gamma : {1.0, 1e6, 1e12}) {
    auto x = testing::random_lanes(layout.n_rows(), 1, random);
    long double before = 0.0, after = 0.0;
    for (Index row = 0; row < layout.n_rows(); ++row) before += x(row, 0);
    elimination.factor(matrix, gamma);
    elimination.solve(x.span());
    for (Index row = 0; row < layout.n_rows(); ++row) {
      EXPECT_GE(x(row, 0), 0.0);
      after += x(row, 0);
    }
    EXPECT_LE(std::abs(static_cast<double>(after / before - 1.0L)), 1e-13) << "gamma " << gamma;
  }
}

TEST(BlockElimination, FormsMayFollowEachOther) {
  const Make make{testing::chain_of(4), 3};
  const auto layout = testing::layout_of(make);
  std::mt19937 random(24);
  core::RateMatrix full(layout, 2), triangular(layout, 2);
  fill(full, make, Reactions::all, random);
  fill(triangular, make, Reactions::forward, random);
  const auto b = testing::random_lanes(layout.n_rows(), 2, random);
  BlockElimination used(layout, 2);
  for (const auto* matrix : {&full, &triangular, &full}) {
    BlockElimination fresh(layout, 2);
    auto x = b, y = b;
    used.factor(*matrix, 0.7);
    fresh.factor(*matrix, 0.7);
    used.solve(x.span());
    fresh.solve(y.span());
    for (Index row = 0; row < layout.n_rows(); ++row) EXPECT_EQ(x(row, 1), y(row, 1));
  }
}

}  // namespace
}  // namespace poultice::solvers
