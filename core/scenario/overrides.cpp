#include "core/scenario/overrides.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace poultice::core {
namespace {

/// The number that a word consists of, or one too large for any index.
std::size_t index_of(std::string_view word) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), index);
  return error == std::errc{} && end == word.data() + word.size() ? index : static_cast<std::size_t>(-1);
}

void replace(Node& table, std::string_view key, const Node& value) {
  for (auto& entry : table.entries)
    if (entry.key == key) {
      entry.value = value;
      return;
    }
  table.entries.push_back({std::string(key), value.place, value});
}

}  // namespace

OverrideList::OverrideList(const std::vector<Override>& overrides) {
  for (const auto& [path, text] : overrides) {
    const auto dot = path.find('.');
    items_.push_back({path, path.substr(0, dot), dot == std::string::npos ? "" : path.substr(dot + 1),
                      parse_loose_value(text, "--set " + path)});
  }
}

std::vector<Node> OverrideList::of_root() const {
  std::vector<Node> tables;
  for (const auto& item : items_)
    if (item.rest.empty() && engine_table("").find(item.path) != nullptr)
      tables.push_back(nested(item.path, item.value));
  return tables;
}

std::vector<Node> OverrideList::of_table(std::string_view name) const {
  std::vector<Node> tables;
  for (const auto& item : items_)
    if (item.head == name && !item.rest.empty()) tables.push_back(nested(item.rest, item.value));
  return tables;
}

bool OverrideList::mentions(std::string_view table) const {
  return std::any_of(items_.begin(), items_.end(),
                     [&](const auto& item) { return item.head == table && !item.rest.empty(); });
}

Node OverrideList::lay_over(Node schedule, ProblemList& problems) const {
  for (const auto& item : items_) {
    if (item.head != "schedule") continue;
    const auto dot = item.rest.find('.');
    const auto index = index_of(item.rest.substr(0, dot));
    if (index < schedule.items.size() && dot != std::string::npos && dot + 1 < item.rest.size()) {
      replace(schedule.items[index], item.rest.substr(dot + 1), item.value);
      continue;
    }
    auto problem = item.value.place.problem(item.path, "there is no such entry of the schedule");
    problem.given = item.path;
    problem.expected = schedule.items.empty()
                           ? "a schedule to change"
                           : fmt::format("schedule.0.at … schedule.{}.at", schedule.items.size() - 1);
    problem.hint = "entries are counted from 0";
    problems.add(std::move(problem));
  }
  return schedule;
}

void OverrideList::refuse_unknown(const std::vector<std::string>& tables,
                                  const std::vector<std::string>& paths, ProblemList& problems) const {
  for (const auto& item : items_) {
    const bool is_known = item.rest.empty()
                              ? engine_table("").find(item.path) != nullptr
                              : std::find(tables.begin(), tables.end(), item.head) != tables.end();
    if (is_known) continue;
    auto problem = item.value.place.problem(item.path, "there is no such parameter");
    problem.given = item.path;
    problem.expected = "the path of a parameter, such as duration";
    if (const auto best = nearest(item.path, paths); !best.empty())
      problem.hint = fmt::format("did you mean {}?", best);
    problems.add(std::move(problem));
  }
}

}  // namespace poultice::core
