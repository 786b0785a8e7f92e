#include <pybind11/stl.h>

#include "bindings/module/module.hpp"
#include "bindings/shared/study.hpp"
#include "solvers/record/result_provenance.hpp"

namespace py = pybind11;

namespace poultice::bindings {

void add_scenario(py::module_& module) {
  py::class_<core::ParameterValue>(module, "Parameter")
      .def_readonly("path", &core::ParameterValue::path)
      .def_property_readonly("spec", [](const core::ParameterValue& value) { return *value.spec; })
      .def_readonly("number", &core::ParameterValue::number)
      .def_readonly("text", &core::ParameterValue::text)
      .def_readonly("given", &core::ParameterValue::given)
      .def_property_readonly("set_by", solvers::set_by)
      .def_readonly("source", &core::ParameterValue::source)
      .def_readonly("trust", &core::ParameterValue::trust)
      .def_readonly("note", &core::ParameterValue::note);

  py::class_<SharedScenario>(module, "Scenario")
      .def_property_readonly("title", [](const SharedScenario& self) { return self.it->title(); })
      .def_property_readonly("duration", [](const SharedScenario& self) { return self.it->duration(); })
      .def_property_readonly("name", [](const SharedScenario& self) { return self.it->name(); })
      .def_property_readonly("text", [](const SharedScenario& self) { return self.it->source_text(); })
      .def_property_readonly("overrides", [](const SharedScenario& self) { return self.it->overrides(); })
      .def_property_readonly("resolved_toml",
                             [](const SharedScenario& self) { return self.it->resolved_toml(); })
      .def_property_readonly("hash", [](const SharedScenario& self) { return self.it->hash(); })
      .def_property_readonly("parameters", [](const SharedScenario& self) { return self.it->values(); })
      .def(
          "parameter",
          [](const SharedScenario& self, const std::string& path) { return self.it->value(path); },
          py::arg("path"));

  module.def(
      "load",
      [](const std::string& file, const std::vector<core::Override>& overrides) {
        return SharedScenario{load(file, overrides)};
      },
      py::arg("file"), py::arg("overrides"));
  module.def(
      "parse",
      [](std::string text, const std::string& name, const std::string& folder,
         const std::vector<core::Override>& overrides) {
        return SharedScenario{load_text(std::move(text), name, folder, overrides)};
      },
      py::arg("text"), py::arg("name"), py::arg("folder"), py::arg("overrides"));
}

}  // namespace poultice::bindings
