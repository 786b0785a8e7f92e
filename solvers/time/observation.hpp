#pragma once

#include <deque>
#include <vector>

#include "core/system/moiety.hpp"
#include "core/system/probe.hpp"

namespace poultice::solvers {

/// What is to be seen of a block: linear functions of its state or of its rate, one after the other. Being
/// linear they can be taken of any vector in place of the state, such as a resolvent.
class Observation {
 public:
  struct Entry {
    core::Index value;     ///< which of the values it adds to
    core::Index row;       ///< of the state, or of the rate
    const double* weight;  ///< [lane]
  };

  explicit Observation(core::Index width) : width_(width) {}
  /// Adds the values of a probe; returns the number of the first. The probe must outlive this.
  core::Index add(const core::Probe& probe);
  /// Adds the imbalance of a moiety and, after it, what was put in; returns the number of the first.
  core::Index add(const core::Moiety& moiety);

  [[nodiscard]] core::Index width() const noexcept { return width_; }
  [[nodiscard]] core::Index n_values() const noexcept { return n_values_; }
  [[nodiscard]] const std::vector<Entry>& of_state() const noexcept { return of_state_; }
  [[nodiscard]] const std::vector<Entry>& of_rate() const noexcept { return of_rate_; }
  /// Whether a value is a sum of amounts with weights of no sign, and so cannot be negative.
  [[nodiscard]] bool is_amount(core::Index value) const {
    return is_amount_[static_cast<std::size_t>(value)];
  }
  /// Whether a value is all that its probe shows at a time: no point of a profile, no balance.
  [[nodiscard]] bool is_scalar(core::Index value) const {
    return is_scalar_[static_cast<std::size_t>(value)];
  }
  /// out [value][lane]
  void evaluate(core::LaneView state, core::LaneView rate, core::LaneSpan out) const;

 private:
  core::Index width_, n_values_ = 0;
  std::vector<bool> is_amount_, is_scalar_;
  std::vector<Entry> of_state_, of_rate_;
  std::deque<core::LaneArray> weights_;  // of moieties, which have none for each lane
};

}  // namespace poultice::solvers
