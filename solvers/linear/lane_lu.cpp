#include "solvers/linear/lane_lu.hpp"

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {

using core::Index;

namespace {

/// y -= a * x, lane by lane.
void subtract_product(double* y, const double* a, const double* x, Index width) {
  core::for_lanes(width, [&](Index lane) { y[lane] -= a[lane] * x[lane]; });
}

}  // namespace

void lane_lu_factor(core::LaneSpan a, Index first, Index n) {
  const Index width = a.width();
  const auto at = [&](Index row, Index column) { return a[first + row * n + column]; };
  for (Index k = 0; k < n; ++k) {
    double* pivot = at(k, k);
    for (Index lane = 0; lane < width; ++lane) pivot[lane] = 1.0 / pivot[lane];
    for (Index row = k + 1; row < n; ++row) {
      double* factor = at(row, k);
      for (Index lane = 0; lane < width; ++lane) factor[lane] *= pivot[lane];
      for (Index column = k + 1; column < n; ++column)
        subtract_product(at(row, column), factor, at(k, column), width);
    }
  }
}

void lane_lu_solve(core::LaneView a, Index first, Index n, core::LaneSpan x, Index first_x) {
  const Index width = a.width();
  const auto at = [&](Index row, Index column) { return a[first + row * n + column]; };
  for (Index row = 1; row < n; ++row)
    for (Index column = 0; column < row; ++column)
      subtract_product(x[first_x + row], at(row, column), x[first_x + column], width);
  for (Index row = n - 1; row >= 0; --row) {
    for (Index column = row + 1; column < n; ++column)
      subtract_product(x[first_x + row], at(row, column), x[first_x + column], width);
    double* value = x[first_x + row];
    const double* pivot = at(row, row);
    for (Index lane = 0; lane < width; ++lane) value[lane] *= pivot[lane];
  }
}

}  // namespace poultice::solvers
