#pragma once

#include <string>
#include <vector>

#include "core/model/model.hpp"

/// When and where something is worn: shared by all that a schedule applies to a tissue and removes again.
namespace poultice::models {

/// What to do where something is put on a table that is no tissue.
inline constexpr const char* off_tissue = "look at its `on`, and at `to` in the schedule";

/// One stretch of wear, by the scenario's own times: members may have others, in the same order.
struct Wear {
  std::string tissue;
  double from = 0.0;  ///< [s]
  double to = 0.0;    ///< [s]; the scenario's end when it is never removed
  bool is_removed = false;
  core::Index applied_by = 0, removed_by = 0;  ///< numbers of events
};

/// The tissue an `apply` of this instance goes to: the event's `to`, else the instance's own `on`.
[[nodiscard]] std::string tissue_of(const core::Event& event, const core::Scenario& scenario,
                                    const std::string& instance);

/// What the schedule does with one instance, in time order.
[[nodiscard]] std::vector<Wear> wears(const core::Scenario& scenario, const std::string& instance);

/// Each tissue it is ever worn on, once; its own `on` when the schedule never applies it.
[[nodiscard]] std::vector<std::string> worn_on(const core::Scenario& scenario, const std::string& instance);

/// Appends what is wrong with the order of applying and removing: removed before applied, applied twice,
/// applied where something else is still worn.
void check_wear(const core::Scenario& scenario, const core::Instance& instance,
                std::vector<core::Problem>& problems);

/// The keys `on` (of the table) and `to` (of the event), the same for everything that is worn.
[[nodiscard]] core::ParameterSpec on_parameter();
[[nodiscard]] std::vector<core::ActionSpec> wear_actions(const std::string& what);

/// Headlines of wearing one thing: mean rate of delivery, what is left in it, what the skin holds at removal.
void add_wear_headlines(core::Assembly& assembly);

}  // namespace poultice::models
