#include "solvers/ensemble/scenario_texts.hpp"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace poultice::solvers {

ScenarioTexts::ScenarioTexts(std::string first, std::vector<std::string> changes)
    : first_(std::move(first)), lines_(core::split(first_, '\n')), changes_(std::move(changes)) {}

void ScenarioTexts::add(const std::string& text) {
  if (changes_.empty()) {
    first_ = text;
    lines_ = core::split(text, '\n');
  }
  const auto lines = core::split(text, '\n');
  if (lines.size() != lines_.size()) {
    changes_.push_back("=" + text);
    return;
  }
  std::string changes;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (lines[i] != lines_[i]) changes += fmt::format("{} {}\n", i, lines[i]);
  changes_.push_back(std::move(changes));
}

std::string ScenarioTexts::text(core::Index number) const {
  const auto& changes = changes_[static_cast<std::size_t>(number)];
  if (changes.empty()) return first_;
  if (changes.front() == '=') return changes.substr(1);
  auto lines = lines_;
  for (const auto& change : core::split(changes, '\n')) {
    if (change.empty()) continue;
    std::size_t line = lines.size();
    const auto [end, error] = std::from_chars(change.data(), change.data() + change.size(), line);
    if (error != std::errc() || line >= lines.size() || *end != ' ')
      throw core::Error("the plan of this sweep is damaged: a change of its scenario names no line");
    lines[line] = change.substr(static_cast<std::size_t>(end - change.data()) + 1);
  }
  return core::joined(lines, "\n");
}

}  // namespace poultice::solvers
