#include "solvers/linear/block_elimination.hpp"

#include <array>
#include <vector>

#include "solvers/linear/lane_pack.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneSpan;
using core::RateMatrix;

namespace {

/// Room for `count` values, on the heap only where there are more species than registers serve.
template <class Lanes>
auto room(Index count) {
  return std::vector<Lanes>(static_cast<std::size_t>(count));
}
template <class Lanes, Index count>
auto room(Fixed<count>) {
  return std::array<Lanes, static_cast<std::size_t>(count)>();
}

inline Index squared(Index n) { return n * n; }
template <Index n>
Fixed<n * n> squared(Fixed<n>) {
  return {};
}

/// What entries a block has. n is Fixed or a run-time number.
template <class Count, bool is_triangular>
struct Blocks {
  Count n;

  static bool has(Index row, Index column) { return !is_triangular || column <= row; }

  template <class Body>
  void for_entries(Body&& body) const {
    repeat(n, [&](auto row) {
      repeat(n, [&](auto column) {
        if (has(row, column)) body(row, column, row * n + column);
      });
    });
  }

  /// Gauss-Jordan, in place, without pivoting.
  template <class Values>
  void invert(Values& a) const {
    const auto at = [&](Index row, Index column) -> auto& {
      return a[static_cast<std::size_t>(row * n + column)];
    };
    repeat(n, [&](auto k) {
      const auto pivot = 1.0 / at(k, k);
      at(k, k) = pivot;
      repeat(n, [&](auto column) {
        if (column != k && has(k, column)) at(k, column) *= pivot;
      });
      repeat(n, [&](auto row) {
        if (row == k || !has(row, k)) return;
        const auto factor = at(row, k);
        repeat(n, [&](auto column) {
          if (column != k && has(k, column)) at(row, column) -= factor * at(k, column);
        });
        at(row, k) = -factor * pivot;
      });
    });
  }

  /// put(row, sum over columns of a(row, column) x(column)), with `a` in rows `width` apart.
  template <class Lanes, class Values, class Put>
  void multiply(const double* a, Index width, const Values& x, Put&& put) const {
    repeat(n, [&](auto row) {
      Lanes sum, entry;
      load(sum, a + row * n * width);
      sum *= x[0];
      repeat(n, [&](auto column) {
        if (column == 0 || !has(row, column)) return;
        load(entry, a + (row * n + column) * width);
        sum += entry * x[static_cast<std::size_t>(column)];
      });
      put(row, sum);
    });
  }
};

/// Calls kernel(blocks) for the number of species and the form of the blocks.
template <class Kernel>
void with_blocks(Index n, bool is_triangular, Kernel&& kernel) {
  const auto count = [&](auto fixed) {
    if (is_triangular)
      kernel(Blocks<decltype(fixed), true>{fixed});
    else
      kernel(Blocks<decltype(fixed), false>{fixed});
  };
  switch (n) {
    case 2:
      return count(Fixed<2>{});
    case 3:
      return count(Fixed<3>{});
    case 4:
      return count(Fixed<4>{});
    case 5:
      return count(Fixed<5>{});
    case 6:
      return count(Fixed<6>{});
    case 7:
      return count(Fixed<7>{});
    case 8:
      return count(Fixed<8>{});
    default:
      return count(n);
  }
}

/// Whether no species of any cell arises from one after it.
bool has_triangular_blocks(const RateMatrix& matrix) {
  const Index n = matrix.layout().n_species();
  for (Index cell = 0; cell < matrix.layout().n_cells(); ++cell)
    for (Index row = 0; row + 1 < n; ++row) {
      const double* entries = matrix.local()[(cell * n + row) * n + row + 1];
      const Index count = (n - row - 1) * matrix.width();
      int others = 0;
      for (Index i = 0; i < count; ++i) others |= entries[i] != 0.0;
      if (others != 0) return false;
    }
  return true;
}

}  // namespace

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

template <class Lanes, class Blocks>
[[gnu::flatten]] void BlockElimination::factor_cell(Blocks blocks, const RateMatrix& matrix, double gamma,
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
[[gnu::flatten]] void BlockElimination::pass_up(Blocks blocks, LaneSpan x, Index cell, Index lane) const {
  const auto n = blocks.n;
  const Index width = x.width();
  const double* share = to_parent_[cell * n] + lane;
  double* above = x[layout_->graph().parent(cell) * n] + lane;
  auto here = room<Lanes>(n);
  repeat(n, [&](auto s) { load(here[static_cast<std::size_t>(s)], x[cell * n + s] + lane); });
  blocks.template multiply<Lanes>(inverse_[cell * n * n] + lane, width, here,
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
[[gnu::flatten]] void BlockElimination::take_down(Blocks blocks, LaneSpan x, Index cell, Index lane) const {
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
  blocks.template multiply<Lanes>(inverse_[cell * n * n] + lane, width, sum,
                                  [&](auto row, const Lanes& value) { store(here + row * width, value); });
}

}  // namespace poultice::solvers
