#pragma once

#include <optional>
#include <string>

#include "core/scenario/document.hpp"
#include "core/scenario/problem_list.hpp"
#include "core/scenario/scenario.hpp"

namespace poultice::core {

/// One of the places that give values: a scenario, a therapy, a set, the command line.
struct Tier {
  Origin origin = Origin::scenario;
  std::string name;    ///< of the file or set, for provenance
  std::string source;  ///< where its values come from unless one says otherwise
};

/// The value of one parameter, read from TOML: type, unit and range checked, in SI. `{ value = …, source = …,
/// trust = …, note = … }` is understood for every type. Adds what is wrong to `problems` and gives nothing
/// then.
[[nodiscard]] std::optional<ParameterValue> read_value(const ParameterSpec& spec, const std::string& path,
                                                       const Node& node, const Tier& tier,
                                                       ProblemList& problems);

/// The value of a parameter that nobody gave: its default, or the absent value of an optional one.
[[nodiscard]] std::optional<ParameterValue> preset_value(const ParameterSpec& spec, const std::string& path,
                                                         ProblemList& problems);

/// `number` to so many significant digits, without an exponent where it reads well: "600", "1e-09".
[[nodiscard]] std::string rounded(double number, int digits);

/// "between 0.01 and 1000 cm^2", "one of matrix, reservoir": what a parameter accepts.
[[nodiscard]] std::string accepted(const ParameterSpec& spec);

/// A value as it would be typed after `key = `: "\"1 cm^2\"", "3", "true".
[[nodiscard]] std::string example_of(const ParameterSpec& spec);

}  // namespace poultice::core
