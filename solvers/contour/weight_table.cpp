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

WeightTable::WeightTable(const Window& window, const std::vector<double>& times, double spacing)
    : first_(window.first()),
      last_(window.last()),
      n_nodes_(window.n_nodes()),
      spacing_(spacing),
      times_(times) {
  const bool is_grid = spacing > 0.0;
  for (std::size_t first = 0; first < times.size(); first += times_per_piece) {
    const double earliest = is_grid ? times[first] + window.first() : times[first];
    Piece piece{first, std::min(times_per_piece, times.size() - first), window.n_active(earliest), {}};
    for (std::size_t i = first; i < first + piece.n_times; ++i) {
      const double scale = is_grid ? 2.0 : 2.0 / constant_factor(window, times[i]);
      for (std::size_t k = 0; k < piece.n_nodes; ++k) {
        const auto weight = scale * window.weight(k, times[i]);
        piece.weights.push_back(weight.real());
        piece.weights.push_back(-weight.imag());
      }
    }
    pieces_.push_back(std::move(piece));
  }
}

template <class Fits, class Make>
std::shared_ptr<const WeightTable> WeightTable::kept(const Window& window, const Fits& fits,
                                                     const Make& make) {
  // Two or three stretches of a schedule, curves and profiles.
  thread_local std::array<std::shared_ptr<const WeightTable>, 12> all;
  thread_local std::size_t oldest = 0;
  for (const auto& table : all)
    if (table && table->first_ == window.first() && table->last_ == window.last() &&
        table->n_nodes_ == window.n_nodes() && fits(*table))
      return table;
  auto& place = all[oldest++ % all.size()];
  place = std::shared_ptr<const WeightTable>(make());
  return place;
}

std::shared_ptr<const WeightTable> WeightTable::of(const Window& window, const std::vector<double>& times) {
  return kept(
      window, [&](const WeightTable& table) { return table.spacing_ == 0.0 && table.times_ == times; },
      [&] { return new WeightTable(window, times); });
}

std::shared_ptr<const WeightTable> WeightTable::of_grid(const Window& window, double spacing,
                                                        core::Index n_times) {
  const auto n = static_cast<std::size_t>(n_times);
  return kept(
      window, [&](const WeightTable& table) { return table.spacing_ == spacing && table.times_.size() >= n; },
      [&] {
        // The next block may ask for some more.
        const auto most = n + n / 4 + 8;
        std::vector<double> times;
        for (std::size_t i = 0; i < most; ++i) times.push_back(static_cast<double>(i) * spacing);
        return new WeightTable(window, times, spacing);
      });
}

}  // namespace poultice::solvers
