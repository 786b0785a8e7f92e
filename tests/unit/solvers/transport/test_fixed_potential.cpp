#include <memory>
#include <optional>

#include <gtest/gtest.h>

#include "core/system/system.hpp"
#include "solvers/transport/fixed_potential.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;

/// One cell of capacity 2 and half resistance 4, with a held face.
class FixedPotentialTest : public ::testing::Test {
 protected:
  FixedPotentialTest() {
    layout_.add_species({"drug", 0.1});
    layout_.add_field("cell", 1);
    into_ = layout_.accumulator("in");
    also_ = layout_.accumulator("also in");
    out_ = layout_.accumulator("out");
    u0_ = layout_.add_control(0.0);
    gate_ = layout_.add_control(1.0);
    layout_.finish();
  }

  /// Rates with 6 mol in the cell, that is a potential of 3.
  LaneArray rates(HeldFace face, double u0, double open) {
    core::Medium medium(layout_, 1);
    medium.capacity()(0, 0) = 2.0;
    medium.half_resistance()(0, 0) = 4.0;
    core::System system(layout_, 1);
    system.add(std::make_unique<FixedPotential>("held", medium, std::vector{std::move(face)}));
    LaneArray controls(2, 1), state(system.n_rows(), 1), rate(system.n_rows(), 1);
    controls(u0_.index, 0) = u0, controls(gate_.index, 0) = open;
    state(0, 0) = 6.0;
    system.set_controls(controls.view());
    system.rates(0.0, state.view(), rate.span());
    return rate;
  }

  core::StateLayout layout_;
  core::Accumulator into_, also_, out_;
  core::Control u0_, gate_;
};

TEST_F(FixedPotentialTest, ADonorFillsUntilThePotentialsAreEqual) {
  EXPECT_DOUBLE_EQ(rates({0, 0, u0_}, 11.0, 1.0)(0, 0), 2.0);
  EXPECT_DOUBLE_EQ(rates({0, 0, u0_}, 3.0, 1.0)(0, 0), 0.0);
  EXPECT_DOUBLE_EQ(rates({0, 0, u0_}, 1.0, 1.0)(0, 0), -0.5);
}

TEST_F(FixedPotentialTest, WithoutAPotentialItIsASink) {
  EXPECT_DOUBLE_EQ(rates({0}, 11.0, 1.0)(0, 0), -0.75);
}

TEST_F(FixedPotentialTest, AClosedFaceLetsNothingPass) {
  const auto rate = rates({0, 0, u0_, gate_, {into_}, {out_}}, 11.0, 0.0);
  for (Index row = 0; row < rate.rows(); ++row) EXPECT_EQ(rate(row, 0), 0.0);
}

TEST_F(FixedPotentialTest, TotalsCountBothWays) {
  for (const double u0 : {11.0, 1.0}) {
    const auto rate = rates({0, 0, u0_, gate_, {into_, also_}, {out_}}, u0, 1.0);
    EXPECT_DOUBLE_EQ(rate(layout_.row(into_), 0), rate(0, 0));
    EXPECT_DOUBLE_EQ(rate(layout_.row(also_), 0), rate(0, 0));
    EXPECT_DOUBLE_EQ(rate(layout_.row(out_), 0), -rate(0, 0));
  }
}

}  // namespace
}  // namespace poultice::solvers
