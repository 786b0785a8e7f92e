#include "core/domain/cell_graph.hpp"

#include <algorithm>

#include "core/base/error.hpp"

namespace poultice::core {

Index CellGraph::add_cells(Index count) {
  const auto first = n_cells_;
  n_cells_ += count;
  return first;
}

void CellGraph::connect(Index a, Index b) {
  POULTICE_ASSERT(a >= 0 && a < n_cells_ && b >= 0 && b < n_cells_ && a != b);
  faces_.push_back({a, b});
}

void CellGraph::finish() {
  const auto n = static_cast<std::size_t>(n_cells_);
  std::vector<std::vector<Index>> neighbours(n);
  for (const auto& face : faces_) {
    neighbours[static_cast<std::size_t>(face.a)].push_back(face.b);
    neighbours[static_cast<std::size_t>(face.b)].push_back(face.a);
  }
  parent_.assign(n, -1);
  order_.clear();
  std::vector<bool> seen(n, false);
  std::vector<Index> from_root;
  for (Index root = n_cells_ - 1; root >= 0; --root) {
    if (seen[static_cast<std::size_t>(root)]) continue;
    seen[static_cast<std::size_t>(root)] = true;
    const auto start = from_root.size();
    from_root.push_back(root);
    for (auto next = start; next < from_root.size(); ++next) {
      const auto cell = from_root[next];
      for (const auto other : neighbours[static_cast<std::size_t>(cell)]) {
        if (other == parent_[static_cast<std::size_t>(cell)]) continue;
        if (seen[static_cast<std::size_t>(other)])
          throw ModelError("cells", "the cells form a ring", "a chain or a branching tube is needed");
        seen[static_cast<std::size_t>(other)] = true;
        parent_[static_cast<std::size_t>(other)] = cell;
        from_root.push_back(other);
      }
    }
  }
  order_.assign(from_root.rbegin(), from_root.rend());
}

}  // namespace poultice::core
