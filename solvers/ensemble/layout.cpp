#include "solvers/ensemble/layout.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/run/result.hpp"

namespace poultice::solvers {
namespace {

using core::Index;

constexpr double rounding = 1e-9;  ///< of the last time

template <class Named>
auto find(Named& all, std::string_view name) {
  return std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
}

template <class Named>
bool has(const Named& all, std::string_view name) {
  return find(all, name) != all.end();
}

/// The names of the block's probes, without their weights.
Result names_of(const Block& block) {
  Result names;
  for (const auto& probe : block.probes())
    names.probes.push_back({.name = probe.name, .long_name = probe.long_name});
  return names;
}

void add_probes(const std::vector<core::Probe>& probes, const std::vector<std::string>& names, bool profiles,
                std::vector<Layout::Curve>& to) {
  for (const auto& name : names) {
    const auto probe = find(probes, name);
    if (probe == probes.end() || probe->axis.empty() == profiles || has(to, name)) continue;
    to.push_back({name, probe->long_name, probe->unit, probe->display_unit, probe->axis});
  }
}

}  // namespace

void Layout::add(const Block& block, const std::vector<std::string>& curve_names,
                 const std::vector<std::string>& profile_names) {
  const auto names = names_of(block);
  for (const auto& it : block.headlines())
    if (!has(headlines, it.name))
      headlines.push_back(
          {it.name, it.label, it.probe, names.long_name(it), it.unit, it.display_unit, it.relative_to});
  add_probes(block.probes(), curve_names, false, curves);
  add_probes(block.probes(), profile_names, true, profiles);
  for (const auto& axis : block.axes()) {
    const auto is_on_it = [&](const Curve& profile) { return profile.axis == axis.name; };
    if (std::none_of(profiles.begin(), profiles.end(), is_on_it)) continue;
    auto found = find(axes, axis.name);
    if (found == axes.end()) found = axes.insert(found, {axis.name, axis.long_name, axis.unit, 0});
    found->n_points = std::max(found->n_points, axis.positions.rows());
  }
}

const Layout::Axis* Layout::find_axis(std::string_view name) const {
  const auto found = find(axes, name);
  return found == axes.end() ? nullptr : &*found;
}

Index Layout::n_values() const {
  auto count = static_cast<Index>(headlines.size() + curves.size() * times.size());
  for (const auto& profile : profiles)
    count += static_cast<Index>(profile_times.size()) * find_axis(profile.axis)->n_points;
  for (const auto& axis : axes) count += axis.n_points;
  return count;
}

std::vector<double> time_grid(double step, double end) {
  std::vector<double> times;
  const auto n = static_cast<long>(std::floor(end / step * (1.0 + 1e-12)));
  for (long i = 0; i <= n; ++i) times.push_back(std::min(static_cast<double>(i) * step, end));
  if (times.back() < end * (1.0 - rounding)) times.push_back(end);
  return times;
}

std::vector<Index> positions_of(const std::vector<double>& times, const std::vector<double>& samples) {
  std::vector<Index> positions;
  positions.reserve(times.size());
  const double slack = rounding * samples.back();
  for (const double time : times) {
    const auto found = std::lower_bound(samples.begin(), samples.end(), time - slack);
    const bool is_there = found != samples.end() && *found <= time + slack;
    positions.push_back(is_there ? found - samples.begin() : -1);
  }
  return positions;
}

}  // namespace poultice::solvers
