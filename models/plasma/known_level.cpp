#include "models/plasma/known_level.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/units/quantity.hpp"
#include "models/parts/offers.hpp"
#include "models/parts/wear.hpp"

namespace poultice::models::plasma {
namespace {

/// Labelled patches while they are worn and infusions while they run, added up [mol/s].
double greatest_rate(const core::Assembly& assembly, double molar_mass) {
  const auto& own = assembly.parameters;
  std::vector<std::pair<double, double>> changes;  // when, by how much
  for (const auto& [who, nominal] : assembly.board.all<NominalRate>())
    for (const auto& wear : wears(own.scenario(), who)) {
      changes.emplace_back(wear.from, nominal->rate);
      changes.emplace_back(wear.to, -nominal->rate);
    }
  double infused = 0.0;
  for (const auto& event : own.scenario().events()) {
    if (event.instance != own.instance() || event.verb == "dose") continue;
    const double rate = event.verb == "infuse" ? event.option("rate").number / molar_mass : 0.0;
    changes.emplace_back(event.time, rate - infused);
    infused = rate;
  }
  // What ends at a time comes before what begins then: one patch after another is one patch.
  std::ranges::sort(changes);
  double rate = 0.0, greatest = 0.0;
  for (const auto& [time, change] : changes) greatest = std::max(greatest, rate += change);
  return greatest;
}

}  // namespace

void compare_with_known_level(core::Assembly& assembly, double clearance) {
  const auto& own = assembly.parameters;
  const auto* known = assembly.board.only<KnownLevel>(own.instance(), "known levels");
  if (known == nullptr) return;
  const double molar_mass = substance(assembly.board, own.instance()).molar_mass;
  const double rate = greatest_rate(assembly, molar_mass);
  const double level = rate / clearance;
  constexpr double margin = 3.0;  // people differ, and labels round
  if (rate == 0.0 || (level > known->low / margin && level < known->high * margin)) return;
  const auto shown = [&](double si, const char* unit) {
    return fmt::format("{:.3g} {}", core::from_si(si, unit), unit);
  };
  assembly.warnings.push_back(fmt::format(
      "a dose rate of {} over {}.clearance of {} makes {} in plasma in steady state, but {} to {} are "
      "known from the use of this drug: check rate, clearance and their units",
      shown(rate * molar_mass, "ug/h"), own.instance(), shown(clearance, "L/h"),
      shown(level * molar_mass, "ng/mL"), shown(known->low * molar_mass, "ng/mL"),
      shown(known->high * molar_mass, "ng/mL")));
}

}  // namespace poultice::models::plasma
