#include "core/scenario/problem_list.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace poultice::core {
namespace {

bool same(const Problem& a, const Problem& b) {
  return std::tie(a.file, a.line, a.column, a.key, a.what, a.given) ==
         std::tie(b.file, b.line, b.column, b.key, b.what, b.given);
}

}  // namespace

void ProblemList::add(std::vector<Problem> problems) {
  std::move(problems.begin(), problems.end(), std::back_inserter(problems_));
}

void ProblemList::throw_if_any(const std::vector<std::string>& files) const {
  if (problems_.empty()) return;
  std::vector<Problem> unique;
  for (const auto& problem : problems_)
    if (std::none_of(unique.begin(), unique.end(), [&](const auto& other) { return same(problem, other); }))
      unique.push_back(problem);
  const auto rank = [&](const Problem& problem) {
    const auto file = std::find(files.begin(), files.end(), problem.file) - files.begin();
    return std::tuple(file, problem.line, problem.column);
  };
  std::stable_sort(unique.begin(), unique.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  throw ScenarioError(std::move(unique));
}

}  // namespace poultice::core
