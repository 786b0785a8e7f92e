#include "models/catalogue.hpp"

#include <pybind11/stl.h>

#include "bindings/module/module.hpp"
#include "bindings/shared/shown.hpp"
#include "bindings/shared/study.hpp"
#include "core/units/quantity.hpp"

namespace py = pybind11;

namespace poultice::bindings {
void add_catalogue(py::module_& module) {
  py::class_<core::ParameterSpec>(module, "ParameterSpec")
      .def_readonly("key", &core::ParameterSpec::key)
      .def_property_readonly(
          "type", [](const core::ParameterSpec& spec) { return std::string(type_word(spec.type)); })
      .def_readonly("unit", &core::ParameterSpec::unit)
      .def_property_readonly("si_unit",
                             [](const core::ParameterSpec& spec) { return core::si_unit(spec.unit); })
      .def_readonly("default", &core::ParameterSpec::preset)
      .def_property_readonly("is_required", &core::ParameterSpec::is_required)
      .def_readonly("minimum", &core::ParameterSpec::minimum)
      .def_readonly("maximum", &core::ParameterSpec::maximum)
      .def_readonly("choices", &core::ParameterSpec::choices)
      .def_readonly("folder", &core::ParameterSpec::folder)
      .def_readonly("meaning", &core::ParameterSpec::meaning)
      .def_readonly("source", &core::ParameterSpec::source);

  py::class_<core::ActionSpec>(module, "Action")
      .def_readonly("verb", &core::ActionSpec::verb)
      .def_readonly("meaning", &core::ActionSpec::meaning)
      .def_property_readonly("options",
                             [](const core::ActionSpec& action) { return action.options.specs(); });

  py::class_<core::ModelDescription>(module, "Model")
      .def_readonly("name", &core::ModelDescription::name)
      .def_readonly("meaning", &core::ModelDescription::meaning)
      .def_property_readonly("parameters",
                             [](const core::ModelDescription& model) { return model.parameters.specs(); })
      .def_readonly("actions", &core::ModelDescription::actions);

  module.def(
      "models", [] { return models::catalogue().models(); }, py::return_value_policy::reference);
  module.def(
      "set_names", [](const std::string& folder) { return library().names(folder); }, py::arg("folder"));
}

}  // namespace poultice::bindings
