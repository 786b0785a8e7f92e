#pragma once

#include <string>
#include <string_view>

#include "core/scenario/scenario.hpp"

namespace poultice::core {

/// The scenario as TOML with every value written out and nothing left to look up: see
/// Scenario::resolved_toml.
[[nodiscard]] std::string write_resolved(const Scenario& scenario);

/// `si` written in `unit` with the fewest digits that read back as the very same number; in the SI unit where
/// no number of digits does.
[[nodiscard]] std::string exact_quantity(double si, const std::string& unit);

/// A text as TOML writes it, in double quotes.
[[nodiscard]] std::string toml_string(std::string_view text);

}  // namespace poultice::core
