#pragma once

#include <vector>

#include "solvers/linear/forest_elimination.hpp"

namespace poultice::solvers {

/// Solves (I - gamma J) x = b for a whole block: cells by elimination along the forest, compartments by the
/// Schur complement they border it with, accumulators, on which nothing depends, by substitution.
class BorderedSolver {
 public:
  BorderedSolver(const core::StateLayout& layout, core::Index width);

  /// Takes over J and gamma [s]; the matrix must stay alive and unchanged until the next call.
  void factor(const core::RateMatrix& matrix, double gamma);
  /// Overwrites x, which holds b on entry.
  void solve(core::LaneSpan x);

 private:
  const core::StateLayout& layout_;
  const core::RateMatrix* matrix_ = nullptr;
  double gamma_ = 0.0;
  ForestElimination cells_;
  core::LaneArray schur_;  // [n_compartments * n_compartments], LU factors
  std::vector<core::LaneArray>
      influence_;  // (I - gamma J_cells)^-1 gamma J_column, per compartment that feeds cells
  std::vector<core::Index> feeding_;  // those compartments
};

}  // namespace poultice::solvers
