#include "solvers/transport/diffusion.hpp"

#include <utility>

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {

using core::Index;

Diffusion::Diffusion(std::string name, const core::Medium& medium, std::vector<Face> faces)
    : LinearTerm(std::move(name), core::TermKind::transport), medium_(medium), faces_(std::move(faces)) {}

void Diffusion::assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan) const {
  const auto& layout = matrix.layout();
  const Index width = matrix.width();
  core::LaneArray work(4, width);
  const core::LaneArray nothing(1, width), wide_open(1, width, 1.0);
  double *out_of_a = work[0], *out_of_b = work[1], *resistance_a = work[2], *resistance_b = work[3];
  core::Medium::Resistances resistances(medium_, controls);
  for (const auto& face : faces_) {
    for (Index s = 0; s < layout.n_species(); ++s) {
      const Index row_a = layout.row(face.a, s), row_b = layout.row(face.b, s);
      resistances.find(row_a, resistance_a);
      resistances.find(row_b, resistance_b);
      const double* capacity_a = medium_.capacity()[row_a];
      const double* capacity_b = medium_.capacity()[row_b];
      const double* extra = face.extra_resistance ? (*face.extra_resistance)[0] : nothing[0];
      const double* open = face.gate ? controls[face.gate->index] : wide_open[0];
      core::for_lanes(width, [&](Index lane) {
        const double conductance = open[lane] / (resistance_a[lane] + extra[lane] + resistance_b[lane]);
        out_of_a[lane] = conductance / capacity_a[lane];
        out_of_b[lane] = conductance / capacity_b[lane];
      });
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
