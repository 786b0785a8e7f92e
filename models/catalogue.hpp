#pragma once

#include "core/model/catalogue.hpp"

namespace poultice::models {

/// All models, in the order of their lines in models/CMakeLists.txt.
[[nodiscard]] const core::Catalogue& catalogue();

}  // namespace poultice::models
