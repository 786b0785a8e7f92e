#include <cmath>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/system/system.hpp"
#include "tests/support/test_terms.hpp"

namespace poultice::core {
namespace {

using ::testing::ElementsAre;

constexpr Index width = 3;

/// Three species in two cells that exchange the first, a compartment and a total.
class SystemTest : public ::testing::Test {
 protected:
  SystemTest() {
    StateLayout layout;
    for (const char* name : {"a", "b", "c"}) layout.add_species({name, 0.1});
    layout.add_field("cells", 2);
    layout.graph().connect(0, 1);
    const auto plasma = layout.add_compartment("plasma");
    const auto total = layout.accumulator("total");
    rate_ = layout.add_control(2.0);
    layout.finish();
    plasma_ = layout.row(plasma), total_ = layout.row(total);
    system_ = std::make_unique<System>(std::move(layout), width);
    system_->add(std::make_unique<testing::GatedTransfer>(0, 3, rate_));
    system_->add(std::make_unique<testing::GatedTransfer>(3, 0, rate_));
    system_->add(std::make_unique<testing::GatedTransfer>(3, plasma_, rate_));
    system_->add(std::make_unique<testing::Supply>(1, 0.5));
    state_ = LaneArray(system_->n_rows(), width);
    for (Index row = 0; row < state_.rows(); ++row)
      for (Index lane = 0; lane < width; ++lane)
        state_(row, lane) = 1.0 + static_cast<double>(row) + 0.1 * static_cast<double>(lane);
    set_rates(2.0);
  }

  void add_nonlinear_terms() {
    system_->add(std::make_unique<testing::Binding>(0, 1, 2, 0.7));
    system_->add(std::make_unique<testing::SaturableUptake>(4, plasma_, 3.0, 0.4, 0.5));
    system_->add(std::make_unique<testing::SaturableUptake>(plasma_, total_, 1.0, 2.0));
  }

  void set_rates(double k) {
    const LaneArray controls(1, width, k);
    system_->set_controls(controls.view());
  }

  LaneArray rates(double time, const LaneArray& state) const {
    LaneArray rate(state.rows(), width, 777.0);
    system_->rates(time, state.view(), rate.span());
    return rate;
  }

