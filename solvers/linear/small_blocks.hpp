#pragma once

#include <array>
#include <vector>

#include "core/system/rate_matrix.hpp"
#include "solvers/linear/lane_pack.hpp"

namespace poultice::solvers {

/// Room for `count` values, on the heap only where there are more species than registers serve.
template <class Lanes>
auto room(core::Index count) {
  return std::vector<Lanes>(static_cast<std::size_t>(count));
}
template <class Lanes, core::Index count>
auto room(Fixed<count>) {
  return std::array<Lanes, static_cast<std::size_t>(count)>();
}

inline core::Index squared(core::Index n) { return n * n; }
template <core::Index n>
Fixed<n * n> squared(Fixed<n>) {
  return {};
}

/// What entries a block has. n is Fixed or a run-time number.
template <class Count, bool is_triangular>
struct Blocks {
  Count n;

  static bool has(core::Index row, core::Index column) { return !is_triangular || column <= row; }

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
    const auto at = [&](core::Index row, core::Index column) -> auto& {
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

  /// put(row, sum over columns of a(row, column) x(column)), where get(to, i) loads entry i of `a`.
  template <class Lanes, class Get, class Values, class Put>
  void multiply(Get&& get, const Values& x, Put&& put) const {
    repeat(n, [&](auto row) {
      Lanes sum, entry;
      get(sum, row * n);
      sum *= x[0];
      repeat(n, [&](auto column) {
        if (column == 0 || !has(row, column)) return;
        get(entry, row * n + column);
        sum += entry * x[static_cast<std::size_t>(column)];
      });
      put(row, sum);
    });
  }
};

/// Calls kernel(blocks) for the number of species and the form of the blocks.
template <class Kernel>
void with_blocks(core::Index n, bool is_triangular, Kernel&& kernel) {
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
// With the checks of the sanitizers these take the compiler minutes, and two cases show what eight would.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
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
#endif
    default:
      return count(n);
  }
}

/// Whether no species of any cell arises from one after it.
[[nodiscard]] bool has_triangular_blocks(const core::RateMatrix& matrix);

}  // namespace poultice::solvers
