#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/model_description.hpp"
#include "core/scenario/document.hpp"
#include "core/scenario/problem_list.hpp"

namespace poultice::core {

/// The tables of a scenario by name, for whatever refers to them.
class InstanceNames {
 public:
  /// A null model means that the table itself is wrong; references to it are then let pass, since
  /// the table is reported already.
  void add(std::string name, const ModelDescription* model) { tables_.emplace_back(std::move(name), model); }

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] bool has_wrong_table() const;
  /// Names of the tables whose model fulfils a condition.
  template <class Condition>
  [[nodiscard]] std::vector<std::string> where(Condition&& is_wanted) const {
    std::vector<std::string> names;
    for (const auto& [name, model] : tables_)
      if (model != nullptr && is_wanted(*model)) names.push_back(name);
    return names;
  }

  /// The model of the table called `name`, which must be among `allowed`; otherwise null, with a problem
  /// at `place` unless the table is a wrong one.
  const ModelDescription* resolve(std::string_view name, const std::vector<std::string>& allowed,
                                  const Place& place, const std::string& key, ProblemList& problems) const;

 private:
  std::vector<std::pair<std::string, const ModelDescription*>> tables_;
};

}  // namespace poultice::core
