#include "core/system/rate_matrix.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/system/lane_loop.hpp"

namespace poultice::core {

RateMatrix::RateMatrix(const StateLayout& layout, Index width)
    : layout_(&layout),
      up_(layout.n_cell_rows(), width),
      down_(layout.n_cell_rows(), width),
      local_(layout.n_cell_rows() * layout.n_species(), width),
      coupling_values_(0, width) {}

void RateMatrix::clear() {
  up_.fill(0.0);
  down_.fill(0.0);
  local_.fill(0.0);
  coupling_values_.fill(0.0);
}

void RateMatrix::copy_values(const RateMatrix& other) {
  POULTICE_ASSERT(layout_ == other.layout_ && couplings_.size() >= other.couplings_.size());
  const auto copy = [](const LaneArray& from, LaneArray& to) {
    std::copy_n(from.view().data(), from.view().size(), to.span().data());
  };
  copy(other.up_, up_);
  copy(other.down_, down_);
  copy(other.local_, local_);
  coupling_values_.fill(0.0);
  copy(other.coupling_values_, coupling_values_);
}

void RateMatrix::scale(const double* factors) {
  for (auto* part : {&up_, &down_, &local_, &coupling_values_})
    for (Index row = 0; row < part->rows(); ++row) {
      double* values = (*part)[row];
      for_lanes(width(), [&](Index lane) { values[lane] *= factors[lane]; });
    }
}

void RateMatrix::add_values(const RateMatrix& other) {
  POULTICE_ASSERT(layout_ == other.layout_ && couplings_.size() >= other.couplings_.size());
  const auto add = [](const LaneArray& from, LaneArray& to) {
    const double* more = from.view().data();
    double* sum = to.span().data();
    for_lanes(from.view().size(), [&](Index i) { sum[i] += more[i]; });
  };
  add(other.up_, up_);
  add(other.down_, down_);
  add(other.local_, local_);
  add(other.coupling_values_, coupling_values_);
}

double* RateMatrix::slot(Index row, Index column) {
  if (layout_->is_cell(row) && layout_->is_cell(column)) {
    POULTICE_ASSERT(layout_->cell_of(row) == layout_->cell_of(column));
    return local_[row * layout_->n_species() + layout_->species_of(column)];
  }
  POULTICE_ASSERT(!layout_->is_accumulator(column));
  const auto [found, is_new] =
      coupling_index_.try_emplace({row, column}, static_cast<Index>(couplings_.size()));
  if (is_new) {
    couplings_.push_back({row, column});
    coupling_values_.append();
  }
  return coupling_values_[found->second];
}

void RateMatrix::add(Index row, Index column, const double* v, double scale) {
  double* entry = slot(row, column);
  for (Index lane = 0; lane < width(); ++lane) entry[lane] += scale * v[lane];
}

void RateMatrix::transfer(Index from, Index to, const double* k) {
  const bool between_cells =
      layout_->is_cell(from) && layout_->is_cell(to) && layout_->cell_of(from) != layout_->cell_of(to);
  if (!between_cells) {
    add(from, from, k, -1.0);
    add(to, from, k, 1.0);
    return;
  }
  const auto cell = layout_->cell_of(from), other = layout_->cell_of(to);
  POULTICE_ASSERT(layout_->species_of(from) == layout_->species_of(to));
  POULTICE_ASSERT(layout_->graph().are_neighbours(cell, other));
  double* way = layout_->graph().parent(cell) == other ? up_[from] : down_[to];
  for (Index lane = 0; lane < width(); ++lane) way[lane] += k[lane];
}

void RateMatrix::count(Index counter, Index column, const double* k, double sign) {
  POULTICE_ASSERT(layout_->is_accumulator(counter));
  add(counter, column, k, sign);
}

namespace {

template <class Width>
void add_faces(const RateMatrix& matrix, LaneView state, LaneSpan rate, Width width) {
  const auto& graph = matrix.layout().graph();
  const Index n_species = matrix.layout().n_species();
  for (Index cell = 0; cell < graph.n_cells(); ++cell) {
    const Index parent = graph.parent(cell);
    if (parent < 0) continue;
    for (Index s = 0; s < n_species; ++s) {
      const Index child_row = cell * n_species + s, parent_row = parent * n_species + s;
      const double* up = matrix.up()[child_row];
      const double* down = matrix.down()[child_row];
      const double* below = state[child_row];
      const double* above = state[parent_row];
      double* rate_below = rate[child_row];
      double* rate_above = rate[parent_row];
      for_lanes(width, [&](Index lane) {
        const double moved = up[lane] * below[lane] - down[lane] * above[lane];
        rate_below[lane] -= moved;
        rate_above[lane] += moved;
      });
    }
  }
}

template <class Width>
void add_local(const RateMatrix& matrix, LaneView state, LaneSpan rate, Width width) {
  const Index n_species = matrix.layout().n_species(), rows = matrix.layout().n_cell_rows();
  for (Index row = 0; row < rows; ++row) {
    const Index first = row - row % n_species;
    for (Index s = 0; s < n_species; ++s) {
      const double* k = matrix.local()[row * n_species + s];
      const double* amount = state[first + s];
      double* sum = rate[row];
      for_lanes(width, [&](Index lane) { sum[lane] += k[lane] * amount[lane]; });
    }
  }
}

template <class Width>
void add_couplings(const RateMatrix& matrix, LaneView state, LaneSpan rate, Width width) {
  const auto& couplings = matrix.couplings();
  for (std::size_t i = 0; i < couplings.size(); ++i) {
    const double* k = matrix.coupling_values()[static_cast<Index>(i)];
    const double* amount = state[couplings[i].column];
    double* sum = rate[couplings[i].row];
    for_lanes(width, [&](Index lane) { sum[lane] += k[lane] * amount[lane]; });
  }
}

}  // namespace

void RateMatrix::multiply_add(LaneView state, LaneSpan rate) const {
  with_width(width(), [&](auto w) {
    add_faces(*this, state, rate, w);
    add_local(*this, state, rate, w);
    add_couplings(*this, state, rate, w);
  });
}

double RateMatrix::entry(Index row, Index column, Index lane) const {
  const auto& graph = layout_->graph();
  const auto n_species = layout_->n_species();
  if (!layout_->is_cell(row) || !layout_->is_cell(column)) {
    const auto found = coupling_index_.find({row, column});
    // A compartment's own loss sits among the couplings too; everything else absent is zero.
    return found == coupling_index_.end() ? 0.0 : coupling_values_(found->second, lane);
  }
  const auto cell = layout_->cell_of(row), other = layout_->cell_of(column);
  const auto s = layout_->species_of(row);
  if (cell == other) {
    double sum = local_(row * n_species + layout_->species_of(column), lane);
    if (row != column) return sum;
    sum -= up_(row, lane);
    for (Index child = 0; child < graph.n_cells(); ++child)
      if (graph.parent(child) == cell) sum -= down_(layout_->row(child, s), lane);
    return sum;
  }
  if (s != layout_->species_of(column)) return 0.0;
  if (graph.parent(other) == cell) return up_(column, lane);
  if (graph.parent(cell) == other) return down_(row, lane);
  return 0.0;
}

}  // namespace poultice::core
