#include <cmath>
#include <memory>
#include <numbers>
#include <vector>

#include "models/parts/amounts.hpp"
#include "models/parts/offers.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::models::depot {
namespace {

using core::Index;
using core::LaneArray;

class Depot final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& name = declaration.parameters.instance();
    depot_ = declaration.layout.add_compartment(name);
    applied_ = declaration.layout.accumulator(name + ".applied");
    metabolized_ = declaration.layout.accumulator(name + ".metabolized");
    delivered_ = declaration.layout.accumulator(name + ".delivered");
  }

  void assemble(core::Assembly& assembly) override {
    const auto& own = assembly.parameters;
    const auto& layout = assembly.layout();
    const auto* blood = assembly.board.only<Bloodstream>(own.instance(), "plasma");
    if (blood == nullptr)
      throw core::ModelError(own.instance(), "needs a [plasma] to be absorbed into", "add one");
    molar_mass_ = substance(assembly.board, own.instance()).molar_mass;

    const Index depot = layout.row(depot_), metabolized = layout.row(metabolized_);
    std::vector<solvers::Move> moves;
    moves.push_back({depot, layout.row(blood->central), rate(own, "absorption_half_life"), delivered_});
    if (own.has("degradation_half_life"))
      moves.push_back({depot, metabolized, rate(own, "degradation_half_life")});
    assembly.system.add(std::make_unique<solvers::Transfer>(own.instance() + " absorption",
                                                            core::TermKind::exchange, std::move(moves)));

    // What was injected is in the depot, degraded, or in plasma, which weighs its own rows.
    assembly.system.weigh(drug_moiety, layout.row(applied_), -1.0);
    assembly.system.weigh(drug_moiety, depot, 1.0);
    assembly.system.weigh(drug_moiety, metabolized, 1.0);
    // What was absorbed went into plasma.
    assembly.system.weigh(delivered_moiety, layout.row(delivered_), -1.0);

    add_probes(assembly);
    note_injections(assembly);
  }

  void act(core::Happening& happening) override {
    const double amount = happening.number("amount") / molar_mass_;
    for (Index lane = 0; lane < happening.state.width(); ++lane) {
      happening.state(happening.layout.row(depot_), lane) += amount;
      happening.state(happening.layout.row(applied_), lane) += amount;
    }
  }

 private:
  /// First-order rate [1/s] of each lane from a half-life.
  static LaneArray rate(const core::ParameterView& own, const char* half_life) {
    LaneArray rate = own.column(half_life);
    for (Index lane = 0; lane < own.width(); ++lane) rate(0, lane) = std::numbers::ln2 / rate(0, lane);
    return rate;
  }

  void add_probes(core::Assembly& assembly) const {
    const auto& layout = assembly.layout();
    const auto amount = [&](const std::string& name, const char* meaning, Index row) {
      add_to_amount(assembly, name, meaning, row, molar_mass_);
    };
    amount("applied", "drug in everything that was applied", layout.row(applied_));
    amount("in_" + assembly.parameters.instance(), "drug in the depot", layout.row(depot_));
    amount("metabolized", "drug degraded before it was absorbed", layout.row(metabolized_));
    amount("delivered", "drug delivered to the blood or receptor", layout.row(delivered_));
    add_to_rate(assembly, "delivery_rate", "rate of delivery to the blood or receptor",
                layout.row(delivered_), molar_mass_);
    assembly.headlines.push_back({.name = assembly.own_name("delivered_total"),
                                  .label = "delivered",
                                  .probe = "delivered",
                                  .reduction = core::Headline::Reduction::last,
                                  .unit = "kg",
                                  .display_unit = "ug",
                                  .relative_to = "applied"});
  }

  /// All that the schedule injects sets the scale of amounts, from which tolerances follow.
  void note_injections(core::Assembly& assembly) const {
    const auto& own = assembly.parameters;
    double total = 0.0;
    for (const auto& event : own.scenario().events())
      if (event.instance == own.instance()) total += event.option("amount").number / molar_mass_;
    assembly.note_amount(assembly.constant(total)[0]);
  }

  core::Compartment depot_;
  core::Accumulator applied_, metabolized_, delivered_;
  double molar_mass_ = 1.0;
};

}  // namespace

const core::ModelDescription& description() {
  using core::quantity;
  static const core::ModelDescription description{
      .name = "depot",
      .meaning = "Drug injected under the skin, absorbed into the blood at a first-order rate.",
      .parameters =
          {
              quantity("absorption_half_life", "h")
                  .between(1e-3, 1e5)
                  .means("Time in which half of the depot is absorbed, as long as nothing else empties it."),
              quantity("degradation_half_life", "h")
                  .optional()
                  .between(1e-3, 1e7)
                  .means("Time in which half of the depot is degraded where it lies; none = no degradation."),
          },
      .actions =
          {
              {"inject",
               "Puts an amount into the depot at once.",
               {quantity("amount", "ug").between(0.0, 1e9).means("Amount injected.")}},
          },
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Depot>(); },
  };
  return description;
}

}  // namespace poultice::models::depot
