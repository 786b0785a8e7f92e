#pragma once

#include "solvers/linear/block_elimination.hpp"

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
  const core::StateLayout* layout_ = nullptr;
  core::LaneArray excess_;                   // [cell]
  core::LaneArray inverse_;                  // 1 / d
  core::LaneArray to_parent_, from_parent_;  // gamma up / d, gamma down / d
  BlockElimination blocks_;                  // several species
};

}  // namespace poultice::solvers
