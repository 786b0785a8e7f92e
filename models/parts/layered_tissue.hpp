#pragma once

#include <string>
#include <vector>

#include "models/parts/tissue.hpp"

namespace poultice::models {

/// Layers of tissue resolved in depth, from the surface (depth 0) down: diffusion, binding, metabolism, and
/// the ways out: capillaries, a sink, or a receptor below. Shared by the models of tissues.
class LayeredTissue {
 public:
  LayeredTissue(std::vector<TissueLayer> layers, TissueOptions options);

  /// Claims cells; offers the surface.
  void declare(core::Declaration& declaration);
  /// Learns which substances there are.
  void couple(core::Declaration& declaration);
  void assemble(core::Assembly& assembly);

  [[nodiscard]] const std::vector<Inhabitant>& inhabitants() const noexcept { return tissue_.inhabitants; }
  /// Moves what lies above `depth` [m] into one running total for each inhabitant, in their order; a cell
  /// that reaches deeper loses its share.
  void take_above(double depth, const std::vector<core::Accumulator>& totals,
                  core::Happening& happening) const;

 private:
  void fill_medium(core::Assembly& assembly, const core::LaneArray& area) const;

  Tissue tissue_;
};

}  // namespace poultice::models
