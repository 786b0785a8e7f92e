#include "models/parts/layered_tissue.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "solvers/transport/diffusion.hpp"

namespace poultice::models {

using core::Index;
using core::LaneArray;

namespace {

Tissue tissue_of(std::vector<TissueLayer> layers, TissueOptions options) {
  std::vector<core::Layer> geometry;
  geometry.reserve(layers.size());
  for (const auto& layer : layers) geometry.push_back(layer.geometry);
  return {.name = {},
          .layers = std::move(layers),
          .options = std::move(options),
          .domain = core::LayeredDomain(std::move(geometry)),
          .field = {},
          .bound_cells = {},
          .inhabitants = {}};
}

/// What a metabolite does in a layer of the tissue.
const Metabolism::InLayer& metabolism_in(const std::string& layer, const std::string& metabolite,
                                         const Tissue& tissue, const core::Board& board) {
  const auto* metabolism = board.find<Metabolism>(metabolite);
  POULTICE_ASSERT(metabolism != nullptr);
  const auto found = metabolism->layers.find(layer);
  if (found == metabolism->layers.end())
    throw core::ModelError(metabolite, "says nothing of the layer " + layer + " of [" + tissue.name + "]",
                           "add [[" + metabolite + ".layer]] with name = \"" + layer +
                               "\", diffusivity and partition_coefficient");
  return found->second;
}

}  // namespace

LaneArray tissue_area(const core::Assembly& assembly) {
  const auto& own = assembly.parameters;
  if (own.has("area")) return own.column("area");
  const Contact* first = nullptr;
  for (const auto& [who, contact] : assembly.board.all<Contact>()) {
    if (contact->tissue != own.instance()) continue;
    if (first == nullptr) first = contact;
    for (Index lane = 0; lane < own.width(); ++lane)
      if (std::abs(contact->area(0, lane) / first->area(0, lane) - 1.0) > 1e-12)
        throw core::ModelError(own.instance(), "things of different area are put on it",
                               "give it an `area` of its own");
  }
  if (first == nullptr)
    throw core::ModelError(own.instance(), "nothing is put on it, so that it has no area",
                           "give it an `area`");
  return first->area;
}

LayeredTissue::LayeredTissue(std::vector<TissueLayer> layers, TissueOptions options)
    : tissue_(tissue_of(std::move(layers), std::move(options))) {}

void LayeredTissue::declare(core::Declaration& declaration) {
  auto& layout = declaration.layout;
  tissue_.name = declaration.parameters.instance();
  const Index n = tissue_.domain.n_cells();
  tissue_.field = layout.add_field(tissue_.name, n);
  for (Index i = 0; i + 1 < n; ++i)
    layout.graph().connect(tissue_.field.first_cell + i, tissue_.field.first_cell + i + 1);
  // What is bound sits in a cell of its own beside each cell that binds: a leaf of the forest.
  tissue_.bound_cells.assign(static_cast<std::size_t>(n), -1);
  for (Index i = 0; i < n; ++i) {
    if (!tissue_.layers[tissue_.layer_of(i)].binding) continue;
    const auto bound = layout.add_field(tissue_.name + " bound", 1).first_cell;
    tissue_.bound_cells[static_cast<std::size_t>(i)] = bound;
    layout.graph().connect(bound, tissue_.field.first_cell + i);
  }
  declaration.board.offer(tissue_.name, ContactSurface{tissue_.field.first_cell, tissue_.domain});
}

void LayeredTissue::couple(core::Declaration& declaration) {
  for (const auto* substance : substances(declaration.board, tissue_.name)) {
    const auto total = [&](const char* what) {
      return declaration.layout.accumulator(tissue_.name + "." + substance->probe_name(what));
    };
    Inhabitant inhabitant{.substance = *substance,
                          .passages = {},
                          .formation = {},
                          .delivered = total("delivered"),
                          .formed = substance->is_drug() ? core::Accumulator{} : total("formed")};
    for (const auto& layer : tissue_.layers) {
      if (substance->is_drug()) {
        inhabitant.passages.push_back(layer.drug);
        continue;
      }
      const auto& it = metabolism_in(layer.geometry.name, substance->name, tissue_, declaration.board);
      inhabitant.passages.push_back(it.passage);
      inhabitant.formation.push_back(it.formation);
    }
    tissue_.inhabitants.push_back(std::move(inhabitant));
  }
}

void LayeredTissue::assemble(core::Assembly& assembly) {
  const LaneArray area = tissue_area(assembly);
  fill_medium(assembly, area);
  assembly.system.add(std::make_unique<solvers::Diffusion>(tissue_.name + " diffusion", assembly.medium,
                                                           solvers::chain_faces(tissue_.field)));
  add_exits(tissue_, assembly);
  add_binding(tissue_, assembly, area);
  add_formation(tissue_, assembly, area);
  add_tissue_probes(tissue_, assembly, area);
}

void LayeredTissue::fill_medium(core::Assembly& assembly, const LaneArray& area) const {
  auto& medium = assembly.medium;
  for (const auto& inhabitant : tissue_.inhabitants)
    for (Index i = 0; i < tissue_.field.n_cells; ++i) {
      const auto& passage = inhabitant.passages[tissue_.layer_of(i)];
      const Index row = tissue_.row(assembly.layout(), i, inhabitant);
      for (Index lane = 0; lane < assembly.width(); ++lane) {
        const double dx = tissue_.domain.width()(i, lane), a = area(0, lane);
        const double K = passage.partition_coefficient(0, lane), D = passage.diffusivity(0, lane);
        medium.capacity()(row, lane) = K * (1.0 + passage.binding_ratio(0, lane)) * a * dx;
        medium.half_resistance()(row, lane) = dx / (2.0 * D * K * a);
      }
      if (tissue_.options.temperature && passage.activation)
        medium.follow_temperature(row, *tissue_.options.temperature, (*passage.activation)[0],
                                  (*tissue_.options.reference_temperature)[0]);
      assembly.system.weigh(inhabitant.substance.moiety(), row, 1.0);
    }
}

void LayeredTissue::take_above(double depth, const std::vector<core::Accumulator>& totals,
                               core::Happening& happening) const {
  const auto& layout = happening.layout;
  for (Index i = 0; i < tissue_.field.n_cells; ++i)
    for (Index lane = 0; lane < happening.state.width(); ++lane) {
      const double dx = tissue_.domain.width()(i, lane), top = tissue_.domain.depth()(i, lane) - 0.5 * dx;
      const double share = std::clamp((depth - top) / dx, 0.0, 1.0);
      const auto take = [&](Index row, core::Accumulator total) {
        const double amount = happening.state(row, lane) * share;
        happening.state(row, lane) -= amount;
        happening.state(layout.row(total), lane) += amount;
      };
      for (std::size_t s = 0; s < tissue_.inhabitants.size(); ++s)
        take(tissue_.row(layout, i, tissue_.inhabitants[s]), totals[s]);
      if (const auto bound = tissue_.bound_row(layout, i)) take(*bound, totals.front());
    }
}

}  // namespace poultice::models
