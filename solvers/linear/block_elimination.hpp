#pragma once

#include "core/system/rate_matrix.hpp"

namespace poultice::solvers {

/// The elimination of ForestElimination for cells of several species, which react with one another.
///
/// With E the excess of a cell (what it loses to elsewhere; a block), U and L the diagonal matrices gamma up
/// and gamma down of its face, the inverse of D = E + U is kept and the parent's excess grows by E D^-1 L.
/// As E D^-1 = I - U D^-1, its entries off the diagonal are those of -U D^-1 L: nothing is subtracted that
/// has the same sign. Where species arise only from species before them, in all cells, blocks are lower
/// triangular and nothing is subtracted at all. Otherwise pivots are not searched for: blocks of
/// (I - gamma J) are dominated by their diagonals.
///
/// Up to eight species the blocks live in registers; any number works.
class BlockElimination {
 public:
  BlockElimination() = default;
  BlockElimination(const core::StateLayout& layout, core::Index width);

  /// As of ForestElimination.
  void factor(const core::RateMatrix& matrix, double gamma);
  void solve(core::LaneSpan x) const;

 private:
  template <class Lanes, class Blocks>
  void factor_cell(Blocks blocks, const core::RateMatrix& matrix, double gamma, core::Index cell,
                   core::Index lane);
  template <class Lanes, class Blocks>
  void pass_up(Blocks blocks, core::LaneSpan x, core::Index cell, core::Index lane) const;
  template <class Lanes, class Blocks>
  void take_down(Blocks blocks, core::LaneSpan x, core::Index cell, core::Index lane) const;

  const core::StateLayout* layout_ = nullptr;
  bool is_triangular_ = false;  // what was factored last
  core::LaneArray inverse_;     // [cell * S * S]; until its turn, what a cell's children add to E
  core::LaneArray to_parent_, from_parent_;  // [cell * S]: U, L
};

}  // namespace poultice::solvers
