#include <cmath>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/resolved_writer.hpp"
#include "core/units/quantity.hpp"
#include "tests/unit/core/scenario/fake_catalogue.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Uses all that a scenario can: a therapy, sets, lists, several tables of one model, repeats, overrides.
Scenario full_scenario() {
  return parse(R"(title = "A \"µ\"\tstudy \\ of\nlines"
duration = "100 h"
therapy = "worn"
[drug]
use = "fentanyl"
[skin]
site = "chest"
layer.upper.thickness = "16.123456789012345 um"
[left_arm]
temperature = "91.3 degF"
[[left_arm.layer]]
name = "only"
thickness = { value = "0.1 mm", source = "a ruler" }
[patch]
area = "0.1 ft^2"
label = ""
[[schedule]]
at = "0.1 h"
apply = "patch"
amount = "0.3 mg"
[[schedule]]
at = "1 h"
every = "0.7 h"
times = 5
wash = "skin"
fraction = 0.1
)",
               {{"plasma.volume", "5.3 L"}});
}

Scenario parsed_alone(const std::string& text) {
  return Scenario::parse(text, "other.toml", "", fake_catalogue(), DataLibrary{});
}

TEST(ResolvedToml, parses_to_the_same_study_without_any_set) {
  const auto scenario = full_scenario();
  const auto again = parsed_alone(scenario.resolved_toml());
  EXPECT_EQ(again.resolved_toml(), scenario.resolved_toml());
  EXPECT_EQ(again.hash(), scenario.hash());
  EXPECT_EQ(again.title(), scenario.title());
  EXPECT_EQ(again.duration(), scenario.duration());
  ASSERT_EQ(again.instances().size(), scenario.instances().size());
  for (std::size_t i = 0; i < again.instances().size(); ++i) {
    EXPECT_EQ(again.instances()[i].name, scenario.instances()[i].name);
    EXPECT_EQ(again.instances()[i].model, scenario.instances()[i].model);
    EXPECT_EQ(again.instances()[i].elements, scenario.instances()[i].elements);
  }
}

TEST(ResolvedToml, keeps_every_number_to_the_last_bit) {
  const auto scenario = full_scenario();
  const auto again = parsed_alone(scenario.resolved_toml());
  ASSERT_EQ(again.values().size(), scenario.values().size());
  for (const auto& value : scenario.values()) {
    if (value.spec->type == ParameterType::set) continue;
    const auto& other = again.value(value.path);
    EXPECT_TRUE(other.number == value.number || (std::isnan(other.number) && std::isnan(value.number)))
        << value.path;
    EXPECT_EQ(other.text, value.text) << value.path;
  }
  ASSERT_EQ(again.events().size(), scenario.events().size());
  for (std::size_t i = 0; i < again.events().size(); ++i)
    EXPECT_EQ(again.events()[i].time, scenario.events()[i].time);
}

TEST(ResolvedToml, writes_defaults_out_in_their_units) {
  const auto text = parse(small_scenario()).resolved_toml();
  EXPECT_THAT(text, HasSubstr("\n[patch]\nkind = \"matrix\"\narea = \"10.5 cm^2\"\ncontent = \"4.2 mg\"\n"));
  EXPECT_THAT(text, HasSubstr("\n[skin.dermis]\nthickness = \"1.2 mm\"\n"));
  EXPECT_THAT(text, HasSubstr("relative_tolerance = 1e-06\n"));
  EXPECT_THAT(text, Not(HasSubstr("label")));
}

TEST(ResolvedToml, folds_sets_and_therapies_in) {
  const auto text = full_scenario().resolved_toml();
  EXPECT_THAT(text, HasSubstr("use = { value = \"\", note = \"fentanyl\" }"));
  EXPECT_THAT(text, HasSubstr("[left_arm]\nmodel = \"skin\"\n"));
  EXPECT_THAT(text, Not(HasSubstr("therapy =")));
  EXPECT_THAT(text, Not(HasSubstr("times")));
}

TEST(Hash, changes_with_a_value_and_not_with_the_way_it_is_written) {
  const auto hash = parse(small_scenario()).hash();
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(parse("# a comment\n" + small_scenario(), {{"patch.area", "10.50 cm²"}}).hash(), hash);
  EXPECT_NE(parse(small_scenario(), {{"patch.area", "10.500001 cm^2"}}).hash(), hash);
  EXPECT_NE(parse("title = \"a\"\n" + small_scenario()).hash(), hash);
}

TEST(ExactQuantity, reads_back_as_the_very_same_number) {
  std::mt19937_64 random(20240501);
  std::uniform_real_distribution<double> exponent(-18.0, 6.0);
  for (const auto* unit : {"1", "h", "cm^2", "degC", "ug/mL", "cm^2/s", "%", "L/h"})
    for (int i = 0; i < 50; ++i) {
      const double si = std::pow(10.0, exponent(random));
      const auto text = exact_quantity(si, unit);
      EXPECT_EQ(parse_quantity(text, unit), si) << text;
    }
}

TEST(ExactQuantity, is_as_short_as_can_be) {
  EXPECT_EQ(exact_quantity(parse_quantity("10.5 cm^2", "cm^2"), "cm^2"), "10.5 cm^2");
  EXPECT_EQ(exact_quantity(parse_quantity("32 degC", "degC"), "degC"), "32 degC");
  EXPECT_EQ(exact_quantity(0.0, "mg"), "0 mg");
  EXPECT_EQ(exact_quantity(360000.0, "h"), "100 h");
  EXPECT_EQ(exact_quantity(-2.5, "1"), "-2.5");
}

}  // namespace
}  // namespace poultice::core::testing
