#pragma once

#include <optional>
#include <vector>

#include "core/system/term.hpp"

namespace poultice::solvers {

/// An amount that moves from one row to another at a first-order rate, perhaps counted on its way.
struct Move {
  core::Index from, to;
  core::LaneArray rate;                        ///< [1][lane], 1/s, of the amount in `from`
  std::optional<core::Accumulator> counter{};  ///< totals what moves
  double counter_sign = 1.0;                   ///< -1: a way back, subtracted from the total
};

/// First-order transfers between any rows: capillary clearance, distribution between compartments,
/// elimination, decay into an accumulator.
class Transfer final : public core::LinearTerm {
 public:
  Transfer(std::string name, core::TermKind kind, std::vector<Move> moves);
  void assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan forcing) const override;

 private:
  std::vector<Move> moves_;
};

/// An amount that arrives from outside at a rate held in a control [mol/s], as an infusion does. `supplied`,
/// if any, totals it with the weight of what was put in.
class Infusion final : public core::LinearTerm {
 public:
  Infusion(std::string name, core::Index to, core::Control rate, std::vector<core::Accumulator> totals);
  void assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan forcing) const override;

 private:
  core::Index to_;
  core::Control rate_;
  std::vector<core::Accumulator> totals_;
};

}  // namespace poultice::solvers
