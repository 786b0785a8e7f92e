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

/// One value of a commented scenario, as commented_scenario writes it. One that `may_stand` is false of would
/// be refused in the scenario or change it, and is only told of.
[[nodiscard]] std::string commented_value(const core::ParameterValue& value, const std::string& key,
                                          bool may_stand, SourceList& sources);

}  // namespace poultice::bindings
