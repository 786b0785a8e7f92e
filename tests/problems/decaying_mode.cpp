#include "tests/problems/decaying_mode.hpp"

#include <cmath>
#include <utility>

namespace poultice::testing {

DecayingMode::DecayingMode(std::vector<SlabLayer> layers) : layers_(std::move(layers)) {
  // The mean time that drug from the sealed face takes to leave, were there no clearance, bounds the decay
  // from below.
  double time = 0.0, resistance_below = 0.0;
  for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
    const double L = layer->thickness, own = L / layer->conductivity();
    time += layer->capacity() * L * (resistance_below + 0.5 * own);
    resistance_below += own;
  }
  double low = 0.0, high = 0.02 / time;
  while (potential_at_bottom(high) > 0.0) low = high, high += 0.02 / time;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (potential_at_bottom(middle) > 0.0 ? low : high) = middle;
  }
  rate_ = 0.5 * (low + high);
  Face face{1.0, 0.0};
  for (const auto& layer : layers_) {
    tops_.push_back(face);
    face = below(layer, face, layer.thickness, rate_);
  }
}

DecayingMode::Face DecayingMode::below(const SlabLayer& layer, Face top, double x, double rate) {
  // conductivity u'' = -(rate - clearance) capacity u
  const double kappa = layer.conductivity();
  const double square = (rate - layer.clearance) * layer.capacity() / kappa,
               wave = std::sqrt(std::abs(square));
  if (wave * x < 1e-8)
    return {top.potential - top.flux * x / kappa, top.flux + square * kappa * top.potential * x};
  const double c = square > 0.0 ? std::cos(wave * x) : std::cosh(wave * x);
  const double s = square > 0.0 ? std::sin(wave * x) : std::sinh(wave * x);
  const double sign = square > 0.0 ? 1.0 : -1.0;
  return {top.potential * c - top.flux * s / (kappa * wave),
          top.flux * c + sign * top.potential * kappa * wave * s};
}

double DecayingMode::potential_at_bottom(double rate) const {
  Face face{1.0, 0.0};
  for (const auto& layer : layers_) face = below(layer, face, layer.thickness, rate);
  return face.potential;
}

double DecayingMode::potential(std::size_t layer, double x) const {
  return below(layers_[layer], tops_[layer], x, rate_).potential;
}

double DecayingMode::flux(std::size_t layer, double x) const {
  return below(layers_[layer], tops_[layer], x, rate_).flux;
}

double DecayingMode::content(std::size_t layer, double from, double to) const {
  // The mean of a (hyperbolic) sine or cosine over an interval is its value in the middle times
  // sin(half)/half.
  const auto& own = layers_[layer];
  const double h = to - from, middle = 0.5 * (from + to);
  const double square = (rate_ - own.clearance) * own.capacity() / own.conductivity();
  const double half = 0.5 * h * std::sqrt(std::abs(square));
  const double ratio = half < 1e-8 ? 1.0 : (square > 0.0 ? std::sin(half) : std::sinh(half)) / half;
  return own.capacity() * h * ratio * potential(layer, middle);
}

}  // namespace poultice::testing
