#pragma once

#include "bindings/command/subcommands.hpp"

namespace poultice::bindings {

// Each adds one subcommand to `poultice sweep`.
void add_sweep_plan(CLI::App& sweep, Action& action);
void add_sweep_run(CLI::App& sweep, Action& action);
void add_sweep_status(CLI::App& sweep, Action& action);
void add_sweep_merge(CLI::App& sweep, Action& action);
void add_sweep_slurm(CLI::App& sweep, Action& action);

}  // namespace poultice::bindings
