#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "core/scenario/scenario.hpp"
#include "solvers/run/simulate.hpp"

/// Studies made at random: a patch or donor on a laminate, with or without plasma, on any schedule of wears.
namespace poultice::property {

/// A number and the unit it is written in.
struct Value {
  double number;
  std::string unit;
  [[nodiscard]] std::string toml() const;
};

struct Layer {
  Value thickness, diffusivity, clearance;  // no clearance at zero
  double partition, binding;
  int cells;
};

struct Wear {
  Value from, to;
};

struct Study {
  bool has_donor;  ///< endless; otherwise a patch
  bool is_matrix, is_sealed;
  int n_compartments;  ///< of plasma; 0 = none
  Value duration, area, content, thickness, diffusivity;
  double partition;
  std::vector<Layer> layers;
  std::vector<Wear> wears;

  [[nodiscard]] std::string toml() const;
  [[nodiscard]] core::Scenario scenario() const;
  /// Of what is put on, in kg/m^3 of the reference phase: nothing can exceed it.
  [[nodiscard]] double largest_potential() const;
};

std::ostream& operator<<(std::ostream& out, const Study& study);

inline constexpr double molar_mass = 0.25;  // kg/mol, of the drug of all studies

/// Any study.
[[nodiscard]] rc::Gen<Study> studies();

/// A block that owns what it needs, and its record.
struct Trial {
  explicit Trial(const Study& study, core::Index width = 1);
  void go() { record = solvers::simulate(block); }
  [[nodiscard]] bool has(const std::string& probe) const;
  [[nodiscard]] const core::LaneArray& samples(const std::string& probe) const;

  core::Scenario scenario;
  core::ParameterBlock parameters;
  solvers::Block block;
  solvers::Record record;
};

}  // namespace poultice::property
