#include "solvers/contour/node_solver.hpp"

namespace poultice::solvers {

using core::Index;

namespace {

using Block = Eigen::Matrix<std::complex<double>, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

}  // namespace

NodeSolver::NodeSolver(const core::RateMatrix& matrix, Index lane)
    : matrix_(matrix),
      layout_(matrix.layout()),
      rates_(rates_of(matrix, lane)),
      inverse_(at(layout_.n_cell_rows() * layout_.n_species())) {
  for (std::size_t i = 0; i < rates_.couplings.size(); ++i) {
    const auto [row, column] = matrix.couplings()[i];
    if (rates_.couplings[i] == 0.0) continue;
    if (layout_.is_accumulator(row))
      to_totals_.push_back(i);
    else if (layout_.is_cell(row))
      to_cells_.push_back(i);
    else if (layout_.is_cell(column))
      from_cells_.push_back(i);
    else
      among_compartments_.push_back(i);
  }
}

void NodeSolver::factor(std::complex<double> z) {
  z_ = z;
  factor_cells();
  factor_compartments();
}

void NodeSolver::factor_cells() {
  const Index n = layout_.n_species();
  // What a block loses to elsewhere than its parent: kept by itself, so that nothing is subtracted.
  ComplexVector excess(inverse_.size());
  for (std::size_t i = 0; i < excess.size(); ++i) excess[i] = -rates_.local[i];
  for (Index row = 0; row < layout_.n_cell_rows(); ++row) excess[at(row * n + row % n)] += z_;
  for (const Index cell : layout_.graph().order()) {
    const Index first = cell * n, parent = layout_.graph().parent(cell);
    const Eigen::Map<const Block> kept(&excess[at(first * n)], n, n);
    Block whole = kept;
    for (Index s = 0; s < n && parent >= 0; ++s) whole(s, s) += rates_.up[at(first + s)];
    const Block inverse = n == 1 ? Block(whole.cwiseInverse()) : Block(whole.inverse());
    Eigen::Map<Block>(&inverse_[at(first * n)], n, n) = inverse;
    if (parent < 0) continue;
    // The parent's block grows by E D^-1 L, see BlockElimination.
    for (Index row = 0; row < n; ++row)
      for (Index column = 0; column < n; ++column) {
        const double down = rates_.down[at(first + column)];
        const std::complex<double> handed = row == column
                                                ? (kept.row(row) * inverse.col(row)).value()
                                                : -rates_.up[at(first + row)] * inverse(row, column);
        excess[at((parent * n + row) * n + column)] += down * handed;
      }
  }
}

template <bool is_transposed>
void NodeSolver::solve_cells(ComplexVector& b) const {
  const Index n = layout_.n_species();
  const auto& to_parent = is_transposed ? rates_.down : rates_.up;
  const auto& from_parent = is_transposed ? rates_.up : rates_.down;
  ComplexVector sums(at(n));
  const auto apply_inverse = [&](Index first, const auto& of) {
    for (Index row = 0; row < n; ++row) {
      sums[at(row)] = 0.0;
      for (Index column = 0; column < n; ++column)
        sums[at(row)] +=
            inverse_[at((first + (is_transposed ? column : row)) * n + (is_transposed ? row : column))] *
            of(column);
    }
  };
  const auto& order = layout_.graph().order();
  for (const Index cell : order) {
    const Index first = cell * n, parent = layout_.graph().parent(cell);
    apply_inverse(first, [&](Index s) { return b[at(first + s)]; });
    for (Index s = 0; s < n; ++s) {
      b[at(first + s)] = sums[at(s)];
      if (parent >= 0) b[at(parent * n + s)] += to_parent[at(first + s)] * sums[at(s)];
    }
  }
  for (auto cell = order.rbegin(); cell != order.rend(); ++cell) {
    const Index first = *cell * n, parent = layout_.graph().parent(*cell);
    if (parent < 0) continue;
    apply_inverse(first, [&](Index s) { return from_parent[at(first + s)] * b[at(parent * n + s)]; });
    for (Index s = 0; s < n; ++s) b[at(first + s)] += sums[at(s)];
  }
}

void NodeSolver::factor_compartments() {
  const Index n = layout_.n_compartments(), first = layout_.n_cell_rows();
  if (n == 0) return;
  Eigen::MatrixXcd schur = Eigen::MatrixXcd::Zero(n, n);
  schur.diagonal().array() += z_;
  for (const auto i : among_compartments_)
    schur(matrix_.couplings()[i].row - first, matrix_.couplings()[i].column - first) -= rates_.couplings[i];
  // What a compartment gives to cells and gets back from them.
  for (Index c = 0; c < n; ++c) {
    ComplexVector given(at(layout_.n_rows()));
    bool gives = false;
    for (const auto i : to_cells_)
      if (matrix_.couplings()[i].column == first + c)
        given[at(matrix_.couplings()[i].row)] += rates_.couplings[i], gives = true;
    if (!gives) continue;
    solve_cells<false>(given);
    for (const auto i : from_cells_)
      schur(matrix_.couplings()[i].row - first, c) -=
          rates_.couplings[i] * given[at(matrix_.couplings()[i].column)];
  }
  compartments_.compute(schur);
}

void NodeSolver::solve(ComplexVector& b) const {
  const Index n = layout_.n_compartments(), first = layout_.n_cell_rows();
  const auto add = [&](std::size_t i, const ComplexVector& x, ComplexVector& to) {
    to[at(matrix_.couplings()[i].row)] += rates_.couplings[i] * x[at(matrix_.couplings()[i].column)];
  };
  const auto here = [&] { return Eigen::Map<Eigen::VectorXcd>(b.data() + first, n); };
  if (to_cells_.empty()) {
    solve_cells<false>(b);
    for (const auto i : from_cells_) add(i, b, b);
    if (n > 0) here() = compartments_.solve(here()).eval();
  } else {
    auto alone = b;
    solve_cells<false>(alone);
    for (const auto i : from_cells_) add(i, alone, b);
    here() = compartments_.solve(here()).eval();
    for (const auto i : to_cells_) add(i, b, b);
    solve_cells<false>(b);
  }
  for (const auto i : to_totals_) add(i, b, b);
  for (Index row = layout_.n_rows() - layout_.n_accumulators(); row < layout_.n_rows(); ++row)
    b[at(row)] /= z_;
}

void NodeSolver::solve_transposed(ComplexVector& c) const {
  const Index n = layout_.n_compartments(), first = layout_.n_cell_rows();
  const auto add = [&](std::size_t i, const ComplexVector& q, ComplexVector& to) {
    to[at(matrix_.couplings()[i].column)] += rates_.couplings[i] * q[at(matrix_.couplings()[i].row)];
  };
  const auto here = [&] { return Eigen::Map<Eigen::VectorXcd>(c.data() + first, n); };
  for (Index row = layout_.n_rows() - layout_.n_accumulators(); row < layout_.n_rows(); ++row)
    c[at(row)] /= z_;
  for (const auto i : to_totals_) add(i, c, c);
  if (!to_cells_.empty()) {
    auto alone = c;
    solve_cells<true>(alone);
    for (const auto i : to_cells_) add(i, alone, c);
  }
  if (n > 0) here() = compartments_.transpose().solve(here()).eval();
  for (const auto i : from_cells_) add(i, c, c);
  solve_cells<true>(c);
}

}  // namespace poultice::solvers
