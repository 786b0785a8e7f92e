#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "bindings/command/sweep/run_words.hpp"
#include "bindings/command/sweep/sweep_commands.hpp"
#include "bindings/shared/shell_word.hpp"
#include "core/base/error.hpp"
#include "solvers/ensemble/plan_file.hpp"

namespace poultice::bindings {
namespace {

namespace fs = std::filesystem;

ExitCode run_folder(const RunWords& words) {
  const auto word = shell_word(words.target);
  if (!words.output.empty())
    throw core::FileError(
        words.target, "the parts of a planned sweep stay in its folder until they are merged",
        fmt::format("leave out -o; then: poultice sweep merge {} -o {}", word, shell_word(words.output)));
  if (!words.plan.is_empty() || words.force)
    throw core::FileError(
        words.target, "a plan is never changed",
        "leave out --set, --shards, --width and --force; or plan anew: poultice sweep plan");
  const auto signals = catch_sweep_signals();
  const solvers::SweepFolder folder(words.target);
  const auto plan = solvers::read_plan(folder.plan_file());
  folder.create();
  const auto code = run_plan(folder, plan, words, signals);
  if (words.quiet) return code;
  const auto left = solvers::blocks_to_run(plan, folder.pieces(plan), {});
  if (left.empty())
    fmt::print("\nnext: poultice sweep merge {} -o {}.h5\n", word,
               shell_word(fs::absolute(words.target).lexically_normal().filename().string()));
  else
    fmt::print("\nleft: {} of {} blocks\nnext: poultice sweep run {} --resume\n", left.size(),
               plan.n_blocks(), word);
  return code;
}

}  // namespace

void add_sweep_run(CLI::App& sweep, Action& action) {
  auto* subcommand =
      sweep.add_subcommand("run", "Simulates a planned sweep or parts of it, or a whole study");
  const auto words = std::make_shared<RunWords>();
  words->add_to(*subcommand);
  subcommand->footer(
      "SIGTERM and SIGUSR1 let running blocks finish and end with 75, Ctrl-C does not and ends with 130;\n"
      "either way what is done is kept, and --resume goes on. 3: done, and some members failed.");
  subcommand->callback([words, &action] {
    action = [words] { return fs::is_directory(words->target) ? run_folder(*words) : run_study(*words); };
  });
}

}  // namespace poultice::bindings
