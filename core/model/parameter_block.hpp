#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.hpp"
#include "core/system/lane_array.hpp"

namespace poultice::core {

/// The parameters of one block of members: SI columns [parameter][lane], and the times of events
/// [event][lane]. Knows nothing of where values came from. What shapes the system (choices, counts, sets) is
/// the scenario's, the same for all lanes, as is what happens and in which order.
class ParameterBlock {
 public:
  /// Every lane starts with the scenario's own values.
  ParameterBlock(const Scenario& scenario, Index width);

  [[nodiscard]] const Scenario& scenario() const noexcept { return *scenario_; }
  [[nodiscard]] Index width() const noexcept { return values_.width(); }
  /// The column of a quantity, SI. Throws ParameterError when there is none of this path.
  [[nodiscard]] const double* lanes(std::string_view path) const;
  /// Gives one lane a value of its own, SI. Throws ParameterError for what shapes the system.
  void set(std::string_view path, Index lane, double value);

  [[nodiscard]] Index n_events() const noexcept { return event_times_.rows(); }
  /// When an event of the scenario happens, in each lane [s].
  [[nodiscard]] const double* event_times(Index event) const { return event_times_[event]; }
  [[nodiscard]] const LaneArray& all_event_times() const noexcept { return event_times_; }  ///< [event][lane]
  /// Gives one lane times of its own, one for each event [s], which do not fall.
  void set_event_times(Index lane, std::span<const double> times);
  /// Whether all lanes share the times of all events.
  [[nodiscard]] bool shares_event_times() const;

 private:
  [[nodiscard]] Index row(std::string_view path) const;

  const Scenario* scenario_;
  LaneArray values_, event_times_;
  std::vector<Index> rows_;  // by the parameter's place among the scenario's values; -1: shapes the system
};

/// One model's own parameters: the block seen through the name of its table.
class ParameterView {
 public:
  ParameterView(const ParameterBlock& block, const Instance& instance)
      : block_(&block), instance_(&instance) {}

  [[nodiscard]] Index width() const noexcept { return block_->width(); }
  [[nodiscard]] const std::string& instance() const noexcept { return instance_->name; }
  [[nodiscard]] const Scenario& scenario() const noexcept { return block_->scenario(); }
  /// SI column of a quantity.
  [[nodiscard]] const double* lanes(std::string_view key) const { return block_->lanes(path(key)); }
  /// The same as an array of its own, [1][lane].
  [[nodiscard]] LaneArray column(std::string_view key) const;
  [[nodiscard]] const double* event_times(Index event) const { return block_->event_times(event); }
  [[nodiscard]] const std::string& text(std::string_view key) const { return scenario().text(path(key)); }
  [[nodiscard]] Index count(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key) const { return scenario().number(path(key)) != 0.0; }
  /// False for an optional parameter that nobody gave.
  [[nodiscard]] bool has(std::string_view key) const;
  /// Names of the elements of a list, in file order.
  [[nodiscard]] std::vector<std::string> elements(const std::string& list) const;

 private:
  [[nodiscard]] std::string path(std::string_view key) const;

  const ParameterBlock* block_;
  const Instance* instance_;
};

}  // namespace poultice::core
