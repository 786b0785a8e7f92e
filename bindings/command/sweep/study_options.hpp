#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "bindings/shared/sweep_study.hpp"
#include "solvers/ensemble/planner.hpp"

namespace poultice::bindings {

/// The options that shape a plan.
struct PlanWords {
  std::vector<std::string> settings;
  core::Index n_shards = 0;  ///< 0: as many as give each some minutes of work
  core::Index width = 0;     ///< 0: the usual one

  void add_to(CLI::App& subcommand);
  [[nodiscard]] bool is_empty() const { return settings.empty() && n_shards == 0 && width == 0; }
};

/// A study, with its plan and what it is expected to take.
struct PlannedStudy {
  SweepStudy study;
  solvers::Plan plan;
};

/// Reads a study file, draws its members and plans the sweep. Throws ScenarioError, FileError, ModelError.
[[nodiscard]] PlannedStudy planned(const std::string& file, const PlanWords& words);

}  // namespace poultice::bindings
