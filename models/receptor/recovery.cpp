#include "models/receptor/recovery.hpp"

#include <algorithm>

#include "models/parts/amounts.hpp"
#include "models/parts/offers.hpp"

namespace poultice::models::receptor {
namespace {

using Reduction = core::Headline::Reduction;

class Headlines {
 public:
  explicit Headlines(core::Assembly& assembly) : assembly_(assembly) {}

  [[nodiscard]] bool has_probe(const std::string& name) const {
    return std::ranges::any_of(assembly_.probes, [&](const auto& probe) { return probe.name == name; });
  }

  void add(const std::string& name, const std::string& label, const std::string& probe, Reduction reduction,
           const char* unit, const char* shown, const char* relative_to = "") {
    const bool is_there =
        std::ranges::any_of(assembly_.headlines, [&](const auto& one) { return one.name == name; });
    if (is_there || !has_probe(probe)) return;
    assembly_.headlines.push_back({.name = name,
                                   .label = label,
                                   .probe = probe,
                                   .reduction = reduction,
                                   .unit = unit,
                                   .display_unit = shown,
                                   .relative_to = relative_to});
  }

  void recovered(const std::string& place, const std::string& label, const std::string& probe) {
    add("recovered_" + place, "recovered " + label, probe, Reduction::last, "kg", "ug", "applied");
  }

 private:
  core::Assembly& assembly_;
};

/// Everything that the moiety of the drug counts as being somewhere.
void add_recovered_probe(core::Assembly& assembly, double molar_mass) {
  for (const auto& moiety : assembly.system.moieties()) {
    if (moiety.name != drug_moiety) continue;
    std::vector<core::Index> rows;
    for (const auto& share : moiety.shares)
      if (share.weight > 0.0) rows.push_back(share.row);
    add_to_amount(assembly, "recovered", "drug found anywhere, metabolized drug included", rows, molar_mass);
  }
}

}  // namespace

void add_recovery(core::Assembly& assembly, const std::string& tissue) {
  Headlines headlines(assembly);
  const bool has_own_flux = headlines.has_probe(tissue + "_flux");
  const std::string flux = has_own_flux ? tissue + "_flux" : "flux";
  headlines.add(flux + "_max", "Jmax", flux, Reduction::maximum, "kg/m^2/s", "ug/cm^2/h");
  headlines.add(flux + "_max_time", "time of Jmax", flux, Reduction::time_of_maximum, "s", "h");
  headlines.add("lag_time", "lag time", "delivered", Reduction::lag, "s", "h");
  if (headlines.has_probe("recovered")) return;  // two receptors share one balance
  add_recovered_probe(assembly, substance(assembly.board, assembly.parameters.instance()).molar_mass);
  headlines.recovered("in_donor", "in the donor", "in_donor");
  headlines.recovered("in_patch", "in the patch", "in_patch");
  headlines.recovered("removed", "in what was removed", "removed");
  headlines.recovered("washed", "in washings", "washed");
  headlines.recovered("evaporated", "from the air", "evaporated");
  for (const auto& layer : assembly.board.find<ContactSurface>(tissue)->domain.layers()) {
    std::string words = layer.name;
    std::ranges::replace(words, '_', ' ');
    headlines.recovered("in_" + layer.name, "in the " + words, "in_" + layer.name);
  }
  headlines.recovered("metabolized", "as metabolite", "metabolized");
  headlines.recovered("in_receptor", "in receptor fluid", "delivered");
  headlines.add("recovery_total", "recovery, all together", "recovered", Reduction::last, "kg", "ug",
                "applied");
}

}  // namespace poultice::models::receptor
