// Fentanyl is known at 0.38 to 3.36 ng/mL: at its clearance of 37.9 L/h, threefold above is 382 ug/h, and
// threefold below is 4.8 ug/h.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/scenario/scenario.hpp"
#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "solvers/run/block.hpp"

namespace poultice {
namespace {

constexpr const char* head = R"(therapy = "transdermal"
duration = "96 h"
drug.use = "fentanyl"
left_arm = { model = "skin", site = "upper_arm" }
patch = { use = "fentanyl_matrix_25", nominal_rate = "200 ug/h" }
second = { model = "patch", use = "fentanyl_matrix_25", nominal_rate = "200 ug/h", on = "left_arm" }
)";

std::vector<std::string> warnings_of(const std::string& schedule) {
  const core::DataLibrary library(models::embedded_data());
  const auto scenario = core::Scenario::parse(head + ("schedule = [" + schedule + "]\n"), "study.toml", ".",
                                              models::catalogue(), library);
  const core::ParameterBlock parameters(scenario, 1);
  return solvers::Block(parameters).warnings();
}

TEST(KnownLevel, PatchesOneAfterAnotherAreOneRate) {
  EXPECT_TRUE(warnings_of(R"({ at = "0 h", apply = "patch" }, { at = "48 h", remove = "patch" },
                             { at = "48 h", apply = "second" })")
                  .empty());
  EXPECT_TRUE(warnings_of(R"({ at = "0 h", apply = "patch" }, { at = "48 h", remove = "patch" },
                             { at = "48 h", apply = "patch", to = "left_arm" })")
                  .empty());
}

TEST(KnownLevel, PatchesWornTogetherAddUp) {
  const auto warnings = warnings_of(R"({ at = "0 h", apply = "patch" }, { at = "48 h", remove = "patch" },
                                       { at = "47 h", apply = "second" })");
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_NE(warnings[0].find("a dose rate of 400 ug/h"), std::string::npos) << warnings[0];
  EXPECT_NE(warnings[0].find("0.38 ng/mL to 3.36 ng/mL"), std::string::npos) << warnings[0];
}

TEST(KnownLevel, AnInfusionAddsToThePatchWornMeanwhile) {
  EXPECT_EQ(warnings_of(R"({ at = "0 h", apply = "patch" },
                           { at = "24 h", infuse = "plasma", rate = "200 ug/h" })")
                .size(),
            1u);
  EXPECT_TRUE(warnings_of(R"({ at = "0 h", infuse = "plasma", rate = "200 ug/h" },
                             { at = "24 h", stop = "plasma" }, { at = "24 h", apply = "patch" })")
                  .empty());
}

TEST(KnownLevel, ANewRateOfAnInfusionReplacesTheOldOne) {
  EXPECT_TRUE(warnings_of(R"({ at = "0 h", infuse = "plasma", rate = "200 ug/h" },
                             { at = "24 h", infuse = "plasma", rate = "300 ug/h" })")
                  .empty());
  EXPECT_EQ(warnings_of(R"({ at = "0 h", infuse = "plasma", rate = "400 ug/h" },
                           { at = "24 h", infuse = "plasma", rate = "200 ug/h" })")
                .size(),
            1u);
}

TEST(KnownLevel, TooLittleIsOddAndNothingIsNot) {
  EXPECT_EQ(warnings_of(R"({ at = "0 h", infuse = "plasma", rate = "4 ug/h" })").size(), 1u);
  EXPECT_TRUE(warnings_of(R"({ at = "0 h", dose = "plasma", amount = "4 ug" })").empty());
}

}  // namespace
}  // namespace poultice
