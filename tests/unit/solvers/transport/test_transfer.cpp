#include <memory>

#include <gtest/gtest.h>

#include "core/system/system.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;

class TransferTest : public ::testing::Test {
 protected:
  TransferTest() {
    layout_.add_species({"drug", 0.1});
    layout_.add_field("skin", 2);
    layout_.graph().connect(0, 1);
    plasma_ = layout_.add_compartment("plasma");
    delivered_ = layout_.accumulator("delivered");
    lost_ = layout_.accumulator("lost");
    infusion_ = layout_.add_control(0.0);
    layout_.finish();
  }

  LaneArray rates(std::unique_ptr<core::LinearTerm> term, double infusion = 0.0) {
    core::System system(layout_, 2);
    system.add(std::move(term));
    system.set_controls(LaneArray(1, 2, infusion).view());
    LaneArray state(system.n_rows(), 2), rate(system.n_rows(), 2);
    for (Index row = 0; row < state.rows(); ++row)
      state(row, 0) = state(row, 1) = static_cast<double>(row + 1);
    system.rates(0.0, state.view(), rate.span());
    return rate;
  }

  static LaneArray per_lane(double first, double second) {
    LaneArray k(1, 2);
    k(0, 0) = first, k(0, 1) = second;
    return k;
  }

  core::StateLayout layout_;
  core::Compartment plasma_;
  core::Accumulator delivered_, lost_;
  core::Control infusion_;
};

TEST_F(TransferTest, MovesAnAmountAtAFirstOrderRate) {
  const Index plasma = layout_.row(plasma_), lost = layout_.row(lost_);
  const auto rate = rates(std::make_unique<Transfer>(
      "moves", core::TermKind::exchange,
      std::vector<Move>{{1, plasma, per_lane(0.5, 3.0)}, {plasma, lost, per_lane(2.0, 0.0)}}));
  EXPECT_DOUBLE_EQ(rate(1, 0), -1.0);
  EXPECT_DOUBLE_EQ(rate(plasma, 0), 1.0 - 6.0);
  EXPECT_DOUBLE_EQ(rate(lost, 0), 6.0);
  EXPECT_DOUBLE_EQ(rate(1, 1), -6.0);
  EXPECT_DOUBLE_EQ(rate(lost, 1), 0.0);
}

TEST_F(TransferTest, AWayBackIsTakenFromTheCount) {
  const Index plasma = layout_.row(plasma_), delivered = layout_.row(delivered_);
  const auto rate =
      rates(std::make_unique<Transfer>("both ways", core::TermKind::exchange,
                                       std::vector<Move>{{0, plasma, per_lane(4.0, 4.0), delivered_},
                                                         {plasma, 0, per_lane(1.0, 2.0), delivered_, -1.0}}));
  EXPECT_DOUBLE_EQ(rate(delivered, 0), 4.0 - 3.0);
  EXPECT_DOUBLE_EQ(rate(plasma, 0), 4.0 - 3.0);
  EXPECT_DOUBLE_EQ(rate(delivered, 1), 4.0 - 6.0);
}

TEST_F(TransferTest, AnInfusionRunsAtItsSettingAndIsTotalled) {
  const auto make = [&] {
    return std::make_unique<Infusion>("infusion", layout_.row(plasma_), infusion_,
                                      std::vector{delivered_, lost_});
  };
  const auto running = rates(make(), 0.25);
  for (const Index row : {layout_.row(plasma_), layout_.row(delivered_), layout_.row(lost_)})
    EXPECT_DOUBLE_EQ(running(row, 1), 0.25);
  EXPECT_EQ(running(0, 0), 0.0);
  EXPECT_EQ(rates(make(), 0.0)(layout_.row(plasma_), 0), 0.0);
}

}  // namespace
}  // namespace poultice::solvers
