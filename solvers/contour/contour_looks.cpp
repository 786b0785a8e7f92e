#include "solvers/contour/contour_looks.hpp"

#include <algorithm>

// Blocks run side by side already: a product within one must not start threads.
#define EIGEN_DONT_PARALLELIZE
#include <Eigen/Core>

#include "core/system/lane_loop.hpp"
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

}  // namespace

ContourLook::ContourLook(const Look& look, const Window& window, double begin, std::size_t n_padded,
                         const Resolvent& resolvent)
    : what_(*look.what) {
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
  seen_ = core::LaneArray(2 * static_cast<Index>(n_padded), n_totals_ * width);
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

/// value += what is seen of the steady state + time * what is seen of the slope.
void ContourLook::add(const Drift& drift) {
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
    core::for_lanes(width, [&](Index lane) { value[lane] += c[lane] + time * g[lane]; });
  }
}

/// Makes values of the totals at one time after the other, [time * n_totals + total][lane].
void ContourLook::weigh(core::LaneView totals) {
  const Index n = what_.n_values(), width = out_.width();
  std::fill_n(out_.data(), out_.size(), 0.0);
  for (Index time = 0; time < static_cast<Index>(times_.size()); ++time) {
    Index from = time * n_totals_;
    for (const auto* rows : {&of_state_, &of_rate_})
      for (const auto& group : rows->groups()) {
        const double* total = totals[from++];
        for (auto i = group.first_part; i < group.end_part; ++i) {
          const auto& [sum, weight] = rows->parts()[i];
          double* value = out_[time * n + sum];
          core::for_lanes(width, [&](Index lane) { value[lane] += weight[lane] * total[lane]; });
        }
      }
  }
}

void ContourLook::finish(const Window& window, const Drift& drift) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Index columns = seen_.width(), width = out_.width();
  core::LaneArray totals(static_cast<Index>(times_.size()) * n_totals_, width);
  for (const auto& [first, n_times, n_nodes, values] : WeightTable::of(window, times_)->pieces()) {
    const auto count = static_cast<Index>(n_times), parts = 2 * static_cast<Index>(n_nodes);
    const Eigen::Map<const Matrix> weights(values.data(), count, parts), seen(seen_[0], parts, columns);
    Eigen::Map<Matrix> out(totals[static_cast<Index>(first) * n_totals_], count, columns);
    out.noalias() = weights * seen;
  }
  weigh(totals.view());
  add(drift);
  // What is left of an amount that has long gone may come out as minus a rounding error.
  const Index n = what_.n_values();
  for (Index row = 0; row < out_.rows(); ++row) {
    if (!what_.is_amount(row % n)) continue;
    double* value = out_[row];
    core::for_lanes(width, [&](Index lane) { value[lane] = value[lane] > 0.0 ? value[lane] : 0.0; });
  }
}

}  // namespace poultice::solvers
