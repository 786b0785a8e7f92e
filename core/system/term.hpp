#pragma once

#include <string>

#include "core/system/rate_matrix.hpp"

namespace poultice::core {

enum class TermKind {
  reaction,   ///< within a cell or compartment
  transport,  ///< across faces
  exchange,   ///< between cells, compartments and accumulators
  source,     ///< from outside, at a rate that does not depend on the state
};

/// One physical process on one block of members, with its coefficients for each lane. A term neither
/// allocates nor throws while it is evaluated, and knows nothing of time stepping.
class Term {
 public:
  Term(std::string name, TermKind kind) : name_(std::move(name)), kind_(kind) {}
  virtual ~Term() = default;
  Term(const Term&) = delete;
  Term& operator=(const Term&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] TermKind kind() const noexcept { return kind_; }

 private:
  std::string name_;
  TermKind kind_;
};

/// A process whose rate is linear in the state, with coefficients that change only at events. It gives matrix
/// entries and forcing; rates and Jacobian follow from those, and cannot disagree.
class LinearTerm : public Term {
 public:
  using Term::Term;
  /// Adds entries [1/s] to `matrix` and state-independent rates [mol/s] to `forcing` [row][lane], for the
  /// settings that hold from an event to the next.
  virtual void assemble(LaneView controls, RateMatrix& matrix, LaneSpan forcing) const = 0;
};

/// Any other process.
class NonlinearTerm : public Term {
 public:
  using Term::Term;
  /// rate [mol/s] += what the process does at `time` [lane], s, and `state` [mol].
  virtual void add_rates(const double* time, LaneView controls, LaneView state, LaneSpan rate) const = 0;
  /// matrix [1/s] += d(rate)/d(state). Entries must be the same in number at every call.
  virtual void add_jacobian(const double* time, LaneView controls, LaneView state,
                            RateMatrix& matrix) const = 0;
};

}  // namespace poultice::core
