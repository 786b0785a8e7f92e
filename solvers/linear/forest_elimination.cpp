#include "solvers/linear/forest_elimination.hpp"

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneSpan;
using core::RateMatrix;
using core::with_width;

ForestElimination::ForestElimination(const core::StateLayout& layout, Index width) : layout_(&layout) {
  if (layout.n_species() > 1) {
    blocks_ = BlockElimination(layout, width);
    return;
  }
  for (auto* rows : {&excess_, &inverse_, &to_parent_, &from_parent_})
    *rows = core::LaneArray(layout.n_cells(), width);
}

void ForestElimination::factor(const RateMatrix& matrix, double gamma) {
  if (layout_->n_species() > 1) return blocks_.factor(matrix, gamma);
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
  if (layout_->n_species() > 1) return blocks_.solve(x);
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

}  // namespace poultice::solvers
