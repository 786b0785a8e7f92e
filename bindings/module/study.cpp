#include <map>
#include <tuple>
#include <variant>

#include <pybind11/stl.h>

#include "bindings/module/arrays.hpp"
#include "bindings/module/module.hpp"
#include "bindings/module/typed.hpp"
#include "bindings/shared/sweep_study.hpp"
#include "core/units/quantity.hpp"

namespace py = pybind11;

namespace poultice::bindings {
namespace {

using Values = std::variant<std::vector<double>, std::vector<std::string>>;

/// `drawn` holds arrays of numbers and lists of words.
core::Design design_with(const SweepStudy& study, const Dict<py::str, py::object>& drawn) {
  std::vector<core::DesignColumn> columns;
  for (const auto& [path, values_of_path] : drawn) {
    core::DesignColumn column{.path = path.cast<std::string>(), .unit = ""};
    const auto values = values_of_path.cast<Values>();
    if (const auto* numbers = std::get_if<std::vector<double>>(&values))
      column.numbers = *numbers;
    else
      column.words = std::get<std::vector<std::string>>(values);
    columns.push_back(std::move(column));
  }
  return study->design_with(columns);
}

/// Numbers as an array, words as a list.
py::object values_of(const core::DesignColumn& column) {
  if (!column.is_number()) return py::cast(column.words);
  return array_of(column.numbers, {static_cast<py::ssize_t>(column.numbers.size())});
}

Dict<py::str, py::object> columns_of(const core::Design& design) {
  Dict<py::str, py::object> columns;
  for (const auto& column : design.columns) columns[py::str(column.path)] = values_of(column);
  return columns;
}

/// The SI unit of each column that holds numbers.
std::map<std::string, std::string> units_of(const core::Design& design) {
  std::map<std::string, std::string> units;
  for (const auto& column : design.columns)
    if (column.is_number()) units[column.path] = core::si_unit(column.unit);
  return units;
}

Dict<py::str, py::array_t<std::int32_t>> indices_of(const core::Design& design) {
  Dict<py::str, py::array_t<std::int32_t>> indices;
  for (const auto& index : design.indices)
    indices[py::str(index.name)] = array_of(index.values, {static_cast<py::ssize_t>(index.values.size())});
  return indices;
}

std::vector<std::tuple<std::string, std::string, double>> correlations_of(const SweepStudy& study) {
  std::vector<std::tuple<std::string, std::string, double>> all;
  for (const auto& one : study->correlations()) all.emplace_back(one.first, one.second, one.rank);
  return all;
}

void add_distribution(py::module_& module) {
  py::class_<core::Distribution>(module, "Distribution")
      .def_readonly("path", &core::Distribution::path)
      .def_property_readonly("kind",
                             [](const core::Distribution& it) { return std::string(word_of(it.kind)); })
      .def_readonly("a", &core::Distribution::a)
      .def_readonly("b", &core::Distribution::b)
      .def_readonly("minimum", &core::Distribution::minimum)
      .def_readonly("maximum", &core::Distribution::maximum)
      .def_readonly("numbers", &core::Distribution::numbers)
      .def_readonly("words", &core::Distribution::words)
      .def_readonly("weights", &core::Distribution::weights);
}

void add_design(py::module_& module) {
  py::class_<core::Design>(module, "Design")
      .def_readonly("n_members", &core::Design::n_members)
      .def_property_readonly("columns", columns_of)
      .def_property_readonly("units", units_of)
      .def_property_readonly("indices", indices_of);
}

}  // namespace

void add_study(py::module_& module) {
  add_distribution(module);
  add_design(module);
  py::class_<SweepStudy>(module, "Study")
      .def_property_readonly("name", [](const SweepStudy& self) { return self->name(); })
      .def_property_readonly("text", [](const SweepStudy& self) { return self->text(); })
      .def_property_readonly("scenario",
                             [](const SweepStudy& self) { return SharedScenario{self->scenario()}; })
      .def_property_readonly("curves", [](const SweepStudy& self) { return self->curves(); })
      .def_property_readonly("profiles", [](const SweepStudy& self) { return self->profiles(); })
      .def_property_readonly("every", [](const SweepStudy& self) { return self->every(); })
      .def_property_readonly("profiles_every", [](const SweepStudy& self) { return self->profiles_every(); })
      .def_property_readonly("method",
                             [](const SweepStudy& self) { return std::string(word_of(self->method())); })
      .def_property_readonly("n", [](const SweepStudy& self) { return self->n(); })
      .def_property_readonly("seed", [](const SweepStudy& self) { return self->seed(); })
      .def_property_readonly("replicates", [](const SweepStudy& self) { return self->replicates(); })
      .def_property_readonly("n_members", [](const SweepStudy& self) { return self->n_members(); })
      .def_property_readonly("needs_drawing", [](const SweepStudy& self) { return self->needs_drawing(); })
      .def_property_readonly("distributions", [](const SweepStudy& self) { return self->distributions(); })
      .def_property_readonly("correlations", correlations_of)
      .def_property_readonly("warnings", [](const SweepStudy& self) { return self->warnings(); })
      .def("design", [](const SweepStudy& self) { return self->design(); })
      .def("design_with", design_with, py::arg("drawn"));

  module.def(
      "load_study",
      [](const std::string& file, const std::vector<core::Override>& overrides) {
        return SweepStudy::read(file, overrides);
      },
      py::arg("file"), py::arg("overrides"));
  module.def(
      "parse_study",
      [](std::string text, const std::string& name, const std::string& folder,
         const std::vector<core::Override>& overrides) {
        return SweepStudy::parse(std::move(text), name, folder, overrides);
      },
      py::arg("text"), py::arg("name"), py::arg("folder"), py::arg("overrides"));
}

}  // namespace poultice::bindings
