#include "core/model/parameter_block.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/check.hpp"
#include "core/base/error.hpp"

namespace poultice::core {
namespace {

[[noreturn]] void refuse(std::string_view path) {
  throw ParameterError(std::string(path),
                       "shapes the equations and cannot differ between members of one block",
                       "give each of its values a block");
}

}  // namespace

ParameterBlock::ParameterBlock(const Scenario& scenario, Index width)
    : scenario_(&scenario), values_(0, width), event_times_(0, width) {
  for (const auto& value : scenario.values())
    rows_.push_back(value.spec->type == ParameterType::quantity ? values_.append(value.number) : -1);
  for (const auto& event : scenario.events()) event_times_.append(event.time);
}

Index ParameterBlock::row(std::string_view path) const {
  const auto place = &scenario_->value(path) - scenario_->values().data();
  const Index row = rows_[static_cast<std::size_t>(place)];
  if (row < 0) refuse(path);
  return row;
}

const double* ParameterBlock::lanes(std::string_view path) const { return values_[row(path)]; }

void ParameterBlock::set(std::string_view path, Index lane, double value) {
  if (scenario_->value(path).spec->shapes_system) refuse(path);
  values_(row(path), lane) = value;
}

void ParameterBlock::set_event_times(Index lane, std::span<const double> times) {
  POULTICE_ASSERT(static_cast<Index>(times.size()) == event_times_.rows());
  POULTICE_ASSERT(std::is_sorted(times.begin(), times.end()));
  for (std::size_t i = 0; i < times.size(); ++i) event_times_(static_cast<Index>(i), lane) = times[i];
}

bool ParameterBlock::shares_event_times() const {
  for (Index event = 0; event < event_times_.rows(); ++event)
    for (Index lane = 1; lane < width(); ++lane)
      if (event_times_(event, lane) != event_times_(event, 0)) return false;
  return true;
}

std::string ParameterView::path(std::string_view key) const {
  std::string path;
  path.reserve(instance_->name.size() + 1 + key.size());
  path += instance_->name;
  path += '.';
  path += key;
  return path;
}

LaneArray ParameterView::column(std::string_view key) const {
  LaneArray column(1, width());
  std::copy_n(lanes(key), width(), column[0]);
  return column;
}

Index ParameterView::count(std::string_view key) const {
  return static_cast<Index>(std::lround(scenario().number(path(key))));
}

bool ParameterView::has(std::string_view key) const {
  const auto& value = scenario().value(path(key));
  const bool is_number =
      value.spec->type == ParameterType::quantity || value.spec->type == ParameterType::count;
  return is_number ? !std::isnan(value.number) : !value.text.empty();
}

std::vector<std::string> ParameterView::elements(const std::string& list) const {
  const auto found = instance_->elements.find(list);
  return found == instance_->elements.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace poultice::core
