#include "solvers/transport/diffusion.hpp"

#include <utility>

namespace poultice::solvers {

using core::Index;

Diffusion::Diffusion(std::string name, const core::Medium& medium, std::vector<Face> faces)
    : LinearTerm(std::move(name), core::TermKind::transport), medium_(medium), faces_(std::move(faces)) {}

void Diffusion::assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan) const {
  const auto& layout = matrix.layout();
  const Index width = matrix.width();
  core::LaneArray work(4, width);
  double *out_of_a = work[0], *out_of_b = work[1], *resistance_a = work[2], *resistance_b = work[3];
  for (const auto& face : faces_) {
    for (Index s = 0; s < layout.n_species(); ++s) {
      const Index row_a = layout.row(face.a, s), row_b = layout.row(face.b, s);
      medium_.resistance(row_a, controls, resistance_a);
      medium_.resistance(row_b, controls, resistance_b);
      for (Index lane = 0; lane < width; ++lane) {
        const double extra = face.extra_resistance ? (*face.extra_resistance)(0, lane) : 0.0;
        const double open = face.gate ? controls(face.gate->index, lane) : 1.0;
        const double conductance = open / (resistance_a[lane] + extra + resistance_b[lane]);
        out_of_a[lane] = conductance / medium_.capacity()(row_a, lane);
        out_of_b[lane] = conductance / medium_.capacity()(row_b, lane);
      }
      matrix.transfer(row_a, row_b, out_of_a);
      matrix.transfer(row_b, row_a, out_of_b);
      for (const auto& counter : face.counters) {
        if (counter.species != s) continue;
        matrix.count(layout.row(counter.total), row_a, out_of_a, 1.0);
        matrix.count(layout.row(counter.total), row_b, out_of_b, -1.0);
      }
    }
  }
}

std::vector<Face> chain_faces(core::Field field) {
  std::vector<Face> faces;
  for (Index i = 0; i + 1 < field.n_cells; ++i)
    faces.push_back({field.first_cell + i, field.first_cell + i + 1});
  return faces;
}

}  // namespace poultice::solvers
