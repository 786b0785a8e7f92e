#include "core/domain/layered_domain.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace poultice::core {

std::vector<double> graded_widths(Index n_cells, double grading, FineAt fine_at) {
  POULTICE_ASSERT(n_cells >= 1 && grading >= 1.0);
  // Faces at x(s) = s - b sin(angle s)/angle: the local width 1 - b cos(angle s) is 1 - b at a steep face and
  // 1 + b in the middle (a full turn) or at the other face (half a turn), so b follows from the wanted ratio.
  const double b = (grading - 1.0) / (grading + 1.0);
  const double angle = 2.0 * std::numbers::pi * (fine_at == FineAt::both_faces ? 1.0 : 0.5);
  const auto face = [&](Index i) {
    const double s = static_cast<double>(i) / static_cast<double>(n_cells);
    return s - b * std::sin(angle * s) / angle;
  };
  std::vector<double> widths(static_cast<std::size_t>(n_cells));
  for (Index i = 0; i < n_cells; ++i) widths[static_cast<std::size_t>(i)] = face(i + 1) - face(i);
  if (fine_at == FineAt::last_face) std::reverse(widths.begin(), widths.end());
  return widths;
}

LayeredDomain::LayeredDomain(std::vector<Layer> layers) : layers_(std::move(layers)) {
  POULTICE_ASSERT(!layers_.empty());
  const Index n_lanes = layers_.front().thickness.width();
  first_.push_back(0);
  for (const auto& layer : layers_) first_.push_back(first_.back() + layer.n_cells);
  width_ = LaneArray(first_.back(), n_lanes);
  depth_ = LaneArray(first_.back(), n_lanes);
  std::vector<double> face(static_cast<std::size_t>(n_lanes), 0.0);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const auto fractions = graded_widths(layers_[l].n_cells, layers_[l].grading, layers_[l].fine_at);
    for (Index i = 0; i < layers_[l].n_cells; ++i) {
      const Index cell = first_[l] + i;
      for (Index lane = 0; lane < n_lanes; ++lane) {
        const double dx = fractions[static_cast<std::size_t>(i)] * layers_[l].thickness(0, lane);
        width_(cell, lane) = dx;
        depth_(cell, lane) = face[static_cast<std::size_t>(lane)] + 0.5 * dx;
        face[static_cast<std::size_t>(lane)] += dx;
      }
    }
  }
}

Index LayeredDomain::layer_of(Index cell) const {
  return std::upper_bound(first_.begin(), first_.end(), cell) - first_.begin() - 1;
}

}  // namespace poultice::core
