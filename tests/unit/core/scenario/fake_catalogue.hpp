#pragma once

#include <string>
#include <vector>

#include "core/scenario/scenario.hpp"

namespace poultice::core::testing {

/// Four small models that look like the real ones; they describe parameters and actions and nothing else.
[[nodiscard]] const Catalogue& fake_catalogue();

/// A therapy "worn", drugs "fentanyl" and "sufentanil", the site "chest", and files that are wrong in some
/// way.
[[nodiscard]] const DataLibrary& fake_library();

/// The scenario read as "case.toml" from the folder "no/such/folder".
[[nodiscard]] Scenario parse(const std::string& text, const std::vector<Override>& overrides = {});

/// A complete scenario of the fake models, to which tests add.
[[nodiscard]] std::string small_scenario();

/// The problems of a text; empty when it is good.
[[nodiscard]] std::vector<Problem> problems_of(const std::string& text,
                                               const std::vector<Override>& overrides = {});

}  // namespace poultice::core::testing
