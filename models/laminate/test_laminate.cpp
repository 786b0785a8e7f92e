#include <string>

#include <gtest/gtest.h>

#include "core/scenario/scenario.hpp"
#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"

namespace poultice {
namespace {

// Amounts in a layer and in the whole laminate were added up under one name, and shown doubled.
TEST(Laminate, ALayerMayNotBearTheNameOfItsTable) {
  const core::DataLibrary library(models::embedded_data());
  const std::string text = R"(duration = "1 h"
[drug]
molar_mass = "200 g/mol"
[membrane]
model = "laminate"
area = "1 cm^2"
[[membrane.layer]]
name = "membrane"
thickness = "50 um"
diffusivity = "1e-9 cm^2/s"
)";
  try {
    static_cast<void>(core::Scenario::parse(text, "bad.toml", ".", models::catalogue(), library));
    FAIL() << "was taken";
  } catch (const core::ScenarioError& error) {
    ASSERT_EQ(error.problems().size(), 1u);
    EXPECT_EQ(error.problems()[0].key, "membrane.layer.membrane");
    EXPECT_EQ(error.problems()[0].line, 4);
  }
}

}  // namespace
}  // namespace poultice
