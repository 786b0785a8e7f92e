#pragma once

#include <string>
#include <vector>

#include "core/model/model.hpp"

namespace poultice::models {

/// Adds a row, or several, to the probe of a total amount: moles inside, kg in files, micrograms on screen.
void add_to_amount(core::Assembly& assembly, const std::string& name, const std::string& long_name,
                   core::Index row, double molar_mass);
void add_to_amount(core::Assembly& assembly, const std::string& name, const std::string& long_name,
                   const std::vector<core::Index>& rows, double molar_mass);

/// The rate at which a running total grows [kg/s], shown in ug/h.
void add_to_rate(core::Assembly& assembly, const std::string& name, const std::string& long_name,
                 core::Index row, double molar_mass);

}  // namespace poultice::models
