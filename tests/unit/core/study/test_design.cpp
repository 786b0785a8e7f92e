#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/study/design.hpp"
#include "tests/unit/core/scenario/fake_catalogue.hpp"

namespace poultice::core::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(Design, gives_settings_that_read_back_as_the_same_numbers) {
  const double area = 10.5e-4 * (1.0 + 1e-15), warm = 305.15 + 1e-13;
  const Design design{.n_members = 1,
                      .columns = {{.path = "patch.area", .unit = "cm^2", .numbers = {area}},
                                  {.path = "skin.temperature", .unit = "degC", .numbers = {warm}},
                                  {.path = "skin.cells", .unit = "1", .numbers = {12}},
                                  {.path = "patch.occlusive", .unit = "", .words = {"false"}},
                                  {.path = "patch.label", .unit = "", .words = {"a \"b\" = [1]"}}}};
  const auto scenario = parse(small_scenario(), design.overrides_of(0));
  EXPECT_EQ(scenario.number("patch.area"), area);
  EXPECT_EQ(scenario.number("skin.temperature"), warm);
  EXPECT_EQ(scenario.number("skin.cells"), 12);
  EXPECT_EQ(scenario.number("patch.occlusive"), 0);
  EXPECT_EQ(scenario.text("patch.label"), "a \"b\" = [1]");
}

TEST(Design, groups_members_that_may_share_a_scenario) {
  const Design design{
      .n_members = 5,
      .columns = {{.path = "a", .unit = "1", .numbers = {1, 2, 3, 4, 5}},
                  {.path = "b", .unit = "1", .numbers = {7, 7, 8, 7, 8}, .needs_own_scenario = true},
                  {.path = "c", .unit = "", .words = {"x", "y", "x", "x", "x"}, .needs_own_scenario = true}}};
  EXPECT_THAT(design.scenario_groups({}), ElementsAre(0, 1, 2, 0, 2));
  const Design none{.n_members = 2, .columns = {{.path = "a", .unit = "1", .numbers = {1, 2}}}};
  EXPECT_THAT(none.scenario_groups({}), ElementsAre(0, 0));
}

}  // namespace
}  // namespace poultice::core::testing
