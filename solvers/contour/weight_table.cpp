#include "solvers/contour/weight_table.hpp"

#include <algorithm>
#include <array>

namespace poultice::solvers {
namespace {

constexpr std::size_t times_per_piece = 16;

}  // namespace

double constant_factor(const Window& window, double time) {
  double sum = 0.0;
  for (std::size_t k = 0; k < window.n_nodes(); ++k)
    sum += 2.0 * (window.weight(k, time) / window.node(k)).real();
  return sum;
}

WeightTable::WeightTable(const Window& window, const std::vector<double>& times)
    : first_(window.first()), last_(window.last()), n_nodes_(window.n_nodes()), times_(times) {
  for (std::size_t first = 0; first < times.size(); first += times_per_piece) {
    Piece piece{first, std::min(times_per_piece, times.size() - first), window.n_active(times[first]), {}};
    for (std::size_t i = first; i < first + piece.n_times; ++i) {
      const double scale = 2.0 / constant_factor(window, times[i]);
      for (std::size_t k = 0; k < piece.n_nodes; ++k) {
        const auto weight = scale * window.weight(k, times[i]);
        piece.weights.push_back(weight.real());
        piece.weights.push_back(-weight.imag());
      }
    }
    pieces_.push_back(std::move(piece));
  }
}

std::shared_ptr<const WeightTable> WeightTable::of(const Window& window, const std::vector<double>& times) {
  // Two or three stretches of a schedule, curves and profiles.
  thread_local std::array<std::shared_ptr<const WeightTable>, 12> kept;
  thread_local std::size_t oldest = 0;
  for (const auto& table : kept)
    if (table && table->first_ == window.first() && table->last_ == window.last() &&
        table->n_nodes_ == window.n_nodes() && table->times_ == times)
      return table;
  auto& place = kept[oldest++ % kept.size()];
  place = std::shared_ptr<const WeightTable>(new WeightTable(window, times));
  return place;
}

}  // namespace poultice::solvers
