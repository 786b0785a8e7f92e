#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/document.hpp"
#include "core/scenario/problem_list.hpp"
#include "core/scenario/scenario.hpp"

namespace poultice::core {

/// A parameter that a study may vary.
struct VariedParameter {
  std::string path;
  ParameterSpec spec;
  bool needs_own_scenario = false;  ///< see DesignColumn

  [[nodiscard]] bool is_number() const noexcept {
    return spec.type == ParameterType::quantity || spec.type == ParameterType::count;
  }
  /// As DesignColumn has it: "1" of a count, "" of words.
  [[nodiscard]] std::string unit() const;
};

/// What of a scenario may vary: every parameter that it resolves to, and whatever its schedule says.
class VariedPaths {
 public:
  /// Keeps a reference to the scenario. `root` is the document it was read from.
  VariedPaths(const Scenario& scenario, const Node& root);

  [[nodiscard]] std::optional<VariedParameter> find(std::string_view path) const;
  /// The parameter at `path`; nothing, with a problem at `place` under `key` that names the nearest, when
  /// there is none or it cannot vary.
  [[nodiscard]] std::optional<VariedParameter> resolve(std::string_view path, const Place& place,
                                                       const std::string& key, ProblemList& problems) const;

 private:
  [[nodiscard]] std::optional<ParameterSpec> of_schedule(std::string_view path) const;
  [[nodiscard]] std::vector<std::string> all() const;

  const Scenario& scenario_;
  std::vector<Node> entries_;  ///< of the schedule
};

}  // namespace poultice::core
