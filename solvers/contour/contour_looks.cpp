#include "solvers/contour/contour_looks.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/system/lane_loop.hpp"
#include "solvers/contour/scales.hpp"
#include "solvers/contour/weight_table.hpp"

namespace poultice::solvers {

using core::Index;

namespace {

/// What is observed, without rows in which nothing ever is.
RowSums sums(const std::vector<Observation::Entry>& observed, const Resolvent& resolvent, Index width) {
  std::vector<RowSums::Entry> entries;
  for (const auto& [value, row, weight] : observed)
    if (!resolvent.stays_empty(row)) entries.push_back({value, row, weight});
  return RowSums(std::move(entries), width);
}

/// Rows of `out`, `columns` apart, = rows of `weights`, `parts` apart, times `seen` [part][column], in as
/// many of its columns as Lanes holds, twice. All sums stay in registers, for which n_rows must be small.
template <class Lanes, Index n_rows>
void multiply_some(const double* weights, Index parts, const double* seen, Index columns, double* out) {
  constexpr Index lanes = sizeof(Lanes) / sizeof(double);
  Lanes sums[n_rows][2] = {};
  for (Index part = 0; part < parts; ++part) {
    Lanes left, right;
    load(left, seen + part * columns);
    load(right, seen + part * columns + lanes);
    repeat(Fixed<n_rows>{}, [&](auto row) {
      const double weight = weights[row * parts + part];
      sums[row][0] += weight * left;
      sums[row][1] += weight * right;
    });
  }
  repeat(Fixed<n_rows>{}, [&](auto row) {
    store(out + row * columns, sums[row][0]);
    store(out + row * columns + lanes, sums[row][1]);
  });
}

/// out [row][column] = weights [row][part] * seen [part][column]
void multiply(const double* weights, Index rows, Index parts, const double* seen, Index columns,
              double* out) {
  constexpr Index some = pack_lanes == 8 ? 8 : 4;
  const auto multiply_all = [&]<class Lanes>(Index column, Lanes) {
    Index row = 0;
    for (; row + some <= rows; row += some)
      multiply_some<Lanes, some>(weights + row * parts, parts, seen + column, columns,
                                 out + row * columns + column);
    for (; row < rows; ++row)
      multiply_some<Lanes, 1>(weights + row * parts, parts, seen + column, columns,
                              out + row * columns + column);
  };
  Index column = 0;
  for (; column + 2 * pack_lanes <= columns; column += 2 * pack_lanes) multiply_all(column, LanePack{});
  for (; column + 2 <= columns; column += 2) multiply_all(column, double{});
  if (column == columns) return;
  for (Index row = 0; row < rows; ++row) {
    double sum = 0.0;
    for (Index part = 0; part < parts; ++part)
      sum += weights[row * parts + part] * seen[part * columns + column];
    out[row * columns + column] = sum;
  }
}

}  // namespace

ContourLook::ContourLook(const Look& look, const Window& window, double begin, std::size_t n_padded,
                         const Resolvent& resolvent)
    : what_(*look.what), begin_(begin) {
  std::size_t first = look.times.size();
  for (std::size_t i = 0; i < look.times.size(); ++i) {
    const double time = look.times[i] - begin;
    if (time < window.first() || time > window.last()) continue;
    first = std::min(first, i);
    times_.push_back(time);
  }
  if (times_.empty()) return;
  const Index n = what_.n_values(), width = look.out.width();
  out_ = {look.out[static_cast<Index>(first) * n], static_cast<Index>(times_.size()) * n, width};
  of_state_ = sums(what_.of_state(), resolvent, width);
  of_rate_ = sums(what_.of_rate(), resolvent, width);
  n_totals_ = of_state_.n_groups() + of_rate_.n_groups();
  seen_ = core::LaneArray::unfilled(2 * static_cast<Index>(n_padded), n_totals_ * width);
  totals_.resize(static_cast<std::size_t>(n_totals_));
}

template <class Access>
void ContourLook::gather(const Access& access, const ComplexPack& z, const Resolvent& resolvent,
                         core::LaneView start) {
  auto total = totals_.begin();
  for (const auto& group : of_state_.groups())
    *total++ = RowSums::total_of(group, [&](Index row) { return resolvent[row]; });
  for (const auto& group : of_rate_.groups())
    *total++ = RowSums::total_of(group, [&](Index row) { return resolvent.rate(access, row, z, start); });
}

void ContourLook::observe(const AcrossMembers& access, std::size_t k, const ComplexPack& z,
                          const Resolvent& resolvent, core::LaneView start) {
  gather(access, z, resolvent, start);
  const Index width = out_.width();
  for (std::size_t v = 0; v < totals_.size(); ++v) {
    const Index at = static_cast<Index>(v) * width + access.lane;
    store(node_row(k, false) + at, totals_[v].re);
    store(node_row(k, true) + at, totals_[v].im);
  }
}

void ContourLook::observe(const AcrossNodes& access, std::size_t k, const ComplexPack& z,
                          const Resolvent& resolvent, core::LaneView start) {
  gather(access, z, resolvent, start);
  const Index width = out_.width();
  for (std::size_t v = 0; v < totals_.size(); ++v) {
    const Index at = static_cast<Index>(v) * width + access.lane;
    for (Index i = 0; i < TwinPack::size; ++i) {
      node_row(k + static_cast<std::size_t>(i), false)[at] = totals_[v].re[i];
      node_row(k + static_cast<std::size_t>(i), true)[at] = totals_[v].im[i];
    }
  }
}

/// value = what is seen of the steady state + time * what is seen of the slope.
void ContourLook::fill_in(const Drift& drift) {
  const Index n = what_.n_values(), width = out_.width();
  const core::LaneArray nothing(drift.slope.rows(), width);
  core::LaneArray constant(n, width), growing(n, width);
  what_.evaluate(drift.steady.view(), drift.slope.view(), constant.span());
  what_.evaluate(drift.slope.view(), nothing.view(), growing.span());
  for (Index row = 0; row < out_.rows(); ++row) {
    const double time = times_[static_cast<std::size_t>(row / n)];
    double* value = out_[row];
    const double* c = constant[row % n];
    const double* g = growing[row % n];
    core::for_lanes(width, [&](Index lane) { value[lane] = c[lane] + time * g[lane]; });
  }
}

/// value += weight * total at some times, from `first_time` on: totals [time * n_totals + total][lane].
void ContourLook::add(Index first_time, core::LaneView totals) {
  const Index n = what_.n_values(), width = out_.width();
  for (Index from = 0, time = first_time; from < totals.rows(); ++time)
    for (const auto* rows : {&of_state_, &of_rate_})
      for (const auto& group : rows->groups()) {
        const double* total = totals[from++];
        for (auto i = group.first_part; i < group.end_part; ++i) {
          const auto& [sum, weight] = rows->parts()[i];
          const double* w = weight;
          double* value = out_[time * n + sum];
          core::for_lanes(width, [&](Index lane) { value[lane] += w[lane] * total[lane]; });
        }
      }
}

void ContourLook::finish(const Window& window, const Drift& drift, const core::LaneArray& error) {
  fill_in(drift);
  if (n_totals_ > 0) {
    const Index width = out_.width(), columns = n_totals_ * width;
    core::LaneArray totals;
    for (const auto& [first, n_times, n_nodes, weights] : WeightTable::of(window, times_)->pieces()) {
      const auto count = static_cast<Index>(n_times);
      if (totals.rows() != count * n_totals_) totals = core::LaneArray::unfilled(count * n_totals_, width);
      multiply(weights.data(), count, 2 * static_cast<Index>(n_nodes), seen_[0], columns, totals[0]);
      add(static_cast<Index>(first), totals.view());
    }
  }
  keep_amounts_positive(error);
}

/// What is left of an amount that has long gone may come out as minus a rounding error.
void ContourLook::keep_amounts_positive(const core::LaneArray& error) {
  const auto errors = scales_of(what_, error);
  const Index n = what_.n_values(), width = out_.width();
  for (Index row = 0; row < out_.rows(); ++row) {
    if (!what_.is_amount(row % n)) continue;
    double* value = out_[row];
    const double* allowed = errors[row % n];
    bool is_too_low = false;
    for (Index lane = 0; lane < width; ++lane) is_too_low |= value[lane] < -allowed[lane];
    if (is_too_low)
      throw core::IntegrationError(begin_ + times_[static_cast<std::size_t>(row / n)],
                                   "an amount is negative by more than the integrator may err",
                                   "this is a bug or an extreme parameter: please report the scenario");
    core::for_lanes(width, [&](Index lane) { value[lane] = value[lane] > 0.0 ? value[lane] : 0.0; });
  }
}

}  // namespace poultice::solvers
