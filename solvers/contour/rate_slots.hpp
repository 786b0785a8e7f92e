#pragma once

#include <complex>
#include <vector>

#include "core/system/rate_matrix.hpp"

namespace poultice::solvers {

using ComplexVector = std::vector<std::complex<double>>;

/// A number for everything that a RateMatrix keeps of one member: its rates, how these change with a
/// parameter, or how a result changes with them.
struct RateSlots {
  std::vector<double> up, down;   ///< [cell * n_species + species]
  std::vector<double> local;      ///< [(cell * n_species + row species) * n_species + column species]
  std::vector<double> couplings;  ///< in the order of the matrix

  /// Zero everywhere.
  explicit RateSlots(const core::RateMatrix& pattern);
};

/// The rates of one lane [1/s].
[[nodiscard]] RateSlots rates_of(const core::RateMatrix& matrix, core::Index lane);

/// to += the matrix that holds `slots` in the pattern, times x; [row]. Of what passes a face the difference
/// is taken first.
void multiply_add(const core::RateMatrix& pattern, const RateSlots& slots, const ComplexVector& x,
                  ComplexVector& to);

/// slots += Re(weight * q^T E x) for the matrix E of each slot by itself.
void add_products(const core::RateMatrix& pattern, const ComplexVector& q, const ComplexVector& x,
                  std::complex<double> weight, RateSlots& slots);

/// The sum of the products of all slots.
[[nodiscard]] double dot(const RateSlots& a, const RateSlots& b);

}  // namespace poultice::solvers
