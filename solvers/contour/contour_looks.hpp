#pragma once

#include <span>
#include <vector>

#include "solvers/contour/node_look.hpp"
#include "solvers/contour/window.hpp"
#include "solvers/time/integrator.hpp"

namespace poultice::solvers {

/// The part of a look that falls into one window: all its samples are made in one matrix product.
class ContourLook final : public NodeLook {
 public:
  /// Takes the samples of `look` with first <= time - begin <= last of the window.
  ContourLook(const Look& look, const Window& window, double begin, std::size_t n_padded,
              const Resolvent& resolvent);

  [[nodiscard]] bool is_empty() const noexcept { return times_.empty(); }
  /// Fills in the samples, adding what drifts. Amounts below zero by no more than `error` [1][lane], mol,
  /// which is what an amount may err by, become zero. Throws IntegrationError where one is lower.
  void finish(const Window& window, const Drift& drift, const core::LaneArray& error);

 private:
  double begin_;               ///< of the stretch [s]
  std::vector<double> times_;  ///< since the stretch began
  core::LaneSpan out_;         ///< of these samples only
};

/// The same where stretches differ from lane to lane. From the first sample after each lane's beginning on
/// all lanes are looked at in the same steps, so that one matrix product still serves all: what is observed
/// at a node is led on to that first sample by an exponential for each lane.
class LaggedLook final : public NodeLook {
 public:
  /// Takes the samples of `look` with first <= time - begin of the window. `look` must outlive it.
  LaggedLook(const Look& look, std::span<const double> begins, const Window& window, std::size_t n_padded,
             const Resolvent& resolvent);

  [[nodiscard]] bool is_empty() const noexcept { return n_times_ == 0; }
  /// The first sample of each lane [lane] that is taken.
  [[nodiscard]] const std::vector<core::Index>& first() const noexcept { return first_; }
  /// As above.
  void finish(const Window& window, const Drift& drift, const core::LaneArray& error);

 private:
  void lead_on(const Window& window);

  const Look& look_;
  double begin_;  ///< of the first lane to begin [s]
  std::vector<core::Index> first_;
  std::vector<double> lags_;  ///< [lane]: from the beginning to the first sample, s
  core::Index n_times_ = 0;   ///< of the lane that has most
};

}  // namespace poultice::solvers
