#pragma once

#include <vector>

#include "core/system/rate_matrix.hpp"

namespace poultice::benchmarks {

/// A chain of cells with first-order exchange between neighbours; within each cell every species turns into
/// the next, and the last, where `is_ring`, into the first.
struct Chain {
  core::StateLayout layout;
  core::RateMatrix matrix;

  Chain(core::Index n_cells, core::Index width, core::Index n_species, bool is_ring = true) {
    using core::Index;
    for (Index s = 0; s < n_species; ++s) layout.add_species({"species", 0.3});
    const auto field = layout.add_field("chain", n_cells);
    for (Index i = 0; i + 1 < n_cells; ++i)
      layout.graph().connect(field.first_cell + i, field.first_cell + i + 1);
    layout.finish();
    matrix = core::RateMatrix(layout, width);
    std::vector<double> rate(static_cast<std::size_t>(width));
    for (Index i = 0; i < n_cells; ++i)
      for (Index s = 0; s < n_species; ++s) {
        for (Index lane = 0; lane < width; ++lane)
          rate[static_cast<std::size_t>(lane)] =
              1.0 + 0.01 * static_cast<double>((i * 7 + lane * 3 + s) % 11);
        if (i + 1 < n_cells) {
          matrix.transfer(layout.row(i, s), layout.row(i + 1, s), rate.data());
          matrix.transfer(layout.row(i + 1, s), layout.row(i, s), rate.data());
        }
        if (s + 1 < n_species || (is_ring && n_species > 1))
          matrix.transfer(layout.row(i, s), layout.row(i, (s + 1) % n_species), rate.data());
      }
  }
  Chain(const Chain&) = delete;
  Chain& operator=(const Chain&) = delete;
};

}  // namespace poultice::benchmarks
