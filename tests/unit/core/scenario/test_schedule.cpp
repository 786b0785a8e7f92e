#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/core/scenario/fake_catalogue.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Scenario with_schedule(const std::string& entries, const std::vector<Override>& overrides = {}) {
  return parse(small_scenario() + entries, overrides);
}

std::vector<double> hours_of(const Scenario& scenario) {
  std::vector<double> hours;
  for (const auto& event : scenario.events()) hours.push_back(event.time / 3600.0);
  return hours;
}

TEST(Schedule, may_be_absent) { EXPECT_THAT(with_schedule("").events(), IsEmpty()); }

TEST(Schedule, tells_when_what_is_done_to_which_table) {
  const auto scenario =
      with_schedule("[[schedule]]\nat = \"90 min\"\napply = \"patch\"\namount = \"2 mg\"\nto = \"skin\"\n");
  ASSERT_EQ(scenario.events().size(), 1u);
  const auto& event = scenario.events().front();
  EXPECT_EQ(event.time, 5400.0);
  EXPECT_EQ(event.verb, "apply");
  EXPECT_EQ(event.instance, "patch");
  EXPECT_DOUBLE_EQ(event.option("amount").number, 2e-6);
  EXPECT_EQ(event.option("amount").path, "amount");
  EXPECT_EQ(event.option("amount").line, 11);
  EXPECT_EQ(event.option("to").text, "skin");
  EXPECT_EQ(event.line, 8);
  try {
    static_cast<void>(event.option("from"));
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.hint(), "there are to, amount");
  }
}

TEST(Schedule, fills_in_options_that_are_not_given) {
  const auto scenario = with_schedule(
      "[[schedule]]\nat = \"0 h\"\napply = \"patch\"\n[[schedule]]\nat = \"1 h\"\nwash = \"skin\"\n");
  EXPECT_TRUE(std::isnan(scenario.events()[0].option("amount").number));
  EXPECT_EQ(scenario.events()[0].option("to").text, "");
  EXPECT_EQ(scenario.events()[1].option("fraction").number, 1.0);
}

TEST(Schedule, is_ordered_by_time_and_then_by_the_file) {
  const auto scenario = with_schedule(R"([[schedule]]
at = "24 h"
remove = "patch"
[[schedule]]
at = "24 h"
wash = "skin"
[[schedule]]
at = "0 h"
apply = "patch"
[[schedule]]
at = "1 d"
apply = "patch"
)");
  std::vector<std::string> verbs;
  for (const auto& event : scenario.events()) verbs.push_back(event.verb);
  EXPECT_THAT(verbs, ElementsAre("apply", "remove", "wash", "apply"));
}

TEST(Schedule, writes_out_a_number_of_repeats) {
  EXPECT_THAT(
      hours_of(with_schedule("[[schedule]]\nat = \"12 h\"\nevery = \"24 h\"\ntimes = 4\nwash = \"skin\"\n")),
      ElementsAre(12, 36, 60, 84));
}

TEST(Schedule, repeats_until_a_time_and_at_it) {
  EXPECT_THAT(hours_of(with_schedule(
                  "[[schedule]]\nat = \"0 h\"\nevery = \"24 h\"\nuntil = \"72 h\"\nwash = \"skin\"\n")),
              ElementsAre(0, 24, 48, 72));
  EXPECT_THAT(hours_of(with_schedule(
                  "[[schedule]]\nat = \"0 h\"\nevery = \"24 h\"\nuntil = \"71.9 h\"\nwash = \"skin\"\n")),
              ElementsAre(0, 24, 48));
  // Ten steps of 0.1 h add up to less than 1 h in binary; the last is meant all the same.
  EXPECT_EQ(with_schedule("[[schedule]]\nat = \"0 h\"\nevery = \"0.1 h\"\nuntil = \"1 h\"\nwash = \"skin\"\n")
                .events()
                .size(),
            11u);
}

TEST(Schedule, may_reach_to_the_very_end) {
  EXPECT_THAT(hours_of(with_schedule("[[schedule]]\nat = \"96 h\"\nwash = \"skin\"\n")), ElementsAre(96));
}

TEST(Schedule, is_changed_from_the_command_line) {
  const auto scenario = with_schedule(
      "[[schedule]]\nat = \"0 h\"\napply = \"patch\"\n[[schedule]]\nat = \"72 h\"\nremove = \"patch\"\n",
      {{"schedule.1.at", "48 h"}, {"schedule.0.amount", "\"3 mg\""}});
  EXPECT_THAT(hours_of(scenario), ElementsAre(0, 48));
  EXPECT_DOUBLE_EQ(scenario.events()[0].option("amount").number, 3e-6);
}

}  // namespace
}  // namespace poultice::core::testing
