#include "solvers/contour/contour_looks.hpp"

#include <algorithm>

#include <Eigen/Core>

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {

using core::Index;

double constant_factor(const Window& window, double time) {
  double sum = 0.0;
  for (std::size_t k = 0; k < window.n_nodes(); ++k)
    sum += 2.0 * (window.weight(k, time) / window.node(k)).real();
  return sum;
}

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
  LanePack weight;
  for (const auto& entry : what_.of_state()) {
    access.load(weight, entry.weight);
    values_[static_cast<std::size_t>(entry.value)] += weight * resolvent[entry.row];
  }
  for (const auto& entry : what_.of_rate()) {
    access.load(weight, entry.weight);
    values_[static_cast<std::size_t>(entry.value)] += weight * resolvent.rate(access, entry.row, z, start);
  }
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
    for (Index i = 0; i < pack_lanes; ++i) {
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
  // Late samples need few nodes: some at a time, so that most of the product is never made.
  constexpr std::size_t chunk = 16;
  Matrix weights;
  for (std::size_t first = 0; first < times_.size(); first += chunk) {
    const std::size_t count = std::min(chunk, times_.size() - first), n_active = window.n_active(times_[first]);
    weights.resize(static_cast<Index>(count), 2 * static_cast<Index>(n_active));
    for (std::size_t i = 0; i < count; ++i) {
      const double time = times_[first + i], scale = 2.0 / constant_factor(window, time);
      for (std::size_t k = 0; k < n_active; ++k) {
        const auto weight = scale * window.weight(k, time);
        weights(static_cast<Index>(i), 2 * static_cast<Index>(k)) = weight.real();
        weights(static_cast<Index>(i), 2 * static_cast<Index>(k) + 1) = -weight.imag();
      }
    }
    const Eigen::Map<const Matrix> seen(seen_[0], 2 * static_cast<Index>(n_active), columns);
    Eigen::Map<Matrix> out(out_.data() + static_cast<Index>(first) * columns, static_cast<Index>(count), columns);
    out.noalias() = weights * seen;
  }
  if (drift.is_any) add(drift);
  // What is left of an amount that has long gone may come out as minus a rounding error.
  const Index n = what_.n_values(), width = out_.width();
  for (Index row = 0; row < out_.rows(); ++row) {
    if (!what_.is_amount(row % n)) continue;
    double* value = out_[row];
    core::for_lanes(width, [&](Index lane) { value[lane] = value[lane] > 0.0 ? value[lane] : 0.0; });
  }
}

}  // namespace poultice::solvers
