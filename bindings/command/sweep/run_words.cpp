#include "bindings/command/sweep/run_words.hpp"

#include <chrono>

#include <fmt/format.h>

#include "bindings/command/complaint.hpp"
#include "bindings/command/progress.hpp"
#include "bindings/shared/shown.hpp"
#include "core/base/error.hpp"
#include "core/units/quantity.hpp"
#include "models/catalogue.hpp"

namespace poultice::bindings {
namespace {

using core::Index;

core::ScenarioError wrong_option(std::string option, std::string what, std::string given,
                                 std::string expected) {
  return core::ScenarioError(core::Problem{.what = std::move(what),
                                           .file = std::move(option),
                                           .given = std::move(given),
                                           .expected = std::move(expected)});
}

double seconds_of(const std::string& option, const std::string& text) {
  try {
    return core::parse_quantity(text, "s");
  } catch (const core::UnitError& error) {
    throw wrong_option(option, error.what_is_wrong(), text, "a time, as in \"60 s\"");
  }
}

std::vector<Index> chosen_blocks(const RunWords& words, const solvers::Plan& plan,
                                 const solvers::SweepFolder& folder) {
  if (words.shard >= plan.n_shards())
    throw wrong_option("--shard", "there is no such shard", fmt::format("{}", words.shard),
                       fmt::format("0 to {}", plan.n_shards() - 1));
  auto blocks = solvers::blocks_to_run(plan, folder.pieces(plan), words.one_shard());
  if (!words.resume && blocks.size() < solvers::blocks_to_run(plan, {}, words.one_shard()).size())
    throw core::FileError(folder.path().string(), "some of this has been run already",
                          "add --resume to run what is missing");
  return words.limit > 0 ? solvers::limited(plan, std::move(blocks), words.limit) : blocks;
}

std::string in_words(const solvers::RunReport& report, double wall_seconds) {
  const auto failed =
      report.n_failed > 0 ? fmt::format(", {} of them failed", report.n_failed) : std::string();
  return in_columns({{"members", fmt::format("{} run{}", report.n_members, failed)},
                     {"wall time", fmt::format("{}, {} of all processors", shown_time(wall_seconds),
                                               shown_time(report.seconds))}});
}

ExitCode exit_code_of(const solvers::RunReport& report, const SweepSignals& signals) {
  if (report.n_blocks_left > 0) return *signals.stop ? interrupted : resumable;
  return report.n_failed > 0 ? some_failed : done;
}

}  // namespace

std::optional<Index> RunWords::one_shard() const { return shard >= 0 ? std::optional(shard) : std::nullopt; }

void RunWords::add_to(CLI::App& subcommand) {
  subcommand.add_option("target", target, "a folder that sweep plan has made, or a study, run in one go")
      ->required()
      ->type_name("FOLDER|STUDY.toml");
  subcommand
      .add_option("-o,--output", output, "of a study: the result file (default: its name with .h5, here)")
      ->type_name("R.h5");
  subcommand.add_option("--shard", shard, "run this part only, counted from 0")
      ->type_name("I")
      ->check(CLI::NonNegativeNumber);
  subcommand.add_flag("--resume", resume, "run what is missing");
  subcommand.add_option("--limit", limit, "run about this many members and no more: whole blocks")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  subcommand
      .add_option("--max-wall", max_wall, "stop a run that takes longer (default: solver.max_wall_time)")
      ->type_name("TIME");
  subcommand.add_option("--commit-every", commit_every, "how much work a kill may cost (default: 1 min)")
      ->type_name("TIME");
  subcommand.add_option("--threads", n_threads, "threads (default: OMP_NUM_THREADS, or all processors)")
      ->type_name("N")
      ->check(CLI::Range(1, 4096));
  subcommand.add_flag("-f,--force", force, "of a study: overwrite a result of that name, and begin anew");
  subcommand.add_flag("-q,--quiet", quiet, "print nothing unless something goes wrong");
  plan.add_to(subcommand);
}

ExitCode run_plan(const solvers::SweepFolder& folder, const solvers::Plan& plan, const RunWords& words,
                  const SweepSignals& signals) {
  solvers::RunOptions options{.n_threads = words.n_threads,
                              .commit_after_seconds = seconds_of("--commit-every", words.commit_every),
                              .stop = signals.stop,
                              .preempt = signals.preempt};
  if (!words.max_wall.empty()) options.max_wall_seconds = seconds_of("--max-wall", words.max_wall);
  const auto blocks = chosen_blocks(words, plan, folder);
  Index n_members = 0;
  for (const Index block : blocks) n_members += static_cast<Index>(plan.members_of(block).size());

  const auto begun = std::chrono::steady_clock::now();
  const auto report = [&] {
    Progress progress(!words.quiet);
    options.progress = [&](Index members, Index) {
      progress.show(static_cast<double>(members) / static_cast<double>(n_members));
    };
    return solvers::run_blocks(plan, folder, blocks, models::catalogue(), options);
  }();
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
  print_warnings(report.warnings);
  if (!words.quiet) fmt::print("{}", in_words(report, spent.count()));
  return exit_code_of(report, signals);
}

}  // namespace poultice::bindings
