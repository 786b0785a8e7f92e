#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/system/term.hpp"

/// What tests of any reaction need.
namespace poultice::solvers::testing {

using core::Index;
using core::LaneArray;

/// One row of values, a lane each.
[[nodiscard]] inline LaneArray lanes(const std::vector<double>& values) {
  LaneArray row(1, static_cast<Index>(values.size()));
  std::copy(values.begin(), values.end(), row[0]);
  return row;
}

/// The row `lane` % rows of a few values again and again, over `width` lanes.
[[nodiscard]] inline LaneArray repeated(const std::vector<double>& values, Index width) {
  LaneArray row(1, width);
  for (Index lane = 0; lane < width; ++lane)
    row(0, lane) = values[static_cast<std::size_t>(lane) % values.size()];
  return row;
}

[[nodiscard]] inline LaneArray rates(const core::NonlinearTerm& term, const LaneArray& state) {
  LaneArray rate(state.rows(), state.width());
  term.add_rates(nullptr, {}, state.view(), rate.span());
  return rate;
}

[[nodiscard]] inline core::RateMatrix jacobian(const core::NonlinearTerm& term, const LaneArray& state,
                                               const core::StateLayout& layout) {
  core::RateMatrix matrix(layout, state.width());
  term.add_jacobian(nullptr, {}, state.view(), matrix);
  return matrix;
}

/// Every entry of the Jacobian is the central difference of the rates, whose error is the step squared.
inline void expect_jacobian_is_the_slope(const core::NonlinearTerm& term, const LaneArray& state,
                                         const core::StateLayout& layout) {
  const auto matrix = jacobian(term, state, layout);
  for (Index column = 0; column < layout.n_cell_rows() + layout.n_compartments(); ++column) {
    auto up = state, down = state;
    for (Index lane = 0; lane < state.width(); ++lane) {
      const double step = 1e-5 * std::abs(state(column, lane));
      up(column, lane) += step, down(column, lane) -= step;
    }
    const auto above = rates(term, up), below = rates(term, down);
    for (Index row = 0; row < layout.n_rows(); ++row)
      for (Index lane = 0; lane < state.width(); ++lane) {
        const double slope = (above(row, lane) - below(row, lane)) / (up(column, lane) - down(column, lane));
        // Round-off of the difference is what is left where the slope is small.
        const double noise = 1e-10 * std::abs(rates(term, state)(row, lane) / state(column, lane));
        EXPECT_NEAR(matrix.entry(row, column, lane), slope, 1e-8 * std::abs(slope) + noise)
            << layout.row_name(row) << " by " << layout.row_name(column) << ", lane " << lane;
      }
  }
}

}  // namespace poultice::solvers::testing
