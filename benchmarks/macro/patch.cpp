// How much faster is the patch of the examples, alone and as a population, than packaged CVODE member by
// member, at equal worst error? Each benchmark carries its worst error against a reference at a relative
// tolerance of 1e-10.

#include <cmath>
#include <map>

#include <benchmark/benchmark.h>

#include "benchmarks/macro/patch_study.hpp"

namespace poultice::benchmarks {
namespace {

const PatchStudy& study(core::Index members) {
  static std::map<core::Index, PatchStudy> studies;
  return studies.try_emplace(members, members).first->second;
}

const std::vector<double>& reference(core::Index members) {
  static std::map<core::Index, std::vector<double>> references;
  auto& found = references[members];
  if (found.empty()) found = run_blocks(study(members), 1e-10, members == 1 ? 1 : 32);
  return found;
}

/// Relative tolerance 10^(-range/4).
double tolerance(const benchmark::State& state) {
  return std::pow(10.0, -static_cast<double>(state.range(0)) / 4.0);
}

template <class Run>
void measure(benchmark::State& state, core::Index members, Run run) {
  const auto& exact = reference(members);
  std::vector<double> samples;
  for (auto _ : state) samples = run(study(members), tolerance(state));
  state.counters["worst_error"] = worst_error(samples, exact);
  state.counters["per_member"] =
      benchmark::Counter(static_cast<double>(members),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void alone_packaged(benchmark::State& state) { measure(state, 1, run_packaged); }
void alone(benchmark::State& state) {
  measure(state, 1, [](const auto& s, double tol) { return run_blocks(s, tol, 1); });
}
void population_packaged(benchmark::State& state) { measure(state, population(), run_packaged); }
void population_blocks(benchmark::State& state) {
  const auto width = state.range(1);
  measure(state, population(), [&](const auto& s, double tol) { return run_blocks(s, tol, width); });
}

void alone_contour(benchmark::State& state) {
  measure(state, 1, [](const auto& s, double tol) { return run_blocks(s, tol, 1, "contour"); });
}
void population_contour(benchmark::State& state) {
  const auto width = state.range(1);
  measure(state, population(),
          [&](const auto& s, double tol) { return run_blocks(s, tol, width, "contour"); });
}

BENCHMARK(alone_packaged)->DenseRange(16, 28, 4)->Unit(benchmark::kMillisecond);
BENCHMARK(alone)->DenseRange(16, 28, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(population_packaged)->Arg(24)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(population_blocks)
    ->ArgsProduct({{18, 19, 20, 22, 24}, {32}})
    ->Args({24, 1})
    ->Args({24, 8})
    ->Args({24, 16})
    ->Args({24, 64})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(alone_contour)->Arg(24)->Unit(benchmark::kMillisecond);
BENCHMARK(population_contour)
    ->ArgsProduct({{24}, {1, 8, 16, 32, 64}})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace poultice::benchmarks
