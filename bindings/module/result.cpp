#include <atomic>
#include <optional>

#include <pybind11/stl.h>

#include "bindings/module/arrays.hpp"
#include "bindings/module/away_from_python.hpp"
#include "bindings/module/module.hpp"
#include "bindings/module/typed.hpp"
#include "bindings/shared/headline_table.hpp"
#include "solvers/record/result_file.hpp"

namespace py = pybind11;

namespace poultice::bindings {
namespace {

using Numbers = py::array_t<double>;

SharedResult run(const SharedScenario& scenario, const Progress& progress) {
  SharedResult shared{
      away_from_python(progress, [&](const std::atomic<bool>& stop, std::atomic<double>& done) {
        return std::make_shared<const solvers::Result>(
            solvers::run(scenario.it, {&stop, [&](double part) { done = part; }}));
      })};
  if (progress) (*progress)(1.0);
  return shared;
}

Numbers samples(const py::object& self, const std::string& name) {
  const auto& result = *self.cast<const SharedResult&>().it;
  const auto numbers = result.samples(name);
  const auto& probe = *result.find_probe(name);
  if (probe.axis.empty()) return view_of(numbers.data(), {numbers.rows()}, self);
  return view_of(numbers.data(), {numbers.rows() / probe.n_points, probe.n_points}, self);
}

Numbers positions(const py::object& self, const std::string& axis) {
  const auto& result = *self.cast<const SharedResult&>().it;
  const auto* found = result.find_axis(axis);
  if (found == nullptr) throw py::key_error(axis);
  return view_of(found->positions.view().data(), {found->positions.rows()}, self);
}

Numbers times(const py::object& self) {
  const auto& numbers = self.cast<const SharedResult&>().it->record.times;
  return view_of(numbers.data(), {static_cast<py::ssize_t>(numbers.size())}, self);
}

Numbers profile_times(const py::object& self) {
  const auto& numbers = self.cast<const SharedResult&>().it->record.profile_times;
  return view_of(numbers.data(), {static_cast<py::ssize_t>(numbers.size())}, self);
}

/// SI, in the order of the headlines.
std::vector<double> headline_values(const SharedResult& self) {
  std::vector<double> values;
  for (core::Index i = 0; i < self.it->record.headlines.rows(); ++i)
    values.push_back(self.it->record.headlines(i, 0));
  return values;
}

Dict<py::str, py::int_> work_of(const SharedResult& self) {
  const auto& work = self.it->record.work;
  Dict<py::str, py::int_> counters;
  counters["steps"] = work.steps;
  counters["rate_evaluations"] = work.rate_evaluations;
  counters["factorizations"] = work.factorizations;
  counters["linear_solves"] = work.linear_solves;
  counters["nonlinear_iterations"] = work.nonlinear_iterations;
  counters["error_test_failures"] = work.error_test_failures;
  counters["convergence_failures"] = work.convergence_failures;
  counters["restarts"] = work.restarts;
  return counters;
}

Dict<py::str, py::float_> balance_of(const SharedResult& self) {
  Dict<py::str, py::float_> errors;
  for (std::size_t i = 0; i < self.it->moieties.size(); ++i)
    errors[py::str(self.it->moieties[i])] = self.it->record.balance_error(static_cast<core::Index>(i), 0);
  return errors;
}

/// With the GIL held: neither we nor h5py may be inside HDF5 twice at a time.
void write(const SharedResult& self, const std::string& path, bool overwrite) {
  solvers::write_result(*self.it, path, overwrite);
}

void add_parts(py::module_& module) {
  py::class_<core::Probe>(module, "Probe")
      .def_readonly("name", &core::Probe::name)
      .def_readonly("unit", &core::Probe::unit)
      .def_readonly("display_unit", &core::Probe::display_unit)
      .def_readonly("long_name", &core::Probe::long_name)
      .def_readonly("axis", &core::Probe::axis);

  py::class_<core::Axis>(module, "Axis")
      .def_readonly("name", &core::Axis::name)
      .def_readonly("unit", &core::Axis::unit)
      .def_readonly("long_name", &core::Axis::long_name)
      .def_readonly("labels", &core::Axis::labels)
      .def_readonly("label_name", &core::Axis::label_name);

  py::class_<core::Headline>(module, "Headline")
      .def_readonly("name", &core::Headline::name)
      .def_readonly("label", &core::Headline::label)
      .def_readonly("probe", &core::Headline::probe)
      .def_readonly("unit", &core::Headline::unit)
      .def_readonly("display_unit", &core::Headline::display_unit)
      .def_readonly("relative_to", &core::Headline::relative_to);

  py::class_<solvers::LoggedEvent>(module, "Event")
      .def_readonly("time", &solvers::LoggedEvent::time)
      .def_readonly("text", &solvers::LoggedEvent::text);
}

}  // namespace

void add_result(py::module_& module) {
  add_parts(module);
  py::class_<SharedResult>(module, "Result")
      .def_property_readonly("scenario",
                             [](const SharedResult& self) { return SharedScenario{self.it->scenario}; })
      .def_property_readonly("probes", [](const SharedResult& self) { return self.it->probes; })
      .def_property_readonly("axes", [](const SharedResult& self) { return self.it->axes; })
      .def_property_readonly("headlines", [](const SharedResult& self) { return self.it->headlines; })
      .def_property_readonly("headline_values", headline_values)
      .def(
          "long_name",
          [](const SharedResult& self, const core::Headline& it) { return self.it->long_name(it); },
          py::arg("headline"))
      .def_property_readonly("events", [](const SharedResult& self) { return self.it->record.events; })
      .def_property_readonly("times", times)
      .def_property_readonly("profile_times", profile_times)
      .def("samples", samples, py::arg("probe"))
      .def("positions", positions, py::arg("axis"))
      .def_property_readonly("warnings", [](const SharedResult& self) { return self.it->warnings; })
      .def_property_readonly("work", work_of)
      .def_property_readonly("balance", balance_of)
      .def_property_readonly("mass_balance_relative_error",
                             [](const SharedResult& self) { return self.it->mass_balance_relative_error(); })
      .def_property_readonly("wall_seconds",
                             [](const SharedResult& self) { return self.it->record.wall_seconds; })
      .def("headline_table", [](const SharedResult& self) { return headline_table(*self.it); })
      .def("write", write, py::arg("path"), py::arg("overwrite"));
  module.def("run", run, py::arg("scenario"), py::arg("progress").none(true));
}

}  // namespace poultice::bindings
