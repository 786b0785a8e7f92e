#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::core {

/// How faces and volumes grow along an axis: not at all, around a line, around a point.
enum class AxisShape { straight, cylindrical, spherical };

/// Cells side by side along one coordinate. On a radial axis volumes and faces are the exact ones of shells,
/// so that sums over cells are integrals.
class GridAxis {
 public:
  /// `faces` [m] rise, one more than cells; those of a radial axis are not negative. Throws ParameterError.
  GridAxis(std::string name, std::vector<double> faces, AxisShape shape = AxisShape::straight);
  /// Cells of one width.
  [[nodiscard]] static GridAxis uniform(std::string name, double first, double last, Index n_cells,
                                        AxisShape shape = AxisShape::straight);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] AxisShape shape() const noexcept { return shape_; }
  [[nodiscard]] Index n_cells() const noexcept { return static_cast<Index>(faces_.size()) - 1; }
  [[nodiscard]] const std::vector<double>& faces() const noexcept { return faces_; }  ///< [m]
  [[nodiscard]] double centre(Index cell) const;                                      ///< [m]
  /// What the axis gives to a cell's volume: width [m], ring [m^2] per radian, or shell [m^3] per steradian.
  [[nodiscard]] double measure(Index cell) const;
  /// What it gives to the area of face `face`, which lies before the cell of that number: 1, r or r^2.
  [[nodiscard]] double area(Index face) const;
  /// Between the centres on both sides of an inner face; from the centre to the face at the two ends. [m]
  [[nodiscard]] double distance(Index face) const;

 private:
  std::string name_;
  std::vector<double> faces_;
  AxisShape shape_;
};

/// Cells on a product of one to three axes: slab, cylinder, sphere, r-z, plane, box. The first axis runs
/// fastest. Every volume and area is a product of what its axes give, and of the angle around a radial axis;
/// missing axes count as one metre.
class StructuredGrid {
 public:
  /// Throws ParameterError where there are no axes, more than three, two of one name, or a radial axis that
  /// is not the first.
  explicit StructuredGrid(std::vector<GridAxis> axes);

  [[nodiscard]] const std::vector<GridAxis>& axes() const noexcept { return axes_; }
  [[nodiscard]] std::size_t n_axes() const noexcept { return axes_.size(); }
  /// Along an axis; 1 along one that is missing.
  [[nodiscard]] Index n_cells(std::size_t axis) const noexcept {
    return axis < axes_.size() ? axes_[axis].n_cells() : 1;
  }
  [[nodiscard]] Index n_cells() const noexcept { return n_cells(0) * n_cells(1) * n_cells(2); }
  /// How far apart neighbours along an axis are in memory.
  [[nodiscard]] Index stride(std::size_t axis) const noexcept;
  [[nodiscard]] Index cell(Index i, Index j = 0, Index k = 0) const noexcept {
    return i + n_cells(0) * (j + n_cells(1) * k);
  }
  /// The place of a cell along each axis.
  [[nodiscard]] std::array<Index, 3> place(Index cell) const noexcept;
  [[nodiscard]] double volume(Index cell) const;  ///< [m^3]
  /// Of the whole grid [m^3]: sum of values times volumes. `values` [cell].
  [[nodiscard]] double integral(const double* values) const;

 private:
  std::vector<GridAxis> axes_;
  double angle_;  ///< around a radial axis: 1, 2 pi, 4 pi
};

}  // namespace poultice::core
