#pragma once

#include "core/system/rate_matrix.hpp"

namespace poultice::solvers {

/// Solves (I - gamma J_cells) x = b for the cells of a block, J_cells being the part of a RateMatrix that
/// links cells to cells; a chain of cells makes it the tridiagonal (one species) or block-tridiagonal
/// (several) algorithm, with the lanes of the block innermost.
///
/// Elimination runs on what a cell loses to elsewhere ("excess", a column sum) instead of on the diagonal:
///   d = excess + gamma up,  excess_parent += gamma down excess / d.
/// Transport enters without a subtraction, so stiff stacks lose no digits to cancellation, at the cost of the
/// Thomas algorithm (Grassmann-Taksar-Heyman; Alfa, Xue & Ye, Math. Comp. 71 (2002) 217).
class ForestElimination {
 public:
  ForestElimination() = default;
  ForestElimination(const core::StateLayout& layout, core::Index width);

  void factor(const core::RateMatrix& matrix, double gamma);
  /// Overwrites the cell rows of x, which hold b on entry; leaves its other rows alone.
  void solve(core::LaneSpan x) const;

 private:
  void factor_blocks(const core::RateMatrix& matrix, double gamma);
  void solve_blocks(core::LaneSpan x) const;

  const core::StateLayout* layout_ = nullptr;
  mutable core::LaneArray scratch_;          // [n_species]: blocks need it at every solve
  core::LaneArray excess_;                   // [cell * S * S]
  core::LaneArray inverse_;                  // 1 / d; for blocks the LU factors of d, with inverted pivots
  core::LaneArray to_parent_, from_parent_;  // gamma up, gamma down; for one species both times 1 / d
};

}  // namespace poultice::solvers
