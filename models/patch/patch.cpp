#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include "core/domain/layered_domain.hpp"
#include "models/parts/amounts.hpp"
#include "models/parts/offers.hpp"
#include "models/parts/wear.hpp"
#include "solvers/transport/diffusion.hpp"

namespace poultice::models::patch {
namespace {

using core::Index;
using core::LaneArray;

/// The patch while it is worn on one tissue.
struct Slot {
  std::string tissue;
  core::Field field;
  core::Control is_worn;
};

class Patch final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    is_matrix_ = own.text("kind") == "matrix";
    // Steep where it meets the skin, flat at its backing.
    domain_.emplace(std::vector<core::Layer>{{.name = own.instance(),
                                              .n_cells = is_matrix_ ? own.count("cells") : 1,
                                              .thickness = own.column("thickness"),
                                              .fine_at = core::FineAt::last_face}});
    for (const auto& tissue : worn_on(own.scenario(), own.instance())) {
      const auto field = declaration.layout.add_field(own.instance(), domain_->n_cells());
      for (Index i = 0; i + 1 < field.n_cells; ++i)
        declaration.layout.graph().connect(field.first_cell + i, field.first_cell + i + 1);
      slots_.push_back({tissue, field, declaration.layout.add_control(0.0)});
      declaration.board.offer(own.instance() + "/" + tissue, Contact{tissue, own.column("area")});
    }
    applied_ = declaration.layout.accumulator(own.instance() + ".applied");
    removed_ = declaration.layout.accumulator(own.instance() + ".removed");
    released_ = declaration.layout.accumulator(own.instance() + ".released");
  }

  void couple(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    if (own.has("nominal_rate") && !wears(own.scenario(), own.instance()).empty())
      declaration.board.offer(own.instance(),
                              NominalRate{own.lanes("nominal_rate")[0] /
                                          substance(declaration.board, own.instance()).molar_mass});
    for (const auto& slot : slots_) {
      const auto* surface = declaration.board.find<ContactSurface>(slot.tissue);
      if (surface == nullptr)
        throw core::ModelError(declaration.parameters.instance(),
                               "is put on [" + slot.tissue + "], which has no surface to stick to",
                               off_tissue);
      declaration.layout.graph().connect(contact_cell(slot), surface->cell);
    }
  }

  void assemble(core::Assembly& assembly) override {
    const auto& own = assembly.parameters;
    const auto& drug = substance(assembly.board, own.instance());
    species_ = drug.species;
    amount_ = own.column("content");
    for (Index lane = 0; lane < own.width(); ++lane) amount_(0, lane) /= drug.molar_mass;

    std::optional<LaneArray> membrane;
    if (!is_matrix_ && own.has("membrane_permeability")) {
      membrane.emplace(1, own.width());
      const double *permeability = own.lanes("membrane_permeability"), *area = own.lanes("area");
      for (Index lane = 0; lane < own.width(); ++lane)
        (*membrane)(0, lane) = 1.0 / (permeability[lane] * area[lane]);
    }
    for (const auto& slot : slots_) {
      fill_medium(assembly, slot);
      auto faces = solvers::chain_faces(slot.field);
      faces.push_back({contact_cell(slot),
                       assembly.board.find<ContactSurface>(slot.tissue)->cell,
                       membrane,
                       slot.is_worn,
                       {{species_, released_}}});
      assembly.system.add(std::make_unique<solvers::Diffusion>(own.instance() + " release", assembly.medium,
                                                               std::move(faces)));
    }
    add_probes(assembly, drug.molar_mass);
    LaneArray total = amount_;
    const auto n_worn = static_cast<double>(wears(own.scenario(), own.instance()).size());
    for (Index lane = 0; lane < own.width(); ++lane) total(0, lane) *= n_worn;
    assembly.note_amount(total[0]);
  }

  void act(core::Happening& happening) override {
    if (happening.event.verb == "apply") return apply(happening);
    for (const auto& slot : slots_) remove(happening, slot);
  }

 private:
  /// Cells run from the backing to the skin.
  static Index contact_cell(const Slot& slot) { return slot.field.first_cell + slot.field.n_cells - 1; }

  void fill_medium(core::Assembly& assembly, const Slot& slot) const {
    const auto& own = assembly.parameters;
    const double *K = own.lanes("partition_coefficient"), *area = own.lanes("area"),
                 *D = own.lanes("diffusivity");
    for (Index i = 0; i < slot.field.n_cells; ++i) {
      const Index row = assembly.layout().row(slot.field.first_cell + i, species_);
      for (Index lane = 0; lane < own.width(); ++lane) {
        const double dx = domain_->width()(i, lane);
        assembly.medium.capacity()(row, lane) = K[lane] * area[lane] * dx;
        // A reservoir is well mixed: nothing resists inside it.
        assembly.medium.half_resistance()(row, lane) =
            is_matrix_ ? dx / (2.0 * D[lane] * K[lane] * area[lane]) : 0.0;
      }
    }
    // Metabolites have rows in a patch too, which stay empty.
    for (const auto* each : substances(assembly.board, own.instance()))
      for (Index i = 0; i < slot.field.n_cells; ++i)
        assembly.system.weigh(each->moiety(), assembly.layout().row(slot.field.first_cell + i, each->species),
                              1.0);
  }