  Control rate_;
  Index plasma_ = 0, total_ = 0;
  std::unique_ptr<System> system_;
  LaneArray state_;
};

TEST_F(SystemTest, RatesAreMatrixTimesStatePlusForcing) {
  const auto rate = rates(0.0, state_);
  for (Index lane = 0; lane < width; ++lane) {
    const double a = state_(0, lane), other = state_(3, lane);
    EXPECT_NEAR(rate(0, lane), 2.0 * (other - a), 1e-14);
    EXPECT_NEAR(rate(3, lane), 2.0 * (a - 2.0 * other), 1e-14);
    EXPECT_NEAR(rate(plasma_, lane), 2.0 * other, 1e-14);
    EXPECT_EQ(rate(1, lane), 0.5);
    EXPECT_EQ(rate(total_, lane), 0.0);
  }
}

TEST_F(SystemTest, NewSettingsReplaceOldOnes) {
  set_rates(5.0);
  set_rates(1.0);
  EXPECT_EQ(system_->matrix().entry(plasma_, 3, 0), 1.0);
  EXPECT_EQ(system_->forcing()(1, 2), 0.5);
  set_rates(0.0);
  EXPECT_EQ(rates(0.0, state_)(plasma_, 1), 0.0);
}

TEST_F(SystemTest, OfALinearSystemTheJacobianIsItsMatrix) {
  RateMatrix store;
  EXPECT_TRUE(system_->is_linear());
  EXPECT_EQ(&system_->jacobian(0.0, state_.view(), store), &system_->matrix());
}

TEST_F(SystemTest, NonlinearTermsAddToTheRates) {
  const auto before = rates(2.0, state_);
  add_nonlinear_terms();
  EXPECT_FALSE(system_->is_linear());
  const auto after = rates(2.0, state_);
  for (Index lane = 0; lane < width; ++lane) {
    const double bound = 0.7 * state_(0, lane) * state_(1, lane);
    const double taken = 3.0 * 2.0 * state_(4, lane) / (0.4 + state_(4, lane));
    EXPECT_NEAR(after(0, lane) - before(0, lane), -bound, 1e-13);
    EXPECT_NEAR(after(2, lane) - before(2, lane), bound, 1e-13);
    EXPECT_NEAR(after(4, lane) - before(4, lane), -taken, 1e-13);
  }
}

TEST_F(SystemTest, TheJacobianIsTheSlopeOfTheRates) {
  add_nonlinear_terms();
  const double time = 2.0;
  RateMatrix store;
  const auto& jacobian = system_->jacobian(time, state_.view(), store);
  for (Index column = 0; column < system_->n_rows(); ++column) {
    const double h = 1e-5;
    auto up = state_, down = state_;
    for (Index lane = 0; lane < width; ++lane) up(column, lane) += h, down(column, lane) -= h;
    const auto above = rates(time, up), below = rates(time, down);
    for (Index row = 0; row < system_->n_rows(); ++row)
      for (Index lane = 0; lane < width; ++lane) {
        const double slope = (above(row, lane) - below(row, lane)) / (2.0 * h);
        // No entries in the column of a total: nothing depends on it.
        EXPECT_NEAR(jacobian.entry(row, column, lane), slope, 1e-8) << row << ", " << column;
      }
  }
}

TEST_F(SystemTest, AskingForTheJacobianAgainDoesNotAddItUp) {
  add_nonlinear_terms();
  RateMatrix store;
  const double once = system_->jacobian(1.0, state_.view(), store).entry(0, 1, 2);
  EXPECT_EQ(system_->jacobian(1.0, state_.view(), store).entry(0, 1, 2), once);
  EXPECT_EQ(system_->matrix().entry(0, 1, 2), 0.0);
}

TEST_F(SystemTest, SharesOfAMoietyAreGatheredByName) {
  system_->weigh("drug", 0, 1.0);
  system_->weigh("carrier", 1, 1.0);
  system_->weigh("drug", plasma_, -2.0);
  ASSERT_EQ(system_->moieties().size(), 2U);
  EXPECT_EQ(system_->moieties()[0].name, "drug");
  EXPECT_NEAR(system_->moieties()[0].imbalance(state_.view(), 1), state_(0, 1) - 2.0 * state_(plasma_, 1),
              1e-14);
  EXPECT_EQ(system_->moieties()[1].shares.size(), 1U);
}

TEST_F(SystemTest, NamesItsTermsLinearOnesFirst) {
  add_nonlinear_terms();
  EXPECT_THAT(system_->term_names(),
              ElementsAre("gated transfer", "gated transfer", "gated transfer", "supply", "binding",
                          "saturable uptake", "saturable uptake"));
}

TEST_F(SystemTest, AtAPaceARateIsThatManyTimesTheRateThen) {
  add_nonlinear_terms();
  set_rates(2.0);
  const double begin[width] = {10.0, 20.0, 30.0}, pace[width] = {2.0, 0.5, 0.0}, s = 0.25;
  std::vector<LaneArray> unpaced;
  for (Index lane = 0; lane < width; ++lane) unpaced.push_back(rates(begin[lane] + pace[lane] * s, state_));
  RateMatrix plain, paced;
  const auto before = system_->jacobian(10.5, state_.view(), plain).entry(plasma_, 4, 0);
  system_->set_pace(begin, pace);
  const auto at_pace = rates(s, state_);
  LaneArray observed(state_.rows(), width);
  const double at[width] = {s, s, s};
  system_->observed_rates(at, state_.view(), observed.span());
  for (Index row = 0; row < state_.rows(); ++row)
    for (Index lane = 0; lane < width; ++lane) {
      const double rate = unpaced[static_cast<std::size_t>(lane)](row, lane);
      EXPECT_NEAR(at_pace(row, lane), pace[lane] * rate, 1e-13 * (1.0 + std::abs(rate)));
      EXPECT_NEAR(observed(row, lane), pace[lane] > 0.0 ? rate : 0.0, 1e-13 * (1.0 + std::abs(rate)));
    }
  const auto& jacobian = system_->jacobian(s, state_.view(), paced);
  EXPECT_NEAR(jacobian.entry(plasma_, 4, 0), 2.0 * before, 1e-13 * std::abs(before));
  EXPECT_EQ(jacobian.entry(plasma_, 4, 2), 0.0);
  // Twice, since the second time only numbers are copied.
  EXPECT_NEAR(system_->jacobian(s, state_.view(), paced).entry(plasma_, 4, 0), 2.0 * before,
              1e-13 * std::abs(before));
  set_rates(2.0);
  EXPECT_THAT(rates(10.5, state_)(plasma_, 0), unpaced[0](plasma_, 0));
}

}  // namespace
}  // namespace poultice::core
