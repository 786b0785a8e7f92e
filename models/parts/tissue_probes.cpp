#include <utility>

#include "models/parts/amounts.hpp"
#include "models/parts/tissue.hpp"

namespace poultice::models {
namespace {

using core::Index;
using core::LaneArray;

/// molar mass over area, or over volume where a thickness is given.
LaneArray mass_per(const core::Assembly& assembly, double molar_mass, const LaneArray& area,
                   const double* thickness = nullptr) {
  LaneArray weight = assembly.constant(molar_mass);
  for (Index lane = 0; lane < assembly.width(); ++lane)
    weight(0, lane) /= area(0, lane) * (thickness == nullptr ? 1.0 : thickness[lane]);
  return weight;
}

void add_delivery(const Inhabitant& inhabitant, core::Assembly& assembly, const LaneArray& area) {
  const auto& substance = inhabitant.substance;
  const Index delivered = assembly.layout().row(inhabitant.delivered);
  add_to_amount(assembly, substance.probe_name("delivered"),
                substance.words() + " delivered to the blood or receptor", delivered, substance.molar_mass);
  add_to_rate(assembly, substance.probe_name("delivery_rate"),
              "rate of delivery of " + substance.words() + " to the blood or receptor", delivered,
              substance.molar_mass);
  assembly
      .probe({.name = substance.probe_name(assembly.own_name("flux")),
              .unit = "kg/m^2/s",
              .display_unit = "ug/cm^2/h",
              .long_name = "flux of " + substance.words() + ": rate of delivery over area",
              .of_rate = true})
      .add(0, delivered, mass_per(assembly, substance.molar_mass, area));
}

void add_contents(const Tissue& tissue, const Inhabitant& inhabitant, core::Assembly& assembly,
                  const LaneArray& area, const std::string& axis) {
  const auto& layout = assembly.layout();
  const auto& substance = inhabitant.substance;
  core::Probe profile{
      .name = substance.probe_name(assembly.own_name("concentration")),
      .unit = "kg/m^3",
      .display_unit = "ug/cm^3",
      .long_name = "total concentration of " + substance.words() + " in tissue, bound included",
      .axis = axis,
      .n_points = tissue.field.n_cells};
  std::vector<Index> whole;
  std::vector<std::vector<Index>> by_layer(tissue.layers.size());
  for (Index i = 0; i < tissue.field.n_cells; ++i) {
    const auto weight = mass_per(assembly, substance.molar_mass, area, tissue.domain.width()[i]);
    const auto add = [&](Index row) {
      by_layer[tissue.layer_of(i)].push_back(row);
      whole.push_back(row);
      profile.add(i, row, weight);
    };
    add(tissue.row(layout, i, inhabitant));
    const auto bound = substance.is_drug() ? tissue.bound_row(layout, i) : std::nullopt;
    if (bound) add(*bound);
  }
  for (std::size_t i = 0; i < by_layer.size(); ++i) {
    const auto& layer = tissue.layers[i].geometry.name;
    add_to_amount(assembly, substance.probe_name("in_" + layer), substance.words() + " in the " + layer,
                  by_layer[i], substance.molar_mass);
  }
  add_to_amount(assembly, substance.probe_name("in_" + tissue.options.whole),
                substance.words() + " in all layers of tissue", whole, substance.molar_mass);
  assembly.probe(std::move(profile));
}

}  // namespace

void add_tissue_probes(const Tissue& tissue, core::Assembly& assembly, const LaneArray& area) {
  core::Axis axis{.name = assembly.own_name("depth"),
                  .unit = "m",
                  .long_name = "depth below the skin surface",
                  .positions = tissue.domain.depth(),
                  .labels = {},
                  .label_name = "layer"};
  for (Index i = 0; i < tissue.field.n_cells; ++i)
    axis.labels.push_back(tissue.layers[tissue.layer_of(i)].geometry.name);
  for (const auto& inhabitant : tissue.inhabitants) {
    add_delivery(inhabitant, assembly, area);
    add_contents(tissue, inhabitant, assembly, area, axis.name);
  }
  assembly.axes.push_back(std::move(axis));
}

}  // namespace poultice::models
