#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/layered_domain.hpp"
#include "core/model/model.hpp"

/// What the models of drug delivery offer one another on the Board.
namespace poultice::models {

/// Name of the moiety that all drug belongs to: what was applied or injected is somewhere.
inline constexpr const char* drug_moiety = "drug";
/// Name of the moiety of what reached the blood or a receptor: delivered or injected drug is there or went
/// on.
inline constexpr const char* delivered_moiety = "delivered drug";

/// By a drug or a metabolite: a substance whose amount is followed.
struct Substance {
  core::Index species;
  double molar_mass;                 ///< [kg/mol]
  core::LaneArray unbound_fraction;  ///< in plasma, [1][lane]
  std::string name{};                ///< of a metabolite, its table's; "" of the drug

  [[nodiscard]] bool is_drug() const { return name.empty(); }
  /// "delivered", "metabolite_delivered": a probe or headline of this substance.
  [[nodiscard]] std::string probe_name(const std::string& what) const;
  /// "drug", "nicotinic acid": in sentences.
  [[nodiscard]] std::string words() const;
  /// drug_moiety and delivered_moiety, or the like of a metabolite: what was formed is somewhere.
  [[nodiscard]] std::string moiety() const;
  [[nodiscard]] std::string delivered_moiety() const;
};

/// How a substance lives in a layer of tissue, per lane [1][lane], SI. Concentrations are totals per volume
/// of tissue; partition is against the reference phase (water), bound amounts apart.
struct Passage {
  core::LaneArray diffusivity;                  ///< of what is free [m^2/s]
  core::LaneArray partition_coefficient;        ///< free in tissue / reference phase
  core::LaneArray binding_ratio;                ///< bound / free, at once in equilibrium
  std::optional<core::LaneArray> activation{};  ///< E/R of diffusivity [K]
  std::optional<core::LaneArray> clearance{};   ///< into blood, first order on the total amount [1/s]
};

/// E/R [K] of an activation energy, [1][lane].
[[nodiscard]] core::LaneArray activation_of(const core::ParameterView& own, const std::string& key);

/// How a metabolite is formed in a layer, from free drug per volume of tissue.
struct Formation {
  std::optional<core::LaneArray> first_order_rate{};    ///< [1/s]
  std::optional<core::LaneArray> maximum_rate{};        ///< [mol/(m^3 s)]
  std::optional<core::LaneArray> michaelis_constant{};  ///< [mol/m^3]
};

/// By a metabolite: what it does in the layers of tissues, by name.
struct Metabolism {
  struct InLayer {
    Passage passage;
    Formation formation;
  };
  std::map<std::string, InLayer> layers;
};

/// By a metabolite in a study with plasma: where it goes when capillaries take it up.
struct MetaboliteBlood {
  core::Compartment central;
};

/// By a tissue: the cell that things are put on, and the cells below it.
struct ContactSurface {
  core::Index cell;
  core::LayeredDomain domain;
};

/// By whatever is put on a tissue, under "<own table>/<tissue>".
struct Contact {
  std::string tissue;
  core::LaneArray area;  ///< [1][lane], m^2
};

/// By plasma: where delivered drug goes.
struct Bloodstream {
  core::Compartment central;
  core::LaneArray volume;  ///< of the central compartment, [1][lane], m^3
};

/// By a receptor: what lies under a tissue.
struct Underside {
  struct Fluid {
    core::Compartment compartment;
    core::LaneArray capacity;  ///< K * V [1][lane], m^3
  };
  std::string tissue;
  std::map<core::Index, Fluid> fluid{};  ///< by species; empty: a sink
};

/// By whatever has a rate on its label, for while it is worn [mol/s, first lane].
struct NominalRate {
  double rate;
};

/// By a drug: the range of plasma concentrations seen in its use [mol/m^3, first lane].
struct KnownLevel {
  double low, high;
};

/// The drug of the study; throws ModelError when there is none or more than one.
[[nodiscard]] const Substance& substance(const core::Board& board, const std::string& asker);

/// The drug first, then its metabolites.
[[nodiscard]] std::vector<const Substance*> substances(const core::Board& board, const std::string& asker);

/// What lies under a tissue, or null. Throws ModelError when two things do.
[[nodiscard]] const Underside* underside(const core::Board& board, const std::string& tissue);

}  // namespace poultice::models
