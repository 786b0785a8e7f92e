// What does one factorisation with one solve of (I - gamma J) cost per member over 1 … 8 species, against
// SUNDIALS' band solver and Eigen's sparse LU, one member at a time, in the same run?

#include <algorithm>
#include <chrono>
#include <cmath>

#include <benchmark/benchmark.h>

#include "benchmarks/micro/alternatives.hpp"
#include "solvers/linear/forest_elimination.hpp"

namespace poultice::benchmarks {
namespace {

using core::Index;

constexpr double gamma_of_all = 0.1;

/// Seconds that a call takes: the best of some batches, each as long as clocks can tell. Repeated alternately
/// for both sides, so that a ratio is of one and the same minute.
template <class Action>
double seconds_of(Action&& action, int calls) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) action();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / calls;
}

/// Our answer of a lane against theirs.
double distance(const core::LaneArray& ours, Index lane, const Eigen::VectorXd& theirs) {
  double worst = 0.0;
  for (Index row = 0; row < theirs.size(); ++row)
    worst = std::max(worst, std::abs(ours(row, lane) - theirs(row)) / std::abs(theirs(row)));
  return worst;
}

/// Arguments: cells, lanes, species, and whether species form a ring (full blocks) or a line (triangular).
void species(benchmark::State& state) {
  const Index width = state.range(1), n_species = state.range(2);
  const Chain chain(state.range(0), width, n_species, state.range(3) != 0);
  solvers::ForestElimination elimination(chain.layout, width);
  const core::LaneArray b(chain.layout.n_rows(), width, 1.0);
  core::LaneArray x = b;
  elimination.factor(chain.matrix, gamma_of_all);
  elimination.solve(x.span());

  const Index lane = width / 2;
  const auto matrix = member_matrix(chain, lane, gamma_of_all);
  const Eigen::VectorXd right = Eigen::VectorXd::Ones(matrix.rows());
  BandSolver band(matrix, n_species);
  SparseSolver sparse(matrix);
  Eigen::VectorXd by_band = right, by_sparse = right;
  band.factor(matrix), band.solve(by_band);
  sparse.factor(matrix), sparse.solve(by_sparse);
  if (std::max(distance(x, lane, by_band), distance(x, lane, by_sparse)) > 1e-13) {
    state.SkipWithError("the answers differ by more than round-off");
    return;
  }

  const auto fresh = [&] { std::copy_n(b.view().data(), b.view().size(), x.span().data()); };
  double factor = HUGE_VAL, solve = HUGE_VAL, band_factor = HUGE_VAL, band_solve = HUGE_VAL,
         sparse_factor = HUGE_VAL, sparse_solve = HUGE_VAL;
  const auto least = [](double& best, double now) { best = std::min(best, now); };
  const int calls = 20;
  for (auto _ : state) {
    const double ours = seconds_of([&] { elimination.factor(chain.matrix, gamma_of_all); }, calls);
    const double ours_solve = seconds_of([&] { fresh(), elimination.solve(x.span()); }, calls);
    least(factor, ours), least(solve, ours_solve);
    least(band_factor, seconds_of([&] { band.factor(matrix); }, calls));
    least(band_solve, seconds_of([&] { by_band = right, band.solve(by_band); }, calls));
    least(sparse_factor, seconds_of([&] { sparse.factor(matrix); }, calls));
    least(sparse_solve, seconds_of([&] { by_sparse = right, sparse.solve(by_sparse); }, calls));
    state.SetIterationTime((ours + ours_solve) * calls);
  }
  const auto members = static_cast<double>(width), cells = static_cast<double>(state.range(0));
  state.counters["factor_ns"] = 1e9 * factor / members / cells;
  state.counters["solve_ns"] = 1e9 * solve / members / cells;
  state.counters["band_factor"] = band_factor * members / factor;
  state.counters["band_solve"] = band_solve * members / solve;
  state.counters["sparse_factor"] = sparse_factor * members / factor;
  state.counters["sparse_solve"] = sparse_solve * members / solve;
}

BENCHMARK(species)
    ->ArgNames({"cells", "lanes", "species", "ring"})
    ->ArgsProduct({{50, 200}, {1, 8, 32}, {1, 2, 3, 4, 5, 6, 7, 8}, {0, 1}})
    ->UseManualTime()
    ->Iterations(25);

}  // namespace
}  // namespace poultice::benchmarks
