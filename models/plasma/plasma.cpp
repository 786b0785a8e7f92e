#include <algorithm>
#include <cmath>
#include <memory>

#include "models/parts/amounts.hpp"
#include "models/parts/offers.hpp"
#include "models/parts/requirement.hpp"
#include "models/plasma/known_level.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::models::plasma {
namespace {

using core::Index;
using core::LaneArray;

/// A compartment around the central one.
struct Peripheral {
  std::string name;
  core::Compartment compartment;
};

class Plasma final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    auto& layout = declaration.layout;
    const auto& name = own.instance();
    central_ = layout.add_compartment(name + ".central");
    const auto n = own.text("compartments");
    if (n != "1") peripheral_.push_back({"shallow", layout.add_compartment(name + ".shallow")});
    if (n == "3") peripheral_.push_back({"deep", layout.add_compartment(name + ".deep")});
    eliminated_ = layout.accumulator(name + ".eliminated");
    injected_ = layout.accumulator(name + ".injected");
    infusion_ = layout.add_control(0.0);
    declaration.board.offer(name, Bloodstream{central_, scaled(own, "volume_central", "volume_exponent")});
  }

  void assemble(core::Assembly& assembly) override {
    const auto& own = assembly.parameters;
    const auto& layout = assembly.layout();
    const auto& drug = substance(assembly.board, own.instance());
    molar_mass_ = drug.molar_mass;
    const Index central = layout.row(central_), eliminated = layout.row(eliminated_);
    const LaneArray volume = scaled(own, "volume_central", "volume_exponent");
    const LaneArray clearance = scaled(own, "clearance", "clearance_exponent");

    std::vector<solvers::Move> moves;
    moves.push_back({central, eliminated, ratio(clearance, volume)});
    for (const auto& [name, compartment] : peripheral_) {
      const Index row = layout.row(compartment);
      const LaneArray exchange = scaled(own, "clearance_" + name, "clearance_exponent");
      moves.push_back({central, row, ratio(exchange, volume)});
      moves.push_back({row, central, ratio(exchange, scaled(own, "volume_" + name, "volume_exponent"))});
      weigh(assembly, row, 1.0);
      add_to_amount(assembly, "in_peripheral", "drug in the peripheral compartments", row, drug.molar_mass);
    }
    assembly.system.add(std::make_unique<solvers::Transfer>(own.instance() + " disposition",
                                                            core::TermKind::exchange, std::move(moves)));
    assembly.system.add(std::make_unique<solvers::Infusion>(own.instance() + " infusion", central, infusion_,
                                                            std::vector{injected_}));
    weigh(assembly, central, 1.0);
    weigh(assembly, eliminated, 1.0);
    weigh(assembly, layout.row(injected_), -1.0);
    add_probes(assembly, volume, clearance, drug.molar_mass);
    note_doses(assembly);
  }

  void conclude(core::Assembly& assembly) override {
    compare_with_known_level(assembly, scaled(assembly.parameters, "clearance", "clearance_exponent")(0, 0));
  }

  void act(core::Happening& happening) override {
    const Index central = happening.layout.row(central_), injected = happening.layout.row(injected_);
    for (Index lane = 0; lane < happening.state.width(); ++lane) {
      if (happening.event.verb == "dose") {
        const double amount = happening.number("amount") / molar_mass_;
        happening.state(central, lane) += amount;
        happening.state(injected, lane) += amount;
      } else {
        const bool starts = happening.event.verb == "infuse";
        happening.controls(infusion_.index, lane) = starts ? happening.number("rate") / molar_mass_ : 0.0;
      }
    }
  }

 private:
  /// A parameter given for the reference weight, at the body weight of each lane: value *
  /// (weight/reference)^exponent.
  static LaneArray scaled(const core::ParameterView& own, const std::string& key, const char* exponent) {
    LaneArray value = own.column(key);
    const double *weight = own.lanes("body_weight"), *reference = own.lanes("reference_weight"),
                 *power = own.lanes(exponent);
    for (Index lane = 0; lane < own.width(); ++lane)
      value(0, lane) *= std::pow(weight[lane] / reference[lane], power[lane]);
    return value;
  }

  static LaneArray ratio(const LaneArray& a, const LaneArray& b) {
    LaneArray quotient = a;
    for (Index lane = 0; lane < a.width(); ++lane) quotient(0, lane) /= b(0, lane);
    return quotient;
  }

  static void weigh(core::Assembly& assembly, Index row, double weight) {
    assembly.system.weigh(drug_moiety, row, weight);
    assembly.system.weigh(delivered_moiety, row, weight);
  }

  void add_probes(core::Assembly& assembly, const LaneArray& volume, const LaneArray& clearance,
                  double M) const {
    const auto& layout = assembly.layout();
    const Index central = layout.row(central_), eliminated = layout.row(eliminated_);
    const auto weight = [&](const LaneArray& by) { return ratio(assembly.constant(M), by); };
    const std::string concentration = assembly.own_name("plasma_concentration");
    const std::string auc = assembly.own_name("plasma_auc");
    assembly
        .probe({.name = concentration,
                .unit = "kg/m^3",
                .display_unit = "ng/mL",
                .long_name = "drug concentration in plasma"})
        .add(0, central, weight(volume));
    assembly
        .probe({.name = auc,
                .unit = "kg*s/m^3",
                .display_unit = "ng*h/mL",
                .long_name = "area under the plasma concentration curve since the start"})
        .add(0, eliminated, weight(clearance));
    add_to_amount(assembly, "in_plasma", "drug in the central compartment", central, M);
    add_to_amount(assembly, "eliminated", "drug eliminated from the body", eliminated, M);

    using Reduction = core::Headline::Reduction;
    const auto headline = [&](const std::string& name, const char* label, const std::string& probe,
                              Reduction reduction, const char* unit, const char* shown) {
      assembly.headlines.push_back({.name = assembly.own_name(name),
                                    .label = label,
                                    .probe = probe,
                                    .reduction = reduction,
                                    .unit = unit,
                                    .display_unit = shown,
                                    .relative_to = ""});
    };
    headline("plasma_concentration_max", "Cmax", concentration, Reduction::maximum, "kg/m^3", "ng/mL");
    headline("plasma_concentration_max_time", "Tmax", concentration, Reduction::time_of_maximum, "s", "h");
    headline("plasma_auc_last", "AUC", auc, Reduction::last, "kg*s/m^3", "ng*h/mL");
  }

  /// All that the schedule injects sets the scale of amounts.
  void note_doses(core::Assembly& assembly) const {
    const auto& own = assembly.parameters;
    LaneArray total = assembly.constant(0.0);
    const auto& events = own.scenario().events();
    const LaneArray end = assembly.constant(own.scenario().duration());
    double rate = 0.0;
    const double* since = nullptr;
    const auto add_infused_until = [&](const double* time) {
      if (since == nullptr) return;
      for (Index lane = 0; lane < own.width(); ++lane) total(0, lane) += rate * (time[lane] - since[lane]);
    };
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto& event = events[i];
      if (event.instance != own.instance()) continue;
      if (event.verb == "dose") {
        const double amount = event.option("amount").number / molar_mass_;
        for (Index lane = 0; lane < own.width(); ++lane) total(0, lane) += amount;
        continue;
      }
      const double* time = own.event_times(static_cast<Index>(i));
      add_infused_until(time);
      rate = event.verb == "infuse" ? event.option("rate").number / molar_mass_ : 0.0;
      since = time;
    }
    add_infused_until(end[0]);
    const bool is_used =
        std::any_of(total[0], total[0] + own.width(), [](double amount) { return amount > 0.0; });
    assembly.note_amount(total[0]);
    if (is_used)
      add_to_amount(assembly, "injected", "drug injected or infused into the blood",
                    assembly.layout().row(injected_), molar_mass_);
  }

  core::Compartment central_;
  std::vector<Peripheral> peripheral_;
  core::Accumulator eliminated_, injected_;
  core::Control infusion_;
  double molar_mass_ = 1.0;
};

