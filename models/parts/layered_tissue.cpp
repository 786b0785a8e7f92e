#include "models/parts/layered_tissue.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "models/parts/amounts.hpp"
#include "models/parts/offers.hpp"
#include "solvers/transport/diffusion.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::models {

using core::Index;
using core::LaneArray;

core::LayeredDomain domain_of(const std::vector<TissueLayer>& layers) {
  std::vector<core::Layer> geometry;
  for (const auto& layer : layers) geometry.push_back(layer.geometry);
  return core::LayeredDomain(std::move(geometry));
}

LaneArray tissue_area(const core::Assembly& assembly) {
  const auto& own = assembly.parameters;
  if (own.has("area")) return own.column("area");
  const Contact* first = nullptr;
  for (const auto& [who, contact] : assembly.board.all<Contact>()) {
    if (contact->tissue != own.instance()) continue;
    if (first == nullptr) first = contact;
    for (Index lane = 0; lane < own.width(); ++lane)
      if (std::abs(contact->area(0, lane) / first->area(0, lane) - 1.0) > 1e-12)
        throw core::ModelError(own.instance(),
                               "things of different area are put on it; give it an `area` of its own");
  }
  if (first == nullptr)
    throw core::ModelError(own.instance(), "nothing is put on it, so that it has no area; give it an `area`");
  return first->area;
}

LayeredTissue::LayeredTissue(std::vector<TissueLayer> layers, TissueOptions options)
    : layers_(std::move(layers)), options_(std::move(options)), domain_(domain_of(layers_)) {}

void LayeredTissue::declare(core::Declaration& declaration) {
  auto& layout = declaration.layout;
  const auto& name = declaration.parameters.instance();
  field_ = layout.add_field(name, domain_.n_cells());
  for (Index i = 0; i + 1 < field_.n_cells; ++i)
    layout.graph().connect(field_.first_cell + i, field_.first_cell + i + 1);
  delivered_ = layout.accumulator(name + ".delivered");
  declaration.board.offer(name, ContactSurface{field_.first_cell});
}

void LayeredTissue::assemble(core::Assembly& assembly) {
  const LaneArray area = tissue_area(assembly);
  fill_medium(assembly, area);
  assembly.system.add(std::make_unique<solvers::Diffusion>(assembly.parameters.instance() + " diffusion",
                                                           assembly.medium, solvers::chain_faces(field_)));
  connect_blood(assembly);
  add_probes(assembly, area);
}

void LayeredTissue::fill_medium(core::Assembly& assembly, const LaneArray& area) const {
  auto& medium = assembly.medium;
  const auto& drug = substance(assembly.board, assembly.parameters.instance());
  for (Index i = 0; i < field_.n_cells; ++i) {
    const auto& layer = layers_[static_cast<std::size_t>(domain_.layer_of(i))];
    const Index row = assembly.layout().row(field_.first_cell + i, drug.species);
    for (Index lane = 0; lane < assembly.width(); ++lane) {
      const double dx = domain_.width()(i, lane), a = area(0, lane);
      const double K = layer.partition_coefficient(0, lane), D = layer.diffusivity(0, lane);
      medium.capacity()(row, lane) = K * (1.0 + layer.binding_ratio(0, lane)) * a * dx;
      medium.half_resistance()(row, lane) = dx / (2.0 * D * K * a);
    }
    if (options_.temperature && layer.activation)
      medium.follow_temperature(row, *options_.temperature, (*layer.activation)[0],
                                (*options_.reference_temperature)[0]);
    assembly.system.weigh(drug_moiety, row, 1.0);
  }
}

