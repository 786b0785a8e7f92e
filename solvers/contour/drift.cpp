#include "solvers/contour/drift.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "solvers/contour/resolvent.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;

namespace {

/// How much larger than what there is the steady state may be: the digits by which it is are lost.
constexpr double largest_excess = 10.0;

bool is_zero(const double* values, Index count) {
  return std::all_of(values, values + count, [](double v) { return v == 0.0; });
}

bool is_finite(core::LaneView values) {
  return std::all_of(values.data(), values.data() + values.size(), [](double v) { return std::isfinite(v); });
}

double largest(core::LaneView values, Index lane) {
  double most = 0.0;
  for (Index row = 0; row < values.rows(); ++row) most = std::max(most, std::abs(values(row, lane)));
  return most;
}

/// -A^-1 b of cells and compartments, or of cells alone, and what it makes flow into the others.
Drift steady_part(const core::System& system, double length, bool compartments_are_empty) {
  const Index n_rows = system.n_rows(), width = system.width();
  const LaneArray nothing(n_rows, width);
  Drift drift{nothing, nothing, nothing};
  Resolvent resolvent(system, system.forcing(), compartments_are_empty);
  // Not quite at zero, where cells that are cut off from everything would divide zero by zero.
  const ComplexPack z{in_all_lanes(1e-25 / length), {}}, one{in_all_lanes(1.0), {}};
  for (Index lane = 0; lane < width; ++lane) {
    resolvent.solve(AcrossNodes{lane}, z, nothing.view(), one);
    for (Index row = 0; row < n_rows; ++row) {
      if (system.layout().is_accumulator(row))
        drift.slope(row, lane) = resolvent.inflow(row).re[0] + system.forcing()(row, lane);
      else
        drift.steady(row, lane) = resolvent[row].re[0];
    }
  }
  if (!compartments_are_empty) return drift;
  // Totals go with the compartments, so that both err alike and the balance between them is kept.
  std::swap(drift.slope, drift.forcing);
  const auto& couplings = system.matrix().couplings();
  for (Index row = system.layout().n_cell_rows(); row < n_rows - system.layout().n_accumulators(); ++row)
    std::copy_n(system.forcing()[row], width, drift.forcing[row]);
  for (std::size_t i = 0; i < couplings.size(); ++i) {
    const auto [row, column] = couplings[i];
    if (system.layout().is_cell(row) || system.layout().is_accumulator(row)) continue;
    const double* k = system.matrix().coupling_values()[static_cast<Index>(i)];
    for (Index lane = 0; lane < width; ++lane)
      drift.forcing(row, lane) += k[lane] * drift.steady(column, lane);
  }
  return drift;
}

Drift forced_drift(const core::System& system, core::LaneView start, double length) {
  auto part = steady_part(system, length, true);
  auto whole = steady_part(system, length, false);
  bool part_fits = is_finite(part.steady.view()) && is_finite(part.forcing.view());
  bool whole_fits = part_fits && is_finite(whole.steady.view()) && is_finite(whole.slope.view());
  for (Index lane = 0; lane < system.width() && part_fits; ++lane) {
    const double supplied = largest(start, lane) + length * largest(system.forcing(), lane);
    part_fits = largest(part.steady.view(), lane) <= largest_excess * supplied;
    const double there_is = largest(start, lane) + largest(part.steady.view(), lane) +
                            length * largest(part.forcing.view(), lane);
    whole_fits = whole_fits && largest(whole.steady.view(), lane) <= largest_excess * there_is;
  }
  if (part_fits && whole_fits) return whole;
  if (part_fits) return part;
  Drift none{LaneArray(system.n_rows(), system.width()), LaneArray(system.n_rows(), system.width()), {}};
  none.forcing = none.steady;
  std::copy_n(system.forcing().data(), system.forcing().size(), none.forcing.span().data());
  return none;
}

}  // namespace

Drift drift_of(const core::System& system, core::LaneView start, double length) {
  const Index n_rows = system.n_rows(), width = system.width();
  const LaneArray nothing(n_rows, width);
  auto drift = is_zero(system.forcing().data(), system.forcing().size())
                   ? Drift{nothing, nothing, nothing}
                   : forced_drift(system, start, length);
  std::vector<bool> is_fed(static_cast<std::size_t>(n_rows), false);
  const auto& matrix = system.matrix();
  for (std::size_t i = 0; i < matrix.couplings().size(); ++i)
    if (!is_zero(matrix.coupling_values()[static_cast<Index>(i)], width))
      is_fed[static_cast<std::size_t>(matrix.couplings()[i].row)] = true;
  for (Index row = n_rows - system.layout().n_accumulators(); row < n_rows; ++row)
    if (!is_fed[static_cast<std::size_t>(row)] && is_zero(drift.forcing[row], width))
      std::copy_n(start[row], width, drift.steady[row]);
  return drift;
}

}  // namespace poultice::solvers
