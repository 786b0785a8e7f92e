#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/domain/medium.hpp"

namespace poultice::core {
namespace {

class MediumTest : public ::testing::Test {
 protected:
  MediumTest() {
    layout_.add_species({"drug", 0.3});
    layout_.add_field("skin", 2);
    temperature_ = layout_.add_control(300.0);
    layout_.finish();
  }
  StateLayout layout_;
  Control temperature_;
};

TEST_F(MediumTest, LetsNothingThroughUntilToldHow) {
  Medium medium(layout_, 2);
  const LaneArray controls(1, 2, 300.0);
  double out[2];
  medium.resistance(1, controls.view(), out);
  EXPECT_EQ(out[0], std::numeric_limits<double>::infinity());
  EXPECT_EQ(medium.capacity()(1, 1), 1.0);
}

TEST_F(MediumTest, WithoutATemperatureTheResistanceIsAsGiven) {
  Medium medium(layout_, 2);
  medium.half_resistance()(1, 0) = 5.0;
  medium.half_resistance()(1, 1) = 7.0;
  const LaneArray controls(1, 2, 999.0);
  double out[2];
  medium.resistance(1, controls.view(), out);
  EXPECT_EQ(out[0], 5.0);
  EXPECT_EQ(out[1], 7.0);
}

TEST_F(MediumTest, ResistanceFollowsArrhenius) {
  Medium medium(layout_, 2);
  medium.half_resistance()(0, 0) = medium.half_resistance()(0, 1) = 4.0;
  const double activation[2] = {6000.0, 0.0}, reference[2] = {305.15, 305.15};
  medium.follow_temperature(0, temperature_, activation, reference);
  LaneArray controls(1, 2);
  controls(0, 0) = controls(0, 1) = 313.15;
  double out[2];
  medium.resistance(0, controls.view(), out);
  // Warmer: diffusivity up, resistance down, by exp(-E/R (1/T_ref - 1/T)).
  EXPECT_NEAR(out[0], 4.0 * std::exp(-6000.0 * (1.0 / 305.15 - 1.0 / 313.15)), 1e-14);
  EXPECT_LT(out[0], 4.0);
  EXPECT_EQ(out[1], 4.0);  // nothing to activate
}

TEST_F(MediumTest, EachRowIsWarmedByItsOwnActivation) {
  Medium medium(layout_, 1);
  medium.half_resistance()(0, 0) = medium.half_resistance()(1, 0) = 4.0;
  const double weak = 2000.0, strong = 6000.0, reference = 305.15;
  const LaneArray controls(1, 1, 313.15);
  Medium::Resistances resistances(medium, controls.view());
  const auto warmed = [&](double activation) {
    return 4.0 * std::exp(activation * (1.0 / 313.15 - 1.0 / reference));
  };
  medium.follow_temperature(0, temperature_, &weak, &reference);
  medium.follow_temperature(1, temperature_, &strong, &reference);
  for (const Index row : {0, 1, 1, 0}) {
    double out = 0.0;
    resistances.find(row, &out);
    EXPECT_NEAR(out, warmed(row == 0 ? weak : strong), 1e-14) << row;
  }
}

TEST_F(MediumTest, AtTheReferenceTemperatureNothingChanges) {
  Medium medium(layout_, 1);
  medium.half_resistance()(0, 0) = 4.0;
  const double activation = 6000.0, reference = 305.15;
  medium.follow_temperature(0, temperature_, &activation, &reference);
  const LaneArray controls(1, 1, 305.15);
  double out = 0.0;
  medium.resistance(0, controls.view(), &out);
  EXPECT_EQ(out, 4.0);
}

}  // namespace
}  // namespace poultice::core
