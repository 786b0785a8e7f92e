// What does one factorisation with one solve of (I - gamma J) cost per member over 1 … 8 species, against
// SUNDIALS' band solver and Eigen's sparse LU, one member at a time, in the same run?

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "benchmarks/micro/alternatives.hpp"
#include "solvers/linear/forest_elimination.hpp"

namespace poultice::benchmarks {
namespace {

using core::Index;

constexpr double gamma_of_all = 0.1;

/// Seconds that a call takes, of several in a row.
template <class Action>
double seconds_of(Action&& action) {
  constexpr int calls = 20;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) action();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / calls;
}

/// Median seconds of each of the sides, which take turns, so that a ratio is of one and the same minute.
struct Sides {
  std::vector<double> ours, band, sparse;

  static double median(std::vector<double> seconds) {
    const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
    std::nth_element(seconds.begin(), middle, seconds.end());
    return *middle;
  }
  /// Nanoseconds per cell and member, and how many times that the others take.
  void report(benchmark::State& state, const std::string& what) const {
    const auto members = static_cast<double>(state.range(1)), cells = static_cast<double>(state.range(0));
    state.counters[what + "_ns"] = 1e9 * median(ours) / members / cells;
    state.counters["band_" + what] = median(band) * members / median(ours);
    state.counters["sparse_" + what] = median(sparse) * members / median(ours);
  }
};

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
  Sides factor, solve;
  for (auto _ : state) {
    factor.ours.push_back(seconds_of([&] { elimination.factor(chain.matrix, gamma_of_all); }));
    solve.ours.push_back(seconds_of([&] { fresh(), elimination.solve(x.span()); }));
    factor.band.push_back(seconds_of([&] { band.factor(matrix); }));
    solve.band.push_back(seconds_of([&] { by_band = right, band.solve(by_band); }));
    factor.sparse.push_back(seconds_of([&] { sparse.factor(matrix); }));
    solve.sparse.push_back(seconds_of([&] { by_sparse = right, sparse.solve(by_sparse); }));
    state.SetIterationTime(factor.ours.back() + solve.ours.back());
  }
  factor.report(state, "factor");
  solve.report(state, "solve");
}

BENCHMARK(species)
    ->ArgNames({"cells", "lanes", "species", "ring"})
    ->ArgsProduct({{50, 200}, {1, 8, 32}, {1, 2, 3, 4, 5, 6, 7, 8}, {0, 1}})
    ->UseManualTime()
    ->Iterations(25);

}  // namespace
}  // namespace poultice::benchmarks
