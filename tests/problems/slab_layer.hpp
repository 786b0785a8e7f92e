#pragma once

namespace poultice::testing {

/// A layer of a slab of unit area, for analytic solutions. SI.
struct SlabLayer {
  double thickness;        ///< [m]
  double diffusivity;      ///< of free drug [m^2/s]
  double partition = 1.0;  ///< free in the layer over reference phase
  double binding = 0.0;    ///< bound over free
  double clearance = 0.0;  ///< of the total amount [1/s]

  /// Amount per volume and potential.
  [[nodiscard]] double capacity() const { return partition * (1.0 + binding); }
  /// Flux per gradient of the potential [m^2/s].
  [[nodiscard]] double conductivity() const { return diffusivity * partition; }
};

}  // namespace poultice::testing
