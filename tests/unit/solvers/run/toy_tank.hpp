#pragma once

#include <string>
#include <vector>

#include "solvers/run/simulate.hpp"
#include "tests/support/toy_scenario.hpp"

/// A tank that drains at a first-order rate: the smallest study there is, for tests of how studies are run.
namespace poultice::solvers::testing {

/// One model, "tank": parameters `loss` [1/h], `content` [mol] and `leak` [1/h], which loses amounts
/// unaccounted for; actions `fill` (adds the content), `pour` (takes all of it out) and `close` (stops the
/// draining).
[[nodiscard]] const core::Catalogue& tank_catalogue();

/// Three hours of a tank with the given lines in its table, and a schedule as TOML.
[[nodiscard]] core::Scenario tank(const std::string& table, const std::string& schedule,
                                  const std::vector<core::Override>& overrides = {});

/// `[[schedule]]` with a time and a verb.
[[nodiscard]] std::string happens(const std::string& at, const std::string& verb);

/// A block with its parameters, which it needs to live.
struct Study {
  explicit Study(core::Scenario of, core::Index width = 1)
      : scenario(std::move(of)), parameters(scenario, width) {}
  core::Scenario scenario;
  core::ParameterBlock parameters;
  [[nodiscard]] Record run(const Watch& watch = {}) const {
    Block block(parameters);
    return simulate(block, watch);
  }
  /// Samples of a probe.
  [[nodiscard]] core::LaneArray run(const std::string& probe) const;
};

}  // namespace poultice::solvers::testing
