#pragma once

#include <string>

#include "core/scenario/parameter.hpp"

namespace poultice::bindings {

/// The JSON Schema of one parameter's value, bare or as { value = …, source = …, trust = …, note = … }, with
/// all that is known of the parameter as description, default and example.
[[nodiscard]] std::string value_schema(const core::ParameterSpec& spec);

/// The schema of a table with these parameters and nothing else: nested where keys have dots, lists where
/// they have stars. `own` are properties of the table itself as JSON members, such as "\"model\": {…}".
[[nodiscard]] std::string table_schema(const core::ParameterTable& table, const std::string& meaning,
                                       const std::string& own = "");

/// Names of tables and list elements, as a regular expression.
inline constexpr auto name_pattern = "^[a-z_][a-z0-9_]*$";

}  // namespace poultice::bindings
