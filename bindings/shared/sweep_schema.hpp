#pragma once

#include <string>

namespace poultice::bindings {

/// The JSON Schema of the table `sweep`, which makes a study of a scenario.
[[nodiscard]] std::string sweep_schema();

}  // namespace poultice::bindings
