#include <memory>

#include <fmt/format.h>

#include "bindings/command/complaint.hpp"
#include "bindings/command/exit_code.hpp"
#include "bindings/command/scenario_options.hpp"
#include "bindings/command/study_report.hpp"
#include "bindings/command/subcommands.hpp"
#include "bindings/command/sweep_report.hpp"
#include "bindings/shared/shell_word.hpp"
#include "bindings/shared/sweep_study.hpp"
#include "core/scenario/text_file.hpp"
#include "solvers/ensemble/planner.hpp"

namespace poultice::bindings {
namespace {

struct Options {
  ScenarioOptions scenario;
  bool json = false;
};

/// A study is looked at as a whole; what can be known of its members before any is drawn is checked too.
int check_study(const Options& options) {
  const auto& file = options.scenario.file;
  const auto study = SweepStudy::read(file, overrides_of(options.scenario.settings));
  static_cast<void>(solvers::make_plan(*study, study->needs_drawing() ? study->grid() : study->design()));
  print_warnings(study->warnings());
  if (options.json)
    fmt::print("{}\n", sweep_in_json(*study));
  else
    fmt::print("{}\nNothing is wrong; nothing was run.\nnext: poultice sweep run {}\n",
               sweep_in_words(*study), shell_word(file));
  return done;
}

int check(const Options& options) {
  if (core::is_study(core::read_text_file(options.scenario.file))) return check_study(options);
  const auto scenario = options.scenario.load();
  const core::ParameterBlock parameters(*scenario, 1);
  const solvers::Block block(parameters);
  print_warnings(block.warnings());
  if (options.json)
    fmt::print("{}\n", study_in_json(block));
  else
    fmt::print("{}\nNothing is wrong; nothing was run.\nnext: poultice run {}\n", study_in_words(block),
               shell_word(options.scenario.file));
  return done;
}

}  // namespace

void add_check(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand(
      "check", "Shows what a scenario or a study says, and what is wrong; runs nothing");
  const auto options = std::make_shared<Options>();
  options->scenario.add_to(*subcommand);
  subcommand->add_flag("--json", options->json, "print one JSON object, in SI");
  subcommand->callback([options, &action] { action = [options] { return check(*options); }; });
}

}  // namespace poultice::bindings