  void add_probes(core::Assembly& assembly, double M) const {
    const auto& layout = assembly.layout();
    const Index applied = layout.row(applied_), removed = layout.row(removed_),
                released = layout.row(released_);
    assembly.system.weigh(drug_moiety, applied, -1.0);
    assembly.system.weigh(drug_moiety, removed, 1.0);
    add_to_amount(assembly, "applied", "drug in everything that was applied", applied, M);
    std::vector<Index> worn;
    for (const auto& slot : slots_)
      for (Index i = 0; i < slot.field.n_cells; ++i)
        worn.push_back(layout.row(slot.field.first_cell + i, species_));
    add_to_amount(assembly, "in_patch", "drug in patches worn", worn, M);
    add_to_amount(assembly, "removed", "drug taken off with patches", removed, M);
    add_to_amount(assembly, "released", "drug released into the skin", released, M);
    add_to_rate(assembly, "release_rate", "rate of release into the skin", released, M);
    add_wear_headlines(assembly);
  }

  void apply(core::Happening& happening) const {
    const auto tissue =
        tissue_of(happening.event, happening.parameters.scenario(), happening.parameters.instance());
    const auto slot =
        std::find_if(slots_.begin(), slots_.end(), [&](const auto& s) { return s.tissue == tissue; });
    POULTICE_ASSERT(slot != slots_.end());
    const auto& layout = happening.layout;
    for (Index lane = 0; lane < happening.state.width(); ++lane) {
      const double thickness = domain_->layers().front().thickness(0, lane);
      double sum = 0.0;
      for (Index i = 0; i < slot->field.n_cells; ++i) {
        const double share = amount_(0, lane) * domain_->width()(i, lane) / thickness;
        happening.state(layout.row(slot->field.first_cell + i, species_), lane) = share;
        sum += share;
      }
      // What was put in is what the cells hold, to the last bit.
      happening.state(layout.row(applied_), lane) += sum;
      happening.controls(slot->is_worn.index, lane) = 1.0;
    }
  }

  void remove(core::Happening& happening, const Slot& slot) const {
    const auto& layout = happening.layout;
    for (Index lane = 0; lane < happening.state.width(); ++lane) {
      for (Index i = 0; i < slot.field.n_cells; ++i) {
        double& amount = happening.state(layout.row(slot.field.first_cell + i, species_), lane);
        happening.state(layout.row(removed_), lane) += amount;
        amount = 0.0;
      }
      happening.controls(slot.is_worn.index, lane) = 0.0;
    }
  }

  bool is_matrix_ = true;
  std::optional<core::LayeredDomain> domain_;
  std::vector<Slot> slots_;
  core::Accumulator applied_, removed_, released_;
  LaneArray amount_;  // in a new patch [mol]
  Index species_ = 0;
};

void check(const core::Scenario& scenario, const core::Instance& instance,
           std::vector<core::Problem>& problems) {
  check_wear(scenario, instance, problems);
  const bool is_matrix = scenario.text(instance.name + ".kind") == "matrix";
  if (is_matrix && std::isnan(scenario.number(instance.name + ".diffusivity")))
    problems.push_back({.what = "a matrix patch needs the diffusivity of drug in its adhesive",
                        .line = instance.line,
                        .column = instance.column,
                        .key = instance.name + ".diffusivity",
                        .given = "kind = \"matrix\"",
                        .expected = "a diffusivity, for instance \"1e-9 cm^2/s\"",
                        .hint = "give it, or ask for kind = \"reservoir\", which is well mixed"});
}

}  // namespace

const core::ModelDescription& description() {
  using core::quantity;
  static const core::ModelDescription description{
      .name = "patch",
      .meaning =
          "Drug in adhesive, resolved in depth, or a well-mixed reservoir behind a membrane; occlusive "
          "backing.",
      .parameters =
          {
              core::data_set("use", "patches")
                  .optional()
                  .means("Published patch whose make-up is taken over."),
              on_parameter(),
              core::choice("kind", {"matrix", "reservoir"})
                  .by_default("matrix")
                  .means("Drug dissolved in the adhesive, or well mixed behind a rate-controlling membrane.")
                  .from("most patches on the market"),
              quantity("area", "cm^2").between(1e-4, 2e4).means("Area in contact with the skin."),
              quantity("content", "mg").between(0.0, 1e6).means("Drug in a new patch."),
              quantity("nominal_rate", "ug/h")
                  .optional()
                  .between(0.0, 1e6)
                  .means("Rate of delivery that the label states; recorded, and compared with clearance and "
                         "known plasma levels."),
              quantity("thickness", "um").between(0.1, 1e5).means("Thickness of adhesive or reservoir."),
              quantity("partition_coefficient", "1")
                  .by_default("1")
                  .between(1e-6, 1e9)
                  .means(
                      "Concentration in adhesive or reservoir over that in water at pH 7.4, in equilibrium.")
                  .from("an aqueous reservoir"),
              quantity("diffusivity", "cm^2/s")
                  .optional()
                  .between(1e-18, 1.0)
                  .means("Diffusivity of drug in the adhesive of a matrix patch."),
              quantity("membrane_permeability", "cm/s")
                  .optional()
                  .between(1e-12, 1e3)
                  .means("Permeability of a reservoir's membrane, for concentration in water; none = no "
                         "membrane."),
              core::count("cells")
                  .by_default("40")
                  .between(2, 100000)
                  .means("Number of cells that resolve the adhesive in depth.")
                  .from("0.1 % of the final amount in the closed forms of tests/literature"),
          },
      .actions = wear_actions("patch"),
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Patch>(); },
      .check = check,
  };
  return description;
}

}  // namespace poultice::models::patch
