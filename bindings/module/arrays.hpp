#pragma once

#include <vector>

#include <pybind11/numpy.h>

#include "bindings/module/module.hpp"

namespace poultice::bindings {

/// Has NumPy loaded before the first array is made. pybind11 loads it inside a function-local static: a
/// thread that waits for that static holds the interpreter's lock, which the loading thread may need: a
/// deadlock. Here threads wait without the lock.
void need_numpy();

/// Numbers that `owner` keeps alive, as a read-only NumPy array without a copy; row-major.
inline pybind11::array_t<double> view_of(const double* numbers, const std::vector<pybind11::ssize_t>& shape,
                                         const pybind11::handle& owner) {
  need_numpy();
  pybind11::array_t<double> array(shape, numbers, owner);
  array.attr("setflags")(pybind11::arg("write") = false);
  return array;
}

/// The same for numbers that belong to nobody else: the array takes them over.
template <class Number>
pybind11::array_t<Number> array_of(std::vector<Number> numbers, const std::vector<pybind11::ssize_t>& shape) {
  need_numpy();
  auto held = std::make_unique<std::vector<Number>>(std::move(numbers));
  const Number* data = held->data();
  const pybind11::capsule owner(held.get(), [](void* it) { delete static_cast<std::vector<Number>*>(it); });
  (void)held.release();
  pybind11::array_t<Number> array(shape, data, owner);
  array.attr("setflags")(pybind11::arg("write") = false);
  return array;
}

}  // namespace poultice::bindings
