#pragma once

#include <string>

namespace poultice::core {

/// A substance whose amount is followed. Amounts inside are moles; files show mass.
struct Species {
  std::string name;
  double molar_mass = 0.0;  ///< [kg/mol]
};

}  // namespace poultice::core
