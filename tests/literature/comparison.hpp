#pragma once

#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "solvers/run/result.hpp"

namespace poultice::literature {

/// How finely a study is computed, and how near to the exact value it must then come.
struct Precision {
  std::string name;
  int cells;         ///< in every layer; 0 = the models' defaults
  double tolerance;  ///< of the final amount

  /// The line of a layer's or patch's table; empty for the default.
  [[nodiscard]] std::string cells_line() const;
  /// The `[solver]` table; empty for the default.
  [[nodiscard]] std::string solver_table() const;
};

/// What a user gets who asks for nothing: 0.1 %.
inline const Precision as_shipped{"as_shipped", 0, 1e-3};
/// On a fine grid and with tight tolerances: 1e-6.
inline const Precision fine{"fine", 1600, 1e-6};

/// Names a test after its precision.
[[nodiscard]] std::string name_of(const ::testing::TestParamInfo<Precision>& info);

/// Runs a scenario from its text, as the command does.
[[nodiscard]] solvers::Result run(const std::string& text);

/// The value of an amount or concentration at time t [s], SI.
using Exact = std::function<double(double t)>;

/// Expects |probe - exact| <= tolerance * |exact at the end| at each sample where the exact value is above 1
/// % of that. `scale` replaces the value at the end for curves that end near zero. The worst distance is
/// recorded with the test.
void expect_follows(const solvers::Result& result, const std::string& probe, const Exact& exact,
                    const Precision& precision, double scale = 0.0);

/// Expects one number, and records its relative error with the test.
void expect_near(const std::string& what, double value, double exact, double tolerance);

/// The last sample of a probe.
[[nodiscard]] double last(const solvers::Result& result, const std::string& probe);

}  // namespace poultice::literature
