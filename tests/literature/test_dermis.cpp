// A layer whose capillaries take drug away: the steady profile and the permeability of uptake.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/literature/comparison.hpp"
#include "tests/problems/closed_forms.hpp"

namespace poultice::literature {
namespace {

constexpr double u0 = 1.0, area = 1e-4;  // kg/m^3, m^2

/// An endless donor of 1 mg/mL on 1 cm^2 for a time after which nothing changes any more.
std::string head(const std::string& tissue, double settling) {
  return fmt::format(
      "duration = \"{} s\"\n[output]\nevery = \"{} s\"\n[drug]\nmolar_mass = \"250 g/mol\"\n"
      "[donor]\non = \"{}\"\narea = \"1 cm^2\"\nconcentration = \"1 mg/mL\"\n"
      "[[schedule]]\nat = \"0 h\"\napply = \"donor\"\n",
      settling, settling / 10.0, tissue);
}

/// The last profile in the layer `name`, which starts at a depth and has the potential u_top there; and the
/// rates.
void expect_steady(const solvers::Result& result, const problems::ClearedLayer& layer,
                   const std::string& name, double start, double u_top, double permeability,
                   const Precision& precision) {
  const auto& axis = *result.find_axis("depth");
  const auto profile = result.samples("concentration");
  const core::Index n = axis.positions.rows();
  const double c_top = layer.partition_coefficient * u_top;
  double worst = 0.0;
  int compared = 0;
  for (core::Index i = 0; i < n; ++i) {
    if (axis.labels[static_cast<std::size_t>(i)] != name) continue;
    const double exact = layer.profile(axis.positions(i, 0) - start);
    worst = std::max(worst, std::abs(profile(profile.rows() - n + i, 0) / c_top - exact));
    ++compared;
  }
  ::testing::Test::RecordProperty("profile", fmt::format("{:.2e}", worst));
  EXPECT_GE(compared, 20);
  EXPECT_LE(worst, precision.tolerance);
  expect_near("release_rate", last(result, "release_rate"), area * u0 * permeability, precision.tolerance);
  expect_near("delivery_rate", last(result, "delivery_rate"), area * u0 * permeability, precision.tolerance);
}

class Dermis : public ::testing::TestWithParam<Precision> {};

// phi = h sqrt(k/D) = 1 and 3.
TEST_P(Dermis, AsALaminate) {
  const auto& precision = GetParam();
  for (const double phi : {1.0, 3.0}) {
    SCOPED_TRACE(phi);
    const problems::ClearedLayer layer{1e-3, 1e-10, 1.5, phi * phi * 1e-10 / 1e-6};
    const auto result =
        run(head("laminate", 40.0 / layer.clearance) +
            fmt::format("[laminate]\nlower_boundary = \"sealed\"\n[[laminate.layer]]\nname = \"dermis\"\n"
                        "thickness = \"1 mm\"\ndiffusivity = \"1e-10 m^2/s\"\n"
                        "partition_coefficient = 1.5\nclearance = \"{} 1/s\"\n{}",
                        layer.clearance, precision.cells_line()) +
            precision.solver_table());
    expect_steady(result, layer, "dermis", 0.0, u0, layer.uptake_permeability(), precision);
  }
}

// The dermis of the fentanyl sets, phi = 5.7, under films that resist little beside it.
TEST_P(Dermis, OfTheSkin) {
  const auto& precision = GetParam();
  const problems::ClearedLayer layer{1.88e-3, 6.51e-11, 1.58, 5.91e-4};
  const auto film = [](const char* name) {
    return fmt::format(
        "{0}.thickness = \"1 um\"\n{0}.diffusivity = \"1e-9 m^2/s\"\n{0}.partition_coefficient = 10.0\n",
        name);
  };
  const double film_resistance = 1e-6 / (1e-9 * 10.0);
  const auto cells = [&](const char* name) {
    return precision.cells == 0 ? "" : fmt::format("{}.{}", name, precision.cells_line());
  };
  const auto result =
      run(head("skin", 40.0 / layer.clearance) + "[skin]\n" + film("stratum_corneum") +
          film("viable_epidermis") + cells("dermis") +
          "dermis.thickness = \"1.88 mm\"\ndermis.diffusivity = \"6.51e-11 m^2/s\"\n"
          "dermis.partition_coefficient = 1.58\ndermis.capillary_clearance = \"5.91e-4 1/s\"\n" +
          precision.solver_table());
  const double permeability = 1.0 / (2.0 * film_resistance + 1.0 / layer.uptake_permeability());
  const double u_top = u0 * permeability / layer.uptake_permeability();
  expect_steady(result, layer, "dermis", 2e-6, u_top, permeability, precision);
}

INSTANTIATE_TEST_SUITE_P(Literature, Dermis, ::testing::Values(as_shipped, fine), name_of);

}  // namespace
}  // namespace poultice::literature
