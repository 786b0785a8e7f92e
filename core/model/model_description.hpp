#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/scenario/parameter.hpp"

namespace poultice::core {

class Model;
class Scenario;
struct Instance;

/// Something a model lets a schedule do to it: `apply = "patch"`.
struct ActionSpec {
  std::string verb;        ///< "apply"; the key in the schedule entry, whose value names the table it acts on
  std::string meaning;     ///< one sentence
  ParameterTable options;  ///< further keys of the entry: `to`, `amount`
};

/// What a model says of itself; the catalogue holds one of each. All that lies outside the model's folder
/// learns of the model from here.
struct ModelDescription {
  std::string name;     ///< also the folder and the default table
  std::string meaning;  ///< one sentence
  ParameterTable parameters;
  std::vector<ActionSpec> actions;
  /// Makes the model for one table of one block of members.
  std::unique_ptr<Model> (*create)() = nullptr;
  /// Looks for what single parameters cannot show (a patch removed before it is applied); appends what is
  /// wrong.
  void (*check)(const Scenario&, const Instance&, std::vector<Problem>&) = nullptr;

  [[nodiscard]] const ActionSpec* action(std::string_view verb) const;
};

}  // namespace poultice::core
