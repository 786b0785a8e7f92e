// What do the two kernels cost per cell and lane, over cells x lanes x species: transport rates, and
// factoring and solving (I - gamma J)?

#include <benchmark/benchmark.h>

#include "benchmarks/micro/chain.hpp"
#include "solvers/linear/forest_elimination.hpp"

namespace poultice::benchmarks {
namespace {

using core::Index;

void count_cells(benchmark::State& state) {
  const auto work = static_cast<double>(state.range(0) * state.range(1) * state.range(2));
  state.counters["per_cell"] =
      benchmark::Counter(work, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void transport_rates(benchmark::State& state) {
  const Chain chain(state.range(0), state.range(1), state.range(2));
  core::LaneArray amount(chain.layout.n_rows(), state.range(1), 1.0),
      rate(chain.layout.n_rows(), state.range(1));
  for (auto _ : state) {
    rate.fill(0.0);
    chain.matrix.multiply_add(amount.view(), rate.span());
    benchmark::ClobberMemory();
  }
  count_cells(state);
}

void factor(benchmark::State& state) {
  const Chain chain(state.range(0), state.range(1), state.range(2));
  solvers::ForestElimination elimination(chain.layout, state.range(1));
  for (auto _ : state) {
    elimination.factor(chain.matrix, 0.1);
    benchmark::ClobberMemory();
  }
  count_cells(state);
}

void solve(benchmark::State& state) {
  const Chain chain(state.range(0), state.range(1), state.range(2));
  solvers::ForestElimination elimination(chain.layout, state.range(1));
  elimination.factor(chain.matrix, 0.1);
  core::LaneArray x(chain.layout.n_rows(), state.range(1), 1.0);
  for (auto _ : state) {
    elimination.solve(x.span());
    benchmark::ClobberMemory();
  }
  count_cells(state);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"cells", "lanes", "species"});
  for (const Index cells : {50, 200, 1000})
    for (const Index lanes : {1, 8, 32, 64}) benchmark->Args({cells, lanes, 1});
  for (const Index species : {2, 4, 8})
    for (const Index lanes : {1, 32}) benchmark->Args({200, lanes, species});
}

BENCHMARK(transport_rates)->Apply(sizes);
BENCHMARK(factor)->Apply(sizes);
BENCHMARK(solve)->Apply(sizes);

}  // namespace
}  // namespace poultice::benchmarks
