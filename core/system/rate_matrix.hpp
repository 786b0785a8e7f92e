#pragma once

#include <map>
#include <utility>
#include <vector>

#include "core/system/lane_array.hpp"
#include "core/system/state_layout.hpp"

namespace poultice::core {

/// The Jacobian d(rate)/d(state) of a block [1/s], in the shape that the forest of cells gives it:
///
/// - along each face, first-order transfer child -> parent (`up`) and parent -> child (`down`), per species;
/// - within each cell a block `local` of n_species x n_species, without what the faces carry;
/// - a short list of `couplings`: every entry whose row or column is a compartment or an accumulator.
///
/// Faces are kept as transfers, never as a summed diagonal, so that what leaves one row is to the last bit
/// what arrives in the other, and so that elimination needs no subtraction (solvers/linear).
class RateMatrix {
 public:
  struct Coupling {
    Index row, column;
  };

  RateMatrix() = default;
  RateMatrix(const StateLayout& layout, Index width);

  void clear();
  /// Takes over the values of `other`, whose couplings are the first of our own, and clears the rest. Unlike
  /// assignment it allocates nothing.
  void copy_values(const RateMatrix& other);
  /// Multiplies every entry of a lane by that lane's factor.
  void scale(const double* factors);
  /// Adds the values of `other`, whose couplings are the first of our own.
  void add_values(const RateMatrix& other);

  /// An amount moves from row `from` to row `to` at `k` [1/s, per lane] times the amount in `from`.
  /// Between neighbouring cells both rows must be of one species.
  void transfer(Index from, Index to, const double* k);
  /// rate of `counter` += k * amount in `column`: counts what passes without holding it.
  void count(Index counter, Index column, const double* k, double sign);
  /// Adds `scale * v` [per lane] to d(rate of row)/d(column). Not for two rows of different cells.
  void add(Index row, Index column, const double* v, double scale = 1.0);

  /// rate += matrix * state
  void multiply_add(LaneView state, LaneSpan rate) const;

  [[nodiscard]] bool is_empty() const noexcept { return layout_ == nullptr; }
  [[nodiscard]] const StateLayout& layout() const noexcept { return *layout_; }
  [[nodiscard]] Index width() const noexcept { return up_.width(); }
  /// [cell * n_species + species][lane]; rows of root cells are zero.
  [[nodiscard]] const LaneArray& up() const noexcept { return up_; }
  [[nodiscard]] const LaneArray& down() const noexcept { return down_; }
  /// [(cell * n_species + row species) * n_species + column species][lane]
  [[nodiscard]] const LaneArray& local() const noexcept { return local_; }
  [[nodiscard]] const std::vector<Coupling>& couplings() const noexcept { return couplings_; }
  [[nodiscard]] const LaneArray& coupling_values() const noexcept { return coupling_values_; }
  /// One entry, whatever part it lies in, summed: for tests and for handing the matrix out.
  [[nodiscard]] double entry(Index row, Index column, Index lane) const;

 private:
  double* slot(Index row, Index column);

  const StateLayout* layout_ = nullptr;
  LaneArray up_, down_, local_, coupling_values_;
  std::vector<Coupling> couplings_;
  std::map<std::pair<Index, Index>, Index> coupling_index_;
};

}  // namespace poultice::core
