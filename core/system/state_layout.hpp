#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/cell_graph.hpp"
#include "core/domain/species.hpp"

namespace poultice::core {

/// Cells that one model owns, side by side in the state.
struct Field {
  Index first_cell = 0;
  Index n_cells = 0;
};

/// A well-mixed amount that other rows may depend on (plasma, a finite donor).
struct Compartment {
  Index index = 0;
};

/// A running total that nothing depends on (delivered, eliminated, removed). A row of the same system as all
/// else, so that every Newton iterate conserves.
struct Accumulator {
  Index index = 0;
};

/// A setting that a schedule switches and that is not an amount (patch on or off, skin temperature).
struct Control {
  Index index = 0;
};

/// Which row of the state holds what. Cells first, species innermost, then compartments, then accumulators.
/// A row is an amount in a control volume [mol], so that moving volumes and changing partition cannot lose
/// any.
class StateLayout {
 public:
  Index add_species(Species species);
  Field add_field(const std::string& name, Index n_cells);
  Compartment add_compartment(const std::string& name);
  /// Finds the accumulator of this name or makes it: several models may add to one total.
  Accumulator accumulator(const std::string& name);
  /// A setting that starts at `initial` [1][lane]; one column serves all lanes.
  Control add_control(LaneArray initial);
  Control add_control(double initial) { return add_control(LaneArray(1, 1, initial)); }
  [[nodiscard]] CellGraph& graph() noexcept { return graph_; }
  /// After this, rows are known and nothing may be added.
  void finish();

  [[nodiscard]] const CellGraph& graph() const noexcept { return graph_; }
  [[nodiscard]] const std::vector<Species>& species() const noexcept { return species_; }
  [[nodiscard]] Index n_species() const noexcept { return static_cast<Index>(species_.size()); }
  [[nodiscard]] Index n_cells() const noexcept { return graph_.n_cells(); }
  [[nodiscard]] Index n_cell_rows() const noexcept { return n_cells() * n_species(); }
  [[nodiscard]] Index n_compartments() const noexcept { return static_cast<Index>(compartments_.size()); }
  [[nodiscard]] Index n_accumulators() const noexcept { return static_cast<Index>(accumulators_.size()); }
  [[nodiscard]] Index n_rows() const noexcept { return n_cell_rows() + n_compartments() + n_accumulators(); }
  [[nodiscard]] const std::vector<LaneArray>& initial_controls() const noexcept { return controls_; }

  [[nodiscard]] Index row(Index cell, Index species) const noexcept { return cell * n_species() + species; }
  [[nodiscard]] Index row(Compartment c) const noexcept { return n_cell_rows() + c.index; }
  [[nodiscard]] Index row(Accumulator a) const noexcept { return n_cell_rows() + n_compartments() + a.index; }
  [[nodiscard]] bool is_cell(Index row) const noexcept { return row < n_cell_rows(); }
  [[nodiscard]] bool is_accumulator(Index row) const noexcept {
    return row >= n_cell_rows() + n_compartments();
  }
  [[nodiscard]] Index cell_of(Index row) const noexcept { return row / n_species(); }
  [[nodiscard]] Index species_of(Index row) const noexcept { return row % n_species(); }
  /// "skin[12].drug", "plasma.central", "delivered": for messages.
  [[nodiscard]] std::string row_name(Index row) const;

 private:
  struct NamedField {
    std::string name;
    Field field;
  };
  CellGraph graph_;
  std::vector<Species> species_;
  std::vector<NamedField> fields_;
  std::vector<std::string> compartments_, accumulators_;
  std::vector<LaneArray> controls_;
  bool is_finished_ = false;
};

}  // namespace poultice::core
