#include "solvers/transport/compartment_face.hpp"

#include <utility>

namespace poultice::solvers {

using core::Index;

CompartmentFace::CompartmentFace(std::string name, const core::Medium& medium, std::vector<WettedFace> faces)
    : LinearTerm(std::move(name), core::TermKind::exchange), medium_(medium), faces_(std::move(faces)) {}

void CompartmentFace::assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan) const {
  const auto& layout = matrix.layout();
  const Index width = matrix.width();
  core::LaneArray work(3, width);
  double *resistance = work[0], *leaving = work[1], *entering = work[2];
  for (const auto& face : faces_) {
    const Index row = layout.row(face.cell, face.species);
    medium_.resistance(row, controls, resistance);
    for (Index lane = 0; lane < width; ++lane) {
      const double open = face.gate ? controls(face.gate->index, lane) : 1.0;
      const double extra = face.extra_resistance ? (*face.extra_resistance)(0, lane) : 0.0;
      const double conductance = open / (resistance[lane] + extra);
      leaving[lane] = conductance / medium_.capacity()(row, lane);
      entering[lane] = face.capacity ? conductance / (*face.capacity)(0, lane) : 0.0;
    }
    matrix.transfer(row, face.compartment, leaving);
    if (face.capacity) matrix.transfer(face.compartment, row, entering);
    const auto total = [&](core::Accumulator accumulator, double sign) {
      const Index counter = layout.row(accumulator);
      matrix.count(counter, row, leaving, -sign);
      if (face.capacity) matrix.count(counter, face.compartment, entering, sign);
    };
    for (const auto accumulator : face.inward) total(accumulator, 1.0);
    for (const auto accumulator : face.outward) total(accumulator, -1.0);
  }
}

}  // namespace poultice::solvers
