#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "models/donor/parameters.hpp"
#include "models/parts/amounts.hpp"
#include "models/parts/offers.hpp"
#include "models/parts/wear.hpp"
#include "solvers/transport/compartment_face.hpp"
#include "solvers/transport/fixed_potential.hpp"
#include "solvers/transport/transfer.hpp"

namespace poultice::models::donor {
namespace {

using core::Index;
using core::LaneArray;

enum class Kind { infinite, finite, thin };

/// The donor while it is on one tissue.
struct Slot {
  std::string tissue;
  core::Control is_worn, potential;
  core::Compartment fluid{};  ///< of a finite donor
};

class Donor final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    auto& layout = declaration.layout;
    const auto& name = own.instance();
    kind_ = own.text("kind") == "infinite" ? Kind::infinite
            : own.text("kind") == "finite" ? Kind::finite
                                           : Kind::thin;
    for (const auto& tissue : worn_on(own.scenario(), name)) {
      slots_.push_back({tissue, layout.add_control(0.0), layout.add_control(0.0)});
      if (kind_ == Kind::finite)
        slots_.back().fluid = layout.add_compartment(fmt::format("{}.{}", name, tissue));
      declaration.board.offer(fmt::format("{}/{}", name, tissue), Contact{tissue, own.column("area")});
    }
    applied_ = layout.accumulator(name + ".applied");
    if (kind_ != Kind::thin) released_ = layout.accumulator(name + ".released");
    if (kind_ == Kind::finite) removed_ = layout.accumulator(name + ".removed");
    if (kind_ != Kind::infinite) evaporated_ = layout.accumulator(name + ".evaporated");
  }

  void assemble(core::Assembly& assembly) override {
    const auto& own = assembly.parameters;
    const auto& drug = substance(assembly.board, own.instance());
    species_ = drug.species;
    for (auto& slot : slots_) {
      const auto* surface = assembly.board.find<ContactSurface>(slot.tissue);
      if (surface == nullptr)
        throw core::ModelError(own.instance(), "is put on [" + slot.tissue + "], which has no surface",
                               off_tissue);
      if (kind_ == Kind::infinite) hold(assembly, slot, *surface);
      if (kind_ == Kind::finite) wet(assembly, slot, *surface);
      if (kind_ == Kind::thin) lay(assembly, slot, *surface);
    }
    fill(own, drug.molar_mass);
    add_probes(assembly, drug.molar_mass);
  }

