// The error in time follows the tolerance that a scenario asks for.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/order/slab.hpp"
#include "tests/problems/decaying_mode.hpp"

namespace poultice::testing {
namespace {

using core::Index;
using core::LaneArray;

TEST(Time, TheErrorFallsWithTheTolerance) {
  // All drug in the upper of two layers with a jump between: the hardest start there is, at many time scales.
  const std::vector<SlabLayer> layers{{20e-6, 1e-13, 1e2}, {80e-6, 1e-12, 1.0, 0.5, 1e-3}};
  Slab slab(layers, 40);
  LaneArray state(slab.system().n_rows(), 1);
  for (Index i = 0; i < 40; ++i) state(i, 0) = slab.capacity(i);
  const double end = 1.0 / DecayingMode(layers).rate();
  for (const double time : {0.01 * end, end}) {
    const auto reference = slab.at(time, state, 1e-12);
    std::vector<double> all;
    for (double tolerance = 1e-4; tolerance > 0.5e-9; tolerance *= 0.1) {
      const auto now = slab.at(time, state, tolerance);
      double error = 0.0, largest = 0.0;
      for (Index row = 0; row < now.rows(); ++row) {
        error = std::max(error, std::abs(now(row, 0) - reference(row, 0)));
        largest = std::max(largest, std::abs(reference(row, 0)));
      }
      error /= largest;
      EXPECT_LE(error, 10.0 * tolerance) << fmt::format("at {:.3g} s with tolerance {:.0e}", time, tolerance);
      // A single step of tolerances may be lucky; two are not.
      all.push_back(error);
      if (all.size() > 2) {
        EXPECT_LT(error, 0.1 * all[all.size() - 3])
            << fmt::format("at {:.3g} s with tolerance {:.0e}", time, tolerance);
      }
    }
  }
}

}  // namespace
}  // namespace poultice::testing
