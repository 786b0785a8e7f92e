#include <memory>
#include <utility>

#include "models/parts/tissue.hpp"
#include "solvers/transport/compartment_face.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::models {
namespace {

using core::Index;
using core::LaneArray;

/// Where a substance goes when it leaves the tissue.
struct Exit {
  Index target;
  std::optional<LaneArray> capacity{};         ///< of a fluid that it may come back from
  std::optional<core::Accumulator> counter{};  ///< none where the target is the running total itself
};

std::optional<core::Compartment> blood_of(const Substance& substance, const core::Assembly& assembly) {
  if (substance.is_drug()) {
    const auto* blood = assembly.board.only<Bloodstream>(assembly.parameters.instance(), "plasma");
    return blood == nullptr ? std::nullopt : std::optional(blood->central);
  }
  const auto* blood = assembly.board.find<MetaboliteBlood>(substance.name);
  return blood == nullptr ? std::nullopt : std::optional(blood->central);
}

Exit exit_of(const Inhabitant& inhabitant, const Underside* below, const core::Assembly& assembly) {
  const auto& layout = assembly.layout();
  if (below != nullptr && !below->fluid.empty()) {
    const auto& fluid = below->fluid.at(inhabitant.substance.species);
    return {layout.row(fluid.compartment), fluid.capacity, inhabitant.delivered};
  }
  const auto blood = below == nullptr ? blood_of(inhabitant.substance, assembly) : std::nullopt;
  if (blood) return {layout.row(*blood), {}, inhabitant.delivered};
  return {layout.row(inhabitant.delivered)};
}

/// Drug in plasma enters again: both ways in equilibrium where the potential in tissue is the unbound
/// concentration in plasma.
LaneArray return_rate(const LaneArray& clearance, Index row, const Substance& drug, const Bloodstream& blood,
                      const core::Assembly& assembly) {
  LaneArray back = clearance;
  for (Index lane = 0; lane < assembly.width(); ++lane)
    back(0, lane) *=
        assembly.medium.capacity()(row, lane) * drug.unbound_fraction(0, lane) / blood.volume(0, lane);
  return back;
}

}  // namespace

void add_exits(const Tissue& tissue, core::Assembly& assembly) {
  const auto& layout = assembly.layout();
  const auto* below = underside(assembly.board, tissue.name);
  const bool has_capillaries = below == nullptr || !tissue.options.is_excised_on_receptor;
  const auto* blood = assembly.board.only<Bloodstream>(tissue.name, "plasma");
  const Index last = tissue.field.n_cells - 1;
  std::vector<solvers::Move> moves;
  std::vector<solvers::WettedFace> faces;
  for (const auto& inhabitant : tissue.inhabitants) {
    const Exit exit = exit_of(inhabitant, below, assembly);
    assembly.system.weigh(
        exit.counter ? inhabitant.substance.delivered_moiety() : inhabitant.substance.moiety(),
        layout.row(inhabitant.delivered), exit.counter ? -1.0 : 1.0);
    for (Index i = 0; has_capillaries && i <= last; ++i) {
      const auto& clearance = inhabitant.passages[tissue.layer_of(i)].clearance;
      if (!clearance) continue;
      const Index row = tissue.row(layout, i, inhabitant);
      moves.push_back({row, exit.target, *clearance, exit.counter});
      if (tissue.options.returns_from_blood && inhabitant.substance.is_drug() && blood != nullptr)
        moves.push_back({exit.target, row,
                         return_rate(*clearance, row, inhabitant.substance, *blood, assembly), exit.counter,
                         -1.0});
    }
    if (below == nullptr && !tissue.options.drains_below) continue;
    faces.push_back({.cell = tissue.field.first_cell + last,
                     .species = inhabitant.substance.species,
                     .compartment = exit.target,
                     .capacity = exit.capacity});
    if (exit.counter) faces.back().outward = {*exit.counter};
  }
  if (!moves.empty())
    assembly.system.add(std::make_unique<solvers::Transfer>(tissue.name + " clearance",
                                                            core::TermKind::exchange, std::move(moves)));
  if (!faces.empty())
    assembly.system.add(std::make_unique<solvers::CompartmentFace>(tissue.name + " outflow", assembly.medium,
                                                                   std::move(faces)));
}

}  // namespace poultice::models
