#include "models/donor/parameters.hpp"

#include <cmath>

#include "models/parts/requirement.hpp"
#include "models/parts/wear.hpp"

namespace poultice::models::donor {

core::ParameterTable parameters() {
  using core::quantity;
  return {
      on_parameter(),
      core::choice("kind", {"infinite", "finite", "thin"})
          .by_default("infinite")
          .means("A concentration that does not fall, a finite well-mixed volume, or a dose that lies dry in "
                 "the outermost skin.")
          .from("the simplest permeation experiment"),
      quantity("area", "cm^2").between(1e-4, 2e4).means("Area in contact with the skin."),
      quantity("concentration", "mg/mL")
          .optional()
          .between(0.0, 1e4)
          .means("Concentration of drug in the donor; of kinds infinite and finite."),
      quantity("volume", "uL")
          .optional()
          .between(1e-6, 1e9)
          .means("Volume of a finite donor; of 10 uL/cm^2 on 0.64 cm^2, 6.4 uL."),
      quantity("dose", "ug/cm^2").optional().between(0.0, 1e9).means("Drug per area of a thin dose."),
      quantity("depth", "um")
          .by_default("0 um")
          .between(0.0, 1e4)
          .means("How deep a thin dose lies in the skin at first; 0 = in the outermost cell of the grid.")
          .from("a film on the surface"),
      quantity("partition_coefficient", "1")
          .by_default("1")
          .between(1e-6, 1e9)
          .means("Concentration in the donor over that in water at pH 7.4, in equilibrium.")
          .from("an aqueous donor"),
      quantity("evaporation", "cm/h")
          .by_default("0 cm/h")
          .between(0.0, 1e6)
          .means("Velocity at which drug is lost from the surface into air, for concentration in water in "
                 "equilibrium with the surface; not of an infinite donor.")
          .from("an occluded donor, or a drug of no vapour pressure"),
  };
}

void check(const core::Scenario& scenario, const core::Instance& instance,
           std::vector<core::Problem>& problems) {
  const auto& kind = scenario.value(instance.name + ".kind").text;
  const auto need = [&](const char* key) {
    require(scenario, instance, key, "a donor of kind " + kind + " needs this", "kind = \"" + kind + "\"",
            "give it, or choose another kind", problems);
  };
  if (kind != "thin") need("concentration");
  if (kind == "finite") need("volume");
  if (kind == "thin") need("dose");
  const auto refuse = [&](const char* key, const std::string& hint) {
    const auto& value = scenario.value(instance.name + "." + key);
    if (value.origin == core::Origin::preset || std::isnan(value.number) || value.number == 0.0) return;
    problems.push_back({.what = "a donor of kind " + kind + " has no such thing",
                        .line = value.line,
                        .column = value.column,
                        .key = value.path,
                        .given = value.given,
                        .expected = "no value for " + std::string(key),
                        .hint = hint});
  };
  if (kind == "infinite")
    refuse("evaporation", "what evaporates does not matter to a concentration that is held");
  if (kind != "finite") refuse("volume", "take kind = \"finite\"");
  if (kind != "thin") refuse("dose", "take kind = \"thin\"");
  if (kind == "thin") {
    refuse("concentration", "a thin dose is told by its `dose`");
    for (const auto& event : scenario.events())
      if (event.instance == instance.name && event.verb == "remove")
        problems.push_back({.what = "a thin dose lies in the skin and cannot be taken off",
                            .line = event.line,
                            .column = event.column,
                            .key = "schedule",
                            .given = "remove = \"" + instance.name + "\"",
                            .expected = "wash = \"" + scenario.text(instance.name + ".on") + "\"",
                            .hint = "wash the skin to a depth"});
    return;  // it may be applied again and again
  }
  check_wear(scenario, instance, problems);
}

}  // namespace poultice::models::donor
