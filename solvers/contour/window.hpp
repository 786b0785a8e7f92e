#pragma once

#include <complex>
#include <vector>

namespace poultice::solvers {

/// A window of times in which one set of nodes gives inverse Laplace transforms: of an F(z) whose
/// singularities lie on the negative real axis,
///
///   f(t) = 2 Re sum_k weight(k, t) F(node(k)),   first <= t <= last,
///
/// by the midpoint rule on the hyperbola z(theta) = mu (1 + sin(i theta - alpha)). After Weideman &
/// Trefethen, Math. Comp. 76 (2007) 1341, and Lopez-Fernandez, Palencia & Schaedle, SIAM J. Numer. Anal. 44
/// (2006) 1332; alpha is the one that converges fastest for this window.
class Window {
 public:
  /// Times [s] after the start, 0 < first <= last. `tolerance` is the error that is wanted, relative to f(0);
  /// there are never more nodes than make rounding as large as the error.
  Window(double first, double last, double tolerance);
  /// With this many nodes, whatever rounding does to what is as large as f(0): the more nodes, the further to
  /// the right the contour runs, and the smaller an f(t) it still gives all digits of.
  [[nodiscard]] static Window with_nodes(double first, double last, std::size_t n_nodes);

  [[nodiscard]] double first() const noexcept { return first_; }
  [[nodiscard]] double last() const noexcept { return last_; }
  [[nodiscard]] std::size_t n_nodes() const noexcept { return nodes_.size(); }
  /// From the real axis outward: real parts fall. [1/s]
  [[nodiscard]] std::complex<double> node(std::size_t k) const { return nodes_[k]; }
  [[nodiscard]] std::complex<double> weight(std::size_t k, double time) const;
  /// How many nodes matter at `time`; the weights of later ones are below rounding.
  [[nodiscard]] std::size_t n_active(double time) const;
  /// exp(-B N): what the error of a scalar exp(lambda t) stays below a few times of.
  [[nodiscard]] double error_bound() const noexcept { return error_bound_; }

 private:
  struct Shape;
  Window(double first, double last) : first_(first), last_(last) {}
  void place(const Shape& shape, double n_nodes);

  double first_, last_, error_bound_ = 0.0;
  std::vector<std::complex<double>> nodes_, factors_;  // factors: (h / 2 pi i) z'(theta)
};

/// One window for all of these times, which rise; several where a gap between them lets two do with fewer
/// nodes.
[[nodiscard]] std::vector<Window> windows_over(const std::vector<double>& times, double tolerance);

}  // namespace poultice::solvers
