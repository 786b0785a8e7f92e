// Layers in series with jumps of partition between them: steady permeability and time lag.

#include <cmath>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/literature/comparison.hpp"
#include "tests/problems/closed_forms.hpp"

namespace poultice::literature {
namespace {

using Sheets = std::vector<problems::Sheet>;  // m, m^2/s, 1

/// An endless donor of 1 mg/mL on 1 cm^2, for n_lags time lags: long enough for the flux to be steady.
solvers::Result run_laminate(const Sheets& sheets, double n_lags, const Precision& precision) {
  const double duration = n_lags * problems::laminate_lag(sheets);
  auto text = fmt::format(
      "duration = \"{} s\"\n[output]\nevery = \"{} s\"\n[drug]\nmolar_mass = \"250 g/mol\"\n"
      "[donor]\non = \"laminate\"\narea = \"1 cm^2\"\nconcentration = \"1 mg/mL\"\n"
      "[[schedule]]\nat = \"0 h\"\napply = \"donor\"\n[laminate]\n{}",
      duration, duration / 20.0, precision.solver_table());
  for (std::size_t i = 0; i < sheets.size(); ++i)
    text += fmt::format(
        "[[laminate.layer]]\nname = \"layer_{}\"\nthickness = \"{} m\"\ndiffusivity = \"{} m^2/s\"\n"
        "partition_coefficient = {}\n{}",
        i, sheets[i].thickness, sheets[i].diffusivity, sheets[i].partition_coefficient,
        precision.cells_line());
  return run(text);
}

/// Steady flux, time lag and amount in the end of a laminate.
void expect_steady(const Sheets& sheets, const Precision& precision) {
  const double area = 1e-4, u0 = 1.0;  // m^2, kg/m^3
  const double permeability = problems::laminate_permeability(sheets), lag = problems::laminate_lag(sheets);
  const auto result = run_laminate(sheets, 40.0, precision);
  const double duration = result.record.times.back();
  const double flux = last(result, "flux"), delivered = last(result, "delivered");
  expect_near("flux", flux, permeability * u0, precision.tolerance);
  expect_near("delivered", delivered, area * permeability * u0 * (duration - lag), precision.tolerance);
  expect_near("lag", duration - delivered / (area * flux), lag, precision.tolerance);
}

class Laminate : public ::testing::TestWithParam<Precision> {};

TEST_P(Laminate, OfTwoLayersAsPrinted) {
  const Sheets sheets{{15e-6, 1e-14, 10.0}, {100e-6, 1e-12, 1.0}};
  EXPECT_NEAR(problems::laminate_permeability(sheets), 1.44e-3 * 1e-2 / 3600.0, 1e-14);
  EXPECT_NEAR(problems::laminate_lag(sheets), 2.893519 * 3600.0, 2e-3);
  expect_steady(sheets, GetParam());
}

TEST_P(Laminate, OfThreeLayersAsPrinted) {
  const Sheets sheets{{15e-6, 1e-14, 10.0}, {100e-6, 1e-11, 1.0}, {1000e-6, 2e-11, 0.8}};
  EXPECT_NEAR(problems::laminate_permeability(sheets), 1.6179775e-3 * 1e-2 / 3600.0, 1e-15);
  EXPECT_NEAR(problems::laminate_lag(sheets), 8.669632 * 3600.0, 2e-3);
  expect_steady(sheets, GetParam());
}

TEST_P(Laminate, OfRandomLayers) {
  std::mt19937 random(20240607);
  const auto decades = [&](double low, double high) {
    return std::pow(10.0, std::uniform_real_distribution(low, high)(random));
  };
  for (int round = 0; round < 8; ++round) {
    Sheets sheets(1 + static_cast<std::size_t>(round % 4));
    for (auto& sheet : sheets) sheet = {decades(-5.0, -3.7), decades(-14.0, -10.0), decades(-2.0, 2.0)};
    SCOPED_TRACE(fmt::format("round {}", round));
    expect_steady(sheets, GetParam());
  }
}

INSTANTIATE_TEST_SUITE_P(Literature, Laminate, ::testing::Values(as_shipped, fine), name_of);

}  // namespace
}  // namespace poultice::literature
