#pragma once

#include <span>

#include "core/scenario/data_library.hpp"

namespace poultice::models {

/// The files of data/, carried in the library.
[[nodiscard]] std::span<const core::EmbeddedFile> embedded_data();

}  // namespace poultice::models
