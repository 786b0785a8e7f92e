#include <memory>
#include <optional>
#include <utility>

#include "models/parts/binding_parameters.hpp"
#include "models/parts/layered_tissue.hpp"

namespace poultice::models::laminate {
namespace {

class Laminate final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    std::vector<TissueLayer> layers;
    for (const auto& name : own.elements("layer")) {
      const auto key = [&](const char* what) { return "layer." + name + "." + what; };
      layers.push_back({.geometry = {name, own.count(key("cells")), own.column(key("thickness"))},
                        .drug = {.diffusivity = own.column(key("diffusivity")),
                                 .partition_coefficient = own.column(key("partition_coefficient")),
                                 .binding_ratio = own.column(key("binding_ratio"))},
                        .binding = binding_of(own, key(""))});
      if (own.has(key("clearance"))) layers.back().drug.clearance = own.column(key("clearance"));
    }
    TissueOptions options{.drains_below = own.text("lower_boundary") == "sink", .whole = own.instance()};
    tissue_.emplace(std::move(layers), std::move(options));
    tissue_->declare(declaration);
  }

  void couple(core::Declaration& declaration) override { tissue_->couple(declaration); }

  void assemble(core::Assembly& assembly) override {
    const auto& own = assembly.parameters;
    if (own.text("lower_boundary") == "sealed" && underside(assembly.board, own.instance()) != nullptr)
      throw core::ModelError(own.instance(), "is sealed below, where a receptor lies",
                             "leave lower_boundary out");
    tissue_->assemble(assembly);
  }

 private:
  std::optional<LayeredTissue> tissue_;
};

void check(const core::Scenario& scenario, const core::Instance& instance,
           std::vector<core::Problem>& problems) {
  if (instance.elements.contains("layer") && !instance.elements.at("layer").empty()) {
    for (const auto& layer : instance.elements.at("layer")) {
      check_binding(scenario, instance, "layer." + layer + ".", problems);
      if (layer == instance.name)
        problems.push_back(
            {.what = "a layer bears the name of its table, and both would be `in_" + layer + "`",
             .line = instance.line,
             .column = instance.column,
             .key = instance.name + ".layer." + layer,
             .given = "name = \"" + layer + "\"",
             .expected = "a name of its own for each layer",
             .hint = "rename the layer or the table"});
    }
    return;
  }
  problems.push_back(
      {.what = "a laminate needs at least one layer",
       .line = instance.line,
       .column = instance.column,
       .key = instance.name + ".layer",
       .given = "no [[" + instance.name + ".layer]]",
       .expected = "one [[" + instance.name + ".layer]] table for each layer, from the top down",
       .hint = "each has name, thickness, diffusivity and partition_coefficient"});
}

core::ParameterTable parameters() {
  using core::quantity;
  core::ParameterTable table{
      quantity("area", "cm^2")
          .optional()
          .between(1e-6, 1e5)
          .means("Area that drug passes through; that of what is put on it when left out."),
      core::choice("lower_boundary", {"sink", "sealed"})
          .by_default("sink")
          .means("What lies under the last layer: a receptor that keeps the concentration at zero, "
                 "or nothing.")
          .from("the usual receptor of a permeation experiment"),
      quantity("layer.*.thickness", "um").between(1e-4, 1e6).means("Thickness of the layer."),
      quantity("layer.*.diffusivity", "cm^2/s")
          .between(1e-20, 1.0)
          .means("Diffusivity of free drug in the layer."),
      quantity("layer.*.partition_coefficient", "1")
          .by_default("1")
          .between(1e-9, 1e9)
          .means("Free concentration in the layer over that in the reference phase in equilibrium.")
          .from("the reference phase itself"),
      quantity("layer.*.binding_ratio", "1")
          .by_default("0")
          .between(0.0, 1e9)
          .means("Bound over free drug in the layer, always in equilibrium.")
          .from("no binding"),
      quantity("layer.*.clearance", "1/s")
          .optional()
          .between(0.0, 1e3)
          .means("First-order removal of all drug in the layer into the blood or receptor."),
      core::count("layer.*.cells")
          .by_default("40")
          .between(2, 100000)
          .means("Number of cells that resolve the layer in depth.")
          .from("0.1 % of the final amount in the closed forms of tests/literature"),
  };
  for (auto& spec : binding_parameters("layer.*.")) table.add(std::move(spec));
  return table;
}

}  // namespace

const core::ModelDescription& description() {
  static const core::ModelDescription description{
      .name = "laminate",
      .meaning =
          "Free layers by thickness, diffusivity and partition: a membrane, a cultured skin, a test piece.",
      .parameters = parameters(),
      .actions = {},
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Laminate>(); },
      .check = check,
  };
  return description;
}

}  // namespace poultice::models::laminate
