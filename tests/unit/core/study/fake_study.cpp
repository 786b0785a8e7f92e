#include "tests/unit/core/study/fake_study.hpp"

#include <fmt/format.h>

namespace poultice::core::testing {

std::string study_text(const std::string& sweep) {
  return small_scenario() + R"([[schedule]]
at = "1 h"
apply = "patch"
[[schedule]]
at = "73 h"
remove = "patch"
)" + sweep;
}

Study study_of(const std::string& sweep, const std::string& folder, const std::vector<Override>& overrides) {
  return Study::parse(study_text(sweep), "study.toml", folder, fake_catalogue(), fake_library(), overrides);
}

std::vector<Problem> study_problems(const std::string& sweep, const std::string& folder,
                                    const std::vector<Override>& overrides) {
  try {
    static_cast<void>(study_of(sweep, folder, overrides));
    return {};
  } catch (const ScenarioError& error) {
    return error.problems();
  }
}

std::vector<std::string> lines_of(const std::vector<Problem>& problems) {
  std::vector<std::string> lines;
  for (const auto& problem : problems)
    lines.push_back(fmt::format("{}: {}: {}", problem.line, problem.key, problem.what));
  return lines;
}

}  // namespace poultice::core::testing
