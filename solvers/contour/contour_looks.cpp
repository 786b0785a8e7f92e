#include "solvers/contour/contour_looks.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/system/lane_loop.hpp"
#include "solvers/contour/complex_exponential.hpp"
#include "solvers/contour/scales.hpp"
#include "solvers/contour/weight_table.hpp"

namespace poultice::solvers {

using core::Index;

namespace {

/// What is left of an amount that has long gone may come out as minus a rounding error, as large as `errors`
/// [value][lane] at most. `time` [s] is that of the values.
void keep_amounts_positive(const Observation& what, const core::LaneArray& errors, double time,
                           core::LaneSpan values) {
  for (Index v = 0; v < values.rows(); ++v) {
    if (!what.is_amount(v)) continue;
    double* value = values[v];
    const double* allowed = errors[v];
    bool is_too_low = false;
    for (Index lane = 0; lane < values.width(); ++lane) is_too_low |= value[lane] < -allowed[lane];
    if (is_too_low)
      throw core::IntegrationError(time, "an amount is negative by more than the integrator may err",
                                   "this is a bug or an extreme parameter: please report the scenario");
    core::for_lanes(values.width(), [&](Index lane) { value[lane] = value[lane] > 0.0 ? value[lane] : 0.0; });
  }
}

}  // namespace

ContourLook::ContourLook(const Look& look, const Window& window, double begin, std::size_t n_padded,
                         const Resolvent& resolvent)
    : NodeLook(*look.what, look.out.width()), begin_(begin) {
  std::size_t first = look.times.size();
  for (std::size_t i = 0; i < look.times.size(); ++i) {
    const double time = look.times[i] - begin;
    if (time < window.first() || time > window.last()) continue;
    first = std::min(first, i);
    times_.push_back(time);
  }
  if (times_.empty()) return;
  const Index n = what_.n_values();
  out_ = {look.out[static_cast<Index>(first) * n], static_cast<Index>(times_.size()) * n, width_};
  make_room(n_padded, resolvent);
}

void ContourLook::finish(const Window& window, const Drift& drift, const core::LaneArray& error) {
  const auto errors = scales_of(what_, error);
  const SeenDrift seen(what_, drift, width_);
  const Index n = what_.n_values(), columns = n_totals_ * width_;
  core::LaneArray totals;
  for (const auto& [first, n_times, n_nodes, weights] : WeightTable::of(window, times_)->pieces()) {
    const auto count = static_cast<Index>(n_times);
    if (totals.rows() != count * n_totals_) totals = core::LaneArray::unfilled(count * n_totals_, width_);
    multiply(weights.data(), count, 2 * static_cast<Index>(n_nodes), seen_[0], columns, totals.span().data());
    for (Index i = 0; i < count; ++i) {
      const Index sample = static_cast<Index>(first) + i;
      const double time = times_[static_cast<std::size_t>(sample)];
      const core::LaneSpan values{out_[sample * n], n, width_};
      for (Index v = 0; v < n; ++v) {
        double* value = values[v];
        const double *c = seen.constant[v], *g = seen.growing[v];
        core::for_lanes(width_, [&](Index lane) { value[lane] = c[lane] + time * g[lane]; });
      }
      add(totals.view().data() + i * columns, values);
      keep_amounts_positive(what_, errors, begin_ + time, values);
    }
  }
}

LaggedLook::LaggedLook(const Look& look, std::span<const double> begins, const Window& window,
                       std::size_t n_padded, const Resolvent& resolvent)
    : NodeLook(*look.what, look.out.width()),
      look_(look),
      begin_(begins.empty() ? 0.0 : *std::min_element(begins.begin(), begins.end())) {
  for (std::size_t lane = 0; lane < begins.size() && !look.times.empty(); ++lane) {
    Index first = look.first[lane];
    const Index last = look.last[lane];
    const auto since = [&](Index i) { return look.times[static_cast<std::size_t>(i)] - begins[lane]; };
    while (first < last && since(first) < window.first()) ++first;
    first_.push_back(first);
    lags_.push_back(first < last ? since(first) : window.first());
    n_times_ = std::max(n_times_, last - first);
  }
  if (n_times_ > 0) make_room(n_padded, resolvent, 1);
}

/// Multiplies what is seen at each node by exp(z lag). The last total becomes what would be seen of a
/// constant: 1 / z.
void LaggedLook::lead_on(const Window& window) {
  core::LaneArray factors(2, width_);
  for (std::size_t k = 0; k < window.n_nodes(); ++k) {
    exponentials(window.node(k), lags_.data(), width_, factors[0], factors[1]);
    const double *re = factors[0], *im = factors[1];
    double *seen_re = node_row(k, false), *seen_im = node_row(k, true);
    const auto of_constant = 1.0 / window.node(k);
    std::fill_n(seen_re + n_totals_ * width_, width_, of_constant.real());
    std::fill_n(seen_im + n_totals_ * width_, width_, of_constant.imag());
    for (Index total = 0; total <= n_totals_; ++total) {
      double *a = seen_re + total * width_, *b = seen_im + total * width_;
      core::for_lanes(width_, [&](Index lane) {
        const double x = a[lane], y = b[lane];
        a[lane] = x * re[lane] - y * im[lane];
        b[lane] = x * im[lane] + y * re[lane];
      });
    }
  }
}

void LaggedLook::finish(const Window& window, const Drift& drift, const core::LaneArray& error) {
  const auto errors = scales_of(what_, error);
  lead_on(window);
  const SeenDrift seen(what_, drift, width_);
  const Index n = what_.n_values(), columns = seen_.width();
  const double* lag = lags_.data();
  core::LaneArray totals, sample(n, width_);
  for (const auto& [first, n_times, n_nodes, weights] :
       WeightTable::of_grid(window, look_.spacing, n_times_)->pieces()) {
    const Index count = std::min(static_cast<Index>(n_times), n_times_ - static_cast<Index>(first));
    if (count <= 0) return;
    totals = core::LaneArray::unfilled(count * (n_totals_ + 1), width_);
    multiply(weights.data(), count, 2 * static_cast<Index>(n_nodes), seen_[0], columns, totals[0]);
    for (Index i = 0; i < count; ++i) {
      double* those = totals[i * (n_totals_ + 1)];
      double* inverse = those + n_totals_ * width_;
      core::for_lanes(width_, [&](Index lane) { inverse[lane] = 1.0 / inverse[lane]; });
      for (Index total = 0; total < n_totals_; ++total) {
        double* of_total = those + total * width_;
        core::for_lanes(width_, [&](Index lane) { of_total[lane] *= inverse[lane]; });
      }
      const double since_first = static_cast<double>(static_cast<Index>(first) + i) * look_.spacing;
      for (Index v = 0; v < n; ++v) {
        double* value = sample[v];
        const double *c = seen.constant[v], *g = seen.growing[v];
        core::for_lanes(width_,
                        [&](Index lane) { value[lane] = c[lane] + (since_first + lag[lane]) * g[lane]; });
      }
      add(those, sample.span());
      const Index ahead = static_cast<Index>(first) + i;
      const auto at = [&](std::size_t lane) { return first_[lane] + ahead; };
      // Where a lane's stretch has ended, the contour means nothing.
      for (std::size_t lane = 0; lane < first_.size(); ++lane)
        if (at(lane) >= look_.last[lane])
          for (Index v = 0; v < n; ++v) sample(v, static_cast<Index>(lane)) = 0.0;
      keep_amounts_positive(what_, errors, begin_ + since_first, sample.span());
      for (std::size_t lane = 0; lane < first_.size(); ++lane)
        if (at(lane) < look_.last[lane])
          for (Index v = 0; v < n; ++v)
            look_.out(at(lane) * n + v, static_cast<Index>(lane)) = sample(v, static_cast<Index>(lane));
    }
  }
}

}  // namespace poultice::solvers
