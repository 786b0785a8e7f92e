#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/document.hpp"
#include "core/scenario/problem_list.hpp"
#include "core/scenario/scenario.hpp"

namespace poultice::core {

/// The values from the command line as small tables, ready to be laid over those of the scenario.
class OverrideList {
 public:
  explicit OverrideList(const std::vector<Override>& overrides);

  /// Tables to lay over the root of the scenario: `{ duration = … }` for `--set duration=…`.
  [[nodiscard]] std::vector<Node> of_root() const;
  /// Tables to lay over one table: `{ area = … }` for `--set patch.area=…`.
  [[nodiscard]] std::vector<Node> of_table(std::string_view name) const;
  [[nodiscard]] bool mentions(std::string_view table) const;

  /// The schedule with `schedule.0.at` and the like replaced; entries are counted from 0.
  [[nodiscard]] Node lay_over(Node schedule, ProblemList& problems) const;

  /// Reports what is neither a key of the root nor below one of `tables`, naming the nearest of `paths`.
  void refuse_unknown(const std::vector<std::string>& tables, const std::vector<std::string>& paths,
                      ProblemList& problems) const;

 private:
  struct Item {
    std::string path, head, rest;
    Node value;
  };
  std::vector<Item> items_;
};

}  // namespace poultice::core
