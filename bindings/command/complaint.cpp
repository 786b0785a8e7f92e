#include "bindings/command/complaint.hpp"

#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "bindings/shared/explain.hpp"
#include "bindings/shared/known_parameters.hpp"
#include "core/base/error.hpp"

namespace poultice::bindings {
namespace {

std::string see(std::string_view command) { return fmt::format("\n   see:      {}", command); }

std::string class_of(const std::exception& error) {
  if (dynamic_cast<const core::UnitError*>(&error) != nullptr) return "UnitError";
  if (dynamic_cast<const core::ParameterError*>(&error) != nullptr) return "ParameterError";
  if (dynamic_cast<const core::ModelError*>(&error) != nullptr) return "ModelError";
  if (dynamic_cast<const core::IntegrationError*>(&error) != nullptr) return "IntegrationError";
  if (dynamic_cast<const core::Interrupted*>(&error) != nullptr) return "Interrupted";
  if (dynamic_cast<const core::FileError*>(&error) != nullptr) return "FileError";
  return "";
}

std::string complaint_of_scenario(const core::ScenarioError& error) {
  std::string text;
  std::set<std::string> seen;
  for (const auto& problem : error.problems()) {
    text += (text.empty() ? "" : "\n") + problem.text();
    if (problem.key.empty() || find_parameters(problem.key).empty()) continue;
    if (seen.insert(problem.key).second) text += see("poultice explain " + problem.key);
  }
  if (seen.empty()) text += see(explain_error("ScenarioError", text));
  return text;
}

}  // namespace

std::string complaint(const std::exception& error) {
  if (const auto* scenario = dynamic_cast<const core::ScenarioError*>(&error))
    return complaint_of_scenario(*scenario);
  std::string text = error.what();
  const bool says_itself = text.find("see:") != std::string::npos;
  const auto more = says_itself ? "" : explain_error(class_of(error), text);
  return more.empty() ? text : text + see(more);
}

void print_warnings(const std::vector<std::string>& warnings) {
  if (warnings.empty()) return;
  std::string text;
  for (const auto& warning : warnings)
    text += fmt::format("{}warning: {}", text.empty() ? "" : "\n", warning);
  fmt::print(stderr, "{}{}\n", text, see("poultice explain ScenarioWarning"));
}

}  // namespace poultice::bindings
