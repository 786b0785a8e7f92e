#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.hpp"
#include "solvers/run/simulate.hpp"

namespace poultice::solvers {

/// One run of one member, whole: what was asked, what came out, how well it went. Numbers are SI.
struct Result {
  std::shared_ptr<const core::Scenario> scenario;
  std::vector<core::Probe> probes;  ///< weights left out
  std::vector<core::Axis> axes;
  std::vector<core::Headline> headlines;
  std::vector<std::string> moieties;
  std::vector<std::string> terms;     ///< names of the processes at work
  std::vector<std::string> warnings;  ///< what could be simulated but looks wrong, in sentences
  Record record;                      ///< of width 1

  [[nodiscard]] const core::Probe* find_probe(std::string_view name) const;
  [[nodiscard]] const core::Axis* find_axis(std::string_view name) const;
  /// Samples of a probe: one per time, or n_points per profile time. Throws ParameterError for an unknown
  /// name.
  [[nodiscard]] core::LaneView samples(std::string_view probe) const;
  /// "Cmax: maximum of drug concentration in plasma"
  [[nodiscard]] std::string long_name(const core::Headline& headline) const;
  /// The worst of all moieties and samples, relative to what was applied.
  [[nodiscard]] double mass_balance_relative_error() const;
};

/// Runs a scenario by itself. Throws ModelError, IntegrationError, Interrupted.
[[nodiscard]] Result run(std::shared_ptr<const core::Scenario> scenario, const Watch& watch = {});

}  // namespace poultice::solvers
