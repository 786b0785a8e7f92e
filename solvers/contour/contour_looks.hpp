#pragma once

#include <vector>

#include "solvers/contour/drift.hpp"
#include "solvers/contour/resolvent.hpp"
#include "solvers/contour/window.hpp"
#include "solvers/time/integrator.hpp"

namespace poultice::solvers {

/// The part of a look that falls into one window: gathers what is observed of the resolvents at all nodes,
/// then makes all samples of it in one matrix product.
class ContourLook {
 public:
  /// Takes the samples of `look` with first <= time - begin <= last of the window. Rows are kept for
  /// `n_padded` nodes, those beyond the window's being without weight.
  ContourLook(const Look& look, const Window& window, double begin, std::size_t n_padded,
              const Resolvent& resolvent);

  [[nodiscard]] bool is_empty() const noexcept { return times_.empty(); }
  /// Observes the resolvent at node k, for the pack of members that starts at the lane of `access`; or, with
  /// packs across nodes, at nodes k, k + 1, … for one member.
  void observe(const AcrossMembers& access, std::size_t k, const ComplexPack& z, const Resolvent& resolvent,
               core::LaneView start);
  void observe(const AcrossNodes& access, std::size_t k, const ComplexPack& z, const Resolvent& resolvent,
               core::LaneView start);
  /// Fills in the samples, adding what drifts. Amounts below zero by no more than `error` [1][lane], mol,
  /// which is what an amount may err by, become zero. Throws IntegrationError where one is lower.
  void finish(const Window& window, const Drift& drift, const core::LaneArray& error);

 private:
  void fill_in(const Drift& drift);
  void keep_amounts_positive(const core::LaneArray& error);
  void add(core::Index first_time, core::LaneView totals);
  template <class Access>
  void gather(const Access& access, const ComplexPack& z, const Resolvent& resolvent, core::LaneView start);
  [[nodiscard]] double* node_row(std::size_t k, bool imaginary) {
    return seen_[2 * static_cast<core::Index>(k) + (imaginary ? 1 : 0)];
  }

  const Observation& what_;
  double begin_;               ///< of the stretch [s]
  std::vector<double> times_;  ///< since the stretch began
  core::LaneSpan out_;         ///< of these samples only
  RowSums of_state_, of_rate_;
  core::Index n_totals_ = 0;  ///< groups of rows: there are fewer of them than values
  core::LaneArray seen_;      ///< [2 * node + part][total * width + lane]
  std::vector<ComplexPack> totals_;
};

}  // namespace poultice::solvers
