#include "tests/problems/laplace_stack.hpp"

#include <cmath>
#include <numbers>

namespace poultice::testing {
namespace {

/// Inverse transform at t > 0 by the cotangent contour of Weideman, Trefethen & Schmelzer (BIT 46 (2006)
/// 653): with 26 nodes close to rounding for a spectrum on the negative axis.
template <class F>
double inverse(const F& f, double t) {
  using Complex = std::complex<double>;
  constexpr int n = 26;
  Complex sum = 0.0;
  for (int k = 0; k < n; ++k) {
    const double theta = (2.0 * k + 1.0) * std::numbers::pi / n - std::numbers::pi;
    const double a = 0.6407 * theta, cot = 1.0 / std::tan(a), sine = std::sin(a);
    const Complex z(n * (0.5017 * theta * cot - 0.6122), n * 0.2645 * theta);
    const Complex slope(n * (0.5017 * cot - 0.5017 * 0.6407 * theta / (sine * sine)), n * 0.2645);
    sum += std::exp(z) * f(z / t) * slope;
  }
  return (sum / (Complex(0.0, 1.0) * static_cast<double>(n) * t)).real();
}

}  // namespace

LaplaceStack::Transform LaplaceStack::transform(Complex s) const {
  // Upwards from the lower face, whose own scale is free.
  Complex u = bottom_ == Bottom::sink ? 0.0 : 1.0, flux = bottom_ == Bottom::sink ? 1.0 : 0.0, content = 0.0;
  for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
    const Complex loss = (s + layer->clearance) * layer->capacity();
    const Complex q = std::sqrt(loss / layer->conductivity()), kq = layer->conductivity() * q;
    const Complex c = std::cosh(q * layer->thickness), h = std::sinh(q * layer->thickness);
    const Complex u_above = u * c + flux * h / kq, flux_above = flux * c + u * kq * h;
    content += (flux_above - flux) / (s + layer->clearance);
    u = u_above, flux = flux_above;
  }
  const Complex scale = above_ / s / u;
  return {flux * scale, content * scale};
}

double LaplaceStack::entered(double t) const {
  return inverse([&](Complex s) { return transform(s).flux_in / s; }, t);
}

double LaplaceStack::inside(double t) const {
  return inverse([&](Complex s) { return transform(s).content; }, t);
}

}  // namespace poultice::testing
