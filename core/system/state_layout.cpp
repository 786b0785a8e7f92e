#include "core/system/state_layout.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/check.hpp"

namespace poultice::core {

Index StateLayout::add_species(Species species) {
  POULTICE_ASSERT(!is_finished_);
  species_.push_back(std::move(species));
  return n_species() - 1;
}

Field StateLayout::add_field(const std::string& name, Index n_cells) {
  POULTICE_ASSERT(!is_finished_);
  const Field field{graph_.add_cells(n_cells), n_cells};
  fields_.push_back({name, field});
  return field;
}

Compartment StateLayout::add_compartment(const std::string& name) {
  POULTICE_ASSERT(!is_finished_);
  compartments_.push_back(name);
  return {n_compartments() - 1};
}

Accumulator StateLayout::accumulator(const std::string& name) {
  const auto found = std::find(accumulators_.begin(), accumulators_.end(), name);
  if (found != accumulators_.end()) return {found - accumulators_.begin()};
  POULTICE_ASSERT(!is_finished_);
  accumulators_.push_back(name);
  return {n_accumulators() - 1};
}

Control StateLayout::add_control(LaneArray initial) {
  POULTICE_ASSERT(!is_finished_);
  controls_.push_back(std::move(initial));
  return {static_cast<Index>(controls_.size()) - 1};
}

void StateLayout::finish() {
  graph_.finish();
  is_finished_ = true;
}

std::string StateLayout::row_name(Index row) const {
  if (is_accumulator(row))
    return accumulators_[static_cast<std::size_t>(row - n_cell_rows() - n_compartments())];
  if (!is_cell(row)) return compartments_[static_cast<std::size_t>(row - n_cell_rows())];
  const auto cell = cell_of(row);
  for (const auto& [name, field] : fields_)
    if (cell >= field.first_cell && cell < field.first_cell + field.n_cells)
      return fmt::format("{}[{}].{}", name, cell - field.first_cell,
                         species_[static_cast<std::size_t>(species_of(row))].name);
  return fmt::format("row {}", row);
}

}  // namespace poultice::core
