#pragma once

#include <string>

#include "core/model/model.hpp"

/// What the models of drug delivery offer one another on the Board.
namespace poultice::models {

/// By a drug: the substance that all amounts are of.
struct Substance {
  core::Index species;
  double molar_mass;                 ///< [kg/mol]
  core::LaneArray unbound_fraction;  ///< in plasma, [1][lane]
};

/// By a tissue: the cell that a patch sticks to.
struct ContactSurface {
  core::Index cell;
};

/// By whatever is put on a tissue, under "<own table>/<tissue>".
struct Contact {
  std::string tissue;
  core::LaneArray area;  ///< [1][lane], m^2
};

/// By plasma: where delivered drug goes.
struct Bloodstream {
  core::Compartment central;
  core::LaneArray volume;  ///< of the central compartment, [1][lane], m^3
};

/// Name of the moiety that all drug belongs to: what was applied or injected is somewhere.
inline constexpr const char* drug_moiety = "drug";
/// Name of the moiety of what reached the blood: delivered or injected drug is in plasma or eliminated.
inline constexpr const char* delivered_moiety = "delivered drug";

/// The one substance of the study; throws ModelError when there is none or more than one.
[[nodiscard]] const Substance& substance(const core::Board& board, const std::string& asker);

}  // namespace poultice::models
