#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solvers/ensemble/stiffness.hpp"
#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using ::testing::Each;

TEST(Stiffness, GrowsWithRatesAndNotWithAmounts) {
  const auto scenario = testing::tank("", testing::happens("0 h", "fill"));
  const std::vector<double> loss{2e-4, 8e-4, 1e-4, 8e-4}, content{1.0, 2.0, 3.0, 4.0};
  const auto of = [](const std::vector<double>& values) {
    return [&values](Index member) { return values[static_cast<std::size_t>(member)]; };
  };
  const auto stiffness =
      stiffness_of(scenario, {{"tank.loss", of(loss)}, {"tank.content", of(content)}}, {0, 1, 2, 3});
  EXPECT_LT(stiffness[2], stiffness[0]);
  EXPECT_LT(stiffness[0], stiffness[1]);
  EXPECT_DOUBLE_EQ(stiffness[1], stiffness[3]);
}

TEST(Stiffness, IsTheSameWhereNothingVaries) {
  const auto scenario = testing::tank("", "");
  EXPECT_THAT(stiffness_of(scenario, {{"tank.loss", [](Index) { return 1e-4; }}}, {0, 1}), Each(0.0));
  EXPECT_THAT(stiffness_of(scenario, {{"tank.leak", [](Index i) { return i == 0 ? 0.0 : 1.0; }}}, {0, 1}),
              Each(0.0));
}

}  // namespace
}  // namespace poultice::solvers
