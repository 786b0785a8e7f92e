#include "bindings/module/module.hpp"

#include <string>

#include "core/base/version.hpp"

PYBIND11_MODULE(_core, module) {
  namespace bindings = poultice::bindings;
  namespace core = poultice::core;
  module.doc() = "The engine without comforts; use the poultice package.";
  module.attr("version") = std::string(core::version());
  module.attr("git_hash") = std::string(core::git_hash());
  module.attr("build_description") = std::string(core::build_description());
  bindings::add_errors();
  bindings::add_units(module);
  bindings::add_catalogue(module);
  bindings::add_scenario(module);
  bindings::add_study(module);
  bindings::add_sweep(module);
  bindings::add_result(module);
  bindings::add_result_file(module);
  bindings::add_sensitivity(module);
}
