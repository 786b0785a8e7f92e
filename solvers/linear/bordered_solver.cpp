#include "solvers/linear/bordered_solver.hpp"

#include <algorithm>

#include "core/system/lane_loop.hpp"
#include "solvers/linear/lane_lu.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;
using core::LaneSpan;

namespace {

/// sum += scale * a * x, lane by lane.
void add_product(double* sum, double scale, const double* a, const double* x, Index width) {
  core::for_lanes(width, [&](Index lane) { sum[lane] += scale * a[lane] * x[lane]; });
}

}  // namespace

BorderedSolver::BorderedSolver(const core::StateLayout& layout, Index width)
    : layout_(layout),
      cells_(layout, width),
      schur_(layout.n_compartments() * layout.n_compartments(), width) {}

void BorderedSolver::factor(const core::RateMatrix& matrix, double gamma) {
  matrix_ = &matrix;
  gamma_ = gamma;
  cells_.factor(matrix, gamma);

  const Index width = schur_.width(), n = layout_.n_compartments(), first = layout_.n_cell_rows();
  const auto& couplings = matrix.couplings();
  const auto value = [&](std::size_t i) { return matrix.coupling_values()[static_cast<Index>(i)]; };

  feeding_.clear();
  for (const auto& [row, column] : couplings)
    if (layout_.is_cell(row) && std::find(feeding_.begin(), feeding_.end(), column) == feeding_.end())
      feeding_.push_back(column);
  influence_.resize(feeding_.size());
  for (std::size_t f = 0; f < feeding_.size(); ++f) {
    influence_[f] = LaneArray(layout_.n_cell_rows(), width);
    for (std::size_t i = 0; i < couplings.size(); ++i)
      if (couplings[i].column == feeding_[f] && layout_.is_cell(couplings[i].row))
        for (Index lane = 0; lane < width; ++lane)
          influence_[f](couplings[i].row, lane) += gamma * value(i)[lane];
    cells_.solve(influence_[f].span());
  }

  schur_.fill(0.0);
  for (Index c = 0; c < n; ++c)
    for (Index lane = 0; lane < width; ++lane) schur_(c * n + c, lane) = 1.0;
  for (std::size_t i = 0; i < couplings.size(); ++i) {
    const auto [row, column] = couplings[i];
    if (layout_.is_cell(row) || layout_.is_accumulator(row)) continue;
    const Index c = row - first;
    if (!layout_.is_cell(column)) {
      const double* k = value(i);
      double* entry = schur_[c * n + column - first];
      for (Index lane = 0; lane < width; ++lane) entry[lane] -= gamma * k[lane];
      continue;
    }
    for (std::size_t f = 0; f < feeding_.size(); ++f)
      add_product(schur_[c * n + feeding_[f] - first], -gamma, value(i), influence_[f][column], width);
  }
  lane_lu_factor(schur_.span(), 0, n);
}

void BorderedSolver::solve(LaneSpan x) {
  const Index width = x.width(), n = layout_.n_compartments(), first = layout_.n_cell_rows();
  const auto& couplings = matrix_->couplings();
  const auto value = [&](std::size_t i) { return matrix_->coupling_values()[static_cast<Index>(i)]; };

  cells_.solve(x);
  for (std::size_t i = 0; i < couplings.size(); ++i) {
    const auto [row, column] = couplings[i];
    if (!layout_.is_cell(row) && !layout_.is_accumulator(row) && layout_.is_cell(column))
      add_product(x[row], gamma_, value(i), x[column], width);
  }
  lane_lu_solve(schur_.view(), 0, n, x, first);
  for (std::size_t f = 0; f < feeding_.size(); ++f)
    for (Index row = 0; row < first; ++row)
      add_product(x[row], 1.0, influence_[f][row], x[feeding_[f]], width);
  for (std::size_t i = 0; i < couplings.size(); ++i)
    if (layout_.is_accumulator(couplings[i].row))
      add_product(x[couplings[i].row], gamma_, value(i), x[couplings[i].column], width);
}

}  // namespace poultice::solvers
