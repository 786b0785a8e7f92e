#include "bindings/command/sweep/study_options.hpp"

#include "bindings/command/complaint.hpp"
#include "bindings/command/scenario_options.hpp"
#include "bindings/command/sweep/drawn_design.hpp"

namespace poultice::bindings {

void PlanWords::add_to(CLI::App& subcommand) {
  subcommand
      .add_option(
          "--set", settings,
          "another value for one parameter of the scenario, or of the sweep (sweep.n=64); may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  subcommand
      .add_option("--shards", n_shards,
                  "parts that are run by themselves (default: each some minutes of work)")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000'000));
  subcommand
      .add_option("--width", width,
                  "members that are simulated side by side, as lanes of one block (default: 32)")
      ->type_name("N")
      ->check(CLI::Range(1, 4096));
}

PlannedStudy planned(const std::string& file, const PlanWords& words) {
  auto study = SweepStudy::read(file, overrides_of(words.settings));
  print_warnings(study->warnings());
  auto design = design_of(*study, file, words.settings);
  solvers::PlanOptions options;
  if (words.width > 0) options.width = words.width;
  if (words.n_shards > 0) options.n_shards = words.n_shards;
  auto plan = solvers::make_plan(*study, std::move(design), options);
  return {std::move(study), std::move(plan)};
}

}  // namespace poultice::bindings
