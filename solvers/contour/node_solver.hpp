#pragma once

#include <Eigen/LU>

#include "solvers/contour/rate_slots.hpp"

namespace poultice::solvers {

/// Solves with (z I - A) of one member, and with its transpose, for many right-hand sides at one z. The
/// elimination is that of Resolvent, which solves for one right-hand side at many z or in many members at
/// once, and forgets.
class NodeSolver {
 public:
  /// `matrix` must outlive it.
  NodeSolver(const core::RateMatrix& matrix, core::Index lane);

  void factor(std::complex<double> z);
  /// b [row] becomes the solution of (z I - A) x = b.
  void solve(ComplexVector& b) const;
  /// c [row] becomes the solution of (z I - A)^T q = c.
  void solve_transposed(ComplexVector& c) const;
  [[nodiscard]] const RateSlots& rates() const noexcept { return rates_; }

 private:
  void factor_cells();
  void factor_compartments();
  /// Of the part that cells have among themselves.
  template <bool is_transposed>
  void solve_cells(ComplexVector& b) const;

  const core::RateMatrix& matrix_;
  const core::StateLayout& layout_;
  RateSlots rates_;
  std::complex<double> z_;
  ComplexVector
      inverse_;  ///< [(cell * n + row species) * n + column species], of the block that is divided by
  std::vector<std::size_t> to_cells_, from_cells_, among_compartments_, to_totals_;  ///< couplings
  Eigen::PartialPivLU<Eigen::MatrixXcd> compartments_;
};

}  // namespace poultice::solvers
