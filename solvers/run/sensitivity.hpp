#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/scenario/scenario.hpp"
#include "core/system/probe.hpp"

namespace poultice::solvers {

/// How the curves and headlines of one run change with its parameters. SI: a derivative is in the unit of
/// what changes by that of the parameter.
struct Sensitivity {
  std::shared_ptr<const core::Scenario> scenario;
  std::vector<std::string> parameters;  ///< paths
  std::vector<double> values;           ///< of the parameters
  std::vector<double> times;            ///< [s], those of the run's curves
  std::vector<core::Probe> probes;      ///< scalars in time; weights left out
  std::vector<core::LaneArray> curves;  ///< per probe [time][0]
  std::vector<core::LaneArray> slopes;  ///< per probe [time][parameter]
  std::vector<core::Headline> headlines;
  core::LaneArray headline_values;  ///< [headline][0]
  core::LaneArray
      headline_slopes;  ///< [headline][parameter]; NaN of a time of a maximum, which is a sample's
};

/// Runs a linear scenario with its derivatives by the parameters of these paths, by contour integrals: the
/// error is some 1e-10 of the largest value of each. Doses and what else the schedule does may depend on
/// parameters too. Throws ModelError for a nonlinear system, and where the spectrum of the system is too far
/// from the real axis; ParameterError for a parameter with no derivative (see ParameterLanes);
/// IntegrationError.
[[nodiscard]] Sensitivity sensitivity(std::shared_ptr<const core::Scenario> scenario,
                                      const std::vector<std::string>& parameters);

}  // namespace poultice::solvers
