// Past bugs of scenarios with several patches and several places.

#include <algorithm>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "solvers/run/result.hpp"

namespace poultice {
namespace {

solvers::Result run(const std::string& text) {
  const core::DataLibrary library(models::embedded_data());
  return solvers::run(std::make_shared<const core::Scenario>(
      core::Scenario::parse(text, "test.toml", ".", models::catalogue(), library)));
}

constexpr const char* head = R"(
therapy = "transdermal"
duration = "60 h"
drug.use = "fentanyl"
patch.use = "fentanyl_matrix_25"
skin.site = "chest"
left_arm = { model = "skin", site = "upper_arm" }
)";

// Both places weighed one total of what was washed off, and the balance failed.
TEST(Regression, TwoPlacesAreWashed) {
  const auto result = run(std::string(head) + R"(schedule = [
  { at = "0 h", apply = "patch" },
  { at = "24 h", remove = "patch" },
  { at = "24 h", wash = "skin" },
  { at = "24 h", apply = "patch", to = "left_arm" },
  { at = "48 h", remove = "patch" },
  { at = "48 h", wash = "left_arm" },
])");
  EXPECT_LE(result.mass_balance_relative_error(), 1e-12);
  const auto washed = result.samples("washed");
  EXPECT_GT(washed(washed.rows() - 1, 0), 0.0);
}

// Each of two patch tables printed the headlines of the totals that they share.
TEST(Regression, TwoPatchTablesShareTheirHeadlines) {
  const auto result = run(std::string(head) + R"(
second = { model = "patch", use = "fentanyl_matrix_25", on = "left_arm" }
schedule = [
  { at = "0 h", apply = "patch" },
  { at = "0 h", apply = "second" },
  { at = "48 h", remove = "patch" },
  { at = "48 h", remove = "second" },
])");
  EXPECT_LE(result.mass_balance_relative_error(), 1e-12);
  EXPECT_EQ(1, std::count_if(result.headlines.begin(), result.headlines.end(),
                             [](const auto& one) { return one.probe == "removed"; }));
}

}  // namespace
}  // namespace poultice