  void act(core::Happening& happening) override {
    const bool goes_on = happening.event.verb == "apply";
    const auto& own = happening.parameters;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      const auto& slot = slots_[i];
      const bool here = goes_on && slot.tissue == tissue_of(happening.event, own.scenario(), own.instance());
      if (goes_on && !here) continue;
      for (Index lane = 0; lane < own.width(); ++lane) {
        happening.controls(slot.is_worn.index, lane) = here ? 1.0 : 0.0;
        happening.controls(slot.potential.index, lane) = potential_(0, lane);
      }
      if (kind_ == Kind::finite) here ? pour(happening, slot) : take_off(happening, slot);
      if (kind_ == Kind::thin && here) deposit(happening, shares_[i]);
    }
  }

 private:
  /// An infinite donor holds the surface at its potential.
  void hold(core::Assembly& assembly, const Slot& slot, const ContactSurface& surface) const {
    assembly.system.add(std::make_unique<solvers::FixedPotential>(
        assembly.parameters.instance() + " release", assembly.medium,
        std::vector<solvers::HeldFace>{{.cell = surface.cell,
                                        .species = species_,
                                        .potential = slot.potential,
                                        .gate = slot.is_worn,
                                        .inward = {applied_, released_}}}));
  }

  /// A finite donor is a well-mixed fluid above the surface, from whose own surface drug may evaporate.
  void wet(core::Assembly& assembly, const Slot& slot, const ContactSurface& surface) const {
    const auto& own = assembly.parameters;
    const Index row = assembly.layout().row(slot.fluid);
    LaneArray capacity = own.column("volume"), loss = own.column("evaporation");
    const double *K = own.lanes("partition_coefficient"), *area = own.lanes("area");
    for (Index lane = 0; lane < own.width(); ++lane) {
      capacity(0, lane) *= K[lane];
      loss(0, lane) *= area[lane] / capacity(0, lane);
    }
    assembly.system.add(std::make_unique<solvers::CompartmentFace>(
        own.instance() + " release", assembly.medium,
        std::vector<solvers::WettedFace>{{.cell = surface.cell,
                                          .species = species_,
                                          .compartment = row,
                                          .capacity = std::move(capacity),
                                          .gate = slot.is_worn,
                                          .inward = {released_}}}));
    assembly.system.add(std::make_unique<solvers::Transfer>(
        own.instance() + " evaporation", core::TermKind::exchange,
        std::vector<solvers::Move>{{row, assembly.layout().row(evaporated_), std::move(loss)}}));
    assembly.system.weigh(drug_moiety, row, 1.0);
  }

  /// A thin dose lies in the outermost tissue itself, from which drug may evaporate.
  void lay(core::Assembly& assembly, const Slot& slot, const ContactSurface& surface) {
    const auto& own = assembly.parameters;
    LaneArray resistance(1, own.width());
    const double *evaporation = own.lanes("evaporation"), *area = own.lanes("area");
    for (Index lane = 0; lane < own.width(); ++lane)
      resistance(0, lane) = 1.0 / (evaporation[lane] * area[lane]);
    assembly.system.add(std::make_unique<solvers::CompartmentFace>(
        own.instance() + " evaporation", assembly.medium,
        std::vector<solvers::WettedFace>{{.cell = surface.cell,
                                          .species = species_,
                                          .compartment = assembly.layout().row(evaporated_),
                                          .extra_resistance = std::move(resistance),
                                          .gate = slot.is_worn}}));
    shares_.push_back(shares(own, surface));
  }

  /// The part of a thin dose that falls to each cell, [cell from the surface][lane].
  static std::vector<std::pair<Index, LaneArray>> shares(const core::ParameterView& own,
                                                         const ContactSurface& surface) {
    std::vector<std::pair<Index, LaneArray>> shares;
    for (Index i = 0; i < surface.domain.n_cells(); ++i) {
      LaneArray share(1, own.width());
      double largest = 0.0;
      for (Index lane = 0; lane < own.width(); ++lane) {
        const double dx = surface.domain.width()(i, lane), top = surface.domain.depth()(i, lane) - 0.5 * dx;
        // A plane dose cannot be thinner than the cell it falls into.
        const double depth = std::max(own.lanes("depth")[lane], surface.domain.width()(0, lane));
        share(0, lane) = std::clamp(depth - top, 0.0, dx) / depth;
        largest = std::max(largest, share(0, lane));
      }
      if (largest == 0.0) break;
      shares.emplace_back(surface.cell + i, std::move(share));
    }
    return shares;
  }

  /// What one application holds, and the potential of an infinite donor.
  void fill(const core::ParameterView& own, double molar_mass) {
    amount_ = LaneArray(1, own.width());
    potential_ = LaneArray(1, own.width());
    for (Index lane = 0; lane < own.width(); ++lane) {
      if (kind_ == Kind::thin) {
        amount_(0, lane) = own.lanes("dose")[lane] * own.lanes("area")[lane] / molar_mass;
        continue;
      }
      const double concentration = own.lanes("concentration")[lane] / molar_mass;
      potential_(0, lane) = concentration / own.lanes("partition_coefficient")[lane];
      // An infinite donor has no dose; a tenth of a millimetre of it stands for the amounts in skin.
      amount_(0, lane) = concentration *
                         (kind_ == Kind::finite ? own.lanes("volume")[lane] : own.lanes("area")[lane] * 1e-4);
    }
  }

  void add_probes(core::Assembly& assembly, double M) const {
    const auto& own = assembly.parameters;
    const auto& layout = assembly.layout();
    const Index applied = layout.row(applied_);
    assembly.system.weigh(drug_moiety, applied, -1.0);
    add_to_amount(assembly, "applied", "drug in everything that was applied", applied, M);
    LaneArray total = amount_;
    const auto n_applied =
        static_cast<double>(std::ranges::count_if(own.scenario().events(), [&](const auto& event) {
          return event.instance == own.instance() && event.verb == "apply";
        }));
    for (Index lane = 0; lane < own.width(); ++lane) total(0, lane) *= std::max(1.0, n_applied);
    assembly.note_amount(total[0]);
    if (kind_ != Kind::thin) {
      const Index released = layout.row(released_);
      add_to_amount(assembly, "released", "drug released into the skin", released, M);
      add_to_rate(assembly, "release_rate", "rate of release into the skin", released, M);
    }
    if (kind_ == Kind::infinite) return;
    const Index evaporated = layout.row(evaporated_);
    assembly.system.weigh(drug_moiety, evaporated, 1.0);
    add_to_amount(assembly, "evaporated", "drug evaporated from the surface", evaporated, M);
    if (kind_ == Kind::thin) return;
    for (const auto& slot : slots_)
      add_to_amount(assembly, "in_donor", "drug in the donor", layout.row(slot.fluid), M);
    const Index removed = layout.row(removed_);
    assembly.system.weigh(drug_moiety, removed, 1.0);
    add_to_amount(assembly, "removed", "drug taken off with patches and donors", removed, M);
  }

  void pour(core::Happening& happening, const Slot& slot) const {
    for (Index lane = 0; lane < happening.state.width(); ++lane) {
      happening.state(happening.layout.row(slot.fluid), lane) += amount_(0, lane);
      happening.state(happening.layout.row(applied_), lane) += amount_(0, lane);
    }
  }

  void take_off(core::Happening& happening, const Slot& slot) const {
    for (Index lane = 0; lane < happening.state.width(); ++lane) {
      double& left = happening.state(happening.layout.row(slot.fluid), lane);
      happening.state(happening.layout.row(removed_), lane) += left;
      left = 0.0;
    }
  }

  void deposit(core::Happening& happening, const std::vector<std::pair<Index, LaneArray>>& shares) const {
    for (Index lane = 0; lane < happening.state.width(); ++lane) {
      double sum = 0.0;
      for (const auto& [cell, share] : shares) {
        const double part = share(0, lane) * amount_(0, lane);
        happening.state(happening.layout.row(cell, species_), lane) += part;
        sum += part;
      }
      // What was put in is what the cells hold, to the last bit.
      happening.state(happening.layout.row(applied_), lane) += sum;
    }
  }

  Kind kind_ = Kind::infinite;
  std::vector<Slot> slots_;
  std::vector<std::vector<std::pair<Index, LaneArray>>> shares_;  // of a thin dose, by slot
  core::Accumulator applied_, released_, removed_, evaporated_;
  LaneArray potential_;  // of an infinite donor [mol/m^3 of reference phase]
  LaneArray amount_;     // of one application [mol]
  Index species_ = 0;
};

}  // namespace

const core::ModelDescription& description() {
  static const core::ModelDescription description{
      .name = "donor",
      .meaning =
          "A solution at the skin whose concentration does not fall, a finite well-mixed volume of it, or a "
          "thin dose that has dried.",
      .parameters = parameters(),
      .actions = wear_actions("donor"),
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Donor>(); },
      .check = check,
  };
  return description;
}

}  // namespace poultice::models::donor
