#include <cmath>
#include <memory>
#include <optional>

#include "models/parts/amounts.hpp"
#include "models/parts/offers.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::models::metabolite {
namespace {

using core::Index;
using core::LaneArray;

class Metabolite final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    const auto& name = own.instance();
    const double molar_mass = own.lanes("molar_mass")[0];
    const auto species = declaration.layout.add_species({name, molar_mass});
    substance_ = {species, molar_mass, LaneArray(1, own.width(), 1.0), name};
    declaration.board.offer(name, substance_);
    Metabolism metabolism;
    for (const auto& layer : own.elements("layer")) {
      const auto key = [&](const char* what) { return "layer." + layer + "." + what; };
      const auto maybe = [&](const char* what) {
        return own.has(key(what)) ? std::optional(own.column(key(what))) : std::nullopt;
      };
      metabolism.layers.emplace(
          layer, Metabolism::InLayer{{.diffusivity = own.column(key("diffusivity")),
                                      .partition_coefficient = own.column(key("partition_coefficient")),
                                      .binding_ratio = own.column(key("binding_ratio")),
                                      .activation = activation_of(own, key("activation_energy")),
                                      .clearance = maybe("clearance")},
                                     {.first_order_rate = maybe("first_order_rate"),
                                      .maximum_rate = maybe("maximum_rate"),
                                      .michaelis_constant = maybe("michaelis_constant")}});
    }
    declaration.board.offer(name, std::move(metabolism));
    eliminated_ = declaration.layout.accumulator(name + ".eliminated");
  }

  void couple(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    if (declaration.board.all<Bloodstream>().empty() || !own.has("volume")) return;
    central_ = declaration.layout.add_compartment(own.instance() + ".central");
    declaration.board.offer(own.instance(), MetaboliteBlood{*central_});
  }

  void assemble(core::Assembly& assembly) override {
    if (!central_) return;
    const auto& own = assembly.parameters;
    const Index central = assembly.layout().row(*central_), eliminated = assembly.layout().row(eliminated_);
    LaneArray rate = own.column("clearance"), per_volume = assembly.constant(substance_.molar_mass);
    for (Index lane = 0; lane < own.width(); ++lane) {
      rate(0, lane) /= own.lanes("volume")[lane];
      per_volume(0, lane) /= own.lanes("volume")[lane];
    }
    assembly.system.add(std::make_unique<solvers::Transfer>(
        own.instance() + " elimination", core::TermKind::exchange,
        std::vector<solvers::Move>{{central, eliminated, std::move(rate)}}));
    const auto amount = [&](const char* name, const char* long_name, Index row) {
      assembly.system.weigh(substance_.moiety(), row, 1.0);
      assembly.system.weigh(substance_.delivered_moiety(), row, 1.0);
      add_to_amount(assembly, substance_.probe_name(name), substance_.words() + long_name, row,
                    substance_.molar_mass);
    };
    amount("in_plasma", " in the central compartment", central);
    amount("eliminated", " eliminated from the body", eliminated);
    const auto concentration = substance_.probe_name("plasma_concentration");
    assembly
        .probe({.name = concentration,
                .unit = "kg/m^3",
                .display_unit = "ng/mL",
                .long_name = substance_.words() + " concentration in plasma"})
        .add(0, central, std::move(per_volume));
    assembly.headlines.push_back({.name = concentration + "_max",
                                  .label = "Cmax of " + substance_.words(),
                                  .probe = concentration,
                                  .reduction = core::Headline::Reduction::maximum,
                                  .unit = "kg/m^3",
                                  .display_unit = "ng/mL",
                                  .relative_to = ""});
  }

 private:
  Substance substance_{};
  std::optional<core::Compartment> central_;
  core::Accumulator eliminated_;
};

void check(const core::Scenario& scenario, const core::Instance& instance,
           std::vector<core::Problem>& problems) {
  const auto has = [&](const std::string& key) {
    return !std::isnan(scenario.number(instance.name + "." + key));
  };
  const auto together = [&](const std::string& one, const std::string& other, const char* why) {
    for (const auto& [given, missing] : {std::pair(one, other), std::pair(other, one)})
      if (has(given) && !has(missing)) {
        const auto& value = scenario.value(instance.name + "." + given);
        problems.push_back({.what = why,
                            .line = value.line,
                            .column = value.column,
                            .key = instance.name + "." + missing,
                            .given = value.path + " = \"" + value.given + "\"",
                            .expected = "a value for " + missing,
                            .hint = "give both, or neither"});
      }
  };
  together("volume", "clearance", "elimination from plasma needs volume and clearance");
  if (!instance.elements.contains("layer")) return;
  for (const auto& layer : instance.elements.at("layer"))
    together("layer." + layer + ".maximum_rate", "layer." + layer + ".michaelis_constant",
             "Michaelis-Menten kinetics need a greatest rate and a constant");
}

core::ParameterTable parameters() {
  using core::quantity;
  return {
      quantity("molar_mass", "g/mol").between(1.0, 1e6).means("Molar mass of the metabolite.").shaping(),
      quantity("volume", "L")
          .optional()
          .between(1e-3, 1e5)
          .means("Volume of distribution of the metabolite, where plasma is modelled."),
      quantity("clearance", "L/h")
          .optional()
          .between(1e-6, 1e5)
          .means("Elimination clearance of the metabolite from plasma."),
      quantity("layer.*.diffusivity", "cm^2/s")
          .between(1e-20, 1.0)
          .means("Diffusivity of free metabolite in the layer of tissue of this name."),
      quantity("layer.*.partition_coefficient", "1")
          .by_default("1")
          .between(1e-9, 1e9)
          .means("Free metabolite in the layer over that in water at pH 7.4, in equilibrium.")
          .from("water itself"),
      quantity("layer.*.binding_ratio", "1")
          .by_default("0")
          .between(0.0, 1e9)
          .means("Bound over free metabolite in the layer, always in equilibrium.")
          .from("no binding"),
      quantity("layer.*.activation_energy", "kJ/mol")
          .by_default("20 kJ/mol")
          .between(0.0, 300.0)
          .means("Activation energy of its diffusion in the layer.")
          .from("temperature dependence of the viscosity of water"),
      quantity("layer.*.clearance", "1/s")
          .optional()
          .between(0.0, 1e3)
          .means("First-order removal of metabolite in the layer into the blood; of a dermis, by its "
                 "capillaries."),
      quantity("layer.*.first_order_rate", "1/s")
          .optional()
          .between(0.0, 1e4)
          .means("First-order rate at which free drug in the layer turns into metabolite."),
      quantity("layer.*.maximum_rate", "mol/m^3/h")
          .optional()
          .between(0.0, 1e9)
          .means("Greatest rate of formation per volume of tissue (Michaelis-Menten)."),
      quantity("layer.*.michaelis_constant", "mol/m^3")
          .optional()
          .between(1e-12, 1e6)
          .means("Free drug per volume of tissue at which formation runs at half its greatest rate."),
  };
}

}  // namespace

const core::ModelDescription& description() {
  static const core::ModelDescription description{
      .name = "metabolite",
      .meaning =
          "A second substance that tissue forms from the drug, at a first-order or saturable rate, and "
          "that diffuses and is cleared by itself.",
      .parameters = parameters(),
      .actions = {},
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Metabolite>(); },
      .check = check,
  };
  return description;
}

}  // namespace poultice::models::metabolite
