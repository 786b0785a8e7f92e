// How much work the reference patch takes. Bands, not exact numbers: wide enough for another compiler or
// version of SUNDIALS, narrow enough to notice steps that are wasted.
#include <memory>

#include <gtest/gtest.h>

#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "solvers/run/result.hpp"

namespace poultice {
namespace {

using solvers::Work;

Work work_of(std::vector<core::Override> overrides, core::Index width = 1,
             const std::string& integrator = "cvode") {
  overrides.emplace_back("solver.integrator", integrator);
  const auto scenario =
      core::Scenario::read(std::string(POULTICE_SOURCE_DIR) + "/models/patch/reference.toml",
                           models::catalogue(), core::DataLibrary(models::embedded_data()), overrides);
  const core::ParameterBlock parameters(scenario, width);
  solvers::Block block(parameters);
  return solvers::simulate(block).work;
}

/// A multiple of a count.
double times(double factor, long count) { return factor * static_cast<double>(count); }

TEST(ReferencePatch, TakesStepsWithinItsBand) {
  const auto work = work_of({});
  EXPECT_GE(work.steps, 300);
  EXPECT_LE(work.steps, 600);
  EXPECT_EQ(work.restarts, 3) << "one for each stretch between events";
}

TEST(ReferencePatch, ConvergesAtOnceInEachStep) {
  // Newton's method on a linear system with an exact Jacobian: one iteration, and now and then a second that
  // confirms it, for which no system is solved.
  const auto work = work_of({});
  EXPECT_LE(work.nonlinear_iterations, times(1.6, work.steps));
  EXPECT_LE(work.linear_solves, times(1.1, work.steps));
  EXPECT_LE(work.rate_evaluations,
            times(1.1, work.nonlinear_iterations) + 10.0 * static_cast<double>(work.restarts));
  EXPECT_EQ(work.convergence_failures, 0);
  EXPECT_LE(work.error_test_failures, times(0.1, work.steps));
}

TEST(ReferencePatch, FactorsOnlyWhenTheStepChanges) {
  const auto work = work_of({});
  EXPECT_LE(work.factorizations, times(0.35, work.steps));
  EXPECT_GE(work.factorizations, work.restarts);
}

TEST(ReferencePatch, PaysForAccuracyByTheRightPower) {
  // The order goes up to five: a thousand times the accuracy must cost less than 1000^(1/3) times the steps.
  const auto plain = work_of({}),
             fine = work_of({{"solver.relative_tolerance", "1e-9"}, {"solver.absolute_tolerance", "1e-12"}});
  EXPECT_GT(fine.steps, times(1.5, plain.steps));
  EXPECT_LT(fine.steps, times(6.0, plain.steps));
}

TEST(ReferencePatch, SamplesCostNothing) {
  const auto rare = work_of({{"output.every", "15 min"}}), dense = work_of({{"output.every", "1 min"}});
  EXPECT_NEAR(static_cast<double>(dense.steps), static_cast<double>(rare.steps), times(0.05, rare.steps));
  EXPECT_NEAR(static_cast<double>(dense.rate_evaluations), static_cast<double>(rare.rate_evaluations),
              times(0.05, rare.rate_evaluations));
}

TEST(ReferencePatch, ABlockOfTheSameMemberWorksAsOne) {
  const auto one = work_of({}), block = work_of({}, 8);
  EXPECT_NEAR(static_cast<double>(block.steps), static_cast<double>(one.steps), times(0.02, one.steps));
  EXPECT_NEAR(static_cast<double>(block.linear_solves), static_cast<double>(one.linear_solves),
              times(0.02, one.linear_solves));
}

TEST(ReferencePatch, ResolutionDoesNotChangeTheSteps) {
  // Implicit steps follow the solution, not the smallest cell.
  const auto coarse = work_of({}),
             fine = work_of({{"skin.stratum_corneum.cells", "100"}, {"patch.cells", "100"}});
  EXPECT_LE(fine.steps, times(1.3, coarse.steps));
}

TEST(ReferencePatch, AContourTakesAFewDozenNodesForEachStretch) {
  const auto work = work_of({}, 1, "contour");
  EXPECT_EQ(work.steps, 0);
  EXPECT_EQ(work.restarts, 3);
  EXPECT_LE(work.factorizations, 3 * 74) << "74 nodes serve a thousandfold of time";
  EXPECT_GE(work.factorizations, 3 * 18);
}

TEST(ReferencePatch, SamplesAndCellsTakeNoMoreNodes) {
  const auto plain = work_of({}, 1, "contour");
  const auto many = work_of({{"output.every", "1 min"}}, 1, "contour");
  const auto fine = work_of({{"skin.stratum_corneum.cells", "100"}, {"patch.cells", "100"}}, 1, "contour");
  // The first sample is fifteen times as early: contours grow with the logarithm of that, and what has only
  // just begun then takes 32 nodes for each of four doublings, in whichever of the three stretches something
  // begins.
  EXPECT_LE(many.factorizations, times(1.5, plain.factorizations) + 3 * 4 * 32);
  EXPECT_EQ(fine.factorizations, plain.factorizations);
}

}  // namespace
}  // namespace poultice
