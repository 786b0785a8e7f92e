#include "solvers/contour/resolvent.hpp"

#include <algorithm>

namespace poultice::solvers {

using core::Index;
using core::LaneView;

namespace {

template <class Kernel>
void with_species(Index n, bool is_triangular, Kernel&& kernel) {
  const auto count = [&](auto fixed) {
    if (is_triangular)
      kernel(Blocks<decltype(fixed), true>{fixed});
    else
      kernel(Blocks<decltype(fixed), false>{fixed});
  };
  if (n == 1)
    kernel(Blocks<Fixed<1>, true>{});
  else if (n == 2)
    count(Fixed<2>{});
  else
    count(n);
}

bool is_zero(LaneView values, Index first, Index end) {
  return std::all_of(values.data() + first * values.width(), values.data() + end * values.width(),
                     [](double v) { return v == 0.0; });
}
bool is_zero(const core::LaneArray& values, Index first, Index end) {
  return is_zero(values.view(), first, end);
}

}  // namespace

Resolvent::Resolvent(const core::System& system, LaneView forcing, bool compartments_are_empty)
    : layout_(system.layout()),
      matrix_(system.matrix()),
      forcing_(forcing),
      compartments_are_empty_(compartments_are_empty),
      is_triangular_(has_triangular_blocks(matrix_)),
      is_forced_(!is_zero(forcing, 0, forcing.rows())),
      stays_empty_(at(layout_.n_rows()), false),
      x_(at(layout_.n_rows())),
      flows_(at(layout_.n_accumulators())),
      inverse_(at(layout_.n_cell_rows() * layout_.n_species())),
      schur_(at(layout_.n_compartments() * layout_.n_compartments())) {
  const auto& couplings = matrix_.couplings();
  for (std::size_t i = 0; i < couplings.size(); ++i) {
    const Link link{couplings[i].row, couplings[i].column, static_cast<Index>(i)};
    if (is_zero(matrix_.coupling_values(), link.value, link.value + 1)) continue;
    if (layout_.is_cell(link.row))
      to_cells_.push_back(link);
    else if (layout_.is_cell(link.column))
      from_cells_.push_back(link);
    else if (layout_.is_accumulator(link.row))
      compartments_to_totals_.push_back(link);
    else
      among_compartments_.push_back(link);
  }
  for (const auto& link : to_cells_)
    if (std::find(feeding_.begin(), feeding_.end(), link.column) == feeding_.end())
      feeding_.push_back(link.column);
  columns_.assign(feeding_.size(), std::vector<ComplexPack>(at(layout_.n_cell_rows())));
  const Index n = layout_.n_species();
  for (const Index cell : layout_.graph().order()) {
    const Index parent = layout_.graph().parent(cell), first = cell * n;
    const bool is_cut = is_zero(matrix_.up(), first, first + n) && is_zero(matrix_.down(), first, first + n);
    stops_.push_back({cell, is_cut ? -1 : parent});
    stops_.back().has_losses = !is_zero(matrix_.local(), first * n, (first + n) * n);
  }
  connect_stops();
  sum_up_links();
}

void Resolvent::connect_stops() {
  std::vector<bool> has_stored(at(layout_.n_cells()), false);
  for (std::size_t i = 0; i < stops_.size(); ++i) {
    auto& [cell, parent, parent_is_next, unused_stored, unused_losses, unused_start] = stops_[i];
    parent_is_next = parent >= 0 && i + 1 < stops_.size() && stops_[i + 1].cell == parent;
    if (parent >= 0 && !parent_is_next) has_stored[at(parent)] = true;
  }
  runs_.clear();
  for (std::size_t i = 0, first = 0; i < stops_.size(); ++i) {
    stops_[i].has_stored = has_stored[at(stops_[i].cell)];
    if (stops_[i].parent_is_next) continue;
    runs_.push_back({first, i, stops_[i].parent < 0});
    first = i + 1;
  }
}

void Resolvent::sum_up_links() {
  std::vector<RowSums::Entry> entries;
  for (const auto& [row, column, value] : from_cells_)
    entries.push_back({row, column, matrix_.coupling_values()[value]});
  out_of_cells_ = RowSums(std::move(entries), matrix_.width());
}

void Resolvent::pass_by_empty_cells(LaneView start) {
  find_empty_rows(start);
  const Index n = layout_.n_species();
  const auto is_empty = [&](Index cell) {
    return std::all_of(stays_empty_.begin() + cell * n, stays_empty_.begin() + (cell + 1) * n,
                       [](bool stays_empty) { return stays_empty; });
  };
  for (auto& stop : stops_) stop.has_start = !is_zero(start, stop.cell * n, (stop.cell + 1) * n);
  std::erase_if(stops_, [&](const Stop& stop) { return is_empty(stop.cell); });
  std::erase_if(from_cells_, [&](const Link& link) { return is_empty(layout_.cell_of(link.column)); });
  connect_stops();
  sum_up_links();
}

/// Whatever can be reached from what is there, in cells through faces either way.
void Resolvent::find_empty_rows(LaneView start) {
  const Index n = layout_.n_species();
  for (Index row = 0; row < layout_.n_rows(); ++row)
    stays_empty_[at(row)] = is_zero(start, row, row + 1) && !(is_forced_ && !is_zero(forcing_, row, row + 1));
  for (const auto& link : to_cells_) stays_empty_[at(link.row)] = false;
  const auto reach = [&](Index from_cell, Index to_cell) {
    for (Index from = from_cell * n; from < (from_cell + 1) * n; ++from)
      for (Index to = to_cell * n; to < (to_cell + 1) * n; ++to)
        if (!stays_empty_[at(from)]) stays_empty_[at(to)] = false;
  };
  for (const auto& stop : stops_) {
    reach(stop.cell, stop.cell);
    if (stop.parent >= 0) reach(stop.cell, stop.parent);
  }
  for (auto stop = stops_.rbegin(); stop != stops_.rend(); ++stop)
    if (stop->parent >= 0) reach(stop->parent, stop->cell);
  const auto pass_on = [&](const std::vector<Link>& links) {
    for (const auto& link : links)
      if (!stays_empty_[at(link.column)]) stays_empty_[at(link.row)] = false;
  };
  pass_on(from_cells_);
  for (Index i = 0; i < layout_.n_compartments(); ++i) pass_on(among_compartments_);
  pass_on(compartments_to_totals_);
}

template <class Access, class Add>
void Resolvent::flow_out(const Access& access, const std::vector<ComplexPack>& x, Add&& add) const {
  out_of_cells_.evaluate([&](Index row) -> const ComplexPack& { return x[at(row)]; },
                         [&](Index row, const double* rate, const ComplexPack& total) {
                           TwinPack k;
                           access.load(k, rate);
                           add(row, k * total);
                         });
}

template <class Access>
ComplexPack Resolvent::right_side(const Access& access, Index row, LaneView start,
                                  const ComplexPack& forced) const {
  ComplexPack b{};
  access.load(b.re, start[row]);
  if (!is_forced_) return b;
  TwinPack rate;
  access.load(rate, forcing_[row]);
  return b + rate * forced;
}

// All that a solution calls goes into one function, so that packs stay in registers. With the checks of the
// sanitizers in it, the compiler would take a quarter of an hour over that function.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define POULTICE_FLATTEN [[gnu::flatten]]
#else
#define POULTICE_FLATTEN
#endif

template <class Access>
POULTICE_FLATTEN void Resolvent::solve(const Access& access, const ComplexPack& z, LaneView start,
                                       const ComplexPack& forced) {
  for (std::size_t f = 0; f < feeding_.size(); ++f) {
    std::fill(columns_[f].begin(), columns_[f].end(), ComplexPack{});
    for (const auto& link : to_cells_) {
      if (link.column != feeding_[f]) continue;
      TwinPack k;
      access.load(k, matrix_.coupling_values()[link.value]);
      columns_[f][at(link.row)].re += k;
    }
  }
  if (layout_.n_species() == 1 && feeding_.empty()) {
    eliminate_one(access, z, start, forced);
    substitute_one();
  } else {
    with_species(layout_.n_species(), is_triangular_, [&](auto blocks) {
      eliminate(blocks, access, z, start, forced);
      substitute(blocks, access);
    });
  }
  for (Index row = layout_.n_cell_rows(); row < layout_.n_rows(); ++row)
    x_[at(row)] = right_side(access, row, start, forced);
  std::fill(flows_.begin(), flows_.end(), ComplexPack{});
  const Index first = layout_.n_rows() - layout_.n_accumulators();
  flow_out(access, x_, [&](Index row, const ComplexPack& flow) {
    if (row >= first)
      flows_[at(row - first)] += flow;
    else
      x_[at(row)] += flow;
  });
  solve_compartments(access, z);

  // On totals nothing depends: what flows in gives the total.
  for (const auto& [row, column, value] : compartments_to_totals_) {
    TwinPack k;
    access.load(k, matrix_.coupling_values()[value]);
    flows_[at(row - first)] += k * x_[at(column)];
  }
  const ComplexPack over_z = 1.0 / z;
  for (Index row = first; row < layout_.n_rows(); ++row)
    x_[at(row)] = (x_[at(row)] + flows_[at(row - first)]) * over_z;
}

/// A cell of a single species that nothing flows into from compartments. `out` and `in` are the rates through
/// the face to the next cell, null at a root. With D = E + out its pivot, E being what it loses elsewhere,
/// all that is needed is a multiple of 1 / |D|^2, and the next pivot grows by in E / D without a difference
/// being formed.
template <class Access>
inline void Resolvent::eliminate_cell(const Access& access, const Stop& stop, const double* out,
                                      const double* in, const ComplexPack& z, LaneView start,
                                      const ComplexPack& forced, Strand& strand) {
  const Index cell = stop.cell;
  ComplexPack excess = z + strand.block, here = strand.amount;
  if (stop.has_losses) {
    TwinPack rate;
    access.load(rate, matrix_.local()[cell]);
    excess.re -= rate;
  }
  if (is_forced_) {
    here += right_side(access, cell, start, forced);
  } else if (stop.has_start) {
    TwinPack amount;
    access.load(amount, start[cell]);
    here.re += amount;
  }
  if (stop.has_stored) {
    excess += inverse_[at(cell)];
    here += x_[at(cell)];
  }
  TwinPack leaving{}, arriving{};
  if (out != nullptr) {
    access.load(leaving, out);
    access.load(arriving, in);
  }
  const TwinPack re = excess.re + leaving, im = excess.im, im_im = im * im;
  const TwinPack over_square = inverse(re * re + im_im);
  const TwinPack share = arriving * over_square;
  const ComplexPack scaled = over_square * here;
  const ComplexPack held{re * scaled.re + im * scaled.im, re * scaled.im - im * scaled.re};
  x_[at(cell)] = held;
  inverse_[at(cell)] = {share * re, -(share * im)};  // times what arrives, as substitution needs it
  strand.block = {share * (excess.re * re + im_im), share * (leaving * im)};
  strand.amount = leaving * held;
}

/// The elimination below for one species and no flow from compartments to cells. A run that ends in a root is
/// taken from both of its ends at once, so that one cell need not wait for the other.
template <class Access>
void Resolvent::eliminate_one(const Access& access, const ComplexPack& z, LaneView start,
                              const ComplexPack& forced) {
  for (const auto& stop : stops_)
    if (stop.has_stored) inverse_[at(stop.cell)] = x_[at(stop.cell)] = ComplexPack{};
  const LaneView up = matrix_.up().view(), down = matrix_.down().view();
  for (const auto& run : runs_) {
    Strand from_first{}, from_last{};
    const auto advance = [&](const Stop& stop) {
      eliminate_cell(access, stop, up[stop.cell], down[stop.cell], z, start, forced, from_first);
    };
    const auto retreat = [&](const Stop& stop, const Stop& next) {
      eliminate_cell(access, stop, down[next.cell], up[next.cell], z, start, forced, from_last);
    };
    if (!run.ends_in_root) {
      for (auto i = run.first; i <= run.last; ++i) advance(stops_[i]);
      const Index parent = stops_[run.last].parent;
      inverse_[at(parent)] += from_first.block;
      x_[at(parent)] += from_first.amount;
      continue;
    }
    auto i = run.first, j = run.last;
    for (; i + 1 < j; ++i, --j) {
      advance(stops_[i]);
      retreat(stops_[j], stops_[j - 1]);
    }
    if (i < j) advance(stops_[i]);
    from_first.block += from_last.block;
    from_first.amount += from_last.amount;
    eliminate_cell(access, stops_[run.middle()], nullptr, nullptr, z, start, forced, from_first);
  }
}

/// x of a cell += in / D x of the next, from the roots on.
inline void Resolvent::substitute_one() {
  for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
    const auto substitute_cell = [&](std::size_t i, ComplexPack& above) {
      const auto cell = at(stops_[i].cell);
      x_[cell] = above = x_[cell] + inverse_[cell] * above;
    };
    if (!run->ends_in_root) {
      ComplexPack above = x_[at(stops_[run->last].parent)];
      for (auto i = run->last + 1; i-- > run->first;) substitute_cell(i, above);
      continue;
    }
    auto i = run->middle(), j = i;
    ComplexPack above = x_[at(stops_[i].cell)], below = above;
    while (i > run->first && j < run->last) {
      substitute_cell(--i, above);
      substitute_cell(++j, below);
    }
    if (i > run->first) substitute_cell(--i, above);
  }
}

