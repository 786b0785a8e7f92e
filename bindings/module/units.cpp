#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "bindings/module/module.hpp"
#include "bindings/shared/shown.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/scenario/resolved_writer.hpp"
#include "core/units/quantity.hpp"

namespace py = pybind11;

namespace poultice::bindings {
namespace {

void require_same_dimension(const std::string& from, const std::string& to) {
  if (!core::same_dimension(from, to))
    throw core::UnitError("one is " + core::dimension_name(from) + ", the other " + core::dimension_name(to),
                          from, "a unit like " + to, "");
}

/// A new array of the same shape.
py::array_t<double> convert(const py::array_t<double, py::array::c_style | py::array::forcecast>& values,
                            const std::string& from, const std::string& to) {
  require_same_dimension(from, to);
  py::array_t<double> converted(std::vector<py::ssize_t>(values.shape(), values.shape() + values.ndim()));
  const double* in = values.data();
  double* out = converted.mutable_data();
  for (py::ssize_t i = 0; i < values.size(); ++i) out[i] = core::from_si(core::to_si(in[i], from), to);
  return converted;
}

}  // namespace

void add_units(py::module_& module) {
  module.def("convert", convert, py::arg("values"), py::arg("from_unit"), py::arg("to_unit"));
  module.def("same_dimension", core::same_dimension, py::arg("one"), py::arg("other"));
  module.def("dimension_name", core::dimension_name, py::arg("unit"));
  module.def("parse_quantity", core::parse_quantity, py::arg("text"), py::arg("unit"));
  module.def("exact_quantity", core::exact_quantity, py::arg("si"), py::arg("unit"));
  module.def("shown_unit", shown_unit, py::arg("unit"));
  module.def("shown_number", shown_number, py::arg("value"));
  module.def("shown_time", shown_time, py::arg("seconds"));
  module.def("in_columns", in_columns, py::arg("rows"), py::arg("right_aligned"), py::arg("indent"));
  module.def(
      "nearest",
      [](const std::string& word, const std::vector<std::string>& candidates) {
        return core::nearest(word, candidates);
      },
      py::arg("word"), py::arg("candidates"));
}

}  // namespace poultice::bindings
