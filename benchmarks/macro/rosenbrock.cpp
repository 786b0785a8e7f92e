// Forced time stepping of a population, linear and not: blocks of Rosenbrock methods against blocks of CVODE
// and against packaged CVODE member by member. Times are of the processor; each benchmark carries its worst
// error against CVODE blocks at a relative tolerance of 1e-11, so that rows of equal error can be compared.

#include "solvers/time/rosenbrock.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <benchmark/benchmark.h>

#include "benchmarks/macro/patch_study.hpp"
#include "benchmarks/macro/rosenbrock_study.hpp"
#include "solvers/time/cvode.hpp"

namespace poultice::benchmarks {
namespace {

using solvers::RosenbrockMethod;

struct Case {
  Population population;
  std::vector<double> reference;
};

const MakeStepper cvode = [](const core::System& system, solvers::Tolerances tolerances,
                             const solvers::Limits& limits) {
  return solvers::make_cvode(system, std::move(tolerances), limits);
};

MakeStepper rosenbrock(RosenbrockMethod method) {
  return [method](const core::System& system, solvers::Tolerances tolerances, const solvers::Limits& limits) {
    return solvers::make_rosenbrock(system, std::move(tolerances), limits, method);
  };
}

const Case& case_of(bool is_linear) {
  static std::map<bool, Case> cases;
  auto& found = cases[is_linear];
  if (found.reference.empty()) {
    found.population = is_linear ? patch_population(population()) : saturable_population(population());
    found.reference = run_steppers(found.population, 1e-11, 32, cvode).samples;
  }
  return found;
}

/// Largest error of what is left in the patch, relative to itself where that is a millionth of the dose.
double error_of_first(const std::vector<double>& samples, const std::vector<double>& reference,
                      std::size_t n_watched) {
  double worst = 0.0;
  for (std::size_t i = 0; i < reference.size(); i += n_watched)
    if (reference[i] > 1e-6) worst = std::max(worst, std::abs(samples[i] / reference[i] - 1.0));
  return worst;
}

/// Runs at a relative tolerance of 10^(-range/4).
template <class Run>
void measure(benchmark::State& state, bool is_linear, Run run) {
  const auto& [population, reference] = case_of(is_linear);
  const double tolerance = std::pow(10.0, -static_cast<double>(state.range(0)) / 4.0);
  Stepped stepped;
  for (auto _ : state) stepped = run(population, tolerance);
  const auto members = static_cast<double>(population.n_members);
  state.counters["worst_error"] = worst_error(stepped.samples, reference);
  state.counters["left_error"] = error_of_first(stepped.samples, reference, population.watched.size());
  state.counters["steps"] = static_cast<double>(stepped.work.steps) / static_cast<double>(stepped.n_blocks);
  state.counters["stepping_us"] = 1e6 * stepped.stepping_seconds / members;
  state.counters["per_member"] = benchmark::Counter(
      members, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void stepped(benchmark::State& state, bool is_linear, const MakeStepper& make) {
  const auto width = state.range(1);
  measure(state, is_linear, [&](const Population& population, double tolerance) {
    return run_steppers(population, tolerance, width, make);
  });
}
void packaged(benchmark::State& state, bool is_linear) { measure(state, is_linear, run_packaged_species); }

void once(benchmark::internal::Benchmark* b) { b->Iterations(1)->Unit(benchmark::kMillisecond); }

void at_tolerances(benchmark::internal::Benchmark* b) {
  b->ArgsProduct({{12, 16, 20, 24}, {32}});
  once(b);
}
void in_widths(benchmark::internal::Benchmark* b) {
  at_tolerances(b);
  b->ArgsProduct({{20}, {1, 8, 16, 64}});
}

// Packaged CVODE at the tolerances that give worst errors of about 2e-4, 2e-5 and 2e-6.
BENCHMARK_CAPTURE(packaged, linear, true)->Arg(18)->Arg(22)->Arg(26)->Apply(once);
BENCHMARK_CAPTURE(stepped, linear_cvode, true, cvode)->Apply(at_tolerances);
BENCHMARK_CAPTURE(stepped, linear_pade5, true, rosenbrock(RosenbrockMethod::pade5))->Apply(in_widths);
BENCHMARK_CAPTURE(stepped, linear_ros34pw2, true, rosenbrock(RosenbrockMethod::ros34pw2))
    ->Apply(at_tolerances);
BENCHMARK_CAPTURE(stepped, linear_rodas5p, true, rosenbrock(RosenbrockMethod::rodas5p))->Apply(at_tolerances);
BENCHMARK_CAPTURE(packaged, saturable, false)->Arg(16)->Arg(20)->Arg(24)->Apply(once);
BENCHMARK_CAPTURE(stepped, saturable_cvode, false, cvode)->Apply(at_tolerances);
BENCHMARK_CAPTURE(stepped, saturable_ros34pw2, false, rosenbrock(RosenbrockMethod::ros34pw2))
    ->Apply(at_tolerances);
BENCHMARK_CAPTURE(stepped, saturable_rodas5p, false, rosenbrock(RosenbrockMethod::rodas5p))->Apply(in_widths);

}  // namespace
}  // namespace poultice::benchmarks
