#include "solvers/transport/transfer.hpp"

#include <utility>

namespace poultice::solvers {

Transfer::Transfer(std::string name, core::TermKind kind, std::vector<Move> moves)
    : LinearTerm(std::move(name), kind), moves_(std::move(moves)) {}

void Transfer::assemble(core::LaneView, core::RateMatrix& matrix, core::LaneSpan) const {
  for (const auto& move : moves_) {
    matrix.transfer(move.from, move.to, move.rate[0]);
    if (move.counter)
      matrix.count(matrix.layout().row(*move.counter), move.from, move.rate[0], move.counter_sign);
  }
}

Infusion::Infusion(std::string name, core::Index to, core::Control rate,
                   std::vector<core::Accumulator> totals)
    : LinearTerm(std::move(name), core::TermKind::source), to_(to), rate_(rate), totals_(std::move(totals)) {}

void Infusion::assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan forcing) const {
  for (core::Index lane = 0; lane < matrix.width(); ++lane) {
    forcing(to_, lane) += controls(rate_.index, lane);
    for (const auto total : totals_) forcing(matrix.layout().row(total), lane) += controls(rate_.index, lane);
  }
}

}  // namespace poultice::solvers
