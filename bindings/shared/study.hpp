#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/scenario/scenario.hpp"

namespace poultice::bindings {

/// The named sets: folders of POULTICE_DATA first, then those carried in the library.
[[nodiscard]] core::DataLibrary library();

/// Reads a scenario with all models and sets there are. Throws ScenarioError, FileError.
[[nodiscard]] std::shared_ptr<const core::Scenario> load(const std::filesystem::path& file,
                                                         const std::vector<core::Override>& overrides = {});

/// The same of a text; `name` stands for the file in errors, `folder` is where relative paths start.
[[nodiscard]] std::shared_ptr<const core::Scenario> load_text(
    std::string text, const std::string& name, const std::filesystem::path& folder = {},
    const std::vector<core::Override>& overrides = {});

}  // namespace poultice::bindings