void check(const core::Scenario& scenario, const core::Instance& instance,
           std::vector<core::Problem>& problems) {
  const auto& compartments = scenario.value(instance.name + ".compartments");
  const auto need = [&](const char* key) {
    require(scenario, instance, key, "a model of " + compartments.text + " compartments needs this",
            instance.name + ".compartments = \"" + compartments.text + "\"",
            "give it, or ask for fewer compartments", problems);
  };
  if (compartments.text != "1") need("volume_shallow"), need("clearance_shallow");
  if (compartments.text == "3") need("volume_deep"), need("clearance_deep");
}

}  // namespace

const core::ModelDescription& description() {
  using core::quantity;
  const auto volume = [](const char* key, const char* words) {
    return quantity(key, "L").between(1e-3, 1e5).means(std::string("Volume of the ") + words +
                                                       " compartment at the reference weight.");
  };
  const auto clearance = [](const char* key, const std::string& words) {
    return quantity(key, "L/h").between(1e-6, 1e5).means(words + " at the reference weight.");
  };
  static const core::ModelDescription description{
      .name = "plasma",
      .meaning =
          "One to three mammillary compartments with elimination from the central one, scaled by body "
          "weight.",
      .parameters =
          {
              core::choice("compartments", {"1", "2", "3"})
                  .by_default("1")
                  .means("Number of compartments.")
                  .from("the fewest that hold drug"),
              quantity("body_weight", "kg")
                  .by_default("70 kg")
                  .between(0.5, 400.0)
                  .means("Weight of the person.")
                  .from("customary adult"),
              quantity("reference_weight", "kg")
                  .by_default("70 kg")
                  .between(0.5, 400.0)
                  .means("Weight for which volumes and clearances are given.")
                  .from("customary adult"),
              volume("volume_central", "central"),
              volume("volume_shallow", "fast peripheral").optional(),
              volume("volume_deep", "slow peripheral").optional(),
              clearance("clearance", "Elimination clearance from the central compartment"),
              clearance("clearance_shallow", "Distribution clearance to the fast compartment").optional(),
              clearance("clearance_deep", "Distribution clearance to the slow compartment").optional(),
              quantity("volume_exponent", "1")
                  .by_default("1")
                  .between(0.0, 2.0)
                  .means("Power of weight with which volumes scale.")
                  .from("Anderson & Holford, Annu Rev Pharmacol Toxicol 48 (2008) 303"),
              quantity("clearance_exponent", "1")
                  .by_default("0.75")
                  .between(0.0, 2.0)
                  .means("Power of weight with which clearances scale.")
                  .from("Anderson & Holford, Annu Rev Pharmacol Toxicol 48 (2008) 303"),
          },
      .actions =
          {
              {"dose",
               "Injects an amount at once.",
               {quantity("amount", "ug").between(0.0, 1e9).means("Amount injected.")}},
              {"infuse",
               "Starts an infusion, or changes its rate.",
               {quantity("rate", "ug/h").between(0.0, 1e9).means("Rate of the infusion.")}},
              {"stop", "Ends an infusion.", {}},
          },
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Plasma>(); },
      .check = check,
  };
  return description;
}

}  // namespace poultice::models::plasma
