#pragma once

#include <string>

#include "core/scenario/parameter.hpp"

namespace poultice::bindings {

/// "default 32 degC", "required" or "optional".
[[nodiscard]] std::string need_of(const core::ParameterSpec& spec);

/// "between 0.01 and 1000 µm": what a parameter accepts, for reading.
[[nodiscard]] std::string range_of(const core::ParameterSpec& spec);

/// A value as it stands right of "key = " in TOML: in quotes where its type or its unit asks for them.
[[nodiscard]] std::string in_toml(const core::ParameterSpec& spec, const std::string& given);

/// A text in the quotes of TOML.
[[nodiscard]] std::string toml_text(const std::string& text);

/// A line that could stand in a scenario, right of "key = ": the default where there is one.
[[nodiscard]] std::string example_value(const core::ParameterSpec& spec);

/// All that is known of a parameter, as one JSON object.
[[nodiscard]] std::string spec_in_json(const core::ParameterSpec& spec);

}  // namespace poultice::bindings
