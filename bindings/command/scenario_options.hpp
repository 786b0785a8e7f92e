#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/scenario/scenario.hpp"

namespace poultice::bindings {

/// The arguments that name a scenario: its file and `--set`.
struct ScenarioOptions {
  std::string file;
  std::vector<std::string> settings;

  void add_to(CLI::App& subcommand);
  /// Throws ScenarioError, FileError; ParameterError where a `--set` has no "=".
  [[nodiscard]] std::shared_ptr<const core::Scenario> load() const;
};

/// What `--set` was given, in pairs. Throws ScenarioError where one has no "=".
[[nodiscard]] std::vector<core::Override> overrides_of(const std::vector<std::string>& settings);

}  // namespace poultice::bindings
