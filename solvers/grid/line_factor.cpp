#include "solvers/grid/line_factor.hpp"

namespace poultice::solvers {

using core::Index;

LineFactor::LineFactor(const core::GridAxis& axis, double number, double decay, Sweep sweep) {
  const Index n = axis.n_cells();
  // A factor common to volumes and areas does not matter: cells are made to measure one on the average.
  double mean = 0.0;
  for (Index i = 0; i < n; ++i) mean += axis.measure(i) / static_cast<double>(n);
  double held = 0.0;
  for (Index i = 0; i < n; ++i) {
    const Index cell = sweep == Sweep::upward ? i : n - 1 - i,
                face = sweep == Sweep::upward ? cell + 1 : cell;
    const double conductance = i + 1 < n ? number * axis.area(face) / axis.distance(face) / mean : 0.0;
    volume.push_back(axis.measure(cell) / mean);
    held += volume.back() * (1.0 + decay);
    gain.push_back(1.0 / (held + conductance));
    pass.push_back(conductance * gain.back());
    held *= pass.back();
  }
}

}  // namespace poultice::solvers
