#include "models/parts/amounts.hpp"

namespace poultice::models {

void add_to_amount(core::Assembly& assembly, const std::string& name, const std::string& long_name,
                   core::Index row, double molar_mass) {
  add_to_amount(assembly, name, long_name, std::vector{row}, molar_mass);
}

void add_to_amount(core::Assembly& assembly, const std::string& name, const std::string& long_name,
                   const std::vector<core::Index>& rows, double molar_mass) {
  auto& probe = assembly.probe({.name = name, .unit = "kg", .display_unit = "ug", .long_name = long_name});
  const auto weight = assembly.constant(molar_mass);
  for (const auto row : rows) probe.add(0, row, weight);
}

void add_to_rate(core::Assembly& assembly, const std::string& name, const std::string& long_name,
                 core::Index row, double molar_mass) {
  assembly
      .probe({.name = name, .unit = "kg/s", .display_unit = "ug/h", .long_name = long_name, .of_rate = true})
      .add(0, row, assembly.constant(molar_mass));
}

}  // namespace poultice::models
