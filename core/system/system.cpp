#include "core/system/system.hpp"

#include <algorithm>
#include <utility>

namespace poultice::core {

System::System(StateLayout layout, Index width)
    : layout_(std::move(layout)), forcing_(layout_.n_rows(), width), matrix_(layout_, width) {}

void System::weigh(const std::string& moiety, Index row, double weight) {
  auto found =
      std::find_if(moieties_.begin(), moieties_.end(), [&](const auto& m) { return m.name == moiety; });
  if (found == moieties_.end()) found = moieties_.insert(found, Moiety{moiety, {}});
  found->shares.push_back({row, weight});
}

std::vector<std::string> System::term_names() const {
  std::vector<std::string> names;
  for (const auto& term : linear_) names.push_back(term->name());
  for (const auto& term : nonlinear_) names.push_back(term->name());
  return names;
}

void System::set_controls(LaneView controls) {
  controls_ = LaneArray(controls.rows(), controls.width());
  std::copy_n(controls.data(), controls.size(), controls_.span().data());
  matrix_.clear();
  forcing_.fill(0.0);
  for (const auto& term : linear_) term->assemble(controls, matrix_, forcing_.span());
}

void System::rates(double time, LaneView state, LaneSpan rate) const {
  std::copy_n(forcing_.view().data(), rate.size(), rate.data());
  matrix_.multiply_add(state, rate);
  for (const auto& term : nonlinear_) term->add_rates(time, controls_.view(), state, rate);
}

const RateMatrix& System::jacobian(double time, LaneView state, RateMatrix& store) const {
  if (is_linear()) return matrix_;
  // The pattern, a search tree, is copied once; a Jacobian at every step copies numbers only.
  if (store.is_empty())
    store = matrix_;
  else
    store.copy_values(matrix_);
  for (const auto& term : nonlinear_) term->add_jacobian(time, controls_.view(), state, store);
  return store;
}

}  // namespace poultice::core
