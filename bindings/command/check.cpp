#include <memory>

#include <fmt/format.h>

#include "bindings/command/complaint.hpp"
#include "bindings/command/exit_code.hpp"
#include "bindings/command/scenario_options.hpp"
#include "bindings/command/study_report.hpp"
#include "bindings/command/subcommands.hpp"
#include "bindings/shared/shell_word.hpp"

namespace poultice::bindings {
namespace {

struct Options {
  ScenarioOptions scenario;
  bool json = false;
};

int check(const Options& options) {
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
  auto* subcommand =
      program.add_subcommand("check", "Shows what a scenario says, and what is wrong; runs nothing");
  const auto options = std::make_shared<Options>();
  options->scenario.add_to(*subcommand);
  subcommand->add_flag("--json", options->json, "print one JSON object, in SI");
  subcommand->callback([options, &action] { action = [options] { return check(*options); }; });
}

}  // namespace poultice::bindings
