#pragma once

#include <string>
#include <vector>

#include "core/scenario/scenario.hpp"

namespace poultice::testing {

/// A scenario of models that a test made up, read as "toy.toml".
[[nodiscard]] inline core::Scenario read_toy(const core::Catalogue& catalogue, const std::string& text,
                                             const std::vector<core::Override>& overrides = {}) {
  return core::Scenario::parse(text, "toy.toml", ".", catalogue, core::DataLibrary(), overrides);
}

}  // namespace poultice::testing
