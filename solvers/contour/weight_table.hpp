#pragma once

#include <memory>
#include <vector>

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

  [[nodiscard]] const std::vector<Piece>& pieces() const noexcept { return pieces_; }

 private:
  WeightTable(const Window& window, const std::vector<double>& times);

  double first_, last_;
  std::size_t n_nodes_;
  std::vector<double> times_;
  std::vector<Piece> pieces_;
};

}  // namespace poultice::solvers
