#include <cmath>
#include <memory>

#include <gtest/gtest.h>

#include "core/system/system.hpp"
#include "solvers/reaction/michaelis_menten.hpp"
#include "tests/unit/solvers/reaction/reactions.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using testing::repeated;

/// Two cells of a drug and a metabolite, two compartments and a total.
class MichaelisMentenTest : public ::testing::Test {
 protected:
  MichaelisMentenTest() {
    layout_.add_species({"drug", 0.3});
    layout_.add_species({"metabolite", 0.3});
    layout_.add_field("skin", 2);
    layout_.graph().connect(0, 1);
    drug_in_plasma_ = layout_.add_compartment("drug in plasma");
    metabolite_in_plasma_ = layout_.add_compartment("metabolite in plasma");
    metabolized_ = layout_.accumulator("metabolized");
    layout_.finish();
  }

  /// Conversion in the second cell, counted, and in plasma.
  [[nodiscard]] MichaelisMenten both(Index width) const {
    return MichaelisMenten(
        "metabolism", layout_,
        {{layout_.row(1, 0), layout_.row(1, 1), repeated({2e-9, 3e-9, 5e-9}, width),
          repeated({4e-12, 7e-12}, width), repeated({0.2, 30.0, 1e-3}, width), metabolized_},
         {layout_.row(drug_in_plasma_), layout_.row(metabolite_in_plasma_), LaneArray(1, width, 5e-3),
          LaneArray(1, width, 1e-9), LaneArray(1, width, 1e-2)}});
  }

  [[nodiscard]] LaneArray state(Index width) const {
    LaneArray state(layout_.n_rows(), width);
    for (Index row = 0; row < state.rows(); ++row)
      for (Index lane = 0; lane < width; ++lane)
        state(row, lane) = 1e-10 * (1.0 + static_cast<double>((3 * row + 7 * lane) % 11));
    return state;
  }

  /// The rate of conversion in the second cell at a free concentration [mol/m^3], where the fastest rate is 1
  /// mol/s and K is 1 mol/m^3.
  [[nodiscard]] double rate_at(double c) const {
    const double volume = 2e-9;
    const MichaelisMenten term("metabolism", layout_,
                               {{layout_.row(1, 0), layout_.row(1, 1), LaneArray(1, 1, volume),
                                 LaneArray(1, 1, 1.0), LaneArray(1, 1, 1.0)}});
    LaneArray amount(layout_.n_rows(), 1);
    amount(layout_.row(1, 0), 0) = c * volume;
    return testing::rates(term, amount)(layout_.row(1, 1), 0);
  }

  core::StateLayout layout_;
  core::Compartment drug_in_plasma_, metabolite_in_plasma_;
  core::Accumulator metabolized_;
};

TEST_F(MichaelisMentenTest, RatesAreThoseOfTheFormula) {
  const auto amount = state(2);
  const auto rate = testing::rates(both(2), amount);
  const double volume[] = {2e-9, 3e-9}, fastest[] = {4e-12, 7e-12}, K[] = {0.2, 30.0};
  for (Index lane = 0; lane < 2; ++lane) {
    const double c = amount(layout_.row(1, 0), lane) / volume[lane];
    const double expected = fastest[lane] * c / (K[lane] + c);
    EXPECT_NEAR(rate(layout_.row(1, 0), lane), -expected, 1e-15 * expected);
    EXPECT_NEAR(rate(layout_.row(metabolized_), lane), expected, 1e-15 * expected);
    const double in_plasma = amount(layout_.row(drug_in_plasma_), lane) / 5e-3;
    const double expected_there = 1e-9 * in_plasma / (1e-2 + in_plasma);
    EXPECT_NEAR(rate(layout_.row(metabolite_in_plasma_), lane), expected_there, 1e-15 * expected_there);
    EXPECT_EQ(rate(layout_.row(0, 0), lane), 0.0);
    EXPECT_EQ(rate(layout_.row(0, 1), lane), 0.0);
  }
}

TEST_F(MichaelisMentenTest, TheJacobianIsTheSlopeOfTheRates) {
  for (const Index width : {1, 6}) {
    auto amount = state(width);
    testing::expect_jacobian_is_the_slope(both(width), amount, layout_);
    // Below zero too, where Newton's method may look.
    for (Index lane = 0; lane < width; ++lane) amount(layout_.row(1, 0), lane) *= -1.0;
    testing::expect_jacobian_is_the_slope(both(width), amount, layout_);
  }
}

