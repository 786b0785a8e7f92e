#pragma once

#include <string>

namespace poultice::bindings {

/// The JSON Schema of the list `schedule`: each entry says when, one action of any model, and that action's
/// options.
[[nodiscard]] std::string schedule_schema();

}  // namespace poultice::bindings
