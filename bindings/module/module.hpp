#pragma once

#include <memory>

#include <pybind11/pybind11.h>

#include "core/scenario/scenario.hpp"
#include "solvers/run/result.hpp"

namespace poultice::bindings {

/// A scenario as Python holds it: shared with every result that was made from it.
struct SharedScenario {
  std::shared_ptr<const core::Scenario> it;
};

/// A result as Python holds it: shared with every array that looks into it.
struct SharedResult {
  std::shared_ptr<const solvers::Result> it;
};

// One file each. No defaults for arguments: those are the typed Python layer's to give.
void add_errors();
void add_units(pybind11::module_& module);
void add_catalogue(pybind11::module_& module);
void add_scenario(pybind11::module_& module);
void add_study(pybind11::module_& module);
void add_sweep(pybind11::module_& module);
void add_result(pybind11::module_& module);
void add_result_file(pybind11::module_& module);
void add_sensitivity(pybind11::module_& module);

}  // namespace poultice::bindings
