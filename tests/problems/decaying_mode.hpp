#pragma once

#include <cstddef>
#include <vector>

#include "tests/problems/slab_layer.hpp"

namespace poultice::testing {

/// The slowest mode of a slab, sealed above and held at zero below: a profile that keeps its form and decays
/// like exp(-rate t). In each layer capacity u_t = conductivity u_xx - clearance capacity u; potential and
/// flux are continuous. Exact for any partition jump, binding and clearance. The potential is 1 at the sealed
/// face at t = 0.
class DecayingMode {
 public:
  explicit DecayingMode(std::vector<SlabLayer> layers);

  [[nodiscard]] const std::vector<SlabLayer>& layers() const { return layers_; }
  [[nodiscard]] double rate() const { return rate_; }  ///< [1/s]
  /// At t = 0, `x` below the upper face of a layer. Flux is positive downwards.
  [[nodiscard]] double potential(std::size_t layer, double x) const;
  [[nodiscard]] double flux(std::size_t layer, double x) const;
  /// Amount per area between two depths of a layer at t = 0.
  [[nodiscard]] double content(std::size_t layer, double from, double to) const;
  /// Through the lower face at t = 0.
  [[nodiscard]] double flux_out() const { return flux(layers_.size() - 1, layers_.back().thickness); }

 private:
  struct Face {
    double potential, flux;
  };
  /// Potential and flux `x` below a face, for a trial rate.
  [[nodiscard]] static Face below(const SlabLayer& layer, Face top, double x, double rate);
  [[nodiscard]] double potential_at_bottom(double rate) const;

  std::vector<SlabLayer> layers_;
  std::vector<Face> tops_;  // of each layer
  double rate_ = 0.0;
};

}  // namespace poultice::testing
