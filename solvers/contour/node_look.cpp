#include "solvers/contour/node_look.hpp"

#include <type_traits>
#include <utility>

#include "core/system/lane_loop.hpp"

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
  constexpr Index lanes = std::is_same_v<Lanes, double> ? 1 : pack_lanes;
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

}  // namespace

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

void NodeLook::make_room(std::size_t n_padded, const Resolvent& resolvent, Index n_more) {
  of_state_ = sums(what_.of_state(), resolvent, width_);
  of_rate_ = sums(what_.of_rate(), resolvent, width_);
  n_totals_ = of_state_.n_groups() + of_rate_.n_groups();
  seen_ = core::LaneArray::unfilled(2 * static_cast<Index>(n_padded), (n_totals_ + n_more) * width_);
  totals_.resize(static_cast<std::size_t>(n_totals_));
}

template <class Access>
void NodeLook::gather(const Access& access, const ComplexPack& z, const Resolvent& resolvent,
                      core::LaneView start) {
  auto total = totals_.begin();
  for (const auto& group : of_state_.groups())
    *total++ = RowSums::total_of(group, [&](Index row) { return resolvent[row]; });
  for (const auto& group : of_rate_.groups())
    *total++ = RowSums::total_of(group, [&](Index row) { return resolvent.rate(access, row, z, start); });
}

void NodeLook::observe(const AcrossMembers& access, std::size_t k, const ComplexPack& z,
                       const Resolvent& resolvent, core::LaneView start) {
  gather(access, z, resolvent, start);
  for (std::size_t v = 0; v < totals_.size(); ++v) {
    const Index at = static_cast<Index>(v) * width_ + access.lane;
    store(node_row(k, false) + at, totals_[v].re);
    store(node_row(k, true) + at, totals_[v].im);
  }
}

void NodeLook::observe(const AcrossNodes& access, std::size_t k, const ComplexPack& z,
                       const Resolvent& resolvent, core::LaneView start) {
  gather(access, z, resolvent, start);
  for (std::size_t v = 0; v < totals_.size(); ++v) {
    const Index at = static_cast<Index>(v) * width_ + access.lane;
    for (Index i = 0; i < TwinPack::size; ++i) {
      node_row(k + static_cast<std::size_t>(i), false)[at] = totals_[v].re[i];
      node_row(k + static_cast<std::size_t>(i), true)[at] = totals_[v].im[i];
    }
  }
}

void NodeLook::add(const double* totals, core::LaneSpan values) const {
  for (const auto* rows : {&of_state_, &of_rate_})
    for (const auto& group : rows->groups()) {
      for (auto i = group.first_part; i < group.end_part; ++i) {
        const auto& [sum, weight] = rows->parts()[i];
        const double* w = weight;
        double* value = values[sum];
        core::for_lanes(width_, [&](Index lane) { value[lane] += w[lane] * totals[lane]; });
      }
      totals += width_;
    }
}

SeenDrift::SeenDrift(const Observation& what, const Drift& drift, Index width)
    : constant(what.n_values(), width), growing(what.n_values(), width) {
  const core::LaneArray nothing(drift.slope.rows(), width);
  what.evaluate(drift.steady.view(), drift.slope.view(), constant.span());
  what.evaluate(drift.slope.view(), nothing.view(), growing.span());
}

}  // namespace poultice::solvers
