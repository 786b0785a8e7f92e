#include "solvers/run/result.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace poultice::solvers {
namespace {

template <class Named>
const Named* find(const std::vector<Named>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

/// "maximum of": what was taken of the probe.
const char* reduction_in_words(core::Headline::Reduction reduction) {
  using Reduction = core::Headline::Reduction;
  switch (reduction) {
    case Reduction::last:
      return "final value of";
    case Reduction::maximum:
      return "maximum of";
    case Reduction::time_of_maximum:
      return "time of the maximum of";
    case Reduction::minimum_after:
      return "smallest later value of";
    case Reduction::at:
      return "value at one time of";
    case Reduction::mean_rate:
      return "mean rate of";
    case Reduction::lag:
      return "where the steepest tangent meets zero, of";
  }
  return "";
}

}  // namespace

const core::Probe* Result::find_probe(std::string_view name) const { return find(probes, name); }

const core::Axis* Result::find_axis(std::string_view name) const { return find(axes, name); }

core::LaneView Result::samples(std::string_view probe) const {
  const auto* found = find_probe(probe);
  if (found == nullptr) {
    std::vector<std::string> names;
    for (const auto& each : probes) names.push_back(each.name);
    throw core::ParameterError(std::string(probe), "is not among the results",
                               "there are " + core::joined(names));
  }
  return record.samples[static_cast<std::size_t>(found - probes.data())].view();
}

std::string Result::long_name(const core::Headline& headline) const {
  const auto* probe = find_probe(headline.probe);
  return fmt::format("{}: {} {}", headline.label, reduction_in_words(headline.reduction),
                     probe != nullptr ? probe->long_name : headline.probe);
}

double Result::mass_balance_relative_error() const {
  double worst = 0.0;
  const auto& errors = record.balance_error;
  for (core::Index moiety = 0; moiety < errors.rows(); ++moiety) worst = std::max(worst, errors(moiety, 0));
  return worst;
}

Result run(std::shared_ptr<const core::Scenario> scenario, const Watch& watch) {
  const core::ParameterBlock parameters(*scenario, 1);
  Block block(parameters);
  Result result;
  result.record = simulate(block, watch);
  result.scenario = std::move(scenario);
  result.probes = block.probes();
  for (auto& probe : result.probes) probe.entries.clear();
  result.axes = block.axes();
  result.headlines = block.headlines();
  for (const auto& moiety : block.system().moieties()) result.moieties.push_back(moiety.name);
  result.terms = block.system().term_names();
  result.warnings = block.warnings();
  return result;
}

}  // namespace poultice::solvers
