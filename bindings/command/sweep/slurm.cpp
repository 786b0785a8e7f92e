#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/sweep/sbatch_script.hpp"
#include "bindings/command/sweep/sweep_commands.hpp"
#include "bindings/command/text_output.hpp"
#include "core/base/error.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/ensemble/sweep_status.hpp"

namespace poultice::bindings {
namespace {

namespace fs = std::filesystem;
using core::Index;

struct Options {
  std::string folder;
  SbatchScript script;
  bool missing = false;
};

/// "0-4,7": numbers in rising order, neighbours drawn together.
std::string ranges(const std::vector<Index>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    auto end = i + 1;
    while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
    text += text.empty() ? "" : ",";
    text += end == i + 1 ? fmt::format("{}", numbers[i]) : fmt::format("{}-{}", numbers[i], numbers[end - 1]);
    i = end;
  }
  return text;
}

int write_script(const Options& options) {
  const solvers::SweepFolder folder(options.folder);
  const auto plan = solvers::read_plan(folder.plan_file());
  folder.create();
  std::vector<Index> shards;
  if (options.missing) {
    const auto status = solvers::sweep_status(plan, folder);
    shards = status.begun;
    shards.insert(shards.end(), status.missing.begin(), status.missing.end());
    std::sort(shards.begin(), shards.end());
    if (shards.empty())
      throw core::FileError(options.folder, "nothing is missing", "merge it: poultice sweep merge");
  } else {
    for (Index shard = 0; shard < plan.n_shards(); ++shard) shards.push_back(shard);
  }
  auto script = options.script;
  auto path = fs::absolute(options.folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  script.folder = path.string();
  script.name = path.filename().string();
  script.tasks = ranges(shards);
  const auto file = folder.job_file().string();
  TextOutput{.file = file, .force = true}.write(script.text());
  fmt::print("{}\n", file);
  return done;
}

}  // namespace

void add_sweep_slurm(CLI::App& sweep, Action& action) {
  auto* subcommand =
      sweep.add_subcommand("slurm", "Writes a batch script that runs the shards of a sweep as a Slurm array");
  const auto options = std::make_shared<Options>();
  subcommand->add_option("folder", options->folder, "the sweep's folder")->required()->type_name("FOLDER");
  subcommand->add_option("--time", options->script.time, "time limit of a task (default: 01:00:00)")
      ->type_name("HH:MM:SS");
  subcommand->add_option("--account", options->script.account, "account to charge")->type_name("NAME");
  subcommand->add_option("--partition", options->script.partition, "partition to run in")->type_name("NAME");
  subcommand->add_option("--cpus", options->script.cpus, "processors of a task (default: 1)")
      ->type_name("N")
      ->check(CLI::Range(1, 4096));
  subcommand->add_option("--at-once", options->script.at_once, "most tasks that run at a time")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  subcommand->add_flag("--missing", options->missing, "only the shards that are not done");
  subcommand->footer("Prints the script's name: sbatch $(poultice sweep slurm big --time 00:30:00)");
  subcommand->callback([options, &action] { action = [options] { return write_script(*options); }; });
}

}  // namespace poultice::bindings