/// Inverts the block of each cell, applies it to the right-hand sides, and hands what is left to the parent.
template <class Blocks, class Access>
void Resolvent::eliminate(Blocks blocks, const Access& access, const ComplexPack& z, LaneView start,
                          const ComplexPack& forced) {
  const auto n = blocks.n;
  auto handed_block = room<ComplexPack>(squared(n));
  auto handed = room<ComplexPack>(n);
  auto excess = room<ComplexPack>(squared(n));
  auto inverse = room<ComplexPack>(squared(n));
  auto here = room<ComplexPack>(n);
  auto up = room<TwinPack>(n);
  auto down = room<TwinPack>(n);
  for (const auto& stop : stops_)
    if (stop.has_stored) {
      std::fill_n(inverse_.begin() + stop.cell * squared(n), squared(n), ComplexPack{});
      std::fill_n(x_.begin() + stop.cell * n, n, ComplexPack{});
    }
  bool is_handed = false;
  for (const auto& stop : stops_) {
    const Index cell = stop.cell, parent = stop.parent, first_row = cell * n, first_entry = first_row * n;
    const bool has_stored = stop.has_stored;
    blocks.for_entries([&](auto row, auto column, auto i) {
      TwinPack rate;
      access.load(rate, matrix_.local()[first_entry + i]);
      excess[at(i)] = row == column ? z : ComplexPack{};
      excess[at(i)].re -= rate;
      if (is_handed) excess[at(i)] += handed_block[at(i)];
      if (has_stored) excess[at(i)] += inverse_[at(first_entry + i)];
      inverse[at(i)] = excess[at(i)];
    });
    repeat(n, [&](auto s) {
      here[at(s)] = right_side(access, first_row + s, start, forced);
      if (is_handed) here[at(s)] += handed[at(s)];
      if (has_stored) here[at(s)] += x_[at(first_row + s)];
    });
    if (parent >= 0) {
      repeat(n, [&](auto s) {
        access.load(up[at(s)], matrix_.up()[first_row + s]);
        access.load(down[at(s)], matrix_.down()[first_row + s]);
        inverse[at(s * n + s)].re += up[at(s)];
      });
    }
    blocks.invert(inverse);
    blocks.for_entries([&](auto, auto, auto i) { inverse_[at(first_entry + i)] = inverse[at(i)]; });
    blocks.template multiply<ComplexPack>([&](ComplexPack& to, Index i) { to = inverse[at(i)]; }, here,
                                          [&](auto row, const ComplexPack& held) {
                                            x_[at(first_row + row)] = held;
                                            if (parent >= 0) handed[at(row)] = up[at(row)] * held;
                                          });
    for (auto& column : columns_) {
      repeat(n, [&](auto s) { here[at(s)] = column[at(first_row + s)]; });
      blocks.template multiply<ComplexPack>([&](ComplexPack& to, Index i) { to = inverse[at(i)]; }, here,
                                            [&](auto row, const ComplexPack& held) {
                                              column[at(first_row + row)] = held;
                                              if (parent >= 0)
                                                column[at(parent * n + row)] += up[at(row)] * held;
                                            });
    }
    is_handed = stop.parent_is_next;
    if (parent < 0) continue;
    // The parent's block grows by E D^-1 L, see BlockElimination.
    blocks.for_entries([&](auto row, auto column, auto i) {
      if (row != column) {
        handed_block[at(i)] = -(up[at(row)] * (down[at(column)] * inverse[at(i)]));
        return;
      }
      ComplexPack kept = excess[at(i)] * inverse[at(i)];
      repeat(n, [&](auto k) {
        if (k != row && blocks.has(row, k) && blocks.has(k, row))
          kept += excess[at(row * n + k)] * inverse[at(k * n + row)];
      });
      handed_block[at(i)] = down[at(column)] * kept;
    });
    if (stop.parent_is_next) continue;
    blocks.for_entries([&](auto, auto, auto i) { inverse_[at(parent * n * n + i)] += handed_block[at(i)]; });
    repeat(n, [&](auto s) { x_[at(parent * n + s)] += handed[at(s)]; });
  }
}

