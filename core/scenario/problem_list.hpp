#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"

namespace poultice::core {

/// Gathers what is wrong with an input, so that all of it can be reported at once.
class ProblemList {
 public:
  void add(Problem problem) { problems_.push_back(std::move(problem)); }
  void add(std::vector<Problem> problems);
  [[nodiscard]] bool empty() const noexcept { return problems_.empty(); }

  /// Throws ScenarioError, if there is any problem, with each once: input by input in the order of `files`
  /// (others after them, as they came), and within one by line and column.
  void throw_if_any(const std::vector<std::string>& files) const;

 private:
  std::vector<Problem> problems_;
};

}  // namespace poultice::core
