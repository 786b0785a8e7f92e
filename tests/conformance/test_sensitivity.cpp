// Derivatives by parameters, of every model that is linear, against differences between runs; and against
// what is known of one compartment.
#include <cmath>

#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "solvers/run/parameter_lanes.hpp"
#include "solvers/run/sensitivity.hpp"
#include "tests/conformance/conformance.hpp"

namespace poultice::conformance {
namespace {

std::shared_ptr<const core::Scenario> shared(core::Scenario scenario) {
  return std::make_shared<const core::Scenario>(std::move(scenario));
}

TEST_P(Conformance, DerivativesAreDifferencesOfRuns) {
  const auto scenario = shared(reference(model()));
  const auto paths = solvers::differentiable_parameters(*scenario);
  const solvers::ParameterLanes lanes(*scenario, paths);
  solvers::Block block(lanes.block());
  if (!block.system().is_linear()) {
    EXPECT_THROW(static_cast<void>(solvers::sensitivity(scenario, paths)), core::ModelError);
    return;
  }
  const auto found = solvers::sensitivity(scenario, paths);
  const auto runs = solvers::simulate(block);
  ASSERT_EQ(found.times, runs.times);
  int n_compared = 0;
  for (std::size_t i = 0; i < found.probes.size(); ++i)
    for (std::size_t j = 0; j < block.probes().size(); ++j) {
      if (block.probes()[j].name != found.probes[i].name) continue;
      const auto& samples = runs.samples[j];
      const double size = largest(samples, 0);
      for (Index t = 0; t < samples.rows(); ++t)
        ASSERT_NEAR(found.curves[i](t, 0), samples(t, 0), 1e-11 * size) << found.probes[i].name << ' ' << t;
      for (std::size_t p = 0; p < paths.size(); ++p) {
        double steepest = 0.0;
        for (Index t = 0; t < samples.rows(); ++t)
          steepest = std::max(steepest, std::abs(lanes.slope(samples[t], p)));
        // What runs err by, through steps of 5e-4; of a rate more than of an amount.
        const double noise = 1e-8 * size / std::abs(lanes.values()[p]);
        n_compared += steepest > 100.0 * noise ? 1 : 0;
        for (Index t = 0; t < samples.rows(); ++t)
          ASSERT_NEAR(found.slopes[i](t, static_cast<Index>(p)), lanes.slope(samples[t], p),
                      1e-6 * steepest + noise)
              << found.probes[i].name << " by " << paths[p] << " at sample " << t;
      }
    }
  EXPECT_GT(n_compared, 5);
  for (std::size_t h = 0; h < found.headlines.size(); ++h)
    for (std::size_t p = 0; p < paths.size(); ++p) {
      const double* values = runs.headlines[static_cast<Index>(h)];
      const double slope = found.headline_slopes(static_cast<Index>(h), static_cast<Index>(p));
      // The steepest interval of a shifted run may be the next one.
      const double relative = found.headlines[h].reduction == core::Headline::Reduction::lag ? 1e-3 : 1e-6;
      if (found.headlines[h].reduction == core::Headline::Reduction::time_of_maximum)
        EXPECT_TRUE(std::isnan(slope));
      else
        EXPECT_NEAR(slope, lanes.slope(values, p),
                    relative * std::abs(slope) + 1e-8 * std::abs(values[0] / lanes.values()[p]))
            << found.headlines[h].name << " by " << paths[p];
    }
}

TEST(Sensitivity, OfOneCompartmentIsKnown) {
  // c = amount / V exp(-CL t / V), after a dose at zero and another, at 5 h, of twice as much.
  const auto scenario = shared(parse(R"(duration = "12 h"
[drug]
molar_mass = "300 g/mol"
[plasma]
clearance = "10 L/h"
volume_central = "40 L"
body_weight = "70 kg"
[output]
every = "1 h"
[[schedule]]
at = "0 h"
dose = "plasma"
amount = "1 mg"
[[schedule]]
at = "5 h"
dose = "plasma"
amount = "2 mg"
)"));
  const auto found = solvers::sensitivity(scenario, {"plasma.clearance", "plasma.volume_central"});
  const double V = 0.04, CL = 0.01 / 3600.0;
  std::size_t probe = 0;
  while (found.probes.at(probe).name != "plasma_concentration") ++probe;
  ASSERT_EQ(found.times.size(), 13U);
  for (std::size_t i = 0; i < found.times.size(); ++i) {
    double c = 0.0, by_clearance = 0.0, by_volume = 0.0;
    for (const auto& [from, amount] : {std::pair(0.0, 1e-6), {5.0 * 3600.0, 2e-6}}) {
      const double t = found.times[i] - from, part = amount / V * std::exp(-CL * t / V);
      if (t < 0.0) continue;
      c += part;
      by_clearance -= t / V * part;
      by_volume += (CL * t / (V * V) - 1.0 / V) * part;
    }
    const auto row = static_cast<Index>(i);
    EXPECT_NEAR(found.curves[probe](row, 0), c, 1e-12 * 5e-5);
    EXPECT_NEAR(found.slopes[probe](row, 0), by_clearance, 1e-10 * 5e-5 / CL) << i;
    EXPECT_NEAR(found.slopes[probe](row, 1), by_volume, 1e-10 * 5e-5 / V) << i;
  }
}

TEST(Sensitivity, WhatHasNoDerivativeIsRefusedByName) {
  const auto scenario = shared(reference("patch"));
  const auto refused = [&](const char* path) {
    try {
      static_cast<void>(solvers::sensitivity(scenario, {path}));
    } catch (const core::ParameterError& error) {
      return std::string(error.what());
    }
    return std::string("was accepted");
  };
  EXPECT_NE(refused("patch.kind").find("shapes the equations"), std::string::npos) << refused("patch.kind");
  EXPECT_NE(refused("patch.aera").find("area"), std::string::npos) << refused("patch.aera");
}

}  // namespace
}  // namespace poultice::conformance
