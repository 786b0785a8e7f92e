#pragma once

namespace poultice::solvers {

/// How much an integration did. Counted, not timed: tests may assert it.
struct Work {
  long steps = 0;
  long rate_evaluations = 0;
  long factorizations = 0;
  long linear_solves = 0;
  long nonlinear_iterations = 0;
  long error_test_failures = 0;
  long convergence_failures = 0;
  long restarts = 0;

  Work& operator+=(const Work& other);
};

}  // namespace poultice::solvers
