#include "solvers/time/work.hpp"

namespace poultice::solvers {

Work& Work::operator+=(const Work& other) {
  steps += other.steps;
  rate_evaluations += other.rate_evaluations;
  factorizations += other.factorizations;
  linear_solves += other.linear_solves;
  nonlinear_iterations += other.nonlinear_iterations;
  error_test_failures += other.error_test_failures;
  convergence_failures += other.convergence_failures;
  restarts += other.restarts;
  return *this;
}

}  // namespace poultice::solvers
