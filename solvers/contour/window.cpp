#include "solvers/contour/window.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace poultice::solvers {
namespace {

constexpr double pi = std::numbers::pi;

/// Half the width, in theta, of what the nodes cover, for windows of ratio last / first.
double reach(double alpha, double ratio) {
  return std::acosh(((pi - 2.0 * alpha) * ratio + 4.0 * alpha - pi) / ((4.0 * alpha - pi) * std::sin(alpha)));
}

/// Digits (in powers of e) that each node brings.
double rate(double alpha, double ratio) { return (pi * pi - 2.0 * pi * alpha) / reach(alpha, ratio); }

/// The alpha between pi/4 and pi/2 of the highest rate, by golden section: the rate has one maximum.
double best_alpha(double ratio) {
  constexpr double golden = 0.6180339887498949;
  double low = 0.25 * pi + 1e-6, high = 0.5 * pi - 1e-6;
  for (int i = 0; i < 40; ++i) {
    const double left = high - golden * (high - low), right = low + golden * (high - low);
    (rate(left, ratio) < rate(right, ratio) ? low : high) =
        rate(left, ratio) < rate(right, ratio) ? left : right;
  }
  return 0.5 * (low + high);
}

}  // namespace

struct Window::Shape {
  explicit Shape(double ratio)
      : alpha(best_alpha(ratio)), a(reach(alpha, ratio)), digits(rate(alpha, ratio)) {}

  /// As many nodes as the tolerance asks for and rounding allows.
  [[nodiscard]] double n_nodes(double tolerance) const {
    // Rounding grows by this much with each node, as nodes then reach further to the right.
    const double growth = (4.0 * pi * alpha - pi * pi) * (1.0 - std::sin(alpha)) / a;
    // Sums over cells reach some twenty times the bound of a scalar.
    const double wanted = std::ceil(std::log(20.0 / tolerance) / digits);
    const double most = std::floor(36.7 / (digits + growth));
    return std::max(std::min(wanted, most), 2.0);
  }

  double alpha, a, digits;
};

Window::Window(double first, double last, double tolerance) : Window(first, last) {
  const Shape shape(last / first);
  place(shape, shape.n_nodes(tolerance));
}

Window Window::with_nodes(double first, double last, std::size_t n_nodes) {
  Window window(first, last);
  window.place(Shape(last / first), static_cast<double>(n_nodes));
  return window;
}

void Window::place(const Shape& shape, double n_nodes) {
  error_bound_ = std::exp(-shape.digits * n_nodes);
  const double h = shape.a / n_nodes;
  const double mu = (4.0 * pi * shape.alpha - pi * pi) * n_nodes / (shape.a * last_);
  for (int k = 0; k < static_cast<int>(n_nodes); ++k) {
    const std::complex<double> angle(-shape.alpha, (k + 0.5) * h);
    nodes_.push_back(mu * (1.0 + std::sin(angle)));
    factors_.push_back(h / (2.0 * pi) * mu * std::cos(angle));
  }
}

std::complex<double> Window::weight(std::size_t k, double time) const {
  return factors_[k] * std::exp(nodes_[k] * time);
}

std::size_t Window::n_active(double time) const {
  const auto first_idle = std::partition_point(nodes_.begin(), nodes_.end(),
                                               [&](const auto& z) { return z.real() * time >= -40.0; });
  return static_cast<std::size_t>(first_idle - nodes_.begin());
}

std::vector<Window> windows_over(const std::vector<double>& times, double tolerance) {
  std::vector<Window> found;
  const auto split = [&](const auto& self, std::size_t first, std::size_t last) -> void {
    Window whole(times[first], times[last], tolerance);
    const double middle = std::sqrt(times[first] * times[last]);
    const auto next =
        static_cast<std::size_t>(std::upper_bound(times.begin(), times.end(), middle) - times.begin());
    if (next > first && next <= last) {
      const Window before(times[first], times[next - 1], tolerance),
          after(times[next], times[last], tolerance);
      if (before.n_nodes() + after.n_nodes() < whole.n_nodes()) {
        self(self, first, next - 1);
        self(self, next, last);
        return;
      }
    }
    found.push_back(std::move(whole));
  };
  split(split, 0, times.size() - 1);
  return found;
}

}  // namespace poultice::solvers
