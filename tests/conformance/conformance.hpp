#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "solvers/run/simulate.hpp"
#include "solvers/time/stepper.hpp"

/// Laws that every registered model keeps, tried on its reference case models/<name>/reference.toml. A model
/// is enrolled by being in the catalogue.
namespace poultice::conformance {

using core::Index;
using core::LaneArray;

/// Reads a model's reference case, with values replaced if wanted.
[[nodiscard]] core::Scenario reference(const std::string& model,
                                       const std::vector<core::Override>& overrides = {});

/// A scenario of the real models from its text.
[[nodiscard]] core::Scenario parse(const std::string& text);

/// The test case of one law for one model.
class Conformance : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override;
  [[nodiscard]] const std::string& model() const { return GetParam(); }
  [[nodiscard]] const core::ModelDescription& description() const;
};

/// Where a run is, all of it: enough to go on from.
struct Checkpoint {
  double time = 0.0;
  LaneArray state, controls;
  std::size_t next_event = 0;
};

/// Takes a block from event to event, without samples.
class Traveller {
 public:
  /// From the beginning, or from where another one was.
  explicit Traveller(solvers::Block& block);
  Traveller(solvers::Block& block, Checkpoint from);

  /// Lets what is due happen; false when nothing follows and the end is reached.
  void act();
  /// Integrates to the time of the next event, or to the end; false when it is there already.
  bool go_on();
  [[nodiscard]] const Checkpoint& here() const { return here_; }

 private:
  solvers::Block& block_;
  Checkpoint here_;
  std::unique_ptr<solvers::Stepper> integrator_;
};

/// A block with its parameters; lane i has the values of member first + i.
struct Members {
  Members(const core::Scenario& scenario, Index first, Index count);
  core::ParameterBlock parameters;
  solvers::Block block;
};

/// Expects samples of two runs to be the same to the last bit.
void expect_same_bits(const solvers::Record& a, const solvers::Record& b);

/// The largest sample of a probe in one lane, without its sign.
[[nodiscard]] double largest(const LaneArray& samples, Index lane);

}  // namespace poultice::conformance
