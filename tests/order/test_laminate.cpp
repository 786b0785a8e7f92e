// The same through a scenario: what the models make of layers, against the Laplace domain.
#include <cmath>
#include <map>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/catalogue.hpp"
#include "solvers/run/result.hpp"
#include "tests/problems/laplace_stack.hpp"

namespace poultice::testing {
namespace {

using core::Index;

struct Case {
  const char* name;
  double partition_above;
  double binding, clearance;  // below
  bool is_sealed;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Laminate : public ::testing::TestWithParam<Case> {};

constexpr double hours = 3600.0;
constexpr double donor = 10.0;  // kg/m^3

/// Relative errors of amounts per area after `times` hours, with n cells for each layer.
std::map<std::string, double> errors(const Case& c, int n) {
  const std::string text = fmt::format(
      R"(duration = "8 h"
[output]
every = "1 h"
[solver]
relative_tolerance = 1e-11
absolute_tolerance = 1e-14
[drug]
molar_mass = "200 g/mol"
[donor]
on = "laminate"
area = "1 cm^2"
concentration = "10 mg/mL"
[laminate]
lower_boundary = "{}"
[[laminate.layer]]
name = "upper"
thickness = "20 um"
diffusivity = "1e-9 cm^2/s"
partition_coefficient = {}
cells = {}
[[laminate.layer]]
name = "lower"
thickness = "80 um"
diffusivity = "1e-8 cm^2/s"
binding_ratio = {}
clearance = "{} 1/s"
cells = {}
[[schedule]]
at = "0 h"
apply = "donor"
)",
      c.is_sealed ? "sealed" : "sink", c.partition_above, n, c.binding, c.clearance, n);
  const auto scenario = std::make_shared<const core::Scenario>(
      core::Scenario::parse(text, c.name, ".", models::catalogue(), core::DataLibrary()));
  const auto result = solvers::run(scenario);
  const LaplaceStack exact({{20e-6, 1e-13, c.partition_above}, {80e-6, 1e-12, 1.0, c.binding, c.clearance}},
                           donor, c.is_sealed ? LaplaceStack::Bottom::sealed : LaplaceStack::Bottom::sink);
  std::map<std::string, double> e;
  for (const int at : {1, 2, 8}) {
    const auto sample = [&](const char* probe) { return result.samples(probe)(at, 0) / 1e-4; };
    const double t = at * hours;
    e[fmt::format("released after {} h", at)] = std::abs(sample("released") / exact.entered(t) - 1.0);
    e[fmt::format("inside after {} h", at)] = std::abs(sample("in_laminate") / exact.inside(t) - 1.0);
    e[fmt::format("delivered after {} h", at)] = std::abs(sample("delivered") / exact.left(t) - 1.0);
  }
  return e;
}

TEST_P(Laminate, IsSecondOrderInSpace) {
  auto coarse = errors(GetParam(), 20);
  for (const int n : {40, 80, 160}) {
    const auto fine = errors(GetParam(), n);
    int assessed = 0;
    for (const auto& [what, error] : fine) {
      // A steady profile is exact on any grid: what is left is the error of time stepping.
      if (error < 1e-7) continue;
      ++assessed;
      EXPECT_NEAR(std::log2(coarse[what] / error), 2.0, 0.10)
          << what << fmt::format(": {:.3g} with {} cells", error, n);
    }
    EXPECT_GE(assessed, 6) << n;
    coarse = fine;
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Laminate,
                         ::testing::Values(Case{"Plain", 1.0, 0.0, 0.0, false},
                                           Case{"Jump100", 1e2, 0.0, 0.0, false},
                                           Case{"JumpBack100", 1e-2, 0.0, 0.0, false},
                                           Case{"ClearanceAndBinding", 30.0, 2.0, 1e-3, false},
                                           Case{"SealedWithClearance", 1e4, 0.5, 1e-4, true}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace poultice::testing
