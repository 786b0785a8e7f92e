#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/layered_domain.hpp"
#include "core/model/model.hpp"

namespace poultice::models {

/// One layer of tissue, per lane [1][lane], SI. Concentrations are totals; partition is against the reference
/// phase (water), bound drug apart.
struct TissueLayer {
  core::Layer geometry;
  core::LaneArray diffusivity;                  ///< of free drug [m^2/s]
  core::LaneArray partition_coefficient;        ///< free in tissue / reference phase
  core::LaneArray binding_ratio;                ///< bound / free, at once in equilibrium
  std::optional<core::LaneArray> activation{};  ///< E/R of diffusivity [K]
  std::optional<core::LaneArray> clearance{};   ///< into blood, first order on the total amount [1/s]
};

/// How a tissue is connected and named.
struct TissueOptions {
  bool drains_below = false;                   ///< a perfect sink under the last layer
  bool returns_from_blood = false;             ///< clearance works both ways: drug in plasma enters again
  std::optional<core::Control> temperature{};  ///< [K]
  std::optional<core::LaneArray> reference_temperature{};  ///< of the diffusivities [K]
  std::string whole = "skin";                              ///< `in_<whole>` totals all layers
};

/// Layers of tissue resolved in depth, from the surface (depth 0) down: diffusion, linear binding, clearance
/// into the blood (or into the running total `delivered` where no plasma is modelled). Shared by the models
/// of tissues.
class LayeredTissue {
 public:
  LayeredTissue(std::vector<TissueLayer> layers, TissueOptions options);

  /// Claims cells and the total `delivered`; offers the surface.
  void declare(core::Declaration& declaration);
  void assemble(core::Assembly& assembly);

  [[nodiscard]] const core::LayeredDomain& domain() const noexcept { return domain_; }
  [[nodiscard]] core::Field field() const noexcept { return field_; }

 private:
  void fill_medium(core::Assembly& assembly, const core::LaneArray& area) const;
  void connect_blood(core::Assembly& assembly) const;
  void add_probes(core::Assembly& assembly, const core::LaneArray& area) const;

  std::vector<TissueLayer> layers_;
  TissueOptions options_;
  core::LayeredDomain domain_;
  core::Field field_;
  core::Accumulator delivered_;
};

/// Area of a tissue [1][lane], m^2: its own `area` if given, else that of what is put on it. Throws
/// ModelError when nothing says, or when two things put on it differ.
[[nodiscard]] core::LaneArray tissue_area(const core::Assembly& assembly);

/// A domain from the geometry of layers.
[[nodiscard]] core::LayeredDomain domain_of(const std::vector<TissueLayer>& layers);

}  // namespace poultice::models
