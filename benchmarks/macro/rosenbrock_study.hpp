#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/model/parameter_block.hpp"
#include "solvers/time/stepper.hpp"

namespace poultice::benchmarks {

/// Members of one scenario, in order of stiffness.
struct Population {
  core::Index n_members = 0;
  /// The scenario at a relative tolerance, and a thousandth of it of the dose.
  std::function<std::shared_ptr<const core::Scenario>(double tolerance)> scenario;
  /// Members first … first + width - 1 (the last one again, where there are no more) as a block.
  std::function<core::ParameterBlock(const core::Scenario&, core::Index first, core::Index width)> block;
  std::vector<std::string> watched;  ///< probes of one value each whose errors count
};

/// The patch of PatchStudy: linear, one species.
[[nodiscard]] Population patch_population(core::Index n_members, core::Index n_cells = 140);
/// Two species: a drug that sites in the stratum corneum bind until they are full and that enzymes in the
/// living skin turn into a metabolite until they are saturated; a patch for 24 h of 48 h. Members differ in
/// the stratum corneum's diffusivity and thickness and in the enzymes' rate.
[[nodiscard]] Population saturable_population(core::Index n_members);

using MakeStepper = std::function<std::unique_ptr<solvers::Stepper>(const core::System&, solvers::Tolerances,
                                                                    const solvers::Limits&)>;

/// What a population gave and took.
struct Stepped {
  std::vector<double> samples;  ///< member by member, time by time, what is watched, relative to the dose
  solvers::Work work;           ///< of all blocks
  long n_blocks = 0;
  double stepping_seconds = 0.0;  ///< of processor time, without putting the blocks together
};

/// Runs members in blocks of `width` by a stepper of one's choice.
[[nodiscard]] Stepped run_steppers(const Population& population, double relative_tolerance, core::Index width,
                                   const MakeStepper& make);

/// The same through packaged CVODE, member by member: see PackagedSpecies.
[[nodiscard]] Stepped run_packaged_species(const Population& population, double relative_tolerance);

}  // namespace poultice::benchmarks
