#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/system/moiety.hpp"
#include "core/system/term.hpp"

namespace poultice::core {

/// The equations of one block of members: d(state)/dt = A state + b + nonlinear terms. Between events A and b
/// are constant; a system without nonlinear terms is described by them completely.
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

  /// Takes over the settings [control][lane] that hold from now on.
  void set_controls(LaneView controls);
  /// A [1/s], of the linear terms.
  [[nodiscard]] const RateMatrix& matrix() const noexcept { return matrix_; }
  /// b [mol/s].
  [[nodiscard]] LaneView forcing() const noexcept { return forcing_.view(); }

  /// rate [mol/s] = d(state)/dt at `time` [s].
  void rates(double time, LaneView state, LaneSpan rate) const;
  /// The whole Jacobian; for a linear system that is matrix() itself, and `store` stays untouched.
  [[nodiscard]] const RateMatrix& jacobian(double time, LaneView state, RateMatrix& store) const;

 private:
  StateLayout layout_;
  std::vector<std::unique_ptr<LinearTerm>> linear_;
  std::vector<std::unique_ptr<NonlinearTerm>> nonlinear_;
  std::vector<Moiety> moieties_;
  LaneArray controls_, forcing_;
  RateMatrix matrix_;
};

}  // namespace poultice::core
