// What does a step of diffusion and decay on a cube cost, beside reading and writing the field once?

#include "solvers/grid/lod_diffusion.hpp"

#include <vector>

#include <benchmark/benchmark.h>

namespace poultice::benchmarks {
namespace {

using core::GridAxis;
using core::Index;

constexpr int steps_at_once = 10;

/// BioFVM's performance_test_voxels: 10 um, 1e5 um^2/min, 0.1/min, steps of 0.01 min.
void lod_step(benchmark::State& state) {
  const Index n = state.range(0);
  const auto axis = [n](const char* name) {
    return GridAxis::uniform(name, 0.0, 10e-6 * static_cast<double>(n), n);
  };
  const core::StructuredGrid grid({axis("x"), axis("y"), axis("z")});
  const solvers::LodDiffusion diffusion(grid, 1e5 * 1e-12 / 60.0, 0.1 / 60.0, 0.6);
  std::vector<std::vector<double>> fields(static_cast<std::size_t>(state.range(1)));
  for (auto& field : fields) field.assign(static_cast<std::size_t>(grid.n_cells()), 100.0);
  for (auto _ : state)
    for (auto& field : fields) diffusion.advance(field.data(), steps_at_once);
  state.counters["step"] = benchmark::Counter(
      steps_at_once, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// One read and one write of a field that no cache holds, per 100^3 cells.
void stream(benchmark::State& state) {
  constexpr std::size_t n_fields = 16, n_cells = 1'000'000;
  std::vector<double> field(n_fields * n_cells, 1.0);
  for (auto _ : state) {
    for (auto& u : field) u *= 1.0000001;
    benchmark::ClobberMemory();
  }
  state.counters["step"] = benchmark::Counter(
      n_fields, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

BENCHMARK(lod_step)
    ->Name("grid/lod")
    ->ArgNames({"n", "fields"})
    ->Args({30, 1})
    ->Args({100, 1})
    ->Args({100, 10});
BENCHMARK(stream)->Name("grid/stream");

}  // namespace
}  // namespace poultice::benchmarks
