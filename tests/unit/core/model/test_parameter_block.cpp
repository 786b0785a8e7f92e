#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/model/parameter_block.hpp"
#include "tests/support/toy_scenario.hpp"

namespace poultice::core {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Catalogue& catalogue() {
  static const ModelDescription wall{
      .name = "wall",
      .meaning = "A wall.",
      .parameters = {quantity("area", "cm^2").means("Its area."),
                     quantity("molar_mass", "g/mol").by_default("300 g/mol").means("A mass.").shaping(),
                     quantity("leak", "1/s").optional().means("A leak."),
                     count("cells").by_default("20").means("Cells."),
                     flag("is_wet").by_default("false").means("Wet or not."),
                     choice("kind", {"brick", "wood"}).by_default("wood").means("Of what."),
                     text("label").optional().means("What it is called."),
                     quantity("layer.*.thickness", "um").means("Thickness of the layer.")},
      .actions = {}};
  static const Catalogue all({&wall});
  return all;
}

class ParameterBlockTest : public ::testing::Test {
 protected:
  ParameterBlockTest()
      : scenario_(poultice::testing::read_toy(catalogue(), R"(duration = "1 h"
[wall]
area = "2 cm^2"
is_wet = true
[[wall.layer]]
name = "upper"
thickness = "10 um"
[[wall.layer]]
name = "lower"
thickness = "20 um"
)")),
        block_(scenario_, 3),
        view_(block_, scenario_.instances().front()) {}
  Scenario scenario_;
  ParameterBlock block_;
  ParameterView view_;
};

TEST_F(ParameterBlockTest, EveryLaneStartsWithTheScenarioInSi) {
  for (Index lane = 0; lane < 3; ++lane) {
    EXPECT_DOUBLE_EQ(block_.lanes("wall.area")[lane], 2e-4);
    EXPECT_DOUBLE_EQ(block_.lanes("wall.layer.lower.thickness")[lane], 2e-5);
    EXPECT_DOUBLE_EQ(block_.lanes("solver.relative_tolerance")[lane], 1e-6);
  }
}

TEST_F(ParameterBlockTest, SettingOneLaneLeavesTheOthers) {
  block_.set("wall.area", 1, 7e-4);
  EXPECT_DOUBLE_EQ(block_.lanes("wall.area")[0], 2e-4);
  EXPECT_DOUBLE_EQ(block_.lanes("wall.area")[1], 7e-4);
  EXPECT_DOUBLE_EQ(scenario_.number("wall.area"), 2e-4);
}

TEST_F(ParameterBlockTest, RefusesWhatShapesTheEquations) {
  for (const char* path : {"wall.cells", "wall.is_wet", "wall.kind", "wall.molar_mass"})
    EXPECT_THROW(block_.set(path, 0, 1.0), ParameterError) << path;
}

TEST_F(ParameterBlockTest, AShapingQuantityMayBeRead) {
  EXPECT_DOUBLE_EQ(block_.lanes("wall.molar_mass")[2], 0.3);
}

TEST_F(ParameterBlockTest, NamesTheNearestOfWhatIsThere) {
  try {
    static_cast<void>(block_.lanes("wall.aera"));
    FAIL() << "found a parameter that is not there";
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.key(), "wall.aera");
    EXPECT_THAT(error.what(), HasSubstr("wall.area"));
  }
}

TEST_F(ParameterBlockTest, AViewReadsItsOwnTable) {
  EXPECT_EQ(view_.instance(), "wall");
  EXPECT_EQ(view_.width(), 3);
  EXPECT_DOUBLE_EQ(view_.lanes("area")[2], 2e-4);
  EXPECT_EQ(view_.count("cells"), 20);
  EXPECT_TRUE(view_.flag("is_wet"));
  EXPECT_EQ(view_.text("kind"), "wood");
  EXPECT_THAT(view_.elements("layer"), ElementsAre("upper", "lower"));
  EXPECT_THAT(view_.elements("window"), IsEmpty());
}

TEST_F(ParameterBlockTest, AColumnIsACopy) {
  auto column = view_.column("area");
  ASSERT_EQ(column.rows(), 1);
  column(0, 0) = 0.0;
  EXPECT_DOUBLE_EQ(view_.lanes("area")[0], 2e-4);
}

TEST_F(ParameterBlockTest, KnowsWhatNobodyGave) {
  EXPECT_TRUE(view_.has("area"));
  EXPECT_FALSE(view_.has("leak"));
  EXPECT_FALSE(view_.has("label"));
  EXPECT_TRUE(std::isnan(view_.lanes("leak")[0]));
}

}  // namespace
}  // namespace poultice::core
