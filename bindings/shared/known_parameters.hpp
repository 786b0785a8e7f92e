#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/catalogue.hpp"

namespace poultice::bindings {

/// Where one parameter may stand in a scenario.
struct KnownParameter {
  std::string table;  ///< "patch", "solver", "schedule"; "" for the top of the file
  std::string verb;   ///< of an option of an action: "dose"
  const core::ParameterSpec* spec = nullptr;
  const core::ModelDescription* model = nullptr;  ///< null: it belongs to the engine

  /// "patch.area", "laminate.layer.*.thickness", "plasma.dose.amount", "schedule.at", "duration"
  [[nodiscard]] std::string path() const;
};

/// All parameters there are: those of the engine, then of each model, then of its actions.
[[nodiscard]] const std::vector<KnownParameter>& known_parameters();

/// The parameters that a user may mean by `key`, best readings first and others left out: a path
/// ("patch.area", "schedule.1.at"), a path below a table of another name ("left_arm.area"), an option
/// without its verb ("plasma.amount"), a key without its table ("area"), the end of a key ("thickness").
/// Names of list elements stand for any name.
[[nodiscard]] std::vector<KnownParameter> find_parameters(std::string_view key);

}  // namespace poultice::bindings
