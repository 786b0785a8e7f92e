#pragma once

#include <functional>

#include "solvers/grid/line_factor.hpp"

namespace poultice::solvers {

/// Diffusion and decay of one field in one medium with closed outer faces, axis by axis: each step solves
/// along all lines of the first axis, then of the second and third (locally one-dimensional, implicit Euler;
/// first order in time, second in space, positive and conservative at any step). The scheme of BioFVM
/// (Ghaffarizadeh, Friedman & Macklin, Bioinformatics 32 (2016) 1256), decay shared evenly among the axes.
///
/// On a box the solve along the third axis of one step and those in the planes of the next are done plane by
/// plane, up and down in turn, so that a step reads and writes the field once.
class LodDiffusion {
 public:
  /// `diffusivity` [m^2/s], `decay` [1/s], `step` [s].
  LodDiffusion(const core::StructuredGrid& grid, double diffusivity, double decay, double step);

  /// What happens in the cells of one plane of the last axis before each step: `plane` [cell of the plane].
  using Before = std::function<void(core::Index number, double* plane)>;
  /// Takes `field` [cell] through `n_steps`.
  void advance(double* field, long n_steps, const Before& before = {}) const;

 private:
  void in_plane(core::Index number, double* plane, const Before& before) const;

  core::Index n_plane_, n_planes_, n_rows_, n_columns_;
  std::vector<LineFactor> within_;             ///< of the axes in a plane
  std::vector<LineFactor> upward_, downward_;  ///< of the axis across planes, if there is one
};

}  // namespace poultice::solvers
