// What single parameters cannot show, each with its place in the file.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/scenario/scenario.hpp"
#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"

namespace poultice {
namespace {

struct BadWear {
  std::string name, tail;  ///< what follows the head
  int line;
  std::string key, what, given;
};

constexpr const char* head = R"(therapy = "transdermal"
duration = "96 h"
drug.use = "fentanyl"
patch.use = "fentanyl_matrix_25"
)";

std::vector<core::Problem> problems_of(const std::string& text) {
  const core::DataLibrary library(models::embedded_data());
  try {
    static_cast<void>(core::Scenario::parse(text, "bad.toml", ".", models::catalogue(), library));
  } catch (const core::ScenarioError& error) {
    return error.problems();
  }
  return {};
}

class Wear : public testing::TestWithParam<BadWear> {};

TEST_P(Wear, IsRefused) {
  const auto& bad = GetParam();
  const auto problems = problems_of(head + bad.tail);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].file, "bad.toml");
  EXPECT_EQ(problems[0].line, bad.line);
  EXPECT_EQ(problems[0].key, bad.key);
  EXPECT_NE(problems[0].what.find(bad.what), std::string::npos) << problems[0].text();
  EXPECT_NE(problems[0].given.find(bad.given), std::string::npos) << problems[0].text();
  EXPECT_FALSE(problems[0].expected.empty());
  EXPECT_FALSE(problems[0].hint.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Patch, Wear,
    testing::Values(
        BadWear{"RemovedBeforeApplied",
                "[[schedule]]\nat = \"72 h\"\napply = \"patch\"\n[[schedule]]\nat = \"24 h\"\nremove = "
                "\"patch\"\n",
                8, "schedule", "is not worn", "remove = \"patch\" at 24 h"},
        BadWear{
            "AppliedTwice",
            "[[schedule]]\nat = \"0 h\"\napply = \"patch\"\n[[schedule]]\nat = \"24 h\"\napply = \"patch\"\n",
            8, "schedule", "while it is still worn", "apply = \"patch\" at 24 h"},
        BadWear{"NoDiffusivity",
                "[bare]\nmodel = \"patch\"\narea = \"1 cm^2\"\ncontent = \"1 mg\"\nthickness = \"50 um\"\n"
                "[[schedule]]\nat = \"0 h\"\napply = \"patch\"\n",
                5, "bare.diffusivity", "diffusivity of drug in its adhesive", "matrix"}),
    [](const auto& case_) { return case_.param.name; });

TEST(Patch, OnAnOccupiedPlaceIsRefused) {
  const auto problems = problems_of(std::string(head) + R"([second]
model = "patch"
use = "fentanyl_matrix_12"
[[schedule]]
at = "0 h"
apply = "patch"
[[schedule]]
at = "24 h"
apply = "second"
)");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].what.find("where patch is still worn"), std::string::npos) << problems[0].text();
}

}  // namespace
}  // namespace poultice
