#include "core/system/lane_array.hpp"

#include <algorithm>

namespace poultice::core {

std::unique_ptr<double, LaneArray::Free> LaneArray::allocate(Index count) {
  const auto bytes = static_cast<std::size_t>(std::max<Index>(count, 1)) * sizeof(double);
  return std::unique_ptr<double, Free>(static_cast<double*>(::operator new (bytes, std::align_val_t{64})));
}

LaneArray::LaneArray(Index rows, Index width, double fill)
    : rows_(rows), width_(width), capacity_(rows), data_(allocate(rows * width)) {
  std::fill_n(data_.get(), rows * width, fill);
}

LaneArray LaneArray::unfilled(Index rows, Index width) {
  LaneArray array;
  array.rows_ = array.capacity_ = rows;
  array.width_ = width;
  array.data_ = allocate(rows * width);
  return array;
}

LaneArray::LaneArray(const LaneArray& other)
    : rows_(other.rows_), width_(other.width_), capacity_(other.rows_), data_(allocate(rows_ * width_)) {
  std::copy_n(other.data_.get(), rows_ * width_, data_.get());
}

LaneArray& LaneArray::operator=(const LaneArray& other) {
  if (this != &other) *this = LaneArray(other);
  return *this;
}

void LaneArray::fill(double value) { std::fill_n(data_.get(), rows_ * width_, value); }

Index LaneArray::append(double value) {
  if (rows_ == capacity_) {
    capacity_ = std::max<Index>(8, 2 * capacity_);
    auto larger = allocate(capacity_ * width_);
    if (rows_ > 0) std::copy_n(data_.get(), rows_ * width_, larger.get());
    data_ = std::move(larger);
  }
  std::fill_n(data_.get() + rows_ * width_, width_, value);
  return rows_++;
}

}  // namespace poultice::core
