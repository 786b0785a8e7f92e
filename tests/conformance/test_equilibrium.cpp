// Uniform potential is at rest, whatever the layers are made of. Capacities are worked out here from the
// parameters.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/conformance/conformance.hpp"

namespace poultice::conformance {
namespace {

/// Amounts in the cells of a tissue at a potential of one. Widths follow from the depths of the cells'
/// centres.
std::vector<double> amounts_at_rest(const solvers::Block& block, const std::string& tissue, double area) {
  const auto& axis = block.axes().front();
  std::vector<double> amounts;
  double face = 0.0;
  for (Index i = 0; i < axis.positions.rows(); ++i) {
    const auto number = [&](const char* key) {
      return block.scenario().number(tissue + axis.labels[static_cast<std::size_t>(i)] + "." + key);
    };
    const double width = 2.0 * (axis.positions(i, 0) - face);
    face += width;
    amounts.push_back(number("partition_coefficient") * (1.0 + number("binding_ratio")) * area * width);
  }
  return amounts;
}

/// The largest flow out of a cell, against which a rate counts as zero.
double largest_flow(const core::System& system, const LaneArray& state) {
  double most = 0.0;
  for (Index row = 0; row < system.layout().n_cell_rows(); ++row)
    most = std::max(most, std::abs(system.matrix().entry(row, row, 0)) * state(row, 0));
  return most;
}

TEST(Equilibrium, ASealedLaminateAtUniformPotentialStaysAsItIs) {
  const auto scenario = parse(R"(duration = "1000 h"
[drug]
molar_mass = "200 g/mol"
[laminate]
area = "3 cm^2"
lower_boundary = "sealed"
[[laminate.layer]]
name = "a"
thickness = "15 um"
diffusivity = "1e-10 cm^2/s"
partition_coefficient = 1e4
[[laminate.layer]]
name = "b"
thickness = "100 um"
diffusivity = "1e-7 cm^2/s"
binding_ratio = 2.5
[[laminate.layer]]
name = "c"
thickness = "1 mm"
diffusivity = "1e-6 cm^2/s"
partition_coefficient = 0.01
cells = 35
)");
  const core::ParameterBlock plain(scenario, 1);
  solvers::Block block(plain);
  block.system().set_controls(block.initial_controls().view());
  auto state = block.initial_state();
  const auto amounts = amounts_at_rest(block, "laminate.layer.", 3e-4);
  ASSERT_EQ(static_cast<Index>(amounts.size()), block.system().layout().n_cells());
  for (std::size_t i = 0; i < amounts.size(); ++i) state(static_cast<Index>(i), 0) = 7e9 * amounts[i];
  LaneArray rate = state;
  block.system().rates(0.0, state.view(), rate.span());
  for (Index row = 0; row < rate.rows(); ++row)
    EXPECT_LE(std::abs(rate(row, 0)), 1e-11 * largest_flow(block.system(), state))
        << block.system().layout().row_name(row);

  Traveller traveller(block, {0.0, state, block.initial_controls(), 0});
  traveller.act();
  ASSERT_TRUE(traveller.go_on());
  for (Index row = 0; row < state.rows(); ++row)
    EXPECT_NEAR(traveller.here().state(row, 0), state(row, 0), 1e-8 * std::abs(state(row, 0)));
}

TEST(Equilibrium, SkinInEquilibriumWithPlasmaExchangesNothing) {
  const auto scenario = reference("skin");
  const core::ParameterBlock plain(scenario, 1);
  solvers::Block block(plain);
  const auto& layout = block.system().layout();
  block.system().set_controls(block.initial_controls().view());
  auto state = block.initial_state();
  // The potential in tissue is the unbound concentration in plasma.
  Index central = 0;
  while (layout.row_name(central) != "plasma.central") ++central;
  state(central, 0) = 3.0;
  const double potential =
      scenario.number("drug.unbound_fraction") * 3.0 / scenario.number("plasma.volume_central");
  const auto amounts = amounts_at_rest(block, "skin.", scenario.number("patch.area"));
  Index first = 0;
  while (layout.row_name(first) != "skin[0].drug") ++first;
  for (std::size_t i = 0; i < amounts.size(); ++i)
    state(first + static_cast<Index>(i), 0) = potential * amounts[i];
  LaneArray rate = state;
  block.system().rates(0.0, state.view(), rate.span());
  const double size = largest_flow(block.system(), state);
  for (std::size_t i = 0; i < amounts.size(); ++i)
    EXPECT_LE(std::abs(rate(first + static_cast<Index>(i), 0)), 1e-11 * size)
        << layout.row_name(first + static_cast<Index>(i));
  Index delivered = 0;
  while (layout.row_name(delivered) != "skin.delivered") ++delivered;
  EXPECT_LE(std::abs(rate(delivered, 0)), 1e-11 * size);
}

}  // namespace
}  // namespace poultice::conformance
