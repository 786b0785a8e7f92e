#pragma once

#include "core/model/model.hpp"

namespace poultice::models::plasma {

/// Warns where the greatest dose rate that is given at one time, over clearance [m^3/s, first lane], makes a
/// level in steady state far from what is known from the use of the drug: one of them is wrong then (a unit,
/// a misprint). Nothing is compared where neither a labelled patch is worn nor anything infused.
void compare_with_known_level(core::Assembly& assembly, double clearance);

}  // namespace poultice::models::plasma
