#pragma once

#include <string>
#include <string_view>

#include "bindings/shared/source_list.hpp"
#include "core/scenario/scenario.hpp"

namespace poultice::bindings {

/// Whether nobody gave an optional value.
[[nodiscard]] bool is_absent(const core::ParameterValue& value);

/// A paragraph as comment lines, further ones `hang` more in.
[[nodiscard]] std::string comment(std::string_view paragraph, std::string_view hang = "");

/// "Thickness of the dermis (between 0.1 and 100000 um)."
[[nodiscard]] std::string meaning_of(const core::ParameterSpec& spec);

/// One value of a commented scenario, as commented_scenario writes it.
[[nodiscard]] std::string commented_value(const core::ParameterValue& value, const std::string& key,
                                          SourceList& sources);

}  // namespace poultice::bindings
