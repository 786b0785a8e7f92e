#include "core/base/error.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace poultice::core {
namespace {

std::string join(const std::vector<Problem>& problems) {
  std::string text;
  for (const auto& problem : problems) {
    if (!text.empty()) text += '\n';
    text += problem.text();
  }
  return text;
}

std::string with_hint(std::string text, std::string_view hint) {
  if (!hint.empty()) text += fmt::format("\n   to do:    {}", hint);
  return text;
}

/// The hint in the first line, which is all that many a reader sees.
std::string with_hint_beside(std::string text, std::string_view hint) {
  if (!hint.empty()) text.insert(std::min(text.find('\n'), text.size()), fmt::format("; {}", hint));
  return text;
}

}  // namespace

std::string Problem::text() const {
  std::string text;
  if (!file.empty()) {
    text += file;
    if (line > 0) text += fmt::format(":{}:{}", line, column);
    text += ": ";
  }
  if (!key.empty()) text += key + ": ";
  text += what;
  if (!given.empty()) text += fmt::format("\n   given:    {}", given);
  if (!expected.empty()) text += fmt::format("\n   expected: {}", expected);
  return with_hint(std::move(text), hint);
}

ScenarioError::ScenarioError(std::vector<Problem> problems)
    : Error(join(problems)), problems_(std::move(problems)) {}

ScenarioError::ScenarioError(Problem problem) : ScenarioError(std::vector<Problem>{std::move(problem)}) {}

UnitError::UnitError(std::string what, std::string given, std::string expected, std::string hint)
    : Error(Problem{.what = what, .given = given, .expected = expected, .hint = hint}.text()),
      what_is_wrong_(std::move(what)),
      given_(std::move(given)),
      expected_(std::move(expected)),
      hint_(std::move(hint)) {}

ParameterError::ParameterError(std::string key, const std::string& what, std::string hint)
    : Error(with_hint_beside(fmt::format("{}: {}", key, what), hint)),
      key_(std::move(key)),
      hint_(std::move(hint)) {}

ModelError::ModelError(std::string instance, const std::string& what, std::string hint)
    : Error(with_hint_beside(fmt::format("[{}]: {}", instance, what), hint)),
      instance_(std::move(instance)),
      hint_(std::move(hint)) {}

IntegrationError::IntegrationError(double time, std::string what, std::string hint)
    : Error(with_hint(fmt::format("stopped at {:.6g} h: {}", time / 3600.0, what), hint)),
      time_(time),
      hint_(std::move(hint)) {}

Interrupted::Interrupted(double time)
    : Error(fmt::format("interrupted at {:.6g} h", time / 3600.0)), time_(time) {}

FileError::FileError(std::string path, std::string what, std::string hint)
    : Error(with_hint(fmt::format("{}: {}", path, what), hint)),
      path_(std::move(path)),
      hint_(std::move(hint)) {}

}  // namespace poultice::core
