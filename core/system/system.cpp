#include "core/system/system.hpp"

#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "core/system/lane_loop.hpp"

namespace poultice::core {

System::System(StateLayout layout, Index width)
    : layout_(std::move(layout)),
      forcing_(layout_.n_rows(), width),
      matrix_(layout_, width),
      begin_(1, width),
      pace_(1, width, 1.0),
      seconds_(1, width) {}

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
  has_pace_ = false;
  matrix_.clear();
  forcing_.fill(0.0);
  for (const auto& term : linear_) term->assemble(controls, matrix_, forcing_.span());
}

void System::set_pace(const double* begin, const double* pace) {
  POULTICE_ASSERT(!has_pace_);
  has_pace_ = true;
  std::copy_n(begin, width(), begin_[0]);
  std::copy_n(pace, width(), pace_[0]);
  matrix_.scale(pace);
  for (Index row = 0; row < forcing_.rows(); ++row) {
    double* values = forcing_[row];
    for_lanes(width(), [&](Index lane) { values[lane] *= pace[lane]; });
  }
  if (!is_linear() && share_.rows() == 0) share_ = LaneArray(n_rows(), width());
}

void System::rates(double s, LaneView state, LaneSpan rate) const {
  std::copy_n(forcing_.view().data(), rate.size(), rate.data());
  matrix_.multiply_add(state, rate);
  if (is_linear()) return;
  set_seconds(s);
  add_nonlinear_rates(state, rate);
}

void System::observed_rates(const double* s, LaneView state, LaneSpan rate) const {
  std::copy_n(forcing_.view().data(), rate.size(), rate.data());
  matrix_.multiply_add(state, rate);
  if (!is_linear()) {
    for (Index lane = 0; lane < width(); ++lane)
      seconds_(0, lane) = has_pace_ ? begin_(0, lane) + pace_(0, lane) * s[lane] : s[lane];
    add_nonlinear_rates(state, rate);
  }
  if (!has_pace_) return;
  const double* pace = pace_[0];
  for (Index row = 0; row < rate.rows(); ++row) {
    double* values = rate[row];
    for_lanes(width(),
              [&](Index lane) { values[lane] = pace[lane] > 0.0 ? values[lane] / pace[lane] : 0.0; });
  }
}

void System::set_seconds(double s) const {
  for (Index lane = 0; lane < width(); ++lane)
    seconds_(0, lane) = has_pace_ ? begin_(0, lane) + pace_(0, lane) * s : s;
}

void System::add_nonlinear_rates(LaneView state, LaneSpan rate) const {
  if (!has_pace_) {
    for (const auto& term : nonlinear_) term->add_rates(seconds_[0], controls_.view(), state, rate);
    return;
  }
  share_.fill(0.0);
  for (const auto& term : nonlinear_) term->add_rates(seconds_[0], controls_.view(), state, share_.span());
  const double* pace = pace_[0];
  for (Index row = 0; row < rate.rows(); ++row) {
    const double* more = share_[row];
    double* sum = rate[row];
    for_lanes(width(), [&](Index lane) { sum[lane] += pace[lane] * more[lane]; });
  }
}

const RateMatrix& System::jacobian(double s, LaneView state, RateMatrix& store) const {
  if (is_linear()) return matrix_;
  set_seconds(s);
  // The pattern, a search tree, is copied once; a Jacobian at every step copies numbers only.
  if (store.is_empty())
    store = matrix_;
  else if (!has_pace_)
    store.copy_values(matrix_);
  if (has_pace_) store.clear();
  for (const auto& term : nonlinear_) term->add_jacobian(seconds_[0], controls_.view(), state, store);
  if (has_pace_) {
    store.scale(pace_[0]);
    store.add_values(matrix_);
  }
  return store;
}

}  // namespace poultice::core
