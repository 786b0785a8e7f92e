#include "solvers/contour/symmetry.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace poultice::solvers {

using core::Index;

namespace {

/// A transfer between two rows at `rate` [lane].
struct Arc {
  Index from, to;
  const double* rate;
};

/// Whether any compartment gives anything to a cell.
bool gives_to_cells(const core::RateMatrix& matrix) {
  for (std::size_t i = 0; i < matrix.couplings().size(); ++i) {
    const double* k = matrix.coupling_values()[static_cast<Index>(i)];
    if (matrix.layout().is_cell(matrix.couplings()[i].row) &&
        std::any_of(k, k + matrix.width(), [](double rate) { return rate != 0.0; }))
      return true;
  }
  return false;
}

class Arcs {
 public:
  explicit Arcs(const core::RateMatrix& matrix)
      : width_(matrix.width()), n_rows_(matrix.layout().n_rows() - matrix.layout().n_accumulators()) {
    const auto& layout = matrix.layout();
    const Index n_species = layout.n_species();
    // Cells form a forest: alone, with one species, they make no cycle.
    const bool cells_matter = n_species > 1 || gives_to_cells(matrix);
    for (Index row = 0; cells_matter && row < layout.n_cell_rows(); ++row) {
      const Index cell = layout.cell_of(row), parent = layout.graph().parent(cell);
      if (parent >= 0) {
        const Index above = layout.row(parent, layout.species_of(row));
        add({row, above, matrix.up()[row]});
        add({above, row, matrix.down()[row]});
      }
      for (Index s = 0; s < n_species; ++s)
        if (layout.row(cell, s) != row) add({layout.row(cell, s), row, matrix.local()[row * n_species + s]});
    }
    for (std::size_t i = 0; i < matrix.couplings().size(); ++i) {
      const auto [row, column] = matrix.couplings()[i];
      if (row < n_rows_ && row != column && (cells_matter || !layout.is_cell(column)))
        add({column, row, matrix.coupling_values()[static_cast<Index>(i)]});
    }
    std::sort(arcs_.begin(), arcs_.end(),
              [](const Arc& a, const Arc& b) { return a.from != b.from ? a.from < b.from : a.to < b.to; });
  }

  [[nodiscard]] bool are_transfers() const noexcept { return are_transfers_; }
  [[nodiscard]] Index n_rows() const noexcept { return n_rows_; }
  [[nodiscard]] const std::vector<Arc>& all() const noexcept { return arcs_; }
  [[nodiscard]] std::size_t first_from(Index row) const {
    return static_cast<std::size_t>(
        std::partition_point(arcs_.begin(), arcs_.end(), [&](const Arc& a) { return a.from < row; }) -
        arcs_.begin());
  }
  [[nodiscard]] const Arc* find(Index from, Index to) const {
    for (auto i = first_from(from); i < arcs_.size() && arcs_[i].from == from; ++i)
      if (arcs_[i].to == to) return &arcs_[i];
    return nullptr;
  }

 private:
  void add(Arc arc) {
    bool is_there = false;
    for (Index lane = 0; lane < width_; ++lane) {
      is_there |= arc.rate[lane] != 0.0;
      are_transfers_ &= arc.rate[lane] >= 0.0;
    }
    if (is_there) arcs_.push_back(arc);
  }

  Index width_, n_rows_;
  bool are_transfers_ = true;
  std::vector<Arc> arcs_;
};

/// For every row the number of its strongly connected component (Tarjan), without recursion: chains are long.
std::vector<Index> components(const Arcs& arcs) {
  const auto n = static_cast<std::size_t>(arcs.n_rows());
  std::vector<Index> number(n, -1), low(n, 0), component(n, -1), stack;
  std::vector<std::pair<Index, std::size_t>> path;
  Index next_number = 0, next_component = 0;
  const auto at = [](Index i) { return static_cast<std::size_t>(i); };
  const auto enter = [&](Index row) {
    number[at(row)] = low[at(row)] = next_number++;
    stack.push_back(row);
    path.emplace_back(row, arcs.first_from(row));
  };
  for (Index start = 0; start < arcs.n_rows(); ++start) {
    if (number[at(start)] >= 0) continue;
    enter(start);
    while (!path.empty()) {
      auto& [row, i] = path.back();
      if (i < arcs.all().size() && arcs.all()[i].from == row) {
        const Index to = arcs.all()[i++].to;
        if (number[at(to)] < 0)
          enter(to);
        else if (component[at(to)] < 0)
          low[at(row)] = std::min(low[at(row)], number[at(to)]);
        continue;
      }
      const Index done = row, lowest = low[at(done)];
      path.pop_back();
      if (!path.empty()) low[at(path.back().first)] = std::min(low[at(path.back().first)], lowest);
      if (lowest != number[at(done)]) continue;
      Index member = -1;
      do {
        member = stack.back();
        stack.pop_back();
        component[at(member)] = next_component;
      } while (member != done);
      ++next_component;
    }
  }
  return component;
}

}  // namespace

bool has_real_spectrum(const core::RateMatrix& matrix) {
  const Arcs arcs(matrix);
  if (!arcs.are_transfers()) return false;
  const auto component = components(arcs);
  const auto at = [](Index i) { return static_cast<std::size_t>(i); };

  // Weights along a tree, w_to / w_from = rate there / rate back; every other arc must agree with them.
  const Index width = matrix.width();
  core::LaneArray weight(arcs.n_rows(), width);
  std::vector<bool> is_weighed(at(arcs.n_rows()), false);
  std::vector<Index> open;
  for (Index start = 0; start < arcs.n_rows(); ++start) {
    if (is_weighed[at(start)]) continue;
    is_weighed[at(start)] = true;
    std::fill_n(weight[start], width, 1.0);
    open.push_back(start);
    while (!open.empty()) {
      const Index row = open.back();
      open.pop_back();
      for (auto i = arcs.first_from(row); i < arcs.all().size() && arcs.all()[i].from == row; ++i) {
        const auto& there = arcs.all()[i];
        if (component[at(there.to)] != component[at(row)]) continue;
        const auto* back = arcs.find(there.to, row);
        if (back == nullptr) return false;
        const bool is_new = !is_weighed[at(there.to)];
        for (Index lane = 0; lane < width; ++lane) {
          const double k = there.rate[lane], k_back = back->rate[lane];
          if ((k == 0.0) != (k_back == 0.0)) return false;
          // A face that is closed in this lane only leaves the two sides on scales of their own.
          const double scaled = k_back == 0.0 ? weight(row, lane) : weight(row, lane) * (k / k_back);
          if (is_new)
            weight(there.to, lane) = scaled;
          else if (k_back != 0.0 && !(std::abs(scaled - weight(there.to, lane)) <= 1e-6 * scaled))
            return false;
        }
        if (is_new) {
          is_weighed[at(there.to)] = true;
          open.push_back(there.to);
        }
      }
    }
  }
  return true;
}

}  // namespace poultice::solvers
