#pragma once

#include <string>
#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::core {

/// The faces of a layer where profiles are steep and cells small.
enum class FineAt { both_faces, first_face, last_face };

/// A tissue layer or a sheet of a patch: how thick, in how many cells.
struct Layer {
  std::string name;
  Index n_cells = 20;
  LaneArray thickness;  ///< [1][lane], m
  /// How much wider the widest cells are than those at a steep face. 1 = uniform.
  double grading = 6.0;
  FineAt fine_at = FineAt::both_faces;
};

/// Layers on top of one another, cut into cells. Widths scale with each lane's thickness, so that every lane
/// has the same cells in the same places of its layers.
class LayeredDomain {
 public:
  explicit LayeredDomain(std::vector<Layer> layers);

  [[nodiscard]] const std::vector<Layer>& layers() const noexcept { return layers_; }
  [[nodiscard]] Index n_cells() const noexcept { return width_.rows(); }
  [[nodiscard]] Index first_cell(std::size_t layer) const { return first_[layer]; }
  [[nodiscard]] Index layer_of(Index cell) const;
  /// [cell][lane], m
  [[nodiscard]] const LaneArray& width() const noexcept { return width_; }
  /// Depth of cell centres below the first face [cell][lane], m
  [[nodiscard]] const LaneArray& depth() const noexcept { return depth_; }

 private:
  std::vector<Layer> layers_;
  std::vector<Index> first_;  // one more than layers
  LaneArray width_, depth_;
};

/// Fractions of a layer's thickness taken by its cells, summing to one; symmetric when both faces are steep.
/// The mapping is a smooth function of position, which keeps the scheme second order on refinement.
[[nodiscard]] std::vector<double> graded_widths(Index n_cells, double grading,
                                                FineAt fine_at = FineAt::both_faces);

}  // namespace poultice::core
