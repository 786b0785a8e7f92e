#pragma once

#include <string>

namespace poultice::bindings {

/// The JSON Schema (draft 2020-12) of scenarios, from the parameter tables of all models and the names of
/// all sets there are; indented, ends in a line feed.
///
/// It knows types, choices, names of sets, and which keys there are where. It cannot know units and ranges
/// inside quotes, which tables a schedule may name, or what a therapy of the user's own adds; those are for
/// `poultice check`.
[[nodiscard]] std::string scenario_schema();

}  // namespace poultice::bindings
