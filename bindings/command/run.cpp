#include <cstdio>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "bindings/command/complaint.hpp"
#include "bindings/command/exit_code.hpp"
#include "bindings/command/interrupt.hpp"
#include "bindings/command/progress.hpp"
#include "bindings/command/scenario_options.hpp"
#include "bindings/command/subcommands.hpp"
#include "bindings/shared/headline_table.hpp"
#include "bindings/shared/json.hpp"
#include "bindings/shared/shell_word.hpp"
#include "bindings/shared/shown.hpp"
#include "core/base/error.hpp"
#include "solvers/record/result_file.hpp"

namespace poultice::bindings {
namespace {

struct Options {
  ScenarioOptions scenario;
  std::string output;
  bool force = false, json = false, quiet = false;
};

std::string in_json(const solvers::Result& result, const std::string& output) {
  JsonObject headlines;
  for (const auto& row : headline_rows(result)) {
    JsonObject headline;
    headline.add("label", row.label).add("value", row.value).add("unit", row.unit);
    if (!row.relative_to.empty()) headline.add("share", row.share).add("relative_to", row.relative_to);
    headlines.add_json(row.name, headline.text());
  }
  return JsonObject()
      .add("title", result.scenario->title())
      .add("file", output)
      .add("status", "ok")
      .add_json("headlines", headlines.text())
      .add("mass_balance_relative_error", result.mass_balance_relative_error())
      .add("wall_seconds", result.record.wall_seconds)
      .add("steps", result.record.work.steps)
      .add("linear_solves", result.record.work.linear_solves)
      .add("scenario_sha256", result.scenario->hash())
      .text();
}

std::string in_words(const solvers::Result& result, const std::string& output) {
  std::string text;
  if (!result.scenario->title().empty()) text += result.scenario->title() + "\n\n";
  const auto headlines = headline_table(result);
  if (!headlines.empty()) text += headlines + '\n';
  text += in_columns({
      {"mass balance error", fmt::format("{:.1e} of what was applied", result.mass_balance_relative_error())},
      {"wall time", fmt::format("{}, {} linear solves", shown_time(result.record.wall_seconds),
                                result.record.work.linear_solves)},
      {"result file", output},
  });
  text += fmt::format("\nnext: poultice plot {}\n", shell_word(output));
  if (shell_word(output) == output)
    text += fmt::format(
        "      python -c 'import xarray; print(xarray.open_dataset(\"{}\", engine=\"h5netcdf\"))'\n", output);
  return text;
}

int run(const Options& options) {
  const auto scenario = options.scenario.load();
  const auto output = options.output.empty()
                          ? std::filesystem::path(options.scenario.file).stem().string() + ".h5"
                          : options.output;
  solvers::check_output(output, options.force);
  const auto& stop = catch_interrupts();
  const auto result = [&] {
    Progress progress(!options.quiet);
    return solvers::run(scenario, {&stop, [&](double done) { progress.show(done); }});
  }();
  if (stop) throw core::Interrupted(scenario->duration());
  print_warnings(result.warnings);
  try {
    solvers::write_result(result, output, options.force);
  } catch (const core::FileError& error) {
    fmt::print(stderr, "poultice: {}\n", complaint(error));
    return run_failed;
  }
  if (options.json)
    fmt::print("{}\n", in_json(result, output));
  else if (!options.quiet)
    fmt::print("{}", in_words(result, output));
  return done;
}

}  // namespace

void add_run(CLI::App& program, Action& action) {
  auto* subcommand = program.add_subcommand("run", "Simulates a scenario and writes its result file");
  const auto options = std::make_shared<Options>();
  options->scenario.add_to(*subcommand);
  subcommand
      ->add_option("-o,--output", options->output,
                   "the result file (default: the scenario's name with .h5, here)")
      ->type_name("R.h5");
  subcommand->add_flag("-f,--force", options->force, "overwrite a file of that name");
  subcommand->add_flag("--json", options->json, "print the headline numbers as one JSON object, in SI");
  subcommand->add_flag("-q,--quiet", options->quiet, "print nothing unless something goes wrong");
  subcommand->footer("Example: poultice run S.toml -o R.h5 --set patch.area=\"20 cm^2\"");
  subcommand->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace poultice::bindings
