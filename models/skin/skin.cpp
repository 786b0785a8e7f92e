#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "models/parts/amounts.hpp"
#include "models/parts/layered_tissue.hpp"
#include "models/parts/offers.hpp"
#include "models/skin/parameters.hpp"

namespace poultice::models::skin {
namespace {

using core::Index;

constexpr double gas_constant = 8.314462618;  // J/(mol K), CODATA 2018

class Skin final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    temperature_ = declaration.layout.add_control(own.column("temperature"));
    std::vector<TissueLayer> layers;
    for (const std::string name : layer_names) {
      if (name == "subcutis" && !own.flag("has_subcutis")) continue;
      core::LaneArray activation = own.column(name + ".activation_energy");
      for (Index lane = 0; lane < own.width(); ++lane) activation(0, lane) /= gas_constant;
      core::Layer geometry{name, own.count(name + ".cells"), own.column(name + ".thickness")};
      // Capillaries take drug as it comes in from above: dermis and fat are steep at their tops.
      if (name == "dermis" || name == "subcutis") geometry.fine_at = core::FineAt::first_face;
      layers.push_back({.geometry = std::move(geometry),
                        .diffusivity = own.column(name + ".diffusivity"),
                        .partition_coefficient = own.column(name + ".partition_coefficient"),
                        .binding_ratio = own.column(name + ".binding_ratio"),
                        .activation = std::move(activation)});
      if (name == "dermis") layers.back().clearance = own.column("dermis.capillary_clearance");
    }
    tissue_.emplace(std::move(layers),
                    TissueOptions{.returns_from_blood = own.flag("returns_from_blood"),
                                  .temperature = temperature_,
                                  .reference_temperature = own.column("reference_temperature")});
    tissue_->declare(declaration);
    washed_ = declaration.layout.accumulator(own.instance() + ".washed");
    is_washed_ = std::any_of(
        own.scenario().events().begin(), own.scenario().events().end(),
        [&](const auto& event) { return event.verb == "wash" && event.instance == own.instance(); });
  }

  void assemble(core::Assembly& assembly) override {
    tissue_->assemble(assembly);
    species_ = substance(assembly.board, assembly.parameters.instance()).species;
    if (!is_washed_) return;
    const Index washed = assembly.layout().row(washed_);
    assembly.system.weigh(drug_moiety, washed, 1.0);
    add_to_amount(assembly, "washed", "drug washed off the skin", washed,
                  substance(assembly.board, assembly.parameters.instance()).molar_mass);
  }

  void act(core::Happening& happening) override {
    if (happening.event.verb == "heat") {
      std::fill_n(happening.controls[temperature_.index], happening.state.width(),
                  happening.number("temperature"));
      return;
    }
    wash(happening);
  }

 private:
  /// Takes what lies above the given depth; a cell that reaches deeper loses its share.
  void wash(core::Happening& happening) const {
    const double depth = happening.number("depth");
    const auto& domain = tissue_->domain();
    const Index washed = happening.layout.row(washed_);
    for (Index i = 0; i < tissue_->field().n_cells; ++i) {
      const Index row = happening.layout.row(tissue_->field().first_cell + i, species_);
      for (Index lane = 0; lane < happening.state.width(); ++lane) {
        const double dx = domain.width()(i, lane), top = domain.depth()(i, lane) - 0.5 * dx;
        const double amount = happening.state(row, lane) * std::clamp((depth - top) / dx, 0.0, 1.0);
        happening.state(row, lane) -= amount;
        happening.state(washed, lane) += amount;
      }
    }
  }

  core::Control temperature_;
  std::optional<LayeredTissue> tissue_;
  core::Accumulator washed_;
  bool is_washed_ = false;
  Index species_ = 0;
};

void check(const core::Scenario& scenario, const core::Instance& instance,
           std::vector<core::Problem>& problems) {
  const auto path = [&](const char* key) { return instance.name + "." + key; };
  if (scenario.number(path("has_subcutis")) == 0.0) return;
  for (const char* key : {"subcutis.diffusivity", "subcutis.partition_coefficient"})
    if (std::isnan(scenario.number(path(key))))
      problems.push_back({.what = "the subcutis is switched on but this is missing",
                          .line = instance.line,
                          .column = instance.column,
                          .key = path(key),
                          .given = path("has_subcutis") + " = true",
                          .expected = "a value for " + path(key),
                          .hint = "give it, or leave has_subcutis out"});
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
