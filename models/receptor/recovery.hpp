#pragma once

#include <string>

#include "core/model/model.hpp"

namespace poultice::models::receptor {

/// Headlines of a permeation experiment: greatest flux, lag time, and the laboratory's mass balance at the
/// end, in the compartments of OECD Test Guideline 428. To be called when all models have assembled.
void add_recovery(core::Assembly& assembly, const std::string& tissue);

}  // namespace poultice::models::receptor
