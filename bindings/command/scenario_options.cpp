#include "bindings/command/scenario_options.hpp"

#include <fmt/format.h>

#include "bindings/shared/study.hpp"
#include "core/base/error.hpp"

namespace poultice::bindings {

void ScenarioOptions::add_to(CLI::App& subcommand) {
  subcommand.add_option("scenario", file, "the scenario, a TOML file")->required()->type_name("S.toml");
  subcommand
      .add_option("--set", settings,
                  "another value for one parameter, as in --set patch.area=\"20 cm^2\"; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

std::shared_ptr<const core::Scenario> ScenarioOptions::load() const {
  return bindings::load(file, overrides_of(settings));
}

std::vector<core::Override> overrides_of(const std::vector<std::string>& settings) {
  std::vector<core::Override> overrides;
  for (const auto& setting : settings) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      throw core::ScenarioError(core::Problem{.what = "a key and a value are needed",
                                              .file = "--set",
                                              .given = setting,
                                              .expected = "KEY=VALUE, as in patch.area=\"20 cm^2\""});
    overrides.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  return overrides;
}

}  // namespace poultice::bindings
