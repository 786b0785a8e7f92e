#include "models/skin/parameters.hpp"

#include <utility>

#include "models/parts/binding_parameters.hpp"

namespace poultice::models::skin {
namespace {

using core::ParameterSpec;
using core::quantity;

struct LayerDefaults {
  std::string name, words, thickness, thickness_source, activation, cells;
};

/// What each layer has; diffusivity and partition belong to the drug and have no default.
void add_layer(core::ParameterTable& table, const LayerDefaults& layer, bool may_be_absent) {
  const auto key = [&](const char* what) { return layer.name + "." + what; };
  const auto required_unless_absent = [&](ParameterSpec spec) {
    return may_be_absent ? spec.optional() : spec;
  };
  table.add(quantity(key("thickness"), "um")
                .by_default(layer.thickness)
                .between(0.1, 1e5)
                .means("Thickness of the " + layer.words + ".")
                .from(layer.thickness_source));
  table.add(required_unless_absent(
      quantity(key("diffusivity"), "cm^2/s")
          .between(1e-18, 1e-3)
          .means("Diffusivity of free drug in the " + layer.words + " at the reference temperature.")));
  table.add(required_unless_absent(quantity(key("partition_coefficient"), "1")
                                       .between(1e-6, 1e7)
                                       .means("Free concentration in the " + layer.words +
                                              " over that in water at pH 7.4, in equilibrium.")));
  table.add(quantity(key("binding_ratio"), "1")
                .by_default("0")
                .between(0.0, 1e6)
                .means("Bound over free drug in the " + layer.words + ", always in equilibrium.")
                .from("binding, if any, is part of the partition coefficient"));
  for (auto& spec : binding_parameters(layer.name + ".")) table.add(std::move(spec));
  table.add(
      quantity(key("activation_energy"), "kJ/mol")
          .by_default(layer.activation + " kJ/mol")
          .between(0.0, 300.0)
          .means("Activation energy of diffusion in the " + layer.words + ".")
          .from("nicotine in human skin 58 and 65 kJ/mol, in water 18: La Count et al., AAPS J 22 (2020) 82, "
                "and the temperature dependence of the viscosity of water"));
  table.add(core::count(key("cells"))
                .by_default(layer.cells)
                .between(2, 100000)
                .means("Number of cells that resolve the " + layer.words + " in depth.")
                .from("0.1 % of the final amount in the closed forms of tests/literature"));
}

}  // namespace

core::ParameterTable parameters() {
  core::ParameterTable table{
      core::data_set("site", "skin_sites")
          .optional()
          .means("Place on the body whose thicknesses and temperature are taken over."),
      quantity("area", "cm^2")
          .optional()
          .between(1e-4, 2e4)
          .means("Area of skin that drug enters; that of what is put on it when left out."),
      quantity("temperature", "degC")
          .by_default("32 degC")
          .between(10.0, 50.0)
          .means("Temperature of the skin until a schedule heats it.")
          .from("usual skin surface temperature; OECD Test Guideline 428 asks for 32 +/- 1 degC"),
      quantity("reference_temperature", "degC")
          .by_default("32 degC")
          .between(10.0, 50.0)
          .means("Temperature at which the diffusivities were given.")
          .from("usual skin surface temperature; OECD Test Guideline 428 asks for 32 +/- 1 degC"),
      core::flag("has_dermis")
          .by_default("true")
          .means("Whether there is a dermis; none in sheets of epidermis that were parted by heat.")
          .from("skin on the body, and split-thickness skin in diffusion cells"),
      core::flag("has_subcutis")
          .by_default("false")
          .means("Whether fat below the dermis is resolved.")
          .from("capillaries of the dermis take up most drugs before they reach it"),
      core::flag("returns_from_blood")
          .by_default("false")
          .means("Whether drug in plasma may enter the dermis again.")
          .from("plasma concentrations of patches are far below those in skin"),
  };
  add_layer(table,
            {"stratum_corneum", "stratum corneum", "15 um",
             "between 10 and 20 um at most sites: Sandby-Moller et al., Acta Derm Venereol 83 (2003) 410",
             "60", "20"},
            false);
  add_layer(table,
            {"viable_epidermis", "viable epidermis", "100 um",
             "Dancik et al., Adv Drug Deliv Rev 65 (2013) 221", "20", "20"},
            false);
  add_layer(table, {"dermis", "dermis", "1000 um", "customary depth down to the lower plexus", "20", "40"},
            true);
  table.add(quantity("dermis.capillary_clearance", "1/s")
                .by_default("0 1/s")
                .between(0.0, 10.0)
                .means("First-order removal of all drug in the dermis by its capillaries.")
                .from("no capillaries, as in excised skin, unless a drug set says otherwise"));
  add_layer(
      table,
      {"subcutis", "subcutis", "3000 um", "thin to moderate subcutaneous fat; varies tenfold", "20", "20"},
      true);
  return table;
}

}  // namespace poultice::models::skin
