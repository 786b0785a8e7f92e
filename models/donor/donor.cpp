#include <algorithm>
#include <memory>

#include "models/parts/amounts.hpp"
#include "models/parts/offers.hpp"
#include "models/parts/wear.hpp"
#include "solvers/transport/fixed_potential.hpp"

namespace poultice::models::donor {
namespace {

using core::Index;
using core::LaneArray;

/// The donor while it is on one tissue.
struct Slot {
  std::string tissue;
  core::Control potential, is_worn;
};

class Donor final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    for (const auto& tissue : worn_on(own.scenario(), own.instance())) {
      slots_.push_back({tissue, declaration.layout.add_control(0.0), declaration.layout.add_control(0.0)});
      declaration.board.offer(own.instance() + "/" + tissue, Contact{tissue, own.column("area")});
    }
    applied_ = declaration.layout.accumulator(own.instance() + ".applied");
    released_ = declaration.layout.accumulator(own.instance() + ".released");
  }

  void assemble(core::Assembly& assembly) override {
    const auto& own = assembly.parameters;
    const auto& drug = substance(assembly.board, own.instance());
    potential_ = own.column("concentration");
    for (Index lane = 0; lane < own.width(); ++lane)
      potential_(0, lane) /= drug.molar_mass * own.lanes("partition_coefficient")[lane];
    for (const auto& slot : slots_) {
      const auto* surface = assembly.board.find<ContactSurface>(slot.tissue);
      if (surface == nullptr)
        throw core::ModelError(own.instance(), "is put on [" + slot.tissue + "], which has no surface");
      assembly.system.add(std::make_unique<solvers::FixedPotential>(
          own.instance() + " release", assembly.medium,
          std::vector<solvers::HeldFace>{
              {surface->cell, drug.species, slot.potential, slot.is_worn, {applied_, released_}, {}}}));
    }
    const Index applied = assembly.layout().row(applied_), released = assembly.layout().row(released_);
    assembly.system.weigh(drug_moiety, applied, -1.0);
    add_to_amount(assembly, "applied", "drug in everything that was applied", applied, drug.molar_mass);
    add_to_amount(assembly, "released", "drug released into the skin", released, drug.molar_mass);
    add_to_rate(assembly, "release_rate", "rate of release into the skin", released, drug.molar_mass);
    // An endless donor has no dose; a depth of a tenth of a millimetre of it stands for the amounts in skin.
    LaneArray scale(1, own.width());
    for (Index lane = 0; lane < own.width(); ++lane)
      scale(0, lane) = own.lanes("concentration")[lane] / drug.molar_mass * own.lanes("area")[lane] * 1e-4;
    assembly.note_amount(scale[0]);
  }

  void act(core::Happening& happening) override {
    const bool goes_on = happening.event.verb == "apply";
    const auto& own = happening.parameters;
    for (const auto& slot : slots_) {
      const bool here = goes_on && slot.tissue == tissue_of(happening.event, own.scenario(), own.instance());
      for (Index lane = 0; lane < own.width(); ++lane) {
        happening.controls(slot.is_worn.index, lane) = here ? 1.0 : 0.0;
        happening.controls(slot.potential.index, lane) = potential_(0, lane);
      }
    }
  }

 private:
  std::vector<Slot> slots_;
  core::Accumulator applied_, released_;
  LaneArray potential_;  // [mol/m^3 of reference phase]
};

}  // namespace

const core::ModelDescription& description() {
  using core::quantity;
  static const core::ModelDescription description{
      .name = "donor",
      .meaning = "An endless dose: a solution whose concentration at the skin does not fall.",
      .parameters =
          {
              on_parameter(),
              quantity("area", "cm^2").between(1e-4, 2e4).means("Area in contact with the skin."),
              quantity("concentration", "mg/mL")
                  .between(0.0, 1e4)
                  .means("Concentration of drug in the donor."),
              quantity("partition_coefficient", "1")
                  .by_default("1")
                  .between(1e-6, 1e9)
                  .means("Concentration in the donor over that in water at pH 7.4, in equilibrium.")
                  .from("an aqueous donor"),
          },
      .actions = wear_actions("donor"),
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Donor>(); },
      .check = check_wear,
  };
  return description;
}

}  // namespace poultice::models::donor
