// Members that take their patches off at times of their own: what do blocks that they share save, against one
// block for each, and what do they cost, against members that all take it off at one time? A plan made and
// run as a sweep runs it, on one core; planning is timed by itself.

#include <cmath>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "benchmarks/macro/patch_study.hpp"
#include "core/study/study.hpp"
#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "solvers/ensemble/block_runner.hpp"
#include "solvers/ensemble/planner.hpp"

namespace poultice::benchmarks {
namespace {

using core::Index;

enum class Removal { together, apart };

core::Study study(const std::string& integrator) {
  static const core::DataLibrary library(models::embedded_data());
  constexpr const char* sweep = R"([sweep]
every = "30 min"
curves = ["in_patch", "delivered", "in_plasma", "eliminated", "plasma_concentration", "flux"]
[sweep.axes]
"schedule.1.at" = ["72 h"]
)";
  return core::Study::parse(patch_scenario(integrator) + sweep, "benchmark", ".", models::catalogue(),
                            library);
}

/// Clearance and the stratum corneum's thickness differ (log-normal, 30 and 20 %), and so does the time of
/// removal, uniformly between 48 h and 96 h, if told so.
core::Design design(Index n_members, Removal removal) {
  std::mt19937_64 random(20261124);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> hours(48.0, 96.0);
  core::DesignColumn at{.path = "schedule.1.at", .unit = "h", .needs_own_scenario = true};
  core::DesignColumn clearance{.path = "plasma.clearance", .unit = "L/h"};
  core::DesignColumn thickness{.path = "skin.stratum_corneum.thickness", .unit = "um"};
  for (Index member = 0; member < n_members; ++member) {
    at.numbers.push_back(3600.0 * (removal == Removal::apart ? hours(random) : 72.0));
    clearance.numbers.push_back(45e-3 / 3600.0 * std::exp(0.3 * normal(random)));
    thickness.numbers.push_back(15e-6 * std::exp(0.2 * normal(random)));
  }
  return {.n_members = n_members, .columns = {std::move(at), std::move(clearance), std::move(thickness)}};
}

void per_member(benchmark::State& state, Index n_members) {
  state.counters["per_member"] =
      benchmark::Counter(static_cast<double>(n_members),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void removed(benchmark::State& state, const std::string& integrator, Removal removal, Index width) {
  const Index n = population();
  const auto plan = solvers::make_plan(study(integrator), design(n, removal), {.width = width});
  for (auto _ : state) {
    solvers::BlockRunner runner(plan, models::catalogue(), nullptr, std::nullopt);
    for (Index block = 0; block < plan.n_blocks(); ++block)
      if (runner.run(block).n_failed() > 0) state.SkipWithError("a member failed");
  }
  per_member(state, n);
}

void planned(benchmark::State& state) {
  const Index n = state.range(0);
  const auto of = study("automatic");
  const auto members = design(n, Removal::apart);
  for (auto _ : state) benchmark::DoNotOptimize(solvers::make_plan(of, members));
  per_member(state, n);
}

const int registered = [] {
  for (const auto* integrator : {"contour", "rosenbrock", "cvode"})
    for (const auto& [removal, words] :
         {std::pair{Removal::together, "at_72_h"}, std::pair{Removal::apart, "at_48_to_96_h"}})
      for (const Index width : {32, 1})
        benchmark::RegisterBenchmark(
            fmt::format("removed/{}/{}/width_{}", words, integrator, width).c_str(),
            [=](benchmark::State& state) { removed(state, integrator, removal, width); })
            ->Iterations(1)
            ->Unit(benchmark::kMillisecond);
  return 0;
}();

BENCHMARK(planned)->Arg(4096)->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace poultice::benchmarks
