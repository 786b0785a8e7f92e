#pragma once

#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::core {

/// Which cells touch: a forest (a chain of layers, a branching tube, several sites side by side). Topology
/// only: volumes, areas and distances are LaneArrays, since they may differ from lane to lane.
///
/// Each tree is rooted at its highest-numbered cell. `order` visits children before parents, so that one
/// sweep eliminates and one sweep back substitutes, as on a tridiagonal matrix, which is the chain.
class CellGraph {
 public:
  /// Adds cells; returns the first of them. They are not connected yet.
  Index add_cells(Index count);
  /// Says that two cells share a face.
  void connect(Index a, Index b);
  /// Works out parents and order. Throws ModelError when the cells form a ring.
  void finish();

  [[nodiscard]] Index n_cells() const noexcept { return n_cells_; }
  /// The neighbour nearer to the root, or -1 at a root.
  [[nodiscard]] Index parent(Index cell) const { return parent_[static_cast<std::size_t>(cell)]; }
  [[nodiscard]] const std::vector<Index>& order() const noexcept { return order_; }
  [[nodiscard]] bool are_neighbours(Index a, Index b) const { return parent(a) == b || parent(b) == a; }

 private:
  struct Face {
    Index a, b;
  };
  Index n_cells_ = 0;
  std::vector<Face> faces_;
  std::vector<Index> parent_, order_;
};

}  // namespace poultice::core
