#include "core/domain/structured_grid.hpp"

#include <algorithm>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.hpp"

namespace poultice::core {
namespace {

double angle_of(AxisShape shape) {
  switch (shape) {
    case AxisShape::straight:
      return 1.0;
    case AxisShape::cylindrical:
      return 2.0 * std::numbers::pi;
    case AxisShape::spherical:
      return 4.0 * std::numbers::pi;
  }
  POULTICE_ASSERT(false);
  return 0.0;
}

}  // namespace

GridAxis::GridAxis(std::string name, std::vector<double> faces, AxisShape shape)
    : name_(std::move(name)), faces_(std::move(faces)), shape_(shape) {
  if (faces_.size() < 2)
    throw ParameterError(name_, "an axis has at least one cell", "give two faces or more");
  const auto step =
      std::adjacent_find(faces_.begin(), faces_.end(), [](double a, double b) { return !(a < b); });
  if (step != faces_.end())
    throw ParameterError(name_, fmt::format("faces rise, but {} m is followed by {} m", step[0], step[1]),
                         "give them from the first to the last");
  if (shape_ != AxisShape::straight && faces_.front() < 0.0)
    throw ParameterError(name_, fmt::format("a radius of {} m", faces_.front()),
                         "a radial axis begins at 0 m or further out");
}

GridAxis GridAxis::uniform(std::string name, double first, double last, Index n_cells, AxisShape shape) {
  std::vector<double> faces;
  for (Index face = 0; face <= n_cells; ++face)
    faces.push_back(first + (last - first) * (static_cast<double>(face) / static_cast<double>(n_cells)));
  return {std::move(name), std::move(faces), shape};
}

double GridAxis::centre(Index cell) const {
  const auto i = static_cast<std::size_t>(cell);
  return 0.5 * (faces_[i] + faces_[i + 1]);
}

double GridAxis::measure(Index cell) const {
  const double a = faces_[static_cast<std::size_t>(cell)], b = faces_[static_cast<std::size_t>(cell) + 1];
  // Written as width times mean: differences of powers would lose digits far from the centre.
  switch (shape_) {
    case AxisShape::straight:
      return b - a;
    case AxisShape::cylindrical:
      return (b - a) * (a + b) / 2.0;
    case AxisShape::spherical:
      return (b - a) * (a * a + a * b + b * b) / 3.0;
  }
  POULTICE_ASSERT(false);
  return 0.0;
}

double GridAxis::area(Index face) const {
  const double r = faces_[static_cast<std::size_t>(face)];
  switch (shape_) {
    case AxisShape::straight:
      return 1.0;
    case AxisShape::cylindrical:
      return r;
    case AxisShape::spherical:
      return r * r;
  }
  POULTICE_ASSERT(false);
  return 0.0;
}

double GridAxis::distance(Index face) const {
  const double at = faces_[static_cast<std::size_t>(face)];
  if (face == 0) return centre(0) - at;
  if (face == n_cells()) return at - centre(face - 1);
  return centre(face) - centre(face - 1);
}

StructuredGrid::StructuredGrid(std::vector<GridAxis> axes) : axes_(std::move(axes)) {
  if (axes_.empty() || axes_.size() > 3)
    throw ParameterError("axes", fmt::format("a grid of {} axes", axes_.size()), "give one to three");
  for (std::size_t a = 1; a < axes_.size(); ++a) {
    if (axes_[a].shape() != AxisShape::straight)
      throw ParameterError(axes_[a].name(), "a radial axis is the first of its grid", "give it first");
    for (std::size_t b = 0; b < a; ++b)
      if (axes_[a].name() == axes_[b].name())
        throw ParameterError(axes_[a].name(), "two axes of one name", "name them apart");
  }
  if (axes_.front().shape() == AxisShape::spherical && axes_.size() > 1)
    throw ParameterError(axes_.front().name(), "a spherical axis stands alone", "leave the other axes away");
  angle_ = angle_of(axes_.front().shape());
}

Index StructuredGrid::stride(std::size_t axis) const noexcept {
  Index stride = 1;
  for (std::size_t before = 0; before < axis; ++before) stride *= n_cells(before);
  return stride;
}

std::array<Index, 3> StructuredGrid::place(Index cell) const noexcept {
  const Index row = cell / n_cells(0);
  return {cell % n_cells(0), row % n_cells(1), row / n_cells(1)};
}

double StructuredGrid::volume(Index cell) const {
  const auto at = place(cell);
  double volume = angle_;
  for (std::size_t a = 0; a < axes_.size(); ++a) volume *= axes_[a].measure(at[a]);
  return volume;
}

double StructuredGrid::integral(const double* values) const {
  double total = 0.0;
  for (Index row = 0; row < n_cells(1) * n_cells(2); ++row) {
    double line = 0.0;
    for (Index i = 0; i < n_cells(0); ++i) line += axes_[0].measure(i) * values[row * n_cells(0) + i];
    const auto at = place(row * n_cells(0));
    for (std::size_t a = 1; a < axes_.size(); ++a) line *= axes_[a].measure(at[a]);
    total += line;
  }
  return angle_ * total;
}

}  // namespace poultice::core
