#include "solvers/linear/small_blocks.hpp"

namespace poultice::solvers {

using core::Index;
using core::RateMatrix;

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

}  // namespace poultice::solvers