TEST_F(MichaelisMentenTest, EveryJacobianHasTheSameCouplings) {
  const auto term = both(1);
  auto matrix = testing::jacobian(term, state(1), layout_);
  const auto couplings = matrix.couplings().size();
  EXPECT_EQ(couplings, 3U);  // two in plasma and the count
  term.add_jacobian(nullptr, {}, LaneArray(layout_.n_rows(), 1).view(), matrix);
  EXPECT_EQ(matrix.couplings().size(), couplings);
}

TEST_F(MichaelisMentenTest, WhatLeavesArrivesToTheLastBit) {
  const auto amount = state(32);
  const auto term = both(32);
  const auto rate = testing::rates(term, amount);
  const auto matrix = testing::jacobian(term, amount, layout_);
  const Index drug = layout_.row(1, 0), metabolite = layout_.row(1, 1);
  const Index total = layout_.row(metabolized_);
  for (Index lane = 0; lane < 32; ++lane) {
    EXPECT_EQ(rate(drug, lane), -rate(metabolite, lane));
    EXPECT_EQ(rate(total, lane), rate(metabolite, lane));
    EXPECT_EQ(matrix.entry(drug, drug, lane), -matrix.entry(metabolite, drug, lane));
    EXPECT_EQ(matrix.entry(total, drug, lane), matrix.entry(metabolite, drug, lane));
  }
}

TEST_F(MichaelisMentenTest, FirstOrderWhereThereIsLittleAndConstantWhereThereIsMuch) {
  // c / (1 + c) departs from c by c, and from 1 by 1 / c.
  for (const double c : {1e-12, 1e-8, 1e-4}) EXPECT_NEAR(rate_at(c) / c, 1.0, 1.01 * c + 1e-15);
  for (const double c : {1e4, 1e8, 1e12}) EXPECT_NEAR(rate_at(c), 1.0, 1.01 / c + 1e-15);
  EXPECT_DOUBLE_EQ(rate_at(1.0), 0.5);
}

TEST_F(MichaelisMentenTest, RoundOffBelowZeroIsLedBack) {
  EXPECT_EQ(rate_at(0.0), 0.0);
  // The plain formula has a pole at c = -K and a wrong sign beyond.
  for (const double c : {1e-300, 1e-18, 0.5, 1.0, 2.0, 1e6}) {
    EXPECT_LT(rate_at(-c), 0.0) << c;
    EXPECT_EQ(rate_at(-c), -rate_at(c)) << c;
  }
}

TEST_F(MichaelisMentenTest, ABlockGivesWhatItsMembersGive) {
  constexpr Index width = 32;
  const auto amount = state(width);
  const auto together = both(width);
  const auto rate = testing::rates(together, amount);
  const auto matrix = testing::jacobian(together, amount, layout_);
  const double volume[] = {2e-9, 3e-9, 5e-9}, fastest[] = {4e-12, 7e-12}, K[] = {0.2, 30.0, 1e-3};
  for (Index lane = 0; lane < width; ++lane) {
    const MichaelisMenten alone(
        "metabolism", layout_,
        {{layout_.row(1, 0), layout_.row(1, 1), LaneArray(1, 1, volume[lane % 3]),
          LaneArray(1, 1, fastest[lane % 2]), LaneArray(1, 1, K[lane % 3]), metabolized_}});
    LaneArray member(layout_.n_rows(), 1);
    for (Index row = 0; row < member.rows(); ++row) member(row, 0) = amount(row, lane);
    const auto its_rate = testing::rates(alone, member);
    const auto its_matrix = testing::jacobian(alone, member, layout_);
    for (const Index row : {layout_.row(1, 0), layout_.row(1, 1), layout_.row(metabolized_)}) {
      EXPECT_EQ(rate(row, lane), its_rate(row, 0));
      EXPECT_EQ(matrix.entry(row, layout_.row(1, 0), lane), its_matrix.entry(row, layout_.row(1, 0), 0));
    }
  }
}

}  // namespace
}  // namespace poultice::solvers
