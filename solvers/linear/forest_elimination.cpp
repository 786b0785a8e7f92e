#include "solvers/linear/forest_elimination.hpp"

#include "core/system/lane_loop.hpp"
#include "solvers/linear/lane_lu.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;
using core::LaneSpan;
using core::RateMatrix;
using core::with_width;

ForestElimination::ForestElimination(const core::StateLayout& layout, Index width)
    : layout_(&layout),
      scratch_(layout.n_species(), width),
      excess_(layout.n_cell_rows() * layout.n_species(), width),
      inverse_(layout.n_cell_rows() * layout.n_species(), width),
      to_parent_(layout.n_cell_rows(), width),
      from_parent_(layout.n_cell_rows(), width) {}

void ForestElimination::factor(const RateMatrix& matrix, double gamma) {
  if (layout_->n_species() > 1) return factor_blocks(matrix, gamma);
  const auto& graph = layout_->graph();
  with_width(excess_.width(), [&](auto width) {
    for (Index cell = 0; cell < graph.n_cells(); ++cell) {
      const double* local = matrix.local()[cell];
      double* excess = excess_[cell];
      core::for_lanes(width, [&](Index lane) { excess[lane] = 1.0 - gamma * local[lane]; });
    }
    for (const Index cell : graph.order()) {
      const Index parent = graph.parent(cell);
      const double* excess = excess_[cell];
      double* inverse = inverse_[cell];
      if (parent < 0) {
        core::for_lanes(width, [&](Index lane) { inverse[lane] = 1.0 / excess[lane]; });
        continue;
      }
      const double* up = matrix.up()[cell];
      const double* down = matrix.down()[cell];
      double* excess_above = excess_[parent];
      double* to_parent = to_parent_[cell];
      double* from_parent = from_parent_[cell];
      core::for_lanes(width, [&](Index lane) {
        const double p = 1.0 / (excess[lane] + gamma * up[lane]);
        const double returning = gamma * down[lane] * p;
        inverse[lane] = p;
        to_parent[lane] = gamma * up[lane] * p;
        from_parent[lane] = returning;
        excess_above[lane] += returning * excess[lane];
      });
    }
  });
}

void ForestElimination::solve(LaneSpan x) const {
  if (layout_->n_species() > 1) return solve_blocks(x);
  const auto& graph = layout_->graph();
  with_width(x.width(), [&](auto width) {
    for (const Index cell : graph.order()) {
      const Index parent = graph.parent(cell);
      if (parent < 0) continue;
      const double* share = to_parent_[cell];
      const double* here = x[cell];
      double* above = x[parent];
      core::for_lanes(width, [&](Index lane) { above[lane] += share[lane] * here[lane]; });
    }
    for (auto next = graph.order().rbegin(); next != graph.order().rend(); ++next) {
      const Index cell = *next, parent = graph.parent(cell);
      const double* inverse = inverse_[cell];
      double* here = x[cell];
      if (parent < 0) {
        core::for_lanes(width, [&](Index lane) { here[lane] *= inverse[lane]; });
        continue;
      }
      const double* returning = from_parent_[cell];
      const double* above = x[parent];
      core::for_lanes(width, [&](Index lane) {
        here[lane] = inverse[lane] * here[lane] + returning[lane] * above[lane];
      });
    }
  });
}

// Blocks: with E the excess of a cell and U, L the diagonal matrices gamma up, gamma down of its face,
// D = E + U is factored, and the parent's E grows by E D^-1 L.
void ForestElimination::factor_blocks(const RateMatrix& matrix, double gamma) {
  const auto& graph = layout_->graph();
  const Index n = layout_->n_species(), width = excess_.width();
  for (Index row = 0; row < layout_->n_cell_rows(); ++row) {
    for (Index s = 0; s < n; ++s) {
      const double unit = s == row % n ? 1.0 : 0.0;
      const double* local = matrix.local()[row * n + s];
      double* excess = excess_[row * n + s];
      core::for_lanes(width, [&](Index lane) { excess[lane] = unit - gamma * local[lane]; });
    }
  }
  LaneArray& column = scratch_;
  for (const Index cell : graph.order()) {
    const Index block = cell * n * n, parent = graph.parent(cell);
    for (Index row = 0; row < n; ++row)
      for (Index s = 0; s < n; ++s) {
        const double* excess = excess_[block + row * n + s];
        const double* up = matrix.up()[cell * n + row];
        double* d = inverse_[block + row * n + s];
        const double leaving = row == s && parent >= 0 ? gamma : 0.0;
        core::for_lanes(width, [&](Index lane) { d[lane] = excess[lane] + leaving * up[lane]; });
      }
    lane_lu_factor(inverse_.span(), block, n);
    if (parent < 0) continue;
    for (Index row = 0; row < n; ++row) {
      const double* up = matrix.up()[cell * n + row];
      const double* down = matrix.down()[cell * n + row];
      double* to_parent = to_parent_[cell * n + row];
      double* from_parent = from_parent_[cell * n + row];
      core::for_lanes(width, [&](Index lane) {
        to_parent[lane] = gamma * up[lane];
        from_parent[lane] = gamma * down[lane];
      });
    }
    for (Index s = 0; s < n; ++s) {
      column.fill(0.0);
      const double* returning = from_parent_[cell * n + s];
      for (Index lane = 0; lane < width; ++lane) column(s, lane) = returning[lane];
      lane_lu_solve(inverse_.view(), block, n, column.span(), 0);
      for (Index row = 0; row < n; ++row)
        for (Index t = 0; t < n; ++t) {
          const double* excess = excess_[block + row * n + t];
          const double* share = column[t];
          double* sum = excess_[parent * n * n + row * n + s];
          core::for_lanes(width, [&](Index lane) { sum[lane] += excess[lane] * share[lane]; });
        }
    }
  }
}

void ForestElimination::solve_blocks(LaneSpan x) const {
  const auto& graph = layout_->graph();
  const Index n = layout_->n_species(), width = x.width();
  // Forward: x becomes D^-1 b, and the parent gains U D^-1 b.
  for (const Index cell : graph.order()) {
    lane_lu_solve(inverse_.view(), cell * n * n, n, x, cell * n);
    const Index parent = graph.parent(cell);
    if (parent < 0) continue;
    for (Index s = 0; s < n; ++s) {
      const double* share = to_parent_[cell * n + s];
      const double* here = x[cell * n + s];
      double* above = x[parent * n + s];
      core::for_lanes(width, [&](Index lane) { above[lane] += share[lane] * here[lane]; });
    }
  }
  LaneArray& returning = scratch_;
  for (auto next = graph.order().rbegin(); next != graph.order().rend(); ++next) {
    const Index cell = *next, parent = graph.parent(cell);
    if (parent < 0) continue;
    for (Index s = 0; s < n; ++s) {
      const double* down = from_parent_[cell * n + s];
      const double* above = x[parent * n + s];
      double* out = returning[s];
      core::for_lanes(width, [&](Index lane) { out[lane] = down[lane] * above[lane]; });
    }
    lane_lu_solve(inverse_.view(), cell * n * n, n, returning.span(), 0);
    for (Index s = 0; s < n; ++s) {
      const double* extra = returning[s];
      double* here = x[cell * n + s];
      core::for_lanes(width, [&](Index lane) { here[lane] += extra[lane]; });
    }
  }
}

}  // namespace poultice::solvers
