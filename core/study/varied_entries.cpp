#include "core/study/varied_entries.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace poultice::core {
namespace {

std::string joined_path(const std::string& prefix, const std::string& key) {
  return prefix.empty() ? key : prefix + "." + key;
}

/// Whether a table says how a parameter varies, and is not a piece of a longer path.
bool says_how(const Node& table) {
  constexpr std::array<std::string_view, 5> keys{"from", "to", "count", "spacing", "distribution"};
  return table.entries.empty() || std::any_of(keys.begin(), keys.end(), [&](auto key) {
           const auto* value = table.find(key);
           return value != nullptr && value->kind != Node::Kind::table;
         });
}

class Collector {
 public:
  Collector(const std::string& name, const VariedPaths& paths, ProblemList& problems)
      : name_(name), paths_(paths), problems_(problems) {}

  void collect(const Node& table, const std::string& prefix) {
    for (const auto& entry : table.entries) {
      const auto path = joined_path(prefix, entry.key);
      if (!paths_.find(path) && is_branch(entry.value, path)) {
        collect(entry.value, path);
        continue;
      }
      const auto key = fmt::format("{}.\"{}\"", name_, path);
      if (auto parameter = paths_.resolve(path, entry.place, key, problems_))
        entries_.push_back({key, std::move(*parameter), &entry.value, entry.place});
    }
  }

  [[nodiscard]] std::vector<VariedEntry> take() { return std::move(entries_); }

 private:
  [[nodiscard]] bool is_branch(const Node& value, const std::string& path) const {
    if (value.kind != Node::Kind::table) return false;
    return !says_how(value) ||
           std::any_of(value.entries.begin(), value.entries.end(), [&](const auto& entry) {
             return paths_.find(joined_path(path, entry.key)).has_value();
           });
  }

  const std::string& name_;
  const VariedPaths& paths_;
  ProblemList& problems_;
  std::vector<VariedEntry> entries_;
};

bool is_last_twice(const DesignColumn& column) {
  constexpr double rounding = 1e-12;  // "100 mm^2" is "1 cm^2"
  const auto& numbers = column.numbers;
  const auto& words = column.words;
  if (!column.is_number()) return std::find(words.begin(), words.end() - 1, words.back()) != words.end() - 1;
  return std::any_of(numbers.begin(), numbers.end() - 1, [&](double number) {
    return std::abs(number - numbers.back()) <= rounding * std::abs(number);
  });
}

}  // namespace

std::vector<VariedEntry> varied_entries(const Node& table, const std::string& name, const VariedPaths& paths,
                                        ProblemList& problems) {
  if (table.kind != Node::Kind::table) {
    refuse(problems, table.place, name, "is a table, not a value", table.described(),
           fmt::format("[{}] with lines such as \"patch.area\" = …", name));
    return {};
  }
  Collector collector(name, paths, problems);
  collector.collect(table, "");
  return collector.take();
}

DesignColumn column_for(const VariedParameter& parameter) {
  return {
      .path = parameter.path, .unit = parameter.unit(), .needs_own_scenario = parameter.needs_own_scenario};
}

void append_value(const VariedParameter& parameter, const std::string& key, const Node& value,
                  const Tier& tier, DesignColumn& column, ProblemList& problems) {
  auto read = read_value(parameter.spec, key, value, tier, problems);
  if (!read) return;
  if (parameter.is_number())
    column.numbers.push_back(read->number);
  else
    column.words.push_back(std::move(read->text));
}

DesignColumn read_list(const VariedEntry& entry, const Node& list, const Tier& tier, ProblemList& problems) {
  auto column = column_for(entry.parameter);
  if (list.items.empty())
    refuse(problems, list.place, entry.key, "the list is empty", "[]", "at least one value",
           "leave the line out where nothing varies");
  for (const auto& item : list.items) {
    const auto before = column.size();
    append_value(entry.parameter, entry.key, item, tier, column, problems);
    if (before > 0 && column.size() > before && is_last_twice(column))
      refuse(problems, item.place, entry.key, "the value stands twice in the list", item.written,
             "each value once");
  }
  return column;
}

void refuse(ProblemList& problems, const Place& place, const std::string& key, std::string what,
            std::string given, std::string expected, std::string hint) {
  auto problem = place.problem(key, std::move(what));
  problem.given = std::move(given);
  problem.expected = std::move(expected);
  problem.hint = std::move(hint);
  problems.add(std::move(problem));
}

}  // namespace poultice::core
