#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/core/study/fake_study.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::ElementsAre;
using Kind = Distribution::Kind;

Distribution drawn(const std::string& line) {
  return study_of("[plasma]\n[sweep]\nn = 4\n[sweep.distributions]\n" + line + "\n").distributions().front();
}

TEST(Distribution, holds_its_numbers_in_si) {
  const auto normal = drawn(
      R"("drug.molar_mass" = { distribution = "normal", mean = "2 kg/mol", sd = "500 g/mol", minimum = "1 kg/mol" })");
  EXPECT_EQ(normal.kind, Kind::normal);
  EXPECT_EQ(normal.path, "drug.molar_mass");
  EXPECT_EQ(normal.unit, "g/mol");
  EXPECT_DOUBLE_EQ(normal.a, 2.0);
  EXPECT_DOUBLE_EQ(normal.b, 0.5);
  EXPECT_DOUBLE_EQ(normal.minimum, 1.0);
  EXPECT_EQ(normal.maximum, HUGE_VAL);
  EXPECT_FALSE(normal.needs_own_scenario);

  const auto lognormal =
      drawn(R"(plasma.volume = { distribution = "lognormal", median = "3 L", cv = "30 %" })");
  EXPECT_EQ(lognormal.kind, Kind::lognormal);
  EXPECT_DOUBLE_EQ(lognormal.a, 3e-3);
  EXPECT_DOUBLE_EQ(lognormal.b, 0.3);

  const auto loguniform =
      drawn(R"(patch.area = { distribution = "loguniform", from = "1 cm^2", to = "1 dm^2" })");
  EXPECT_EQ(loguniform.kind, Kind::loguniform);
  EXPECT_DOUBLE_EQ(loguniform.a, 1e-4);
  EXPECT_DOUBLE_EQ(loguniform.b, 1e-2);
}

TEST(Distribution, spreads_a_temperature_by_a_difference) {
  for (const auto* sd : {"0.5 degC", "0.5 K", "0.9 degF"}) {
    const auto it =
        drawn(std::string(R"(skin.temperature = { distribution = "normal", mean = "32 degC", sd = ")") + sd +
              "\" }");
    EXPECT_DOUBLE_EQ(it.a, 305.15);
    EXPECT_NEAR(it.b, 0.5, 1e-12) << sd;
  }
}

TEST(Distribution, weighs_categories_so_that_they_sum_to_one) {
  const auto words = drawn(
      R"(patch.kind = { distribution = "categorical", values = ["matrix", "reservoir"], weights = [3, 1] })");
  EXPECT_THAT(words.words, ElementsAre("matrix", "reservoir"));
  EXPECT_THAT(words.weights, ElementsAre(0.75, 0.25));
  EXPECT_TRUE(words.needs_own_scenario);
  const auto numbers = drawn(R"(skin.cells = { distribution = "categorical", values = [2, 3, 5, 7] })");
  EXPECT_THAT(numbers.numbers, ElementsAre(2, 3, 5, 7));
  EXPECT_THAT(numbers.weights, ElementsAre(0.25, 0.25, 0.25, 0.25));
}

TEST(Distribution, knows_the_share_that_a_cut_keeps) {
  Distribution it{.kind = Kind::normal, .a = 1.0, .b = 2.0};
  EXPECT_DOUBLE_EQ(it.kept_share(), 1.0);
  it.minimum = 1.0;
  EXPECT_DOUBLE_EQ(it.kept_share(), 0.5);
  it.minimum = 1.0 - 2.0 * 1.959963984540054;
  it.maximum = 1.0 + 2.0 * 1.959963984540054;
  EXPECT_NEAR(it.kept_share(), 0.95, 1e-14);
  it.minimum = 1.0 + 2.0 * 10.0;
  it.maximum = HUGE_VAL;
  EXPECT_NEAR(it.kept_share(), 7.61985302416052606597e-24, 1e-36) << "far out in the tail";
  const Distribution cut{.kind = Kind::lognormal, .a = 3.0, .b = 0.3, .minimum = -1.0, .maximum = 3.0};
  EXPECT_DOUBLE_EQ(cut.kept_share(), 0.5);
}

TEST(Distribution, correlations_hold_together_or_not) {
  const std::vector<Distribution> three{{.path = "a"}, {.path = "b"}, {.path = "c"}};
  EXPECT_TRUE(can_hold_together(three, {}));
  EXPECT_TRUE(can_hold_together(three, {{"a", "b", 0.9}, {"a", "c", 0.9}, {"b", "c", 0.7}}));
  EXPECT_FALSE(can_hold_together(three, {{"a", "b", 0.9}, {"a", "c", 0.9}, {"b", "c", 0.5}}));
}

}  // namespace
}  // namespace poultice::core::testing
