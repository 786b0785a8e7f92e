#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/system/moiety.hpp"
#include "core/system/term.hpp"

namespace poultice::core {

/// The equations of one block of members: d(state)/dt = A state + b + nonlinear terms. Between events A and b
/// are constant; a system without nonlinear terms is described by them completely.
///
/// Where members have stretches between events of different lengths, a stepper takes all lanes through
/// theirs together: in a time s of its own, of which each lane makes seconds at its pace (see set_pace).
/// Until then s is in seconds, the same for all.
class System {
 public:
  System(StateLayout layout, Index width);
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  void add(std::unique_ptr<LinearTerm> term) { linear_.push_back(std::move(term)); }
  void add(std::unique_ptr<NonlinearTerm> term) { nonlinear_.push_back(std::move(term)); }
  /// Gives `row` a weight in the moiety of this name. Amounts put in weigh -1, amounts anywhere +1.
  void weigh(const std::string& moiety, Index row, double weight);

  [[nodiscard]] const StateLayout& layout() const noexcept { return layout_; }
  [[nodiscard]] Index width() const noexcept { return forcing_.width(); }
  [[nodiscard]] Index n_rows() const noexcept { return layout_.n_rows(); }
  [[nodiscard]] bool is_linear() const noexcept { return nonlinear_.empty(); }
  [[nodiscard]] const std::vector<Moiety>& moieties() const noexcept { return moieties_; }
  [[nodiscard]] std::vector<std::string> term_names() const;

  /// Takes over the settings [control][lane] that hold from now on. Time is in seconds again.
  void set_controls(LaneView controls);
  /// From now on seconds are begin + pace * s in each lane, and all rates are per unit of s: A and b are
  /// multiplied by the pace. `begin` and `pace` [lane], s; a pace may be zero. Once after each set_controls.
  void set_pace(const double* begin, const double* pace);
  /// A [1/s], of the linear terms.
  [[nodiscard]] const RateMatrix& matrix() const noexcept { return matrix_; }
  /// b [mol/s].
  [[nodiscard]] LaneView forcing() const noexcept { return forcing_.view(); }

  /// rate = d(state)/ds at the time s; mol/s before set_pace.
  void rates(double s, LaneView state, LaneSpan rate) const;
  /// rate [mol/s] = d(state)/dt, each lane at its own time s [lane]; zero in lanes that have no pace.
  void observed_rates(const double* s, LaneView state, LaneSpan rate) const;
  /// The whole Jacobian d(rate)/d(state); for a linear system that is matrix() itself, and `store` stays
  /// untouched.
  [[nodiscard]] const RateMatrix& jacobian(double s, LaneView state, RateMatrix& store) const;

 private:
  void set_seconds(double s) const;
  void add_nonlinear_rates(LaneView state, LaneSpan rate) const;

  StateLayout layout_;
  std::vector<std::unique_ptr<LinearTerm>> linear_;
  std::vector<std::unique_ptr<NonlinearTerm>> nonlinear_;
  std::vector<Moiety> moieties_;
  LaneArray controls_, forcing_;
  RateMatrix matrix_;
  bool has_pace_ = false;
  LaneArray begin_, pace_;             // [1]
  mutable LaneArray seconds_, share_;  // [1], [row]: rates are evaluated without allocating
};

}  // namespace poultice::core
