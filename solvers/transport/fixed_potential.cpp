#include "solvers/transport/fixed_potential.hpp"

#include <utility>

namespace poultice::solvers {

using core::Index;

FixedPotential::FixedPotential(std::string name, const core::Medium& medium, std::vector<HeldFace> faces)
    : LinearTerm(std::move(name), core::TermKind::transport), medium_(medium), faces_(std::move(faces)) {}

void FixedPotential::assemble(core::LaneView controls, core::RateMatrix& matrix,
                              core::LaneSpan forcing) const {
  const auto& layout = matrix.layout();
  const Index width = matrix.width();
  core::LaneArray work(3, width);
  double *resistance = work[0], *leaving = work[1], *entering = work[2];
  for (const auto& face : faces_) {
    const Index row = layout.row(face.cell, face.species);
    medium_.resistance(row, controls, resistance);
    for (Index lane = 0; lane < width; ++lane) {
      const double open = face.gate ? controls(face.gate->index, lane) : 1.0;
      const double u0 = face.potential ? controls(face.potential->index, lane) : 0.0;
      leaving[lane] = open / (resistance[lane] * medium_.capacity()(row, lane));
      entering[lane] = open * u0 / resistance[lane];
    }
    matrix.add(row, row, leaving, -1.0);
    for (Index lane = 0; lane < width; ++lane) forcing(row, lane) += entering[lane];
    const auto total = [&](core::Accumulator accumulator, double sign) {
      const Index counter = layout.row(accumulator);
      matrix.count(counter, row, leaving, -sign);
      for (Index lane = 0; lane < width; ++lane) forcing(counter, lane) += sign * entering[lane];
    };
    for (const auto accumulator : face.inward) total(accumulator, 1.0);
    for (const auto accumulator : face.outward) total(accumulator, -1.0);
  }
}

}  // namespace poultice::solvers
