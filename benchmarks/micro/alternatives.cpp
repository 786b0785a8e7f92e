#include "benchmarks/micro/alternatives.hpp"

#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunmatrix/sunmatrix_band.h>

#include "solvers/sundials/context.hpp"

namespace poultice::benchmarks {

using core::Index;
using Sparse = Eigen::SparseMatrix<double>;

Sparse member_matrix(const Chain& chain, Index lane, double gamma) {
  const auto& matrix = chain.matrix;
  const auto& layout = chain.layout;
  const Index n = layout.n_species();
  std::vector<Eigen::Triplet<double, Index>> entries;
  const auto add = [&](Index row, Index column, double rate) {
    entries.emplace_back(row, column, -gamma * rate);
  };
  for (Index row = 0; row < layout.n_cell_rows(); ++row) {
    entries.emplace_back(row, row, 1.0);
    for (Index s = 0; s < n; ++s)
      if (matrix.local()(row * n + s, lane) != 0.0)
        add(row, layout.row(layout.cell_of(row), s), matrix.local()(row * n + s, lane));
    const Index next = row + n;
    if (next >= layout.n_cell_rows()) continue;
    add(row, row, -matrix.up()(row, lane));
    add(next, row, matrix.up()(row, lane));
    add(next, next, -matrix.down()(row, lane));
    add(row, next, matrix.down()(row, lane));
  }
  Sparse result(layout.n_cell_rows(), layout.n_cell_rows());
  result.setFromTriplets(entries.begin(), entries.end());
  return result;
}

struct BandSolver::Parts {
  solvers::SundialsContext context;
  N_Vector x = nullptr;
  SUNMatrix band = nullptr;
  SUNLinearSolver solver = nullptr;
};

BandSolver::BandSolver(const Sparse& matrix, Index half_bandwidth) : parts_(std::make_unique<Parts>()) {
  const auto n = static_cast<sunindextype>(matrix.rows());
  const auto half = static_cast<sunindextype>(half_bandwidth);
  parts_->x = N_VNewEmpty_Serial(n, parts_->context.get());
  parts_->band = SUNBandMatrix(n, half, half, parts_->context.get());
  parts_->solver = SUNLinSol_Band(parts_->x, parts_->band, parts_->context.get());
}

BandSolver::~BandSolver() {
  SUNLinSolFree(parts_->solver);
  SUNMatDestroy(parts_->band);
  N_VDestroy(parts_->x);
}

void BandSolver::factor(const Sparse& matrix) {
  SUNMatZero(parts_->band);
  for (int column = 0; column < matrix.outerSize(); ++column)
    for (Sparse::InnerIterator entry(matrix, column); entry; ++entry)
      SM_ELEMENT_B(parts_->band, entry.row(), column) = entry.value();
  solvers::checked(SUNLinSolSetup(parts_->solver, parts_->band), "SUNLinSolSetup");
}

void BandSolver::solve(Eigen::VectorXd& x) {
  // In place, as CVODE does.
  N_VSetArrayPointer(x.data(), parts_->x);
  solvers::checked(SUNLinSolSolve(parts_->solver, parts_->band, parts_->x, parts_->x, 0.0), "SUNLinSolSolve");
}

}  // namespace poultice::benchmarks
