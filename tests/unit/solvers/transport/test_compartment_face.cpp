#include <memory>
#include <utility>

#include <gtest/gtest.h>

#include "core/system/system.hpp"
#include "solvers/transport/compartment_face.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;

/// One cell of capacity 2 and half resistance 4 beside a compartment of capacity 5.
class CompartmentFaceTest : public ::testing::Test {
 protected:
  CompartmentFaceTest() {
    layout_.add_species({"drug", 0.1});
    layout_.add_field("cell", 1);
    fluid_ = layout_.add_compartment("fluid");
    into_ = layout_.accumulator("in");
    out_ = layout_.accumulator("out");
    gate_ = layout_.add_control(1.0);
    layout_.finish();
    face_ = {.cell = 0,
             .species = 0,
             .compartment = layout_.row(fluid_),
             .capacity = LaneArray(1, 1, 5.0),
             .extra_resistance = {},
             .gate = gate_,
             .inward = {into_},
             .outward = {out_}};
  }

  /// Rates with 6 mol in the cell, a potential of 3, and `amount` in the fluid.
  LaneArray rates(WettedFace face, double amount, double open = 1.0) {
    core::Medium medium(layout_, 1);
    medium.capacity()(0, 0) = 2.0;
    medium.half_resistance()(0, 0) = 4.0;
    core::System system(layout_, 1);
    system.add(std::make_unique<CompartmentFace>("face", medium, std::vector{std::move(face)}));
    LaneArray controls(1, 1, open), state(system.n_rows(), 1), rate(system.n_rows(), 1);
    state(0, 0) = 6.0;
    state(layout_.row(fluid_), 0) = amount;
    system.set_controls(controls.view());
    system.rates(0.0, state.view(), rate.span());
    return rate;
  }

  core::StateLayout layout_;
  core::Compartment fluid_;
  core::Accumulator into_, out_;
  core::Control gate_;
  WettedFace face_;
};

TEST_F(CompartmentFaceTest, FlowIsTheDifferenceOfPotentialsOverTheResistance) {
  // 55 mol over 5 is a potential of 11: (11 - 3)/4 enters the cell, to the bit what the fluid loses.
  const auto rate = rates(face_, 55.0);
  EXPECT_DOUBLE_EQ(rate(0, 0), 2.0);
  EXPECT_EQ(rate(layout_.row(fluid_), 0), -rate(0, 0));
  EXPECT_DOUBLE_EQ(rate(layout_.row(into_), 0), 2.0);
  EXPECT_DOUBLE_EQ(rate(layout_.row(out_), 0), -2.0);
}

TEST_F(CompartmentFaceTest, NothingFlowsInEquilibrium) { EXPECT_NEAR(rates(face_, 15.0)(0, 0), 0.0, 1e-15); }

TEST_F(CompartmentFaceTest, WithoutCapacityItGivesNothingBack) {
  face_.capacity.reset();
  EXPECT_DOUBLE_EQ(rates(face_, 55.0)(0, 0), -0.75);
}

TEST_F(CompartmentFaceTest, TheFaceMayResistAndClose) {
  face_.extra_resistance = LaneArray(1, 1, 4.0);
  EXPECT_DOUBLE_EQ(rates(face_, 55.0)(0, 0), 1.0);
  EXPECT_EQ(rates(face_, 55.0, 0.0)(0, 0), 0.0);
}

}  // namespace
}  // namespace poultice::solvers
