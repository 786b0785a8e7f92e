#include <cmath>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "solvers/run/result.hpp"

namespace poultice::models {
namespace {

constexpr double hour = 3600.0, microgram = 1e-9, litre = 1e-3;

/// One injection of 100 ug, absorbed with a half-life of 2 h.
const std::string injection = R"(
  duration = "24 h"
  drug.molar_mass = "300 g/mol"
  depot.absorption_half_life = "2 h"
  schedule = [{ at = "0 h", inject = "depot", amount = "100 ug" }]
)";
const std::string plasma = R"(
  plasma = { volume_central = "40 L", clearance = "8 L/h" }
)";

solvers::Result result_of(const std::string& scenario) {
  const core::DataLibrary library(embedded_data());
  return solvers::run(std::make_shared<const core::Scenario>(
      core::Scenario::parse(scenario, "test", "", catalogue(), library)));
}

double last(const solvers::Result& result, const char* probe) {
  const auto samples = result.samples(probe);
  return samples(samples.rows() - 1, 0);
}

TEST(Depot, PlasmaFollowsTheBatemanFunction) {
  const auto result = result_of(injection + plasma);
  const double ka = std::log(2.0) / (2.0 * hour), k = 8.0 / 40.0 / hour;
  const double scale = 100.0 * microgram / (40.0 * litre);
  const auto samples = result.samples("plasma_concentration");
  for (core::Index i = 0; i < samples.rows(); ++i) {
    const double t = result.record.times[static_cast<std::size_t>(i)];
    const double expected = scale * ka / (ka - k) * (std::exp(-k * t) - std::exp(-ka * t));
    EXPECT_NEAR(samples(i, 0), expected, 1e-5 * scale) << "at " << t << " s";
  }
}

TEST(Depot, DegradationCompetesWithAbsorption) {
  const auto result = result_of(injection + plasma + "depot.degradation_half_life = \"6 h\"");
  // The rates stand as 3 to 1, and together halve the depot every 1.5 h.
  EXPECT_NEAR(last(result, "delivered") / last(result, "metabolized"), 3.0, 1e-9);
  EXPECT_NEAR(last(result, "in_depot") / (100.0 * microgram), std::exp2(-24.0 / 1.5), 1e-5);
}

TEST(Depot, NeedsPlasma) { EXPECT_THROW((void)result_of(injection), core::ModelError); }

}  // namespace
}  // namespace poultice::models
