#include "solvers/run/sensitivity.hpp"

#include <algorithm>

#include <pybind11/stl.h>

#include "bindings/module/arrays.hpp"
#include "bindings/module/away_from_python.hpp"
#include "bindings/module/module.hpp"
#include "core/units/quantity.hpp"
#include "solvers/run/parameter_lanes.hpp"

namespace py = pybind11;

namespace poultice::bindings {
namespace {

using Numbers = py::array_t<double>;

/// As Python holds it: shared with every array that looks into it.
struct SharedSensitivity {
  std::shared_ptr<const solvers::Sensitivity> it;
};

SharedSensitivity sensitivity(const SharedScenario& scenario, const std::vector<std::string>& parameters) {
  return {away_from_python({}, [&](const std::atomic<bool>&, std::atomic<double>&) {
    return std::make_shared<const solvers::Sensitivity>(solvers::sensitivity(scenario.it, parameters));
  })};
}

Numbers array_in(const core::LaneArray& numbers, const py::object& owner) {
  return view_of(numbers.view().data(), {numbers.rows(), numbers.width()}, owner);
}

/// Throws KeyError for an unknown name.
std::size_t probe_of(const solvers::Sensitivity& it, const std::string& name) {
  const auto found =
      std::find_if(it.probes.begin(), it.probes.end(), [&](const auto& probe) { return probe.name == name; });
  if (found == it.probes.end()) throw py::key_error(name);
  return static_cast<std::size_t>(found - it.probes.begin());
}

const solvers::Sensitivity& of(const py::object& self) { return *self.cast<const SharedSensitivity&>().it; }

/// The SI units of the parameters.
std::vector<std::string> units(const SharedSensitivity& self) {
  std::vector<std::string> all;
  for (const auto& path : self.it->parameters)
    all.push_back(core::si_unit(self.it->scenario->value(path).spec->unit));
  return all;
}

}  // namespace

void add_sensitivity(py::module_& module) {
  py::class_<SharedSensitivity>(module, "Sensitivity")
      .def_property_readonly("parameters", [](const SharedSensitivity& self) { return self.it->parameters; })
      .def_property_readonly("values", [](const SharedSensitivity& self) { return self.it->values; })
      .def_property_readonly("units", units)
      .def_property_readonly("times",
                             [](const py::object& self) {
                               const auto& times = of(self).times;
                               return view_of(times.data(), {static_cast<py::ssize_t>(times.size())}, self);
                             })
      .def_property_readonly("probes", [](const SharedSensitivity& self) { return self.it->probes; })
      .def_property_readonly("headlines", [](const SharedSensitivity& self) { return self.it->headlines; })
      .def(
          "curve",
          [](const py::object& self, const std::string& probe) {
            const auto& it = of(self);
            return array_in(it.curves[probe_of(it, probe)], self);
          },
          py::arg("probe"))
      .def(
          "slopes",
          [](const py::object& self, const std::string& probe) {
            const auto& it = of(self);
            return array_in(it.slopes[probe_of(it, probe)], self);
          },
          py::arg("probe"))
      .def_property_readonly("headline_values",
                             [](const py::object& self) { return array_in(of(self).headline_values, self); })
      .def_property_readonly("headline_slopes",
                             [](const py::object& self) { return array_in(of(self).headline_slopes, self); });
  module.def("sensitivity", sensitivity, py::arg("scenario"), py::arg("parameters"));
  module.def(
      "differentiable_parameters",
      [](const SharedScenario& scenario) { return solvers::differentiable_parameters(*scenario.it); },
      py::arg("scenario"));
}

}  // namespace poultice::bindings
