#include "solvers/grid/lod_diffusion.hpp"

#include "solvers/grid/line_sweeps.hpp"

namespace poultice::solvers {

using core::Index;

LodDiffusion::LodDiffusion(const core::StructuredGrid& grid, double diffusivity, double decay, double step)
    : n_plane_(grid.n_cells(0) * grid.n_cells(1)),
      n_planes_(grid.n_cells(2)),
      n_rows_(grid.n_cells(1)),
      n_columns_(grid.n_cells(0)) {
  const double number = diffusivity * step, share = decay * step / static_cast<double>(grid.n_axes());
  for (std::size_t a = 0; a < grid.n_axes() && a < 2; ++a)
    within_.emplace_back(grid.axes()[a], number, share);
  if (grid.n_axes() == 3) {
    upward_.emplace_back(grid.axes()[2], number, share, Sweep::upward);
    downward_.emplace_back(grid.axes()[2], number, share, Sweep::downward);
  }
}

void LodDiffusion::in_plane(Index number, double* plane, const Before& before) const {
  if (before) before(number, plane);
  sweep_rows(within_[0], n_rows_, plane);
  if (within_.size() > 1) sweep_columns(within_[1], n_columns_, plane);
}

void LodDiffusion::advance(double* field, long n_steps, const Before& before) const {
  if (upward_.empty()) {
    for (long step = 0; step < n_steps; ++step) in_plane(0, field, before);
    return;
  }
  bool is_upward = true;
  // Each pass ends one step and begins the next, a plane behind: ending needs the plane before as it was
  // left.
  for (long step = 0; step <= n_steps; ++step, is_upward = !is_upward) {
    const auto& ending = is_upward ? downward_.front() : upward_.front();
    const auto& beginning = is_upward ? upward_.front() : downward_.front();
    const Index way = is_upward ? n_plane_ : -n_plane_;
    double* first = is_upward ? field : field + (n_planes_ - 1) * n_plane_;
    for (Index i = 0; i <= n_planes_; ++i) {
      double* here = first + i * way;
      if (i < n_planes_ && step > 0) substitute(ending, n_planes_ - 1 - i, n_plane_, here - way, here);
      if (i == 0 || step == n_steps) continue;
      double* behind = here - way;
      in_plane(is_upward ? i - 1 : n_planes_ - i, behind, before);
      eliminate(beginning, i - 1, n_plane_, behind - way, behind);
    }
  }
}

}  // namespace poultice::solvers
