#pragma once

#include <vector>

#include "core/domain/structured_grid.hpp"

namespace poultice::solvers {

/// Which end of a line elimination begins at.
enum class Sweep { upward, downward };

/// One implicit step of diffusion and decay along an axis, factored once for all lines of a medium that is
/// the same everywhere: volume (1 + decay) u_new - flows = volume u_old, with no flow out of the two ends.
///
///   eliminate:  r[i] = volume[i] u_old[i] + pass[i - 1] r[i - 1]
///   substitute: u[i] = gain[i] r[i] + pass[i] u[i + 1]
///
/// No two numbers are subtracted in it: what is positive stays so, and digits are kept however stiff the
/// step.
struct LineFactor {
  /// `number` [m^2]: diffusivity times step; `decay`: rate times step. Along a downward sweep i counts cells
  /// from the last.
  LineFactor(const core::GridAxis& axis, double number, double decay, Sweep sweep = Sweep::upward);

  std::vector<double> volume, gain, pass;  ///< [cell]
};

}  // namespace poultice::solvers
