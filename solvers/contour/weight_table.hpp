#pragma once

#include <memory>
#include <vector>

#include "core/system/lane_array.hpp"
#include "solvers/contour/window.hpp"

namespace poultice::solvers {

/// The factor that the contour gives a constant, 1 + e0(t): dividing by it, what is conserved stays so.
[[nodiscard]] double constant_factor(const Window& window, double time);

/// The weights of a window's nodes at many times, as factors of real and imaginary parts in turn. Late times
/// need few nodes, so that it is kept in pieces of some times each.
class WeightTable {
 public:
  struct Piece {
    std::size_t first_time, n_times, n_nodes;
    std::vector<double> weights;  ///< [time][2 * node + part]
  };

  /// Members of a population ask for the same weights block after block: each thread keeps the last it made.
  [[nodiscard]] static std::shared_ptr<const WeightTable> of(const Window& window,
                                                             const std::vector<double>& times);

  /// Weights at the times 0, spacing, 2 spacing, …, at least `n_times` of them, after a first sample that
  /// lies no earlier than the window begins. They are not divided by what they make of a constant, which
  /// depends on when that is.
  [[nodiscard]] static std::shared_ptr<const WeightTable> of_grid(const Window& window, double spacing,
                                                                  core::Index n_times);

  [[nodiscard]] const std::vector<Piece>& pieces() const noexcept { return pieces_; }

 private:
  WeightTable(const Window& window, const std::vector<double>& times, double spacing = 0.0);
  template <class Fits, class Make>
  static std::shared_ptr<const WeightTable> kept(const Window& window, const Fits& fits, const Make& make);

  double first_, last_;
  std::size_t n_nodes_;
  double spacing_;  // of a grid; else 0
  std::vector<double> times_;
  std::vector<Piece> pieces_;
};

}  // namespace poultice::solvers
