#pragma once

#include <vector>

#include "core/system/system.hpp"
#include "solvers/contour/complex_lanes.hpp"
#include "solvers/contour/row_sums.hpp"
#include "solvers/linear/small_blocks.hpp"

namespace poultice::solvers {

/// A pack holds neighbouring members of a block, from `lane` on, at one z.
struct AcrossMembers {
  core::Index lane;
  void load(TwinPack& to, const double* row) const { solvers::load(to, row + lane); }
};

/// A pack holds one member, at as many different z.
struct AcrossNodes {
  core::Index lane;
  void load(TwinPack& to, const double* row) const { to = in_all_lanes(row[lane]); }
};

/// Solves (z I - A) x = b for complex z, A being the matrix of a linear system between two events: the
/// elimination of ForestElimination and BlockElimination, on what a cell loses to elsewhere, so that stiff
/// stacks lose no digits; compartments by the Schur complement that they border it with.
class Resolvent {
 public:
  /// Takes over the pattern of the system's matrix, which must not change before it is made anew. `forcing`
  /// [row][lane], mol/s, may be empty and must outlive it. With `compartments_are_empty` nothing is in them
  /// whatever flows in.
  Resolvent(const core::System& system, core::LaneView forcing, bool compartments_are_empty = false);
  /// From now on passes by all cells that stay empty whenever only those rows start with anything that do so
  /// in `start` [row][lane], as a patch that was taken off.
  void pass_by_empty_cells(core::LaneView start);
  /// Whether nothing is ever in a row, so far as the last call of pass_by_empty_cells tells.
  [[nodiscard]] bool stays_empty(core::Index row) const { return stays_empty_[at(row)]; }

  /// Solves for one pack, with b = start + forced * forcing.
  template <class Access>
  void solve(const Access& access, const ComplexPack& z, core::LaneView start, const ComplexPack& forced);

  /// The solution of the last call: the transform of a row of the state, if b is state + forcing / z.
  [[nodiscard]] const ComplexPack& operator[](core::Index row) const {
    return x_[static_cast<std::size_t>(row)];
  }
  /// The transform of its rate of change. Of totals it is the sum of what flows in, not a difference.
  template <class Access>
  [[nodiscard]] ComplexPack rate(const Access& access, core::Index row, const ComplexPack& z,
                                 core::LaneView start) const;
  /// What flows into a total: the product of the matrix with the solution.
  [[nodiscard]] const ComplexPack& inflow(core::Index total_row) const {
    return flows_[at(total_row - layout_.n_rows() + layout_.n_accumulators())];
  }
  /// How many right-hand sides a solution takes.
  [[nodiscard]] long n_solves() const noexcept { return 1 + static_cast<long>(feeding_.size()); }

 private:
  struct Link {
    core::Index row, column;
    core::Index value;  ///< row of coupling_values()
  };
  static std::size_t at(core::Index i) { return static_cast<std::size_t>(i); }

  /// A cell in the order of elimination. What it hands to its parent stays in registers where the parent is
  /// next, as along a chain, and goes through memory otherwise.
  struct Stop {
    core::Index cell, parent;  ///< no parent, -1, also behind a face that nothing passes
    bool parent_is_next = false;
    bool has_stored = false;  ///< gets something through memory
    bool has_losses = false;  ///< to within the cell and to elsewhere
    bool has_start = true;
  };

  /// Stops of which each but the last is followed by its parent.
  struct Run {
    std::size_t first, last;
    bool ends_in_root;
    /// Where the two ends of a run meet.
    [[nodiscard]] std::size_t middle() const { return last - (last - first) / 2; }
  };
  /// What goes along a run.
  struct Strand {
    ComplexPack block, amount;
  };

  void connect_stops();
  void find_empty_rows(core::LaneView start);
  void sum_up_links();
  template <class Access>
  void eliminate_one(const Access& access, const ComplexPack& z, core::LaneView start,
                     const ComplexPack& forced);
  void substitute_one();
  template <class Access>
  void eliminate_cell(const Access& access, const Stop& stop, const double* out, const double* in,
                      const ComplexPack& z, core::LaneView start, const ComplexPack& forced, Strand& strand);
  template <class Blocks, class Access>
  void eliminate(Blocks blocks, const Access& access, const ComplexPack& z, core::LaneView start,
                 const ComplexPack& forced);
  template <class Blocks, class Access>
  void substitute(Blocks blocks, const Access& access);
  template <class Access>
  void solve_compartments(const Access& access, const ComplexPack& z);
  template <class Access>
  ComplexPack right_side(const Access& access, core::Index row, core::LaneView start,
                         const ComplexPack& forced) const;
  /// Calls add(row, what flows into it) for what flows from cells into compartments and totals.
  template <class Access, class Add>
  void flow_out(const Access& access, const std::vector<ComplexPack>& x, Add&& add) const;

  const core::StateLayout& layout_;
  const core::RateMatrix& matrix_;
  core::LaneView forcing_;
  bool compartments_are_empty_, is_triangular_, is_forced_;
  std::vector<Link> to_cells_, from_cells_, among_compartments_, compartments_to_totals_;
  RowSums out_of_cells_;  // of from_cells_, into compartments and totals
  std::vector<Stop> stops_;
  std::vector<Run> runs_;
  std::vector<bool> stays_empty_;                  // by row
  std::vector<core::Index> feeding_;               // compartments that give to cells
  std::vector<std::vector<ComplexPack>> columns_;  // (z I - A_cells)^-1 times what they give
  std::vector<ComplexPack> x_, flows_, inverse_, schur_;
};

}  // namespace poultice::solvers
