#include "core/domain/cell_graph.hpp"

#include <algorithm>
#include <numeric>

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
  // Neighbours of all cells one after the other, in the order of the faces.
  std::vector<std::size_t> end(n, 0);
  for (const auto& [a, b] : faces_) ++end[static_cast<std::size_t>(a)], ++end[static_cast<std::size_t>(b)];
  std::partial_sum(end.begin(), end.end(), end.begin());
  auto first = end;
  std::vector<Index> neighbours(2 * faces_.size());
  for (auto face = faces_.rbegin(); face != faces_.rend(); ++face) {
    neighbours[--first[static_cast<std::size_t>(face->a)]] = face->b;
    neighbours[--first[static_cast<std::size_t>(face->b)]] = face->a;
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
      for (auto i = first[static_cast<std::size_t>(cell)]; i < end[static_cast<std::size_t>(cell)]; ++i) {
        const Index other = neighbours[i];
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
