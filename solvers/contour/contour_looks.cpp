#include "solvers/contour/contour_looks.hpp"

#include <algorithm>

// Blocks run side by side already: a product within one must not start threads.
#define EIGEN_DONT_PARALLELIZE
#include <Eigen/Core>

#include "core/system/lane_loop.hpp"
#include "solvers/contour/weight_table.hpp"

namespace poultice::solvers {

using core::Index;

ContourLook::ContourLook(const Look& look, const Window& window, double begin, std::size_t n_padded)
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
  seen_ = core::LaneArray(2 * static_cast<Index>(n_padded), n * width);
  values_.resize(static_cast<std::size_t>(n));
}

template <class Access>
void ContourLook::gather(const Access& access, const ComplexPack& z, const Resolvent& resolvent,
                         core::LaneView start) {
  std::fill(values_.begin(), values_.end(), ComplexPack{});
  // The entries of one value follow one another: summed up in registers.
  const auto add_up = [&](const std::vector<Observation::Entry>& entries, const auto& of_row) {
    for (std::size_t i = 0; i < entries.size();) {
      const Index value = entries[i].value;
      ComplexPack sum{};
      for (; i < entries.size() && entries[i].value == value; ++i) {
        TwinPack weight;
        access.load(weight, entries[i].weight);
        sum += weight * of_row(entries[i].row);
      }
      values_[static_cast<std::size_t>(value)] += sum;
    }
  };
  add_up(what_.of_state(), [&](Index row) -> const ComplexPack& { return resolvent[row]; });
  add_up(what_.of_rate(), [&](Index row) { return resolvent.rate(access, row, z, start); });
}

void ContourLook::observe(const AcrossMembers& access, std::size_t k, const ComplexPack& z,
                          const Resolvent& resolvent, core::LaneView start) {
  gather(access, z, resolvent, start);
  const Index width = out_.width();
  for (std::size_t v = 0; v < values_.size(); ++v) {
    const Index at = static_cast<Index>(v) * width + access.lane;
    store(node_row(k, false) + at, values_[v].re);
    store(node_row(k, true) + at, values_[v].im);
  }
}

void ContourLook::observe(const AcrossNodes& access, std::size_t k, const ComplexPack& z,
                          const Resolvent& resolvent, core::LaneView start) {
  gather(access, z, resolvent, start);
  const Index width = out_.width();
  for (std::size_t v = 0; v < values_.size(); ++v) {
    const Index at = static_cast<Index>(v) * width + access.lane;
    for (Index i = 0; i < TwinPack::size; ++i) {
      node_row(k + static_cast<std::size_t>(i), false)[at] = values_[v].re[i];
      node_row(k + static_cast<std::size_t>(i), true)[at] = values_[v].im[i];
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

void ContourLook::finish(const Window& window, const Drift& drift) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Index columns = seen_.width();
  for (const auto& [first, n_times, n_nodes, values] : WeightTable::of(window, times_)->pieces()) {
    const auto count = static_cast<Index>(n_times), parts = 2 * static_cast<Index>(n_nodes);
    const Eigen::Map<const Matrix> weights(values.data(), count, parts), seen(seen_[0], parts, columns);
    Eigen::Map<Matrix> out(out_.data() + static_cast<Index>(first) * columns, count, columns);
    out.noalias() = weights * seen;
  }
  add(drift);
  // What is left of an amount that has long gone may come out as minus a rounding error.
  const Index n = what_.n_values(), width = out_.width();
  for (Index row = 0; row < out_.rows(); ++row) {
    if (!what_.is_amount(row % n)) continue;
    double* value = out_[row];
    core::for_lanes(width, [&](Index lane) { value[lane] = value[lane] > 0.0 ? value[lane] : 0.0; });
  }
}

}  // namespace poultice::solvers
