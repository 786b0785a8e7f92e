#pragma once

#include <cmath>
#include <vector>

#include "tests/support/random_matrix.hpp"

namespace poultice::solvers::testing {

/// exp(time A) start for a matrix of transfers, in one lane: the series of exp(-q t) exp(q t (I + A / q)) has
/// no negative term, so that what is smallest comes out as exactly as what is largest. Takes some q t + 100
/// products, where q is the largest rate at which a row loses.
[[nodiscard]] inline std::vector<long double> by_positive_series(const core::RateMatrix& matrix,
                                                                 const core::LaneArray& start, double time,
                                                                 core::Index lane = 0) {
  const auto columns = poultice::testing::dense(matrix, lane);
  const auto n = static_cast<std::size_t>(start.rows());
  long double q = 0.0L;
  for (std::size_t i = 0; i < n; ++i) q = std::max(q, -static_cast<long double>(columns[i * n + i]));
  std::vector<long double> term(n), sum(n), next(n);
  for (std::size_t i = 0; i < n; ++i)
    term[i] = start(static_cast<core::Index>(i), lane) * std::exp(-q * time);
  const int count = static_cast<int>(q * time + 20.0L * std::sqrt(q * time) + 100.0L);
  for (int k = 1; k <= count; ++k) {
    for (std::size_t i = 0; i < n; ++i) sum[i] += term[i], next[i] = q * term[i];
    for (std::size_t column = 0; column < n; ++column)
      for (std::size_t row = 0; row < n; ++row) next[row] += columns[column * n + row] * term[column];
    for (std::size_t i = 0; i < n; ++i) term[i] = next[i] * time / k;
  }
  return sum;
}

}  // namespace poultice::solvers::testing
