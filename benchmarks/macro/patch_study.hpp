#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/model/parameter_block.hpp"

namespace poultice::benchmarks {

/// Members of a population: 4,096, or as many as POULTICE_BENCHMARK_MEMBERS says, for a short run (CI).
[[nodiscard]] core::Index population();

/// The patch of the examples as TOML: 72 h on and 48 h off, half-hourly outputs.
[[nodiscard]] std::string patch_scenario(const std::string& integrator, core::Index n_cells = 140);

/// The patch of the examples, 72 h on and 48 h off, half-hourly outputs, and members of it that differ in
/// diffusivity, partition and thickness (log-normal, coefficient of variation 0.5, 0.5 and 0.2).
class PatchStudy {
 public:
  explicit PatchStudy(core::Index n_members, core::Index n_cells = 140);

  [[nodiscard]] core::Index n_members() const noexcept { return static_cast<core::Index>(factors_.size()); }
  /// The scenario with a tolerance of its own.
  [[nodiscard]] std::shared_ptr<const core::Scenario> scenario(double relative_tolerance,
                                                               const char* integrator = "cvode") const;
  /// Members first … first + width - 1, in order of stiffness, as one block of parameters.
  [[nodiscard]] core::ParameterBlock block(const core::Scenario& scenario, core::Index first,
                                           core::Index width) const;

 private:
  struct Factors {
    double diffusivity, partition, thickness;
  };
  std::vector<Factors> factors_;
  core::Index n_cells_;
};

/// Largest error over members, times and the amounts that people look at (in the patch, delivered, in plasma,
/// eliminated), relative to the dose. Both: member by member, time by time, four amounts.
[[nodiscard]] double worst_error(const std::vector<double>& samples, const std::vector<double>& reference);

/// Runs members through our engine in blocks of `width`, keeping six curves; returns the four amounts at each
/// time, relative to the dose, member by member.
[[nodiscard]] std::vector<double> run_blocks(const PatchStudy& study, double relative_tolerance,
                                             core::Index width, const char* integrator = "cvode");

/// The same through packaged CVODE, one member at a time.
[[nodiscard]] std::vector<double> run_packaged(const PatchStudy& study, double relative_tolerance);

}  // namespace poultice::benchmarks
