#include "bindings/command/sweep/sweep_commands.hpp"

namespace poultice::bindings {

void add_sweep(CLI::App& program, Action& action) {
  auto* sweep =
      program.add_subcommand("sweep", "Simulates many variants of a scenario, here or on a cluster");
  sweep->require_subcommand(1);
  for (const auto add : {add_sweep_plan, add_sweep_run, add_sweep_status, add_sweep_merge, add_sweep_slurm})
    add(*sweep, action);
  sweep->footer(
      "On one machine:  poultice sweep run study.toml\n"
      "In parts:        poultice sweep plan study.toml -o big --shards 64\n"
      "                 poultice sweep run big --shard 0\n"
      "                 poultice sweep merge big -o big.h5");
}

}  // namespace poultice::bindings
