#include "models/parts/offers.hpp"

namespace poultice::models::drug {
namespace {

class Drug final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    const double molar_mass = own.lanes("molar_mass")[0];
    const auto species = declaration.layout.add_species({own.instance(), molar_mass});
    declaration.board.offer(own.instance(), Substance{species, molar_mass, own.column("unbound_fraction")});
    if (own.has("plasma_level_low") && own.has("plasma_level_high"))
      declaration.board.offer(own.instance(), KnownLevel{own.lanes("plasma_level_low")[0] / molar_mass,
                                                         own.lanes("plasma_level_high")[0] / molar_mass});
  }
  void assemble(core::Assembly&) override {}
};

}  // namespace

const core::ModelDescription& description() {
  static const core::ModelDescription description{
      .name = "drug",
      .meaning = "The substance whose amount is followed through patch, skin and blood.",
      .parameters =
          {
              core::data_set("use", "drugs")
                  .optional()
                  .means("Published drug whose properties, also in skin and plasma, are taken over."),
              core::quantity("molar_mass", "g/mol")
                  .between(1.0, 1e6)
                  .means("Molar mass of the form that is weighed (free base, unless the set says otherwise).")
                  .shaping(),
              core::quantity("unbound_fraction", "1")
                  .by_default("1")
                  .between(1e-6, 1.0)
                  .means("Fraction in plasma that is not bound to protein; used where drug returns from "
                         "blood to skin.")
                  .from("no binding unless a drug set says otherwise"),
              core::quantity("log_kow", "1")
                  .optional()
                  .between(-10.0, 12.0)
                  .means("Decadic logarithm of the octanol-water partition coefficient; recorded beside the "
                         "results."),
              core::quantity("pka", "1")
                  .optional()
                  .between(-5.0, 20.0)
                  .means("Acid dissociation constant of the ionisable group; recorded beside the results."),
              core::quantity("plasma_level_low", "ng/mL")
                  .optional()
                  .between(1e-9, 1e9)
                  .means("Lowest plasma concentration known from the use of this drug; a study whose dose "
                         "rate and clearance contradict it gets a warning."),
              core::quantity("plasma_level_high", "ng/mL")
                  .optional()
                  .between(1e-9, 1e9)
                  .means("Highest plasma concentration known from the use of this drug."),
          },
      .actions = {},
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Drug>(); },
  };
  return description;
}

}  // namespace poultice::models::drug
