#include "solvers/run/block.hpp"

#include <algorithm>
#include <utility>

namespace poultice::solvers {

using core::Index;

Block::Block(const core::ParameterBlock& parameters)
    : parameters_(parameters), amount_scale_(1, parameters.width()) {
  core::StateLayout layout;
  core::Board board;
  for (const auto& instance : scenario().instances())
    models_.push_back({&instance, instance.model->create()});
  for (auto& [instance, model] : models_) {
    core::Declaration declaration{{parameters_, *instance}, layout, board};
    model->declare(declaration);
  }
  for (auto& [instance, model] : models_) {
    core::Declaration declaration{{parameters_, *instance}, layout, board};
    model->couple(declaration);
  }
  layout.finish();
  medium_ = std::make_unique<core::Medium>(layout, width());
  system_ = std::make_unique<core::System>(std::move(layout), width());
  const auto assembly_of = [&](const core::Instance& instance) {
    return core::Assembly{{parameters_, instance}, *system_, *medium_, board, probes_, axes_, headlines_,
                          amount_scale_,           warnings_};
  };
  for (auto& [instance, model] : models_) {
    auto assembly = assembly_of(*instance);
    model->assemble(assembly);
  }
  for (auto& [instance, model] : models_) {
    auto assembly = assembly_of(*instance);
    model->conclude(assembly);
  }
  // A headline of a probe that no model here has (delivery without skin) does not apply.
  std::erase_if(headlines_, [&](const auto& headline) {
    return std::none_of(probes_.begin(), probes_.end(),
                        [&](const auto& p) { return p.name == headline.probe; });
  });
}

core::LaneArray Block::absolute_tolerance() const {
  core::LaneArray tolerance = amount_scale_;
  const double* fraction = parameters_.lanes("solver.absolute_tolerance");
  // With nothing applied every amount stays zero; any positive tolerance will do.
  for (Index lane = 0; lane < width(); ++lane)
    tolerance(0, lane) = tolerance(0, lane) > 0.0 ? fraction[lane] * tolerance(0, lane) : fraction[lane];
  return tolerance;
}

core::LaneArray Block::initial_state() const { return {system_->n_rows(), width()}; }

core::LaneArray Block::initial_controls() const {
  const auto& initial = system_->layout().initial_controls();
  core::LaneArray controls(static_cast<Index>(initial.size()), width());
  for (std::size_t i = 0; i < initial.size(); ++i)
    for (Index lane = 0; lane < width(); ++lane)
      controls(static_cast<Index>(i), lane) = initial[i](0, initial[i].width() == 1 ? 0 : lane);
  return controls;
}

void Block::act(const core::Event& event, core::LaneSpan state, core::LaneSpan controls) const {
  for (const auto& [instance, model] : models_) {
    if (instance->name != event.instance) continue;
    core::Happening happening{event, {parameters_, *instance}, system_->layout(), state, controls};
    model->act(happening);
  }
}

}  // namespace poultice::solvers
