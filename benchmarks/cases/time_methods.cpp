#include <algorithm>
#include <ctime>
#include <functional>
#include <stdexcept>

#include <fmt/core.h>

#include "benchmarks/cases/cases.hpp"
#include "benchmarks/cases/species_chain.hpp"
#include "benchmarks/macro/patch_study.hpp"
#include "benchmarks/macro/rosenbrock_study.hpp"
#include "solvers/time/cvode.hpp"
#include "solvers/time/rosenbrock.hpp"

namespace poultice::benchmarks {
namespace {

using core::Index;

using Run = std::function<std::vector<double>(const std::string& method, double tolerance)>;

MakeStepper stepper(const std::string& method) {
  if (method == "bdf")
    return [](const core::System& system, solvers::Tolerances tolerances, const solvers::Limits& limits) {
      return solvers::make_cvode(system, std::move(tolerances), limits);
    };
  const auto tableau = method == "pade5"      ? solvers::RosenbrockMethod::pade5
                       : method == "ros34pw2" ? solvers::RosenbrockMethod::ros34pw2
                       : method == "rodas5p"  ? solvers::RosenbrockMethod::rodas5p
                                              : throw std::invalid_argument("no such method: " + method);
  return
      [tableau](const core::System& system, solvers::Tolerances tolerances, const solvers::Limits& limits) {
        return solvers::make_rosenbrock(system, std::move(tolerances), limits, tableau);
      };
}

Run linear(const Question& question) {
  return [study = PatchStudy(question.n_members, question.n_cells), width = question.width,
          population = patch_population(question.n_members, question.n_cells)](const std::string& method,
                                                                               double tolerance) {
    if (method == "packaged") return run_packaged(study, tolerance);
    if (method == "contour" || method == "rosenbrock" || method == "cvode")
      return run_blocks(study, tolerance, width, method.c_str());
    return run_steppers(population, tolerance, width, stepper(method)).samples;
  };
}

Run saturable(const Question& question) {
  return [population = saturable_population(question.n_members), width = question.width](
             const std::string& method, double tolerance) {
    return method == "packaged" ? run_packaged_species(population, tolerance).samples
                                : run_steppers(population, tolerance, width, stepper(method)).samples;
  };
}

Run chain(const Question& question) {
  return [question](const std::string& method, double tolerance) {
    return run_species_chain(method, question.n_members, question.width, question.n_cells, question.n_species,
                             tolerance);
  };
}

/// The problem, and the method and tolerance that give its reference.
struct Problem {
  Run run;
  std::string method;
  double tolerance;
};

Problem problem_of(const Question& question) {
  if (question.problem == "linear") return {linear(question), "contour", 1e-6};
  if (question.problem == "saturable") return {saturable(question), "rodas5p", 1e-12};
  if (question.problem == "chain") return {chain(question), "contour", 1e-6};
  throw std::invalid_argument("no such problem: " + question.problem);
}

struct Measured {
  std::string method;
  double tolerance, error = 0.0;
  std::vector<double> seconds{};
};

}  // namespace

void time_methods(const Question& question) {
  const auto problem = problem_of(question);
  const auto reference = question.reference.empty() ? problem.run(problem.method, problem.tolerance)
                                                    : problem.run(question.reference, 1e-12);
  std::vector<Measured> all;
  for (const auto& method : question.methods)
    for (const double tolerance : question.tolerances) {
      all.push_back({method, tolerance});
      if (method == "contour") break;  // its error does not depend on it
    }
  for (int round = 0; round < question.rounds; ++round)
    for (auto& one : all) {
      if (round > 0 && one.seconds.back() > question.most_seconds) continue;
      const std::clock_t begun = std::clock();
      const auto samples = problem.run(one.method, one.tolerance);
      one.seconds.push_back(static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC);
      one.error = worst_error(samples, reference);
    }
  fmt::print("problem,method,tolerance,members,width,cells,species,seconds_per_member,worst_error\n");
  for (auto& one : all) {
    const auto middle = one.seconds.begin() + static_cast<std::ptrdiff_t>(one.seconds.size() / 2);
    std::nth_element(one.seconds.begin(), middle, one.seconds.end());
    fmt::print("{},{},{},{},{},{},{},{:.4g},{:.3g}\n", question.problem, one.method, one.tolerance,
               question.n_members, question.width, question.n_cells, question.n_species,
               *middle / static_cast<double>(question.n_members), one.error);
  }
}

}  // namespace poultice::benchmarks
