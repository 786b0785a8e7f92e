#include <memory>
#include <utility>

#include "models/parts/amounts.hpp"
#include "models/parts/tissue.hpp"
#include "solvers/reaction/michaelis_menten.hpp"
#include "solvers/reaction/saturable_binding.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::models {

using core::Index;
using core::LaneArray;

void add_binding(const Tissue& tissue, core::Assembly& assembly, const LaneArray& area) {
  const auto& layout = assembly.layout();
  const auto& drug = tissue.inhabitants.front();
  std::vector<solvers::Move> moves;
  std::vector<solvers::Binding> saturable;
  for (Index i = 0; i < tissue.field.n_cells; ++i) {
    const auto bound = tissue.bound_row(layout, i);
    if (!bound) continue;
    const auto& layer = tissue.layers[tissue.layer_of(i)];
    const Index free = tissue.row(layout, i, drug);
    // Other substances have rows there too, which stay empty.
    for (const auto& inhabitant : tissue.inhabitants)
      assembly.system.weigh(
          inhabitant.substance.moiety(),
          layout.row(tissue.bound_cells[static_cast<std::size_t>(i)], inhabitant.substance.species), 1.0);
    add_to_amount(assembly, "bound", "drug bound in tissue, of that whose binding takes time", *bound,
                  drug.substance.molar_mass);
    // The row of a cell holds what is free and what is bound at once; only the former meets a site.
    LaneArray association = layer.binding->association;
    for (Index lane = 0; lane < assembly.width(); ++lane)
      association(0, lane) /= 1.0 + layer.drug.binding_ratio(0, lane);
    if (!layer.binding->capacity) {
      moves.push_back({free, *bound, std::move(association)});
      moves.push_back({*bound, free, layer.binding->dissociation});
      continue;
    }
    LaneArray capacity = *layer.binding->capacity;
    for (Index lane = 0; lane < assembly.width(); ++lane)
      capacity(0, lane) *= area(0, lane) * tissue.domain.width()(i, lane) / drug.substance.molar_mass;
    saturable.push_back(
        {free, *bound, std::move(association), layer.binding->dissociation, std::move(capacity)});
  }
  if (!moves.empty())
    assembly.system.add(std::make_unique<solvers::Transfer>(tissue.name + " binding",
                                                            core::TermKind::reaction, std::move(moves)));
  if (!saturable.empty())
    assembly.system.add(std::make_unique<solvers::SaturableBinding>(tissue.name + " saturable binding",
                                                                    std::move(saturable)));
}

void add_formation(const Tissue& tissue, core::Assembly& assembly, const LaneArray& area) {
  const auto& layout = assembly.layout();
  const auto& drug = tissue.inhabitants.front();
  for (std::size_t s = 1; s < tissue.inhabitants.size(); ++s) {
    const auto& metabolite = tissue.inhabitants[s];
    std::vector<solvers::Move> moves;
    std::vector<solvers::Conversion> conversions;
    for (Index i = 0; i < tissue.field.n_cells; ++i) {
      const auto layer = tissue.layer_of(i);
      const auto& formation = metabolite.formation[layer];
      const Index from = tissue.row(layout, i, drug), to = tissue.row(layout, i, metabolite);
      LaneArray volume(1, assembly.width()), free(1, assembly.width());
      for (Index lane = 0; lane < assembly.width(); ++lane) {
        volume(0, lane) = area(0, lane) * tissue.domain.width()(i, lane);
        free(0, lane) = 1.0 / (1.0 + drug.passages[layer].binding_ratio(0, lane));
      }
      if (formation.first_order_rate) {
        LaneArray rate = *formation.first_order_rate;
        for (Index lane = 0; lane < assembly.width(); ++lane) rate(0, lane) *= free(0, lane);
        moves.push_back({from, to, std::move(rate), metabolite.formed});
      }
      if (formation.maximum_rate) {
        LaneArray maximum = *formation.maximum_rate;
        for (Index lane = 0; lane < assembly.width(); ++lane) {
          maximum(0, lane) *= volume(0, lane);
          volume(0, lane) /= free(0, lane);
        }
        conversions.push_back({from, to, std::move(volume), std::move(maximum), *formation.michaelis_constant,
                               metabolite.formed});
      }
    }
    const Index formed = layout.row(metabolite.formed);
    assembly.system.weigh(drug_moiety, formed, 1.0);
    assembly.system.weigh(metabolite.substance.moiety(), formed, -1.0);
    add_to_amount(assembly, "metabolized", "drug turned into metabolite", formed, drug.substance.molar_mass);
    if (!moves.empty())
      assembly.system.add(std::make_unique<solvers::Transfer>(tissue.name + " metabolism",
                                                              core::TermKind::reaction, std::move(moves)));
    if (!conversions.empty())
      assembly.system.add(std::make_unique<solvers::MichaelisMenten>(tissue.name + " saturable metabolism",
                                                                     layout, std::move(conversions)));
  }
}

}  // namespace poultice::models
