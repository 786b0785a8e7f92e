#include "solvers/contour/resolvent.hpp"

#include <algorithm>

namespace poultice::solvers {

using core::Index;
using core::LaneView;

namespace {

template <class Kernel>
void with_species(Index n, bool is_triangular, Kernel&& kernel) {
  const auto count = [&](auto fixed) {
    if (is_triangular)
      kernel(Blocks<decltype(fixed), true>{fixed});
    else
      kernel(Blocks<decltype(fixed), false>{fixed});
  };
  if (n == 1)
    kernel(Blocks<Fixed<1>, true>{});
  else if (n == 2)
    count(Fixed<2>{});
  else
    count(n);
}

bool is_zero(LaneView values) {
  return std::all_of(values.data(), values.data() + values.size(), [](double v) { return v == 0.0; });
}

}  // namespace

Resolvent::Resolvent(const core::System& system, bool is_forced)
    : system_(system),
      layout_(system.layout()),
      matrix_(system.matrix()),
      is_triangular_(has_triangular_blocks(matrix_)),
      is_forced_(is_forced && !is_zero(system.forcing())),
      x_(at(layout_.n_rows())),
      flows_(at(layout_.n_accumulators())),
      inverse_(at(layout_.n_cell_rows() * layout_.n_species())),
      schur_(at(layout_.n_compartments() * layout_.n_compartments())) {
  const auto& couplings = matrix_.couplings();
  for (std::size_t i = 0; i < couplings.size(); ++i) {
    const Link link{couplings[i].row, couplings[i].column, static_cast<Index>(i)};
    const double* values = matrix_.coupling_values()[link.value];
    if (std::all_of(values, values + matrix_.width(), [](double k) { return k == 0.0; })) continue;
    if (layout_.is_accumulator(link.row))
      to_totals_.push_back(link);
    else if (layout_.is_cell(link.row))
      to_cells_.push_back(link);
    else if (layout_.is_cell(link.column))
      from_cells_.push_back(link);
    else
      among_compartments_.push_back(link);
  }
  for (const auto& link : to_cells_)
    if (std::find(feeding_.begin(), feeding_.end(), link.column) == feeding_.end())
      feeding_.push_back(link.column);
  columns_.assign(feeding_.size(), std::vector<ComplexPack>(at(layout_.n_cell_rows())));
}

template <class Access>
ComplexPack Resolvent::product(const Access& access, const Link& link,
                               const std::vector<ComplexPack>& x) const {
  LanePack k;
  access.load(k, matrix_.coupling_values()[link.value]);
  return k * x[at(link.column)];
}

template <class Access>
[[gnu::flatten]] void Resolvent::solve(const Access& access, const ComplexPack& z, LaneView start,
                                       const ComplexPack& forced) {
  for (Index row = 0; row < layout_.n_rows(); ++row) {
    LanePack amount;
    access.load(amount, start[row]);
    x_[at(row)] = {amount, LanePack{}};
  }
  if (is_forced_) {
    for (Index row = 0; row < layout_.n_rows(); ++row) {
      LanePack rate;
      access.load(rate, system_.forcing()[row]);
      x_[at(row)] += rate * forced;
    }
  }
  for (std::size_t f = 0; f < feeding_.size(); ++f) {
    std::fill(columns_[f].begin(), columns_[f].end(), ComplexPack{});
    for (const auto& link : to_cells_) {
      if (link.column != feeding_[f]) continue;
      LanePack k;
      access.load(k, matrix_.coupling_values()[link.value]);
      columns_[f][at(link.row)].re += k;
    }
  }
  with_species(layout_.n_species(), is_triangular_, [&](auto blocks) { solve_cells(blocks, access, z); });
  solve_compartments(access, z);

  // On totals nothing depends: what flows in gives the total.
  std::fill(flows_.begin(), flows_.end(), ComplexPack{});
  const Index first = layout_.n_rows() - layout_.n_accumulators();
  for (const auto& link : to_totals_) flows_[at(link.row - first)] += product(access, link, x_);
  const ComplexPack over_z = 1.0 / z;
  for (Index row = first; row < layout_.n_rows(); ++row)
    x_[at(row)] = (x_[at(row)] + flows_[at(row - first)]) * over_z;
}

template <class Blocks, class Access>
void Resolvent::solve_cells(Blocks blocks, const Access& access, const ComplexPack& z) {
  const auto n = blocks.n;
  const auto& graph = layout_.graph();
  std::fill(inverse_.begin(), inverse_.end(), ComplexPack{});
  for (const Index cell : graph.order()) eliminate(blocks, access, z, cell);
  for (auto next = graph.order().rbegin(); next != graph.order().rend(); ++next) {
    const Index cell = *next, parent = graph.parent(cell);
    if (parent < 0) continue;
    const auto take_down = [&](std::vector<ComplexPack>& x) {
      auto arriving = room<ComplexPack>(n);
      repeat(n, [&](auto s) {
        LanePack down;
        access.load(down, matrix_.down()[cell * n + s]);
        arriving[at(s)] = down * x[at(parent * n + s)];
      });
      blocks.template multiply<ComplexPack>(
          [&](ComplexPack& to, Index i) { to = inverse_[at(cell * n * n + i)]; }, arriving,
          [&](auto row, const ComplexPack& value) { x[at(cell * n + row)] += value; });
    };
    take_down(x_);
    for (auto& column : columns_) take_down(column);
  }
}

/// Inverts the block of a cell, applies it to the right-hand sides, and hands what is left to the parent.
template <class Blocks, class Access>
void Resolvent::eliminate(Blocks blocks, const Access& access, const ComplexPack& z, Index cell) {
  const auto n = blocks.n;
  const Index parent = layout_.graph().parent(cell);
  auto excess = room<ComplexPack>(squared(n));
  auto inverse = room<ComplexPack>(squared(n));
  auto up = room<LanePack>(n);
  auto down = room<LanePack>(n);
  blocks.for_entries([&](auto row, auto column, auto i) {
    LanePack rate;
    access.load(rate, matrix_.local()[cell * n * n + i]);
    excess[at(i)] = inverse_[at(cell * n * n + i)];
    excess[at(i)].re -= rate;
    if (row == column) excess[at(i)] += z;
    inverse[at(i)] = excess[at(i)];
  });
  if (parent >= 0) {
    repeat(n, [&](auto s) {
      access.load(up[at(s)], matrix_.up()[cell * n + s]);
      access.load(down[at(s)], matrix_.down()[cell * n + s]);
      inverse[at(s * n + s)].re += up[at(s)];
    });
  }
  blocks.invert(inverse);
  blocks.for_entries([&](auto, auto, auto i) { inverse_[at(cell * n * n + i)] = inverse[at(i)]; });

  const auto apply = [&](std::vector<ComplexPack>& x) {
    auto here = room<ComplexPack>(n);
    repeat(n, [&](auto s) { here[at(s)] = x[at(cell * n + s)]; });
    blocks.template multiply<ComplexPack>([&](ComplexPack& to, Index i) { to = inverse[at(i)]; }, here,
                                          [&](auto row, const ComplexPack& held) {
                                            x[at(cell * n + row)] = held;
                                            if (parent >= 0) x[at(parent * n + row)] += up[at(row)] * held;
                                          });
  };
  apply(x_);
  for (auto& column : columns_) apply(column);
  if (parent < 0) return;

  // The parent's block grows by E D^-1 L, see BlockElimination.
  blocks.for_entries([&](auto row, auto column, auto i) {
    auto& above = inverse_[at(parent * n * n + i)];
    if (row != column) {
      above -= up[at(row)] * (down[at(column)] * inverse[at(i)]);
      return;
    }
    ComplexPack kept = excess[at(i)] * inverse[at(i)];
    repeat(n, [&](auto k) {
      if (k != row && blocks.has(row, k) && blocks.has(k, row))
        kept += excess[at(row * n + k)] * inverse[at(k * n + row)];
    });
    above += down[at(column)] * kept;
  });
}

template <class Access>
void Resolvent::solve_compartments(const Access& access, const ComplexPack& z) {
  const Index n = layout_.n_compartments(), first = layout_.n_cell_rows();
  if (n == 0) return;
  std::fill(schur_.begin(), schur_.end(), ComplexPack{});
  for (Index c = 0; c < n; ++c) schur_[at(c * n + c)] = z;
  for (const auto& link : among_compartments_) {
    LanePack k;
    access.load(k, matrix_.coupling_values()[link.value]);
    schur_[at((link.row - first) * n + link.column - first)].re -= k;
  }
  for (const auto& link : from_cells_) {
    const Index c = link.row - first;
    x_[at(link.row)] += product(access, link, x_);
    for (std::size_t f = 0; f < feeding_.size(); ++f)
      schur_[at(c * n + feeding_[f] - first)] -= product(access, link, columns_[f]);
  }
  // Gauss without pivoting: columns are dominated by their diagonals.
  for (Index k = 0; k < n; ++k) {
    const ComplexPack pivot = 1.0 / schur_[at(k * n + k)];
    for (Index row = k + 1; row < n; ++row) {
      const ComplexPack factor = schur_[at(row * n + k)] * pivot;
      for (Index column = k + 1; column < n; ++column)
        schur_[at(row * n + column)] -= factor * schur_[at(k * n + column)];
      x_[at(first + row)] -= factor * x_[at(first + k)];
    }
    schur_[at(k * n + k)] = pivot;
  }
  for (Index k = n - 1; k >= 0; --k) {
    for (Index column = k + 1; column < n; ++column)
      x_[at(first + k)] -= schur_[at(k * n + column)] * x_[at(first + column)];
    x_[at(first + k)] *= schur_[at(k * n + k)];
  }
  for (std::size_t f = 0; f < feeding_.size(); ++f)
    for (Index row = 0; row < first; ++row) x_[at(row)] += columns_[f][at(row)] * x_[at(feeding_[f])];
}

template <class Access>
ComplexPack Resolvent::rate(const Access& access, Index row, const ComplexPack& z, LaneView start) const {
  if (layout_.is_accumulator(row)) {
    ComplexPack rate = inflow(row);
    if (is_forced_) {
      LanePack forcing;
      access.load(forcing, system_.forcing()[row]);
      rate += forcing * (1.0 / z);
    }
    return rate;
  }
  LanePack amount;
  access.load(amount, start[row]);
  ComplexPack rate = z * x_[at(row)];
  rate.re -= amount;
  return rate;
}

template void Resolvent::solve(const AcrossMembers&, const ComplexPack&, LaneView, const ComplexPack&);
template void Resolvent::solve(const AcrossNodes&, const ComplexPack&, LaneView, const ComplexPack&);
template ComplexPack Resolvent::rate(const AcrossMembers&, Index, const ComplexPack&, LaneView) const;
template ComplexPack Resolvent::rate(const AcrossNodes&, Index, const ComplexPack&, LaneView) const;

}  // namespace poultice::solvers
