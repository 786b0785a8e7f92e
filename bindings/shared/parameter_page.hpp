#pragma once

#include <string>

#include "bindings/shared/known_parameters.hpp"

namespace poultice::bindings {

/// All that is known of one parameter: meaning, type, range, default, source, an example, and the sets that
/// give it a value.
[[nodiscard]] std::string parameter_in_words(const KnownParameter& known);
[[nodiscard]] std::string parameter_in_json(const KnownParameter& known);

}  // namespace poultice::bindings
