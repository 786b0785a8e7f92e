#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/layered_domain.hpp"
#include "models/parts/offers.hpp"

namespace poultice::models {

/// Binding that takes time, per lane [1][lane], SI: d(bound)/dt = association * free * (1 - bound/capacity) -
/// dissociation * bound.
struct KineticBinding {
  core::LaneArray association;              ///< [1/s], of free drug where nothing is bound yet
  core::LaneArray dissociation;             ///< [1/s]
  std::optional<core::LaneArray> capacity;  ///< bound at most [kg/m^3 of tissue]; none = no limit
};

/// One layer of tissue, and how the drug lives in it.
struct TissueLayer {
  core::Layer geometry;
  Passage drug;
  std::optional<KineticBinding> binding{};  ///< of the drug
};

/// How a tissue is connected and named.
struct TissueOptions {
  bool drains_below = false;                   ///< a perfect sink under the last layer
  bool is_excised_on_receptor = false;         ///< its capillaries are cut off where a receptor lies under it
  bool returns_from_blood = false;             ///< clearance works both ways: drug in plasma enters again
  std::optional<core::Control> temperature{};  ///< [K]
  std::optional<core::LaneArray> reference_temperature{};  ///< of the diffusivities [K]
  std::string whole = "skin";                              ///< `in_<whole>` totals all layers
};

/// One substance in a tissue.
struct Inhabitant {
  Substance substance;
  std::vector<Passage> passages;     ///< by layer
  std::vector<Formation> formation;  ///< of a metabolite, by layer
  core::Accumulator delivered;
  core::Accumulator formed;  ///< of a metabolite: drug turned into it here
};

/// Layers of tissue and their rows.
struct Tissue {
  std::string name;
  std::vector<TissueLayer> layers;
  TissueOptions options;
  core::LayeredDomain domain;
  core::Field field;
  std::vector<core::Index> bound_cells;  ///< the cell that holds what a cell binds; -1 = nothing
  std::vector<Inhabitant> inhabitants;   ///< the drug first

  [[nodiscard]] std::size_t layer_of(core::Index i) const {
    return static_cast<std::size_t>(domain.layer_of(i));
  }
  /// The row of the i-th cell's share of a substance, counted from the surface.
  [[nodiscard]] core::Index row(const core::StateLayout& layout, core::Index i,
                                const Inhabitant& inhabitant) const {
    return layout.row(field.first_cell + i, inhabitant.substance.species);
  }
  /// The row of what the i-th cell has bound; none where binding takes no time.
  [[nodiscard]] std::optional<core::Index> bound_row(const core::StateLayout& layout, core::Index i) const {
    const auto cell = bound_cells[static_cast<std::size_t>(i)];
    return cell < 0 ? std::nullopt : std::optional(layout.row(cell, inhabitants.front().substance.species));
  }
};

/// Area of a tissue [1][lane], m^2: its own `area` if given, else that of what is put on it. Throws
/// ModelError when nothing says, or when two things put on it differ.
[[nodiscard]] core::LaneArray tissue_area(const core::Assembly& assembly);

/// Where substances leave a tissue: capillaries, and what lies below.
void add_exits(const Tissue& tissue, core::Assembly& assembly);

/// Binding that takes time.
void add_binding(const Tissue& tissue, core::Assembly& assembly, const core::LaneArray& area);

/// Metabolites that are formed.
void add_formation(const Tissue& tissue, core::Assembly& assembly, const core::LaneArray& area);

/// Amounts by layer, profiles, rates of delivery.
void add_tissue_probes(const Tissue& tissue, core::Assembly& assembly, const core::LaneArray& area);

}  // namespace poultice::models
