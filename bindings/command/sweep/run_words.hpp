#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/sweep/study_options.hpp"
#include "bindings/command/sweep/sweep_signals.hpp"
#include "solvers/ensemble/run_blocks.hpp"

namespace poultice::bindings {

/// What `poultice sweep run` was told.
struct RunWords {
  std::string target, output, max_wall, commit_every = "1 min";
  PlanWords plan;  ///< of a study that is planned on the way
  core::Index shard = -1, limit = 0;
  int n_threads = 0;
  bool resume = false, force = false, quiet = false;

  void add_to(CLI::App& subcommand);
  [[nodiscard]] std::optional<core::Index> one_shard() const;
};

/// Runs what of the plan is asked for and not there yet, shows how far it is, and says what it brought.
/// Throws FileError, ScenarioError.
ExitCode run_plan(const solvers::SweepFolder& folder, const solvers::Plan& plan, const RunWords& words,
                  const SweepSignals& signals);

/// Plans, runs and merges a study in one go, by way of a folder beside the result that is gone afterwards.
ExitCode run_study(const RunWords& words);

}  // namespace poultice::bindings
