#pragma once

#include <string>

#include "core/model/model_description.hpp"

namespace poultice::bindings {

/// All there is to know of a model before using it: its parameters with ranges and sources, what a schedule
/// may do to it.
[[nodiscard]] std::string model_in_words(const core::ModelDescription& model);
[[nodiscard]] std::string model_in_json(const core::ModelDescription& model);

}  // namespace poultice::bindings
