#include "solvers/record/result_file.hpp"

#include <pybind11/stl.h>

#include "bindings/module/arrays.hpp"
#include "bindings/module/module.hpp"
#include "bindings/module/typed.hpp"
#include "solvers/record/hdf5_reader.hpp"
#include "solvers/record/result_reader.hpp"

namespace py = pybind11;

namespace poultice::bindings {
namespace {

using solvers::Hdf5Dataset;
using solvers::ResultFile;

std::vector<py::ssize_t> shape_of(const Hdf5Dataset& array) {
  return {array.shape.begin(), array.shape.end()};
}

/// The array as NumPy's numbers, or as a list of texts; a scalar as a number or a text.
py::object values(const ResultFile& self, const std::string& path) {
  const auto& file = self.file();
  const auto& array = file.at(path);
  if (array.kind == Hdf5Dataset::Kind::text) {
    const auto texts = file.texts(path);
    return array.shape.empty() ? py::cast(texts.at(0)) : py::cast(texts);
  }
  if (array.kind == Hdf5Dataset::Kind::integer) {
    auto numbers = file.integers(path);
    return array.shape.empty() ? py::cast(numbers.at(0))
                               : py::object(array_of(std::move(numbers), shape_of(array)));
  }
  auto numbers = file.reals(path);
  return array.shape.empty() ? py::cast(numbers.at(0))
                             : py::object(array_of(std::move(numbers), shape_of(array)));
}

Dict<py::str, py::object> attributes(const ResultFile& self, const std::string& path) {
  Dict<py::str, py::object> attributes;
  for (const auto& name : self.file().attribute_names(path))
    attributes[py::str(name)] = self.file().attribute(path, name);
  return attributes;
}

std::vector<std::string> paths(const ResultFile& self) {
  std::vector<std::string> paths;
  for (const auto& array : self.file().datasets()) paths.push_back(array.path);
  return paths;
}

}  // namespace

void add_result_file(py::module_& module) {
  module.attr("format_major") = solvers::format_major;
  module.attr("format_minor") = solvers::format_minor;
  module.attr("result_filetype") = solvers::result_filetype;
  py::class_<ResultFile>(module, "ResultFile")
      .def(py::init([](const std::string& path) { return std::make_unique<ResultFile>(path); }),
           py::arg("path"))
      .def_property_readonly("paths", paths)
      .def(
          "axes", [](const ResultFile& self, const std::string& path) { return self.file().axes(path); },
          py::arg("path"))
      .def("attributes", attributes, py::arg("path"))
      .def("values", values, py::arg("path"));
}

}  // namespace poultice::bindings
