#pragma once

#include <vector>

#include "solvers/contour/drift.hpp"
#include "solvers/contour/resolvent.hpp"
#include "solvers/contour/row_sums.hpp"
#include "solvers/time/observation.hpp"

namespace poultice::solvers {

/// Gathers what is observed of the resolvents at all nodes of a window: the totals of groups of rows, of
/// which there are fewer than values.
class NodeLook {
 public:
  /// Observes the resolvent at node k, for the pack of members that starts at the lane of `access`; or, with
  /// packs across nodes, at nodes k, k + 1, … for one member.
  void observe(const AcrossMembers& access, std::size_t k, const ComplexPack& z, const Resolvent& resolvent,
               core::LaneView start);
  void observe(const AcrossNodes& access, std::size_t k, const ComplexPack& z, const Resolvent& resolvent,
               core::LaneView start);

 protected:
  NodeLook(const Observation& what, core::Index width) : what_(what), width_(width) {}
  /// Makes room for `n_padded` nodes, those beyond the window's being without weight, and for `n_more` totals
  /// behind those that are observed.
  void make_room(std::size_t n_padded, const Resolvent& resolvent, core::Index n_more = 0);
  [[nodiscard]] double* node_row(std::size_t k, bool imaginary) {
    return seen_[2 * static_cast<core::Index>(k) + (imaginary ? 1 : 0)];
  }
  /// values [value][lane] += weight * total, from totals [total][lane].
  void add(const double* totals, core::LaneSpan values) const;

  const Observation& what_;
  core::Index width_;
  core::Index n_totals_ = 0;
  core::LaneArray seen_;  ///< [2 * node + part][total * width + lane]

 private:
  template <class Access>
  void gather(const Access& access, const ComplexPack& z, const Resolvent& resolvent, core::LaneView start);

  RowSums of_state_, of_rate_;
  std::vector<ComplexPack> totals_;
};

/// What is seen of a drift: value = constant + time * growing, both [value][lane].
struct SeenDrift {
  SeenDrift(const Observation& what, const Drift& drift, core::Index width);
  core::LaneArray constant, growing;
};

/// out [row][column] = weights [row][part] * seen [part][column]
void multiply(const double* weights, core::Index rows, core::Index parts, const double* seen,
              core::Index columns, double* out);

}  // namespace poultice::solvers
