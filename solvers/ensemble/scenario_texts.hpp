#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::solvers {

/// Many texts that differ in a few lines, as the resolved scenarios of a sweep do when each member has a
/// schedule of its own. Keeps the first, and of each other the lines in which it differs from that.
class ScenarioTexts {
 public:
  ScenarioTexts() = default;
  /// From what first() and changes() gave.
  ScenarioTexts(std::string first, std::vector<std::string> changes);

  void add(const std::string& text);
  [[nodiscard]] core::Index size() const { return static_cast<core::Index>(changes_.size()); }
  [[nodiscard]] std::string text(core::Index number) const;

  [[nodiscard]] const std::string& first() const { return first_; }
  /// Of each text: "12 duration = …" and a line feed for every line that differs; or "=" and the whole text
  /// where it has another number of lines.
  [[nodiscard]] const std::vector<std::string>& changes() const { return changes_; }

 private:
  std::string first_;
  std::vector<std::string> lines_, changes_;
};

}  // namespace poultice::solvers
