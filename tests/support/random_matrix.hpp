#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/system/rate_matrix.hpp"

/// Layouts and rate matrices made at random, for tests of what works on any of them.
namespace poultice::testing {

using core::Index;

/// Which cells touch.
struct Topology {
  Index n_cells = 0;
  std::vector<std::pair<Index, Index>> faces{};
};

[[nodiscard]] inline Topology chain_of(Index n_cells) {
  Topology chain{n_cells};
  for (Index i = 0; i + 1 < n_cells; ++i) chain.faces.emplace_back(i, i + 1);
  return chain;
}

/// Trees of any form whose cells are numbered in no order; with several trees some are single cells.
[[nodiscard]] inline Topology random_forest(Index n_cells, Index n_trees, std::mt19937& random) {
  std::vector<Index> label(static_cast<std::size_t>(n_cells));
  for (Index i = 0; i < n_cells; ++i) label[static_cast<std::size_t>(i)] = i;
  std::shuffle(label.begin(), label.end(), random);
  Topology forest{n_cells};
  for (Index i = n_trees; i < n_cells; ++i) {
    const Index other = std::uniform_int_distribution<Index>(0, i - 1)(random);
    forest.faces.emplace_back(label[static_cast<std::size_t>(i)], label[static_cast<std::size_t>(other)]);
  }
  return forest;
}

/// What a random case is made of.
struct Make {
  Topology topology{};
  Index n_species = 1;
  Index n_compartments = 0;
  Index n_accumulators = 0;
  bool returns_to_cells = true;  ///< compartments give back to cells
};

[[nodiscard]] inline core::StateLayout layout_of(const Make& make) {
  core::StateLayout layout;
  for (Index s = 0; s < make.n_species; ++s) layout.add_species({"s" + std::to_string(s), 0.1});
  layout.add_field("field", make.topology.n_cells);
  for (const auto& [a, b] : make.topology.faces) layout.graph().connect(a, b);
  for (Index c = 0; c < make.n_compartments; ++c) layout.add_compartment("c" + std::to_string(c));
  for (Index a = 0; a < make.n_accumulators; ++a)
    static_cast<void>(layout.accumulator("a" + std::to_string(a)));
  layout.finish();
  return layout;
}

/// One rate per lane, spread over `decades` around one.
[[nodiscard]] inline std::vector<double> random_rates(Index width, std::mt19937& random,
                                                      double decades = 4.0) {
  std::uniform_real_distribution<double> exponent(-0.5 * decades, 0.5 * decades);
  std::vector<double> k(static_cast<std::size_t>(width));
  for (auto& each : k) each = std::pow(10.0, exponent(random));
  return k;
}

/// Transfers only: nothing is made or lost, so that every column of the matrix sums to zero. Rates are drawn
/// for `drawn` lanes, of which the matrix gets those from `first` on: parts of a wide matrix can be made one
/// by one.
inline void fill_with_transfers(core::RateMatrix& matrix, const Make& make, std::mt19937& random, Index drawn,
                                Index first) {
  const auto& layout = matrix.layout();
  const auto move = [&](Index from, Index to) {
    matrix.transfer(from, to, random_rates(drawn, random).data() + first);
  };
  for (const auto& [a, b] : make.topology.faces)
    for (Index s = 0; s < make.n_species; ++s)
      move(layout.row(a, s), layout.row(b, s)), move(layout.row(b, s), layout.row(a, s));
  for (Index cell = 0; cell < make.topology.n_cells; ++cell) {
    for (Index s = 0; s < make.n_species; ++s)
      for (Index t = 0; t < make.n_species; ++t)
        if (s != t) move(layout.row(cell, s), layout.row(cell, t));
    for (Index c = 0; c < make.n_compartments; ++c) {
      move(layout.row(cell, cell % make.n_species), layout.row(core::Compartment{c}));
      if (make.returns_to_cells && (cell + c) % 2 == 0)
        move(layout.row(core::Compartment{c}), layout.row(cell, 0));
    }
    if (make.n_accumulators > 0)
      move(layout.row(cell, 0), layout.row(core::Accumulator{cell % make.n_accumulators}));
  }
  for (Index c = 0; c < make.n_compartments; ++c) {
    if (c > 0) move(layout.row(core::Compartment{0}), layout.row(core::Compartment{c}));
    if (c > 0) move(layout.row(core::Compartment{c}), layout.row(core::Compartment{0}));
    if (make.n_accumulators > 0) move(layout.row(core::Compartment{c}), layout.row(core::Accumulator{0}));
  }
}

inline void fill_with_transfers(core::RateMatrix& matrix, const Make& make, std::mt19937& random) {
  fill_with_transfers(matrix, make, random, matrix.width(), 0);
}

/// Random numbers in 0 … 1.
[[nodiscard]] inline core::LaneArray random_lanes(Index rows, Index width, std::mt19937& random) {
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  core::LaneArray values(rows, width);
  for (Index i = 0; i < values.view().size(); ++i) values.span().data()[i] = unit(random);
  return values;
}

/// One lane of the matrix, column by column, as multiply_add shows it: [column * n_rows + row].
[[nodiscard]] inline std::vector<double> dense(const core::RateMatrix& matrix, Index lane) {
  const Index n = matrix.layout().n_rows();
  std::vector<double> columns;
  for (Index column = 0; column < n; ++column) {
    core::LaneArray unit(n, matrix.width()), rate(n, matrix.width());
    for (Index i = 0; i < matrix.width(); ++i) unit(column, i) = 1.0;
    matrix.multiply_add(unit.view(), rate.span());
    for (Index row = 0; row < n; ++row) columns.push_back(rate(row, lane));
  }
  return columns;
}

}  // namespace poultice::testing
