#pragma once

#include "core/scenario/parameter.hpp"

namespace poultice::models::skin {

/// The layers of skin from the surface down.
inline constexpr const char* layer_names[] = {"stratum_corneum", "viable_epidermis", "dermis", "subcutis"};

[[nodiscard]] core::ParameterTable parameters();

}  // namespace poultice::models::skin
