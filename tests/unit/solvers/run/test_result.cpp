#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/run/result.hpp"
#include "tests/unit/solvers/run/toy_tank.hpp"

namespace poultice::solvers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ResultTest : public ::testing::Test {
 protected:
  ResultTest()
      : result_(
            run(std::make_shared<const core::Scenario>(testing::tank("", testing::happens("0 h", "fill"))))) {
  }
  Result result_;
};

TEST_F(ResultTest, HoldsWhatWasAskedAndWhatCameOut) {
  EXPECT_EQ(result_.scenario->duration(), 10800.0);
  EXPECT_THAT(result_.moieties, ElementsAre("water"));
  EXPECT_THAT(result_.terms, ElementsAre("draining"));
  EXPECT_EQ(result_.record.samples.size(), result_.probes.size());
  EXPECT_EQ(result_.headlines.size(), 1U);
}

TEST_F(ResultTest, FindsProbesAndAxesByName) {
  ASSERT_NE(result_.find_probe("profile"), nullptr);
  EXPECT_EQ(result_.find_probe("profile")->n_points, 2);
  EXPECT_EQ(result_.find_probe("in_bucket"), nullptr);
  ASSERT_NE(result_.find_axis("place"), nullptr);
  EXPECT_EQ(result_.find_axis("depth"), nullptr);
}

TEST_F(ResultTest, SamplesAreThoseOfTheirProbe) {
  EXPECT_EQ(result_.samples("in_tank")(0, 0), 1.0);
  EXPECT_EQ(result_.samples("drained")(0, 0), 0.0);
  EXPECT_EQ(result_.samples("in_tank").rows(), static_cast<core::Index>(result_.record.times.size()));
}

TEST_F(ResultTest, AnUnknownProbeIsRefusedWithThoseThatThereAre) {
  try {
    static_cast<void>(result_.samples("in_bucket"));
    FAIL() << "found samples of nothing";
  } catch (const core::ParameterError& error) {
    EXPECT_EQ(error.key(), "in_bucket");
    EXPECT_THAT(error.what(), HasSubstr("in_tank"));
    EXPECT_THAT(error.hint(), HasSubstr("in_tank"));
  }
}

TEST_F(ResultTest, TheBalanceErrorIsTheWorst) {
  auto result = result_;
  result.record.balance_error = core::LaneArray(2, 1, 1e-15);
  result.record.balance_error(1, 0) = 3e-10;
  EXPECT_EQ(result.mass_balance_relative_error(), 3e-10);
}

}  // namespace
}  // namespace poultice::solvers