void LayeredTissue::connect_blood(core::Assembly& assembly) const {
  const auto& layout = assembly.layout();
  const auto& name = assembly.parameters.instance();
  const auto& drug = substance(assembly.board, name);
  const auto* blood = assembly.board.only<Bloodstream>(name, "plasma");
  const Index delivered = layout.row(delivered_);
  const Index target = blood == nullptr ? delivered : layout.row(blood->central);
  const auto counter = blood == nullptr ? std::nullopt : std::optional(delivered_);
  assembly.system.weigh(blood == nullptr ? drug_moiety : delivered_moiety, delivered,
                        blood == nullptr ? 1.0 : -1.0);

  std::vector<solvers::Move> moves;
  for (Index i = 0; i < field_.n_cells; ++i) {
    const auto& layer = layers_[static_cast<std::size_t>(domain_.layer_of(i))];
    const Index row = layout.row(field_.first_cell + i, drug.species);
    if (layer.clearance) {
      moves.push_back({row, target, *layer.clearance, counter});
      if (blood != nullptr && options_.returns_from_blood) {
        // Both ways in equilibrium where the potential in tissue is the unbound concentration in plasma.
        LaneArray back = *layer.clearance;
        for (Index lane = 0; lane < assembly.width(); ++lane)
          back(0, lane) *=
              assembly.medium.capacity()(row, lane) * drug.unbound_fraction(0, lane) / blood->volume(0, lane);
        moves.push_back({target, row, std::move(back), counter, -1.0});
      }
    }
    if (options_.drains_below && i + 1 == field_.n_cells) {
      LaneArray drain(1, assembly.width());
      for (Index lane = 0; lane < assembly.width(); ++lane)
        drain(0, lane) =
            1.0 / (assembly.medium.half_resistance()(row, lane) * assembly.medium.capacity()(row, lane));
      moves.push_back({row, target, std::move(drain), counter});
    }
  }
  assembly.system.add(
      std::make_unique<solvers::Transfer>(name + " to blood", core::TermKind::exchange, std::move(moves)));
}

void LayeredTissue::add_probes(core::Assembly& assembly, const LaneArray& area) const {
  const auto& layout = assembly.layout();
  const auto& name = assembly.parameters.instance();
  const auto& drug = substance(assembly.board, name);
  const double M = drug.molar_mass;
  const Index delivered = layout.row(delivered_);

  add_to_amount(assembly, "delivered", "drug delivered to the blood or receptor", delivered, M);
  add_to_rate(assembly, "delivery_rate", "rate of delivery to the blood or receptor", delivered, M);
  LaneArray per_area = assembly.constant(M);
  for (Index lane = 0; lane < assembly.width(); ++lane) per_area(0, lane) /= area(0, lane);
  assembly
      .probe({.name = assembly.own_name("flux"),
              .unit = "kg/m^2/s",
              .display_unit = "ug/cm^2/h",
              .long_name = "flux: rate of delivery over area",
              .of_rate = true})
      .add(0, delivered, per_area);

  core::Axis axis{.name = assembly.own_name("depth"),
                  .unit = "m",
                  .long_name = "depth below the skin surface",
                  .positions = domain_.depth(),
                  .labels = {},
                  .label_name = "layer"};
  core::Probe profile{.name = assembly.own_name("concentration"),
                      .unit = "kg/m^3",
                      .display_unit = "ug/cm^3",
                      .long_name = "total concentration in tissue, bound drug included",
                      .axis = axis.name,
                      .n_points = field_.n_cells};
  for (Index i = 0; i < field_.n_cells; ++i) {
    const auto& layer = layers_[static_cast<std::size_t>(domain_.layer_of(i))].geometry.name;
    const Index row = layout.row(field_.first_cell + i, drug.species);
    axis.labels.push_back(layer);
    add_to_amount(assembly, "in_" + layer, "drug in the " + layer, row, M);
    add_to_amount(assembly, "in_" + options_.whole, "drug in all layers of tissue", row, M);
    LaneArray per_volume = assembly.constant(M);
    for (Index lane = 0; lane < assembly.width(); ++lane)
      per_volume(0, lane) /= area(0, lane) * domain_.width()(i, lane);
    profile.add(i, row, std::move(per_volume));
  }
  assembly.axes.push_back(std::move(axis));
  assembly.probe(std::move(profile));
}

}  // namespace poultice::models
