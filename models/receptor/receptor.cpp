#include <algorithm>
#include <memory>
#include <utility>

#include "models/parts/amounts.hpp"
#include "models/parts/offers.hpp"
#include "models/parts/requirement.hpp"
#include "models/receptor/recovery.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::models::receptor {
namespace {

using core::Index;
using core::LaneArray;

/// One substance in the fluid.
struct Content {
  Substance substance;
  core::Compartment fluid;
  core::Accumulator sampled, collected;
};

class Receptor final : public core::Model {
 public:
  void declare(core::Declaration&) override {}

  void couple(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    auto& layout = declaration.layout;
    tissue_ = own.text("under");
    is_sink_ = own.text("kind") == "sink";
    is_flowing_ = own.text("kind") == "flow";
    is_sampled_ = std::ranges::any_of(own.scenario().events(),
                                      [&](const auto& event) { return event.instance == own.instance(); });
    if (declaration.board.find<ContactSurface>(tissue_) == nullptr)
      throw core::ModelError(own.instance(), "lies under [" + tissue_ + "], which is no tissue",
                             "look at its `under`");
    Underside underside{.tissue = tissue_};
    if (!is_sink_)
      for (const auto* substance : substances(declaration.board, own.instance())) {
        const auto name = [&](const char* what) {
          return own.instance() + "." + substance->probe_name(what);
        };
        contents_.push_back({*substance, layout.add_compartment(name("fluid")),
                             layout.accumulator(name("sampled")), layout.accumulator(name("collected"))});
        // The fluid's partition coefficient is the drug's; metabolites are in it as in water.
        LaneArray capacity = own.column("volume");
        if (substance->is_drug())
          for (Index lane = 0; lane < own.width(); ++lane)
            capacity(0, lane) *= own.lanes("partition_coefficient")[lane];
        underside.fluid.emplace(substance->species,
                                Underside::Fluid{contents_.back().fluid, std::move(capacity)});
      }
    declaration.board.offer(own.instance(), std::move(underside));
  }

  void assemble(core::Assembly& assembly) override {
    for (const auto& content : contents_) {
      const auto& layout = assembly.layout();
      const auto& substance = content.substance;
      const double M = substance.molar_mass;
      const Index fluid = layout.row(content.fluid), sampled = layout.row(content.sampled),
                  collected = layout.row(content.collected);
      const auto amount = [&](const char* name, const std::string& long_name, Index row) {
        assembly.system.weigh(substance.moiety(), row, 1.0);
        assembly.system.weigh(substance.delivered_moiety(), row, 1.0);
        add_to_amount(assembly, substance.probe_name(name), substance.words() + long_name, row, M);
      };
      amount("in_receptor", " in the receptor fluid", fluid);
      if (is_sampled_) amount("sampled", " drawn with samples of receptor fluid", sampled);
      if (is_flowing_) {
        amount("collected", " that left with the receptor fluid", collected);
        assembly.system.add(std::make_unique<solvers::Transfer>(
            assembly.parameters.instance() + " outflow", core::TermKind::exchange,
            std::vector<solvers::Move>{{fluid, collected, turnover(assembly.parameters)}}));
      }
      LaneArray per_volume = assembly.constant(M);
      for (Index lane = 0; lane < assembly.width(); ++lane)
        per_volume(0, lane) /= assembly.parameters.lanes("volume")[lane];
      assembly
          .probe({.name = substance.probe_name(assembly.parameters.instance() + "_concentration"),
                  .unit = "kg/m^3",
                  .display_unit = "ug/mL",
                  .long_name = "concentration of " + substance.words() + " in the receptor fluid"})
          .add(0, fluid, std::move(per_volume));
    }
  }

  void conclude(core::Assembly& assembly) override { add_recovery(assembly, tissue_); }

  void act(core::Happening& happening) override {
    const double drawn = happening.number("volume");
    for (const auto& content : contents_)
      for (Index lane = 0; lane < happening.state.width(); ++lane) {
        const double share = std::min(1.0, drawn / happening.parameters.lanes("volume")[lane]);
        double& fluid = happening.state(happening.layout.row(content.fluid), lane);
        const double amount = share * fluid;
        fluid -= amount;
        happening.state(happening.layout.row(content.sampled), lane) += amount;
      }
  }

 private:
  /// Flow over volume [1/s].
  static LaneArray turnover(const core::ParameterView& own) {
    LaneArray rate = own.column("flow_rate");
    for (Index lane = 0; lane < own.width(); ++lane) rate(0, lane) /= own.lanes("volume")[lane];
    return rate;
  }

  std::string tissue_;
  bool is_sink_ = true, is_flowing_ = false, is_sampled_ = false;
  std::vector<Content> contents_;
};

void check(const core::Scenario& scenario, const core::Instance& instance,
           std::vector<core::Problem>& problems) {
  const auto& kind = scenario.text(instance.name + ".kind");
  const auto need = [&](const char* key) {
    require(scenario, instance, key, "a receptor of kind " + kind + " needs this", "kind = \"" + kind + "\"",
            "give it, name a cell with `use`, or take kind = \"sink\"", problems);
  };
  if (kind != "sink") need("volume");
  if (kind == "flow") need("flow_rate");
  const double volume = scenario.number(instance.name + ".volume");
  for (const auto& event : scenario.events()) {
    if (event.instance != instance.name) continue;
    const auto& drawn = event.option("volume");
    if (kind == "sink" || drawn.number > volume)
      problems.push_back({.what = kind == "sink" ? "a sink has no fluid to draw a sample from"
                                                 : "a sample is larger than the receptor",
                          .line = event.line,
                          .column = event.column,
                          .key = "schedule.volume",
                          .given = drawn.given,
                          .expected = kind == "sink" ? "a receptor of kind static or flow"
                                                     : "at most the volume of the receptor",
                          .hint = "see [" + instance.name + "]"});
  }
}

}  // namespace

const core::ModelDescription& description() {
  using core::quantity;
  static const core::ModelDescription description{
      .name = "receptor",
      .meaning =
          "What lies under excised skin or a membrane in a diffusion cell: a sink, a stirred volume "
          "that samples are drawn from, or fluid that flows through.",
      .parameters =
          {
              core::data_set("use", "diffusion_cells")
                  .optional()
                  .means("Published diffusion cell whose area, volume and flow are taken over."),
              core::instance_of("under", "")
                  .by_default("skin")
                  .means("Table of the tissue that it lies under.")
                  .from("the usual name of that table"),
              core::choice("kind", {"sink", "static", "flow"})
                  .by_default("sink")
                  .means("Fluid that keeps the concentration at zero, a stirred volume (Franz cell), or a "
                         "volume that fluid flows through.")
                  .from("what a permeation experiment strives for"),
              quantity("volume", "mL").optional().between(1e-4, 1e5).means("Volume of the receptor fluid."),
              quantity("flow_rate", "mL/h")
                  .optional()
                  .between(0.0, 1e6)
                  .means("Flow of fresh fluid through a receptor of kind flow."),
              quantity("partition_coefficient", "1")
                  .by_default("1")
                  .between(1e-6, 1e9)
                  .means("Concentration of drug in the receptor fluid over that in water at pH 7.4, in "
                         "equilibrium; more than 1 with albumin or surfactant.")
                  .from("buffer"),
          },
      .actions = {{"sample",
                   "Draws a sample and puts fresh fluid in its place.",
                   {quantity("volume", "mL").between(1e-6, 1e5).means("Volume of the sample.")}}},
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Receptor>(); },
      .check = check,
  };
  return description;
}

}  // namespace poultice::models::receptor
