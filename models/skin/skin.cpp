#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "models/parts/amounts.hpp"
#include "models/parts/binding_parameters.hpp"
#include "models/parts/layered_tissue.hpp"
#include "models/parts/requirement.hpp"
#include "models/skin/parameters.hpp"

namespace poultice::models::skin {
namespace {

using core::Index;

class Skin final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    temperature_ = declaration.layout.add_control(own.column("temperature"));
    std::vector<TissueLayer> layers;
    for (const std::string name : layer_names) {
      if (name == "dermis" && !own.flag("has_dermis")) continue;
      if (name == "subcutis" && !own.flag("has_subcutis")) continue;
      core::Layer geometry{name, own.count(name + ".cells"), own.column(name + ".thickness")};
      // Capillaries take drug as it comes in from above: dermis and fat are steep at their tops.
      if (name == "dermis" || name == "subcutis") geometry.fine_at = core::FineAt::first_face;
      layers.push_back({.geometry = std::move(geometry),
                        .drug = {.diffusivity = own.column(name + ".diffusivity"),
                                 .partition_coefficient = own.column(name + ".partition_coefficient"),
                                 .binding_ratio = own.column(name + ".binding_ratio"),
                                 .activation = activation_of(own, name + ".activation_energy")},
                        .binding = binding_of(own, name + ".")});
      if (name == "dermis") layers.back().drug.clearance = own.column("dermis.capillary_clearance");
    }
    tissue_.emplace(std::move(layers),
                    TissueOptions{.is_excised_on_receptor = true,
                                  .returns_from_blood = own.flag("returns_from_blood"),
                                  .temperature = temperature_,
                                  .reference_temperature = own.column("reference_temperature")});
    tissue_->declare(declaration);
  }

  void couple(core::Declaration& declaration) override {
    tissue_->couple(declaration);
    const auto& own = declaration.parameters;
    if (std::ranges::none_of(own.scenario().events(), [&](const auto& event) {
          return event.verb == "wash" && event.instance == own.instance();
        }))
      return;
    for (const auto& inhabitant : tissue_->inhabitants())
      washed_.push_back(
          declaration.layout.accumulator(own.instance() + "." + inhabitant.substance.probe_name("washed")));
  }

  void assemble(core::Assembly& assembly) override {
    tissue_->assemble(assembly);
    for (std::size_t s = 0; s < washed_.size(); ++s) {
      const auto& substance = tissue_->inhabitants()[s].substance;
      const Index washed = assembly.layout().row(washed_[s]);
      assembly.system.weigh(substance.moiety(), washed, 1.0);
      add_to_amount(assembly, substance.probe_name("washed"), substance.words() + " washed off the skin",
                    washed, substance.molar_mass);
    }
  }

  void act(core::Happening& happening) override {
    if (happening.event.verb == "heat")
      std::fill_n(happening.controls[temperature_.index], happening.state.width(),
                  happening.number("temperature"));
    else
      tissue_->take_above(happening.number("depth"), washed_, happening);
  }

 private:
  core::Control temperature_;
  std::optional<LayeredTissue> tissue_;
  std::vector<core::Accumulator> washed_;  // by inhabitant; empty where nothing is ever washed
};

void check(const core::Scenario& scenario, const core::Instance& instance,
           std::vector<core::Problem>& problems) {
  for (const std::string layer : layer_names) check_binding(scenario, instance, layer + ".", problems);
  for (const std::string layer : {"dermis", "subcutis"}) {
    const auto flag = "has_" + layer, path = instance.name + "." + flag;
    if (scenario.number(path) == 0.0) continue;
    for (const char* key : {".diffusivity", ".partition_coefficient"})
      require(scenario, instance, layer + key, "the " + layer + " is there, but this is missing",
              path + " = true", "give it, or set " + flag + " = false", problems);
  }
}

}  // namespace

const core::ModelDescription& description() {
  static const core::ModelDescription description{
      .name = "skin",
      .meaning =
          "Stratum corneum, viable epidermis, dermis with capillary clearance, and fat if wanted, each "
          "resolved "
          "in depth.",
      .parameters = parameters(),
      .actions =
          {
              {"wash",
               "Takes the drug out of the outermost skin.",
               {core::quantity("depth", "um")
                    .by_default("1 um")
                    .between(0.0, 1e4)
                    .means("How deep washing reaches.")
                    .from("about the outermost corneocyte")}},
              {"heat",
               "Brings the skin to a temperature, from then on.",
               {core::quantity("temperature", "degC")
                    .between(10.0, 50.0)
                    .means("The new temperature of the skin.")}},
          },
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Skin>(); },
      .check = check,
  };
  return description;
}

}  // namespace poultice::models::skin
