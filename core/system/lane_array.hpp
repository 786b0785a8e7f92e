#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

#include "core/base/check.hpp"

namespace poultice::core {

/// Counts and positions. Signed, so that loops may run backwards.
using Index = std::ptrdiff_t;

/// A window on doubles laid out [row][lane], lane innermost. Owns nothing.
/// A lane is a member's place in a block: kernels are plain loops over lanes, inside loops over rows.
template <class Double>
class BasicLaneView {
 public:
  BasicLaneView() = default;
  BasicLaneView(Double* data, Index rows, Index width) : data_(data), rows_(rows), width_(width) {}
  /// A writable window may be read.
  template <class Other>
  requires std::is_convertible_v<Other*, Double*> BasicLaneView(BasicLaneView<Other> other)
      : data_(other.data()), rows_(other.rows()), width_(other.width()) {}

  [[nodiscard]] Index rows() const noexcept { return rows_; }
  [[nodiscard]] Index width() const noexcept { return width_; }
  [[nodiscard]] Index size() const noexcept { return rows_ * width_; }
  [[nodiscard]] Double* data() const noexcept { return data_; }
  /// The lanes of one row.
  [[nodiscard]] Double* operator[](Index row) const noexcept {
    POULTICE_ASSERT(row >= 0 && row < rows_);
    return data_ + row * width_;
  }
  [[nodiscard]] Double& operator()(Index row, Index lane) const noexcept { return (*this)[row][lane]; }

 private:
  Double* data_ = nullptr;
  Index rows_ = 0, width_ = 0;
};

using LaneView = BasicLaneView<const double>;  ///< read only
using LaneSpan = BasicLaneView<double>;        ///< writable

/// Doubles [row][lane], aligned to a cache line. Rows may be appended; the width is fixed.
class LaneArray {
 public:
  LaneArray() = default;
  LaneArray(Index rows, Index width, double fill = 0.0);
  /// With nothing in it yet, for what is written whole before it is read.
  [[nodiscard]] static LaneArray unfilled(Index rows, Index width);
  LaneArray(const LaneArray& other);
  LaneArray& operator=(const LaneArray& other);
  LaneArray(LaneArray&&) noexcept = default;
  LaneArray& operator=(LaneArray&&) noexcept = default;
  ~LaneArray() = default;

  [[nodiscard]] Index rows() const noexcept { return rows_; }
  [[nodiscard]] Index width() const noexcept { return width_; }
  [[nodiscard]] double* operator[](Index row) noexcept { return span()[row]; }
  [[nodiscard]] const double* operator[](Index row) const noexcept { return view()[row]; }
  [[nodiscard]] double& operator()(Index row, Index lane) noexcept { return span()(row, lane); }
  [[nodiscard]] double operator()(Index row, Index lane) const noexcept { return view()(row, lane); }
  [[nodiscard]] LaneView view() const noexcept { return {data_.get(), rows_, width_}; }
  [[nodiscard]] LaneSpan span() noexcept { return {data_.get(), rows_, width_}; }

  void fill(double value);
  /// Appends a row filled with `value`; returns its number. Pointers to rows are void afterwards.
  Index append(double value = 0.0);

 private:
  struct Free {
    void operator()(double* p) const noexcept { ::operator delete (p, std::align_val_t{64}); }
  };
  static std::unique_ptr<double, Free> allocate(Index count);

  Index rows_ = 0, width_ = 0, capacity_ = 0;  // capacity in rows
  std::unique_ptr<double, Free> data_;
};

}  // namespace poultice::core
