#include <cmath>

#include <gtest/gtest.h>

#include "solvers/reaction/saturable_binding.hpp"
#include "tests/unit/solvers/reaction/reactions.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using testing::repeated;

/// Two tissue cells, each with its sites hung on: one before its sites in the order of cells, one after.
class SaturableBindingTest : public ::testing::Test {
 protected:
  static constexpr double association[] = {3.0, 0.2, 11.0}, dissociation[] = {0.5, 2.0},
                          capacity[] = {1e-8, 3e-9, 2e-8};

  SaturableBindingTest() {
    layout_.add_species({"drug", 0.3});
    layout_.add_field("cells", 4);  // sites 0, tissue 1, tissue 2, sites 3
    for (Index cell = 0; cell < 3; ++cell) layout_.graph().connect(cell, cell + 1);
    layout_.finish();
  }

  [[nodiscard]] static SaturableBinding both(Index width) {
    const auto k_a = repeated({3.0, 0.2, 11.0}, width), k_d = repeated({0.5, 2.0}, width),
               most = repeated({1e-8, 3e-9, 2e-8}, width);
    return SaturableBinding("binding", {{1, 0, k_a, k_d, most}, {2, 3, k_a, k_d, most}});
  }

  [[nodiscard]] LaneArray state(Index width) const {
    LaneArray state(4, width);
    for (Index row = 0; row < 4; ++row)
      for (Index lane = 0; lane < width; ++lane)
        state(row, lane) = 2e-10 * (1.0 + static_cast<double>((5 * row + 3 * lane) % 13));
    return state;
  }

  /// Net rate free -> bound in a place with k_a = 3 /s, k_d = 0.5 /s and 1e-8 mol of sites.
  [[nodiscard]] double rate_at(double free, double bound) const {
    LaneArray amount(4, 1);
    amount(1, 0) = free, amount(0, 0) = bound;
    return testing::rates(both(1), amount)(0, 0);
  }

  core::StateLayout layout_;
};

TEST_F(SaturableBindingTest, RatesAreThoseOfTheFormula) {
  const auto amount = state(6);
  const auto rate = testing::rates(both(6), amount);
  for (Index lane = 0; lane < 6; ++lane) {
    const double k_a = association[lane % 3], k_d = dissociation[lane % 2], most = capacity[lane % 3];
    const auto expected = [&](double free, double bound) {
      return k_a * free * (1.0 - bound / most) - k_d * bound;
    };
    const double scale = (k_a + k_d) * 3e-9;
    EXPECT_NEAR(rate(0, lane), expected(amount(1, lane), amount(0, lane)), 1e-15 * scale);
    EXPECT_NEAR(rate(3, lane), expected(amount(2, lane), amount(3, lane)), 1e-15 * scale);
  }
}

TEST_F(SaturableBindingTest, TheJacobianIsTheSlopeOfTheRates) {
  for (const Index width : {1, 6}) testing::expect_jacobian_is_the_slope(both(width), state(width), layout_);
}

TEST_F(SaturableBindingTest, TheJacobianIsTransfersThatAreNotNegative) {
  const auto matrix = testing::jacobian(both(6), state(6), layout_);
  EXPECT_TRUE(matrix.couplings().empty());
  for (Index row = 0; row < 4; ++row)
    for (Index lane = 0; lane < 6; ++lane) {
      EXPECT_EQ(matrix.local()(row, lane), 0.0);
      EXPECT_GE(matrix.up()(row, lane), 0.0);
      EXPECT_GE(matrix.down()(row, lane), 0.0);
    }
}

TEST_F(SaturableBindingTest, WhatLeavesArrivesToTheLastBit) {
  const auto rate = testing::rates(both(32), state(32));
  for (Index lane = 0; lane < 32; ++lane) {
    EXPECT_EQ(rate(1, lane), -rate(0, lane));
    EXPECT_EQ(rate(2, lane), -rate(3, lane));
  }
}

TEST_F(SaturableBindingTest, EmptySitesBindAtFirstOrderAndFullOnesNotAtAll) {
  EXPECT_DOUBLE_EQ(rate_at(1e-9, 0.0), 3.0 * 1e-9);
  // Linear binding is approached as the share of sites that are taken.
  for (const double share : {1e-9, 1e-6, 1e-3}) {
    const double bound = share * 1e-8, linear = 3.0 * 1e-9 - 0.5 * bound;
    EXPECT_NEAR(rate_at(1e-9, bound), linear, 1.01 * share * 3.0 * 1e-9 + 1e-15 * linear);
  }
  EXPECT_DOUBLE_EQ(rate_at(1e-9, 1e-8), -0.5 * 1e-8);
}

TEST_F(SaturableBindingTest, RestsAtTheLangmuirIsotherm) {
  for (const double free : {1e-12, 1e-9, 1e-6}) {
    const double ratio = 3.0 / 0.5 * free;
    const double bound = ratio / (1.0 + ratio / 1e-8);
    EXPECT_LE(std::abs(rate_at(free, bound)), 1e-15 * 3.0 * free) << free;
  }
}

TEST_F(SaturableBindingTest, RoundOffOutOfRangeIsLedBack) {
  EXPECT_LT(rate_at(-1e-20, 0.0), 0.0);               // sites give back to what is below zero
  EXPECT_GT(rate_at(0.0, -1e-20), 0.0);               // and are filled up to zero
  EXPECT_LT(rate_at(1e-9, 1e-8 * (1 + 1e-15)), 0.0);  // more than full: they empty
}

TEST_F(SaturableBindingTest, ABlockGivesWhatItsMembersGive) {
  const auto amount = state(32);
  const auto rate = testing::rates(both(32), amount);
  const auto matrix = testing::jacobian(both(32), amount, layout_);
  for (Index lane = 0; lane < 32; ++lane) {
    const LaneArray k_a(1, 1, association[lane % 3]), k_d(1, 1, dissociation[lane % 2]),
        most(1, 1, capacity[lane % 3]);
    const SaturableBinding alone("binding", {{1, 0, k_a, k_d, most}, {2, 3, k_a, k_d, most}});
    LaneArray member(4, 1);
    for (Index row = 0; row < 4; ++row) member(row, 0) = amount(row, lane);
    const auto its_rate = testing::rates(alone, member);
    const auto its_matrix = testing::jacobian(alone, member, layout_);
    for (Index row = 0; row < 4; ++row) {
      EXPECT_EQ(rate(row, lane), its_rate(row, 0));
      EXPECT_EQ(matrix.up()(row, lane), its_matrix.up()(row, 0));
      EXPECT_EQ(matrix.down()(row, lane), its_matrix.down()(row, 0));
    }
  }
}

}  // namespace
}  // namespace poultice::solvers