/// x of a cell += D^-1 L x of its parent, from the roots on.
template <class Blocks, class Access>
void Resolvent::substitute(Blocks blocks, const Access& access) {
  const auto n = blocks.n;
  auto arriving = room<ComplexPack>(n);
  for (auto stop = stops_.rbegin(); stop != stops_.rend(); ++stop) {
    const Index cell = stop->cell, parent = stop->parent;
    if (parent < 0) continue;
    const auto take_down = [&](std::vector<ComplexPack>& x) {
      repeat(n, [&](auto s) {
        TwinPack down;
        access.load(down, matrix_.down()[cell * n + s]);
        arriving[at(s)] = down * x[at(parent * n + s)];
      });
      blocks.template multiply<ComplexPack>(
          [&](ComplexPack& to, Index i) { to = inverse_[at(cell * n * n + i)]; }, arriving,
          [&](auto row, const ComplexPack& value) { x[at(cell * n + row)] += value; });
    };
    take_down(x_);
    for (auto& column : columns_) take_down(column);
  }
}

template <class Access>
void Resolvent::solve_compartments(const Access& access, const ComplexPack& z) {
  const Index n = layout_.n_compartments(), first = layout_.n_cell_rows();
  if (n == 0) return;
  if (compartments_are_empty_) {
    std::fill_n(x_.begin() + first, n, ComplexPack{});
    return;
  }
  std::fill(schur_.begin(), schur_.end(), ComplexPack{});
  for (Index c = 0; c < n; ++c) schur_[at(c * n + c)] = z;
  for (const auto& link : among_compartments_) {
    TwinPack k;
    access.load(k, matrix_.coupling_values()[link.value]);
    schur_[at((link.row - first) * n + link.column - first)].re -= k;
  }
  for (std::size_t f = 0; f < feeding_.size(); ++f)
    flow_out(access, columns_[f], [&](Index row, const ComplexPack& flow) {
      if (!layout_.is_accumulator(row)) schur_[at((row - first) * n + feeding_[f] - first)] -= flow;
    });
  // Gauss without pivoting: columns are dominated by their diagonals.
  for (Index k = 0; k < n; ++k) {
    const ComplexPack pivot = 1.0 / schur_[at(k * n + k)];
    for (Index row = k + 1; row < n; ++row) {
      const ComplexPack factor = schur_[at(row * n + k)] * pivot;
      for (Index column = k + 1; column < n; ++column)
        schur_[at(row * n + column)] -= factor * schur_[at(k * n + column)];
      x_[at(first + row)] -= factor * x_[at(first + k)];
    }
    schur_[at(k * n + k)] = pivot;
  }
  for (Index k = n - 1; k >= 0; --k) {
    for (Index column = k + 1; column < n; ++column)
      x_[at(first + k)] -= schur_[at(k * n + column)] * x_[at(first + column)];
    x_[at(first + k)] *= schur_[at(k * n + k)];
  }
  for (std::size_t f = 0; f < feeding_.size(); ++f) {
    const auto& fed = x_[at(feeding_[f])];
    for (Index row = 0; row < first; ++row) x_[at(row)] += columns_[f][at(row)] * fed;
    flow_out(access, columns_[f], [&](Index row, const ComplexPack& flow) {
      if (layout_.is_accumulator(row))
        flows_[at(row - layout_.n_rows() + layout_.n_accumulators())] += flow * fed;
    });
  }
}

template <class Access>
ComplexPack Resolvent::rate(const Access& access, Index row, const ComplexPack& z, LaneView start) const {
  if (layout_.is_accumulator(row)) {
    ComplexPack rate = inflow(row);
    if (is_forced_) {
      TwinPack forcing;
      access.load(forcing, forcing_[row]);
      rate += forcing * (1.0 / z);
    }
    return rate;
  }
  TwinPack amount;
  access.load(amount, start[row]);
  ComplexPack rate = z * x_[at(row)];
  rate.re -= amount;
  return rate;
}

template void Resolvent::solve(const AcrossMembers&, const ComplexPack&, LaneView, const ComplexPack&);
template void Resolvent::solve(const AcrossNodes&, const ComplexPack&, LaneView, const ComplexPack&);
template ComplexPack Resolvent::rate(const AcrossMembers&, Index, const ComplexPack&, LaneView) const;
template ComplexPack Resolvent::rate(const AcrossNodes&, Index, const ComplexPack&, LaneView) const;

}  // namespace poultice::solvers
