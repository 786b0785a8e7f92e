#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bindings/command/sweep/drawn_design.hpp"
#include "bindings/shared/sweep_study.hpp"
#include "core/base/error.hpp"

namespace poultice::bindings {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const SweepStudy& study() {
  static const auto study = SweepStudy::parse(R"(
duration = "10 h"
[drug]
molar_mass = "300 g/mol"
[donor]
on = "laminate"
concentration = "1 mg/mL"
area = "1 cm^2"
[laminate]
[[laminate.layer]]
name = "upper"
thickness = "50 um"
diffusivity = "1e-8 cm^2/s"
partition_coefficient = 3.0
[[schedule]]
at = "0 h"
apply = "donor"
[sweep]
n = 2
[sweep.distributions]
"donor.area" = { distribution = "uniform", from = "1 cm^2", to = "2 cm^2" }
"donor.kind" = { distribution = "categorical", values = ["infinite", "finite"] }
)",
                                              "study.toml", {}, {});
  return study;
}

TEST(DrawnColumns, AreReadWithEveryDigit) {
  const auto columns =
      drawn_columns(*study(), "donor.area,donor.kind\n0.00010000000000000002,infinite\n1.5e-4,finite\n");
  ASSERT_EQ(columns.size(), 2U);
  EXPECT_EQ(columns[0].path, "donor.area");
  EXPECT_THAT(columns[0].numbers, ElementsAre(0.00010000000000000002, 1.5e-4));
  EXPECT_THAT(columns[1].words, ElementsAre("infinite", "finite"));
}

TEST(DrawnColumns, AreOfTheSameVersionOrRefused) {
  for (const auto* text :
       {"", "donor.area\n1e-4\n", "donor.area,donor.kind\n1e-4\n", "donor.area,donor.kind\nmuch,infinite\n",
        "donor.area,donor.kind\n1e-4x,infinite\n"}) {
    try {
      static_cast<void>(drawn_columns(*study(), text));
      ADD_FAILURE() << text;
    } catch (const core::ScenarioError& error) {
      EXPECT_THAT(error.what(), HasSubstr("cannot be read"));
      EXPECT_THAT(error.what(), HasSubstr("study.toml:"));
    }
  }
}

}  // namespace
}  // namespace poultice::bindings
