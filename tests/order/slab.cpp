#include "tests/order/slab.hpp"

#include <algorithm>

#include "solvers/time/cvode.hpp"
#include "solvers/transport/diffusion.hpp"
#include "solvers/transport/fixed_potential.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::testing {

using core::Index;
using core::LaneArray;

namespace {

core::LayeredDomain domain_of(const std::vector<SlabLayer>& layers, Index n, core::FineAt fine_at) {
  std::vector<core::Layer> geometry;
  for (const auto& layer : layers) {
    geometry.push_back({"layer", n, LaneArray(1, 1, layer.thickness)});
    geometry.back().fine_at = fine_at;
  }
  return core::LayeredDomain(std::move(geometry));
}

}  // namespace

Slab::Slab(std::vector<SlabLayer> layers, Index n, core::FineAt fine_at)
    : domain_(domain_of(layers, n, fine_at)) {
  core::StateLayout layout;
  layout.add_species({"drug", 0.1});
  const auto field = layout.add_field("slab", domain_.n_cells());
  for (Index i = 0; i + 1 < field.n_cells; ++i) layout.graph().connect(i, i + 1);
  out_ = layout.accumulator("out"), passed_ = layout.accumulator("passed"),
  cleared_ = layout.accumulator("cleared");
  layout.finish();

  medium_ = std::make_unique<core::Medium>(layout, 1);
  std::vector<solvers::Move> moves;
  for (Index i = 0; i < field.n_cells; ++i) {
    const auto& layer = layers[static_cast<std::size_t>(domain_.layer_of(i))];
    medium_->capacity()(i, 0) = layer.capacity() * width(i);
    medium_->half_resistance()(i, 0) = 0.5 * width(i) / layer.conductivity();
    if (layer.clearance > 0.0) moves.push_back({i, layout.row(cleared_), LaneArray(1, 1, layer.clearance)});
  }
  auto faces = solvers::chain_faces(field);
  faces[static_cast<std::size_t>(n - 1)].counters = {{0, passed_}};
  system_ = std::make_unique<core::System>(std::move(layout), 1);
  system_->add(std::make_unique<solvers::Diffusion>("diffusion", *medium_, std::move(faces)));
  system_->add(std::make_unique<solvers::FixedPotential>(
      "sink", *medium_, std::vector<solvers::HeldFace>{{field.n_cells - 1, 0, {}, {}, {}, {out_}}}));
  system_->add(std::make_unique<solvers::Transfer>("clearance", core::TermKind::exchange, std::move(moves)));
  system_->set_controls(LaneArray(0, 1).view());
}

LaneArray Slab::at(double time, const LaneArray& state, double relative_tolerance) const {
  const double largest = *std::max_element(state.view().data(), state.view().data() + state.view().size());
  const auto integrator = solvers::make_cvode(
      *system_, {relative_tolerance, LaneArray(1, 1, 1e-3 * relative_tolerance * largest)}, {});
  LaneArray end = state;
  integrator->start(0.0, state.view(), time);
  integrator->advance(time, end.span());
  return end;
}

}  // namespace poultice::testing
