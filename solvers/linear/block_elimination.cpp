#include "solvers/linear/block_elimination.hpp"

#include "solvers/linear/small_blocks.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneSpan;
using core::RateMatrix;

BlockElimination::BlockElimination(const core::StateLayout& layout, Index width)
    : layout_(&layout),
      inverse_(layout.n_cell_rows() * layout.n_species(), width),
      to_parent_(layout.n_cell_rows(), width),
      from_parent_(layout.n_cell_rows(), width) {}

void BlockElimination::factor(const RateMatrix& matrix, double gamma) {
  is_triangular_ = has_triangular_blocks(matrix);
  inverse_.fill(0.0);
  with_blocks(layout_->n_species(), is_triangular_, [&](auto blocks) {
    for (const Index cell : layout_->graph().order())
      for_packs(inverse_.width(),
                [&]<class Lanes>(Index lane) { factor_cell<Lanes>(blocks, matrix, gamma, cell, lane); });
  });
}

// All that a cell calls goes into one function, so that packs stay in registers. With the checks of the
// sanitizers in it, the compiler would take minutes over that function.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define POULTICE_FLATTEN [[gnu::flatten]]
#else
#define POULTICE_FLATTEN
#endif

template <class Lanes, class Blocks>
POULTICE_FLATTEN void BlockElimination::factor_cell(Blocks blocks, const RateMatrix& matrix, double gamma,
                                                    Index cell, Index lane) {
  const auto n = blocks.n;
  const Index width = inverse_.width(), parent = layout_->graph().parent(cell);
  const auto at = [](Index i) { return static_cast<std::size_t>(i); };
  auto excess = room<Lanes>(squared(n));
  auto inverse = room<Lanes>(squared(n));
  auto up = room<Lanes>(n);
  auto down = room<Lanes>(n);

  const double* local = matrix.local()[cell * n * n] + lane;
  double* block = inverse_[cell * n * n] + lane;
  blocks.for_entries([&](auto row, auto column, auto i) {
    Lanes from_children, rate;
    load(from_children, block + i * width);
    load(rate, local + i * width);
    excess[at(i)] = from_children + ((row == column ? 1.0 : 0.0) - gamma * rate);
    inverse[at(i)] = excess[at(i)];
  });
  if (parent >= 0) {
    repeat(n, [&](auto s) {
      const Index row = cell * n + s;
      load(up[at(s)], matrix.up()[row] + lane);
      load(down[at(s)], matrix.down()[row] + lane);
      up[at(s)] *= gamma;
      down[at(s)] *= gamma;
      store(to_parent_[row] + lane, up[at(s)]);
      store(from_parent_[row] + lane, down[at(s)]);
      inverse[at(s * n + s)] += up[at(s)];
    });
  }
  blocks.invert(inverse);
  blocks.for_entries([&](auto, auto, auto i) { store(block + i * width, inverse[at(i)]); });
  if (parent < 0) return;

  double* above = inverse_[parent * n * n] + lane;
  blocks.for_entries([&](auto row, auto column, auto i) {
    Lanes sum;
    load(sum, above + i * width);
    if (row != column) {
      sum -= up[at(row)] * inverse[at(i)] * down[at(column)];
    } else {
      Lanes kept = excess[at(i)] * inverse[at(i)];
      repeat(n, [&](auto k) {
        if (k != row && blocks.has(row, k) && blocks.has(k, row))
          kept += excess[at(row * n + k)] * inverse[at(k * n + row)];
      });
      sum += kept * down[at(column)];
    }
    store(above + i * width, sum);
  });
}

void BlockElimination::solve(LaneSpan x) const {
  const auto& graph = layout_->graph();
  with_blocks(layout_->n_species(), is_triangular_, [&](auto blocks) {
    for (const Index cell : graph.order())
      if (graph.parent(cell) >= 0)
        for_packs(x.width(), [&]<class Lanes>(Index lane) { pass_up<Lanes>(blocks, x, cell, lane); });
    for (auto cell = graph.order().rbegin(); cell != graph.order().rend(); ++cell)
      for_packs(x.width(), [&]<class Lanes>(Index lane) { take_down<Lanes>(blocks, x, *cell, lane); });
  });
}

/// x of the parent += U D^-1 x.
template <class Lanes, class Blocks>
POULTICE_FLATTEN void BlockElimination::pass_up(Blocks blocks, LaneSpan x, Index cell, Index lane) const {
  const auto n = blocks.n;
  const Index width = x.width();
  const double* share = to_parent_[cell * n] + lane;
  double* above = x[layout_->graph().parent(cell) * n] + lane;
  auto here = room<Lanes>(n);
  repeat(n, [&](auto s) { load(here[static_cast<std::size_t>(s)], x[cell * n + s] + lane); });
  const double* inverse = inverse_[cell * n * n] + lane;
  blocks.template multiply<Lanes>([&](Lanes& to, Index i) { load(to, inverse + i * width); }, here,
                                  [&](auto row, const Lanes& held) {
                                    Lanes sum, up;
                                    load(sum, above + row * width);
                                    load(up, share + row * width);
                                    sum += up * held;
                                    store(above + row * width, sum);
                                  });
}

/// x = D^-1 (x + L x of the parent).
template <class Lanes, class Blocks>
POULTICE_FLATTEN void BlockElimination::take_down(Blocks blocks, LaneSpan x, Index cell, Index lane) const {
  const auto n = blocks.n;
  const Index width = x.width(), parent = layout_->graph().parent(cell);
  auto sum = room<Lanes>(n);
  repeat(n, [&](auto s) {
    auto& value = sum[static_cast<std::size_t>(s)];
    load(value, x[cell * n + s] + lane);
    if (parent < 0) return;
    Lanes down, above;
    load(down, from_parent_[cell * n + s] + lane);
    load(above, x[parent * n + s] + lane);
    value += down * above;
  });
  double* here = x[cell * n] + lane;
  const double* inverse = inverse_[cell * n * n] + lane;
  blocks.template multiply<Lanes>([&](Lanes& to, Index i) { load(to, inverse + i * width); }, sum,
                                  [&](auto row, const Lanes& value) { store(here + row * width, value); });
}

}  // namespace poultice::solvers
