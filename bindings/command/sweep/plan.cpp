#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "bindings/command/exit_code.hpp"
#include "bindings/command/interrupt.hpp"
#include "bindings/command/sweep/study_options.hpp"
#include "bindings/command/sweep/sweep_commands.hpp"
#include "bindings/shared/shell_word.hpp"
#include "bindings/shared/shown.hpp"
#include "core/base/error.hpp"
#include "models/catalogue.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/ensemble/sweep_folder.hpp"
#include "solvers/ensemble/trial.hpp"

namespace poultice::bindings {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string study, folder;
  PlanWords words;
};

/// Some minutes of work for each, so that starting one costs little beside it.
constexpr double seconds_per_shard = 300.0;
constexpr double most_shards = 1000.0;  // what clusters usually take in one array

std::string size_in_words(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.0f} kB", std::ceil(bytes / 1e3));
  return bytes < 1e9 ? fmt::format("{:.1f} MB", bytes / 1e6) : fmt::format("{:.1f} GB", bytes / 1e9);
}

std::string time_in_words(double seconds) {
  if (seconds < 120.0) return shown_time(seconds);
  return seconds < 7200.0 ? fmt::format("{:.0f} min", seconds / 60.0)
                          : fmt::format("{:.1f} h", seconds / 3600.0);
}

std::string in_words(const solvers::Plan& plan, const solvers::Trial& trial, const std::string& folder) {
  std::string text = plan.title.empty() ? "" : plan.title + "\n\n";
  std::vector<std::string> varied;
  for (const auto& column : plan.design.columns) varied.push_back(column.path);
  text += in_columns({
      {"members", fmt::format("{}, of {} scenario{}", plan.n_members(), plan.n_groups(),
                              plan.n_groups() == 1 ? "" : "s that cannot share a block")},
      {"varied", fmt::format("{}", fmt::join(varied, ", "))},
      {"blocks", fmt::format("{}, at most {} members side by side", plan.n_blocks(), plan.width)},
      {"shards", fmt::format("{}", plan.n_shards())},
      {"expected", fmt::format("{} of one processor, a file of {}", time_in_words(trial.seconds),
                               size_in_words(trial.bytes))},
      {"", fmt::format("({} of them {} tried{})", trial.n_members, trial.n_members == 1 ? "was" : "were",
                       trial.n_failed > 0 ? fmt::format(", {} failed", trial.n_failed) : "")},
      {"plan", (fs::path(folder) / "plan.h5").string()},
  });
  const auto word = shell_word(folder);
  text += fmt::format("\nnext: poultice sweep run {}\n", word);
  text += fmt::format("      sbatch $(poultice sweep slurm {})   on a cluster\n", word);
  return text;
}

int plan(const Options& options) {
  const solvers::SweepFolder folder(options.folder.empty() ? fs::path(options.study).stem()
                                                           : fs::path(options.folder));
  if (fs::exists(folder.plan_file()))
    throw core::FileError(folder.plan_file().string(), "there is a plan already, and plans are never changed",
                          "choose another folder with -o, or remove that one");
  auto [study, plan] = planned(options.study, options.words);
  const auto trial = solvers::try_out(plan, models::catalogue(), &catch_interrupts());
  if (options.words.n_shards == 0)
    solvers::cut_into_shards(plan, static_cast<core::Index>(std::clamp(
                                       std::ceil(trial.seconds / seconds_per_shard), 1.0, most_shards)));
  folder.create();
  solvers::write_plan(plan, *study, folder.plan_file(), false);
  fmt::print("{}", in_words(plan, trial, folder.path().string()));
  return done;
}

}  // namespace

void add_sweep_plan(CLI::App& sweep, Action& action) {
  auto* subcommand =
      sweep.add_subcommand("plan", "Draws the members of a study and decides how they are run");
  const auto options = std::make_shared<Options>();
  subcommand->add_option("study", options->study, "the study: a scenario with a table [sweep]")
      ->required()
      ->type_name("STUDY.toml");
  subcommand
      ->add_option("-o,--output", options->folder, "the sweep's folder (default: the study's name, here)")
      ->type_name("FOLDER");
  options->words.add_to(*subcommand);
  subcommand->callback([options, &action] { action = [options] { return plan(*options); }; });
}

}  // namespace poultice::bindings
