#include "models/parts/requirement.hpp"

#include <cmath>
#include <utility>

namespace poultice::models {

void require(const core::Scenario& scenario, const core::Instance& instance, const std::string& key,
             std::string what, std::string given, std::string hint, std::vector<core::Problem>& problems) {
  const auto path = instance.name + "." + key;
  if (!std::isnan(scenario.number(path))) return;
  problems.push_back({.what = std::move(what),
                      .line = instance.line,
                      .column = instance.column,
                      .key = path,
                      .given = std::move(given),
                      .expected = "a value for " + key,
                      .hint = std::move(hint)});
}

}  // namespace poultice::models
