#pragma once

#include <complex>
#include <vector>

#include "tests/problems/slab_layer.hpp"

namespace poultice::testing {

/// A slab, empty at first, whose upper face is held at a potential from t = 0 on: solved in the Laplace
/// domain by one transfer matrix per layer, and inverted numerically. Per unit area.
class LaplaceStack {
 public:
  enum class Bottom { sink, sealed };
  LaplaceStack(std::vector<SlabLayer> layers, double potential_above, Bottom bottom)
      : layers_(std::move(layers)), above_(potential_above), bottom_(bottom) {}

  /// Amount per area that has entered, is inside, and has left through the lower face or by clearance, at
  /// time t.
  [[nodiscard]] double entered(double t) const;
  [[nodiscard]] double inside(double t) const;
  [[nodiscard]] double left(double t) const { return entered(t) - inside(t); }

 private:
  using Complex = std::complex<double>;
  struct Transform {
    Complex flux_in, content;
  };
  [[nodiscard]] Transform transform(Complex s) const;

  std::vector<SlabLayer> layers_;
  double above_;
  Bottom bottom_;
};

}  // namespace poultice::testing
