#pragma once

#include <memory>
#include <vector>

#include <Eigen/SparseCore>
#include <Eigen/SparseLU>

#include "benchmarks/micro/chain.hpp"

namespace poultice::benchmarks {

/// One lane of (I - gamma J) of a chain, [row][column, value], as a user would hand it to a library.
[[nodiscard]] Eigen::SparseMatrix<double> member_matrix(const Chain& chain, core::Index lane, double gamma);

/// SUNDIALS' band solver, whose half-bandwidth is the number of species, one member at a time.
class BandSolver {
 public:
  BandSolver(const Eigen::SparseMatrix<double>& matrix, core::Index half_bandwidth);
  ~BandSolver();
  BandSolver(const BandSolver&) = delete;
  BandSolver& operator=(const BandSolver&) = delete;

  /// Fills the band and factors it.
  void factor(const Eigen::SparseMatrix<double>& matrix);
  void solve(Eigen::VectorXd& x);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Eigen's sparse LU (supernodal, with partial pivoting), the pattern of which is analysed once.
class SparseSolver {
 public:
  explicit SparseSolver(const Eigen::SparseMatrix<double>& matrix) { solver_.analyzePattern(matrix); }
  void factor(const Eigen::SparseMatrix<double>& matrix) { solver_.factorize(matrix); }
  void solve(Eigen::VectorXd& x) { x = solver_.solve(x); }

 private:
  Eigen::SparseLU<Eigen::SparseMatrix<double>, Eigen::COLAMDOrdering<int>> solver_;
};

}  // namespace poultice::benchmarks
