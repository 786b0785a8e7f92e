#pragma once

#include <functional>

#include <CLI/CLI.hpp>

namespace poultice::bindings {

/// What the command line asked for, to be run once all of it is read. Gives the exit code.
using Action = std::function<int()>;

// Each adds one subcommand to the program; where that is called, it sets the action.
void add_run(CLI::App& program, Action& action);
void add_check(CLI::App& program, Action& action);
void add_new(CLI::App& program, Action& action);
void add_models(CLI::App& program, Action& action);
void add_describe(CLI::App& program, Action& action);
void add_explain(CLI::App& program, Action& action);
void add_schema(CLI::App& program, Action& action);
void add_digest(CLI::App& program, Action& action);
void add_sweep(CLI::App& program, Action& action);
void add_plot(CLI::App& program, Action& action);
void add_version(CLI::App& program, Action& action);

}  // namespace poultice::bindings
