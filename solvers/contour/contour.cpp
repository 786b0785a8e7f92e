#include "solvers/contour/contour.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/system/lane_loop.hpp"
#include "solvers/contour/complex_exponential.hpp"
#include "solvers/contour/contour_looks.hpp"
#include "solvers/contour/cram.hpp"
#include "solvers/contour/exponential.hpp"
#include "solvers/contour/scales.hpp"
#include "solvers/contour/symmetry.hpp"
#include "solvers/contour/tails.hpp"
#include "solvers/contour/weight_table.hpp"
#include "solvers/time/progress_guard.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;
using core::LaneSpan;

namespace {

ComplexPack everywhere(std::complex<double> c) { return {in_all_lanes(c.real()), in_all_lanes(c.imag())}; }

/// All times looked at, and the end, since the beginning; rising, each once.
std::vector<double> times_of(const Stretch& stretch) {
  std::vector<double> times{stretch.end - stretch.begin};
  for (const auto& look : stretch.looks)
    for (const double time : look.times) times.push_back(time - stretch.begin);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

class Contour final : public Integrator {
 public:
  Contour(const core::System& system, const Limits& limits, std::unique_ptr<Integrator> fallback,
          std::function<void(double)> seen)
      : system_(system),
        guard_(limits),
        exponential_(system, limits),
        fallback_(std::move(fallback)),
        seen_(std::move(seen)),
        start_(system.n_rows(), system.width()) {}

  void integrate(const Stretch& stretch, LaneSpan state) override {
    begin_ = stretch.begin;
    if (!stretch.is_shared()) return integrate_each(stretch, state);
    const auto times = times_of(stretch);
    begin_from(state, stretch.end - stretch.begin);
    if (Cram::n_poles * times.size() <= Window(times.front(), times.back(), contour_tolerance).n_nodes())
      step_through(stretch, times, state);
    else
      follow(stretch, times, state);
    end(stretch, state);
  }

  [[nodiscard]] Work work() const override {
    Work sum = work_;
    sum += exponential_.work();
    sum += fallback_->work();
    return sum;
  }

 private:
  void begin_from(core::LaneView state, double length) {
    std::copy_n(state.data(), state.size(), start_.span().data());
    given_ = start_;
    dose_ = dose_of(state, system_.forcing(), length);
    is_safe_ = has_real_spectrum(system_.matrix());
    drift_ = drift_of(system_, start_.view(), length);
    for (Index i = 0; i < state.size(); ++i) start_.span().data()[i] -= drift_.steady.view().data()[i];
  }

  void end(const Stretch& stretch, core::LaneView state) {
    check_finite(stretch.end, state);
    if (is_safe_) work_ += refine_tails(system_, given_.view(), stretch);
    if (seen_) seen_(stretch.end);
  }

  void follow(const Stretch& stretch, const std::vector<double>& times, LaneSpan state) {
    Resolvent resolvent(system_, drift_.forcing.view());
    resolvent.pass_by_empty_cells(start_.view());
    for (const auto& window : windows_over(times, contour_tolerance)) pass(window, stretch, resolvent, state);
    ++work_.restarts;
    if (is_safe_ || agrees(stretch, times.front(), state)) return;
    std::copy_n(start_.view().data(), state.size(), state.data());
    add_drift(0.0, state);
    fallback_->integrate(stretch, state);
  }

  void pass(const Window& window, const Stretch& stretch, Resolvent& resolvent, LaneSpan state) {
    std::vector<ContourLook> looks;
    for (const auto& look : stretch.looks) {
      ContourLook here(look, window, stretch.begin, padded(window), resolvent);
      if (!here.is_empty()) looks.push_back(std::move(here));
    }
    const double length = stretch.end - stretch.begin;
    const bool has_end = window.last() == length;
    n_end_nodes_ = has_end ? window.n_active(length) : 0;
    end_weights_ = LaneArray(has_end ? 2 * static_cast<Index>(padded(window)) : 0, state.width());
    const double scale = 2.0 / constant_factor(window, length);
    for (std::size_t k = 0; k < n_end_nodes_; ++k) {
      const auto weight = scale * window.weight(k, length);
      std::fill_n(end_weights_[2 * static_cast<Index>(k)], state.width(), weight.real());
      std::fill_n(end_weights_[2 * static_cast<Index>(k) + 1], state.width(), weight.imag());
    }
    std::vector<NodeLook*> all;
    all.reserve(looks.size());
    for (auto& look : looks) all.push_back(&look);
    visit_nodes(window, resolvent, all, state);
    if (has_end) add_drift(length, state);
    const auto error = error_of(window);
    for (auto& look : looks) look.finish(window, drift_, error);
  }

  [[nodiscard]] static std::size_t padded(const Window& window) {
    return (window.n_nodes() + TwinPack::size - 1) / TwinPack::size * TwinPack::size;
  }

  /// Shows the resolvents at all nodes to `looks`; their sum with the end's weights becomes the state, less
  /// what drifts, if there are such weights.
  void visit_nodes(const Window& window, Resolvent& resolvent, const std::vector<NodeLook*>& looks,
                   LaneSpan state) {
    const std::size_t n = window.n_nodes(), n_padded = padded(window);
    const bool has_end = end_weights_.rows() > 0;
    end_.assign(static_cast<std::size_t>(system_.n_rows()), TwinPack{});
    std::vector<std::complex<double>> nodes(n_padded, window.node(0));
    for (std::size_t k = 0; k < n; ++k) nodes[k] = window.node(k);
    const auto weight_row = [&](std::size_t k, bool imaginary) {
      return end_weights_[2 * static_cast<Index>(k) + (imaginary ? 1 : 0)];
    };

    const Index width = state.width();
    Index lane = 0;
    for (; lane + TwinPack::size <= width; lane += TwinPack::size) {
      std::fill(end_.begin(), end_.end(), TwinPack{});
      for (std::size_t k = 0; k < n; ++k) {
        ComplexPack weight{};
        if (has_end) {
          load(weight.re, weight_row(k, false) + lane);
          load(weight.im, weight_row(k, true) + lane);
        }
        visit(AcrossMembers{lane}, k, everywhere(nodes[k]), weight, resolvent, looks);
      }
      if (!has_end) continue;
      for (Index row = 0; row < state.rows(); ++row)
        store(state[row] + lane, end_[static_cast<std::size_t>(row)]);
    }
    for (; lane < width; ++lane) {
      std::fill(end_.begin(), end_.end(), TwinPack{});
      for (std::size_t k = 0; k < n_padded; k += TwinPack::size) {
        ComplexPack z, weight{};
        for (Index i = 0; i < TwinPack::size; ++i) {
          const auto at = k + static_cast<std::size_t>(i);
          z.re.set(i, nodes[at].real()), z.im.set(i, nodes[at].imag());
          if (!has_end) continue;
          weight.re.set(i, weight_row(at, false)[lane]), weight.im.set(i, weight_row(at, true)[lane]);
        }
        visit(AcrossNodes{lane}, k, z, weight, resolvent, looks);
      }
      if (!has_end) continue;
      for (Index row = 0; row < state.rows(); ++row) {
        double sum = 0.0;
        for (Index i = 0; i < TwinPack::size; ++i) sum += end_[static_cast<std::size_t>(row)][i];
        state(row, lane) = sum;
      }
    }
    work_.factorizations += static_cast<long>(n);
    work_.linear_solves += static_cast<long>(n) * resolvent.n_solves();
  }

  template <class Access>
  void visit(const Access& access, std::size_t k, const ComplexPack& z, const ComplexPack& weight,
             Resolvent& resolvent, const std::vector<NodeLook*>& looks) {
    if (!guard_.is_in_time()) {
      if (guard_.was_interrupted()) throw core::Interrupted(begin_);
      throw core::IntegrationError(begin_, guard_.reason(), guard_.hint());
    }
    resolvent.solve(access, z, start_.view(), 1.0 / z);
    for (auto* look : looks) look->observe(access, k, z, resolvent, start_.view());
    if (k >= n_end_nodes_) return;
    for (std::size_t row = 0; row < end_.size(); ++row) {
      const auto& x = resolvent[static_cast<Index>(row)];
      end_[row] += weight.re * x.re - weight.im * x.im;
    }
  }

  /// What a sum of amounts may err by [1][lane], mol: twenty times the bound of a scalar. Where a forcing
  /// fills what hardly empties, a double pole costs three digits; where species arise from one another at
  /// like rates, each costs one. Without a real spectrum there is no bound.
  [[nodiscard]] LaneArray error_of(const Window& window) const {
    if (!is_safe_) return {1, system_.width(), std::numeric_limits<double>::infinity()};
    const auto n_species = std::max<Index>(system_.layout().n_species(), 1);
    const double relative = std::max(contour_tolerance, 20.0 * window.error_bound()) *
                            std::pow(10.0, static_cast<double>(n_species - 1));
    const auto forcing = system_.forcing();
    const bool is_forced =
        std::any_of(forcing.data(), forcing.data() + forcing.size(), [](double b) { return b != 0.0; });
    LaneArray error = dose_;
    for (Index lane = 0; lane < error.width(); ++lane) error(0, lane) *= (is_forced ? 1e3 : 1.0) * relative;
    return error;
  }

  void add_drift(double length, LaneSpan state) const {
    for (Index i = 0; i < state.size(); ++i)
      state.data()[i] += drift_.steady.view().data()[i] + length * drift_.slope.view().data()[i];
  }

  /// The same by the rational exponential, from each time to the next.
  void step_through(const Stretch& stretch, const std::vector<double>& times, LaneSpan state) {
    LaneArray dying(state.rows(), state.width()), rate = dying;
    std::vector<std::size_t> next(stretch.looks.size(), 0);
    exponential_.start(0.0, start_.view(), drift_.forcing.view());
    for (const double time : times) {
      exponential_.advance(time, dying.span());
      std::copy_n(dying.view().data(), state.size(), state.data());
      add_drift(time, state);
      for (std::size_t i = 0; i < next.size(); ++i) {
        const auto& what = stretch.looks[i].what;
        const auto& at = stretch.looks[i].times;
        const auto& out = stretch.looks[i].out;
        if (next[i] == at.size() || at[next[i]] - stretch.begin != time) continue;
        if (!what->of_rate().empty()) system_.rates(stretch.begin + time, state, rate.span());
        const Index n = what->n_values();
        what->evaluate(state, rate.view(), {out[static_cast<Index>(next[i]++) * n], n, out.width()});
      }
    }
  }

  // Where stretches differ from lane to lane, times are counted from each lane's own beginning. All lanes
  // share nodes, in seconds: a window serves lanes of all lengths.

  void integrate_each(const Stretch& stretch, LaneSpan state) {
    const auto width = static_cast<std::size_t>(state.width());
    lengths_.resize(width);
    for (std::size_t lane = 0; lane < width; ++lane)
      lengths_[lane] = stretch.ends[lane] - stretch.begins[lane];
    begin_from(state, *std::max_element(lengths_.begin(), lengths_.end()));
    exponential_.start(0.0, start_.view(), drift_.forcing.view());
    Index n_samples = 0;
    for (const auto& look : stretch.looks) n_samples += most_samples(look);
    const auto window = window_for(stretch);
    if (static_cast<Index>(Cram::n_poles) * (n_samples + 1) <= static_cast<Index>(window.n_nodes()))
      jump_through(stretch, state);
    else
      follow_each(stretch, window, state);
    end(stretch, state);
  }

  static Index most_samples(const Look& look) {
    Index most = 0;
    for (std::size_t lane = 0; lane < look.first.size(); ++lane)
      most = std::max(most, look.last[lane] - look.first[lane]);
    return most;
  }

  /// From half a spacing on, so that no lane has more than one sample before; until the longest lane's end,
  /// or somewhat later, so that blocks of nearly the same lengths share their weights.
  [[nodiscard]] Window window_for(const Stretch& stretch) const {
    const double longest = *std::max_element(lengths_.begin(), lengths_.end());
    double spacing = longest;
    for (const auto& look : stretch.looks)
      if (most_samples(look) > 0) spacing = std::min(spacing, look.spacing);
    constexpr double per_octave = 4.0;
    const double last = std::exp2(std::ceil(per_octave * std::log2(longest)) / per_octave);
    return {0.5 * spacing, std::max(last, longest), contour_tolerance};
  }

  void follow_each(const Stretch& stretch, const Window& window, LaneSpan state) {
    Resolvent resolvent(system_, drift_.forcing.view());
    std::vector<LaggedLook> looks;
    std::vector<std::vector<Index>> first;  // of the samples that each look takes
    for (const auto& look : stretch.looks) {
      LaggedLook here(look, stretch.begins, window, padded(window), resolvent);
      first.push_back(here.first());
      if (!here.is_empty()) looks.push_back(std::move(here));
    }
    std::vector<NodeLook*> all;
    all.reserve(looks.size());
    for (auto& look : looks) all.push_back(&look);
    set_end_weights(window, state.width());
    visit_nodes(window, resolvent, all, state);
    add_drift(lengths_.data(), state);
    const auto error = error_of(window);
    for (auto& look : looks) look.finish(window, drift_, error);
    if (std::any_of(lengths_.begin(), lengths_.end(), [&](double l) { return l < window.first(); }))
      end_short_lanes(window.first(), state);
    for (std::size_t i = 0; i < first.size(); ++i) jump(stretch, stretch.looks[i], first[i]);
    ++work_.restarts;
    if (is_safe_ || agrees_each(window, state)) return;
    std::copy_n(start_.view().data(), state.size(), state.data());
    add_drift(0.0, state);
    fallback_->integrate(stretch, state);
  }

  /// Weights that give each lane its state at its own end.
  void set_end_weights(const Window& window, Index width) {
    end_weights_ = LaneArray(2 * static_cast<Index>(padded(window)), width);
    LaneArray of_constant(1, width);
    // Lanes that end before the window begins get theirs otherwise.
    std::vector<double> lengths = lengths_;
    for (double& length : lengths) length = std::max(length, window.first());
    n_end_nodes_ = window.n_active(*std::min_element(lengths.begin(), lengths.end()));
    double* sum = of_constant[0];
    for (std::size_t k = 0; k < n_end_nodes_; ++k) {
      double* re = end_weights_[2 * static_cast<Index>(k)];
      double* im = end_weights_[2 * static_cast<Index>(k) + 1];
      exponentials(window.node(k), lengths.data(), width, re, im);
      const auto factor = 2.0 * window.weight(k, 0.0), inverse = 1.0 / window.node(k);
      core::for_lanes(width, [&](Index lane) {
        const double x = re[lane], y = im[lane];
        re[lane] = x * factor.real() - y * factor.imag();
        im[lane] = x * factor.imag() + y * factor.real();
        sum[lane] += re[lane] * inverse.real() - im[lane] * inverse.imag();
      });
    }
    for (Index row = 0; row < end_weights_.rows(); ++row) {
      double* weight = end_weights_[row];
      core::for_lanes(width, [&](Index lane) { weight[lane] /= sum[lane]; });
    }
  }

  /// The end of lanes shorter than `least` by the rational exponential.
  void end_short_lanes(double least, LaneSpan state) {
    LaneArray ends(state.rows(), state.width());
    jump_to(lengths_.data(), ends.span());
    for (Index lane = 0; lane < state.width(); ++lane)
      if (lengths_[static_cast<std::size_t>(lane)] < least)
        for (Index row = 0; row < state.rows(); ++row) state(row, lane) = ends(row, lane);
  }

  /// The state of each lane so long [lane], s, after its beginning, by the rational exponential.
  void jump_to(const double* times, LaneSpan state) {
    exponential_.interpolate(times, state);
    for (Index lane = 0; lane < state.width(); ++lane)
      if (times[lane] == 0.0)
        for (Index row = 0; row < state.rows(); ++row) state(row, lane) = start_(row, lane);
    add_drift(times, state);
  }

  /// All samples and the end by the rational exponential, each from the beginning.
  void jump_through(const Stretch& stretch, LaneSpan state) {
    for (const auto& look : stretch.looks) jump(stretch, look, {look.last.begin(), look.last.end()});
    jump_to(lengths_.data(), state);
  }

  /// The samples of a look before `last` [lane] in the same way.
  void jump(const Stretch& stretch, const Look& look, const std::vector<Index>& last) {
    if (look.times.empty()) return;
    const Index width = start_.width(), n = look.what->n_values();
    LaneArray moment(start_.rows(), width), rate(start_.rows(), width), values(n, width);
    std::vector<Index> next(look.first.begin(), look.first.end());
    std::vector<double> times(next.size());
    while (true) {
      for (std::size_t lane = 0; lane < next.size(); ++lane)
        times[lane] = next[lane] < last[lane]
                          ? look.times[static_cast<std::size_t>(next[lane])] - stretch.begins[lane]
                          : 0.0;
      if (std::all_of(times.begin(), times.end(), [](double time) { return time == 0.0; })) return;
      jump_to(times.data(), moment.span());
      if (!look.what->of_rate().empty())
        system_.observed_rates(stretch.begins.data(), moment.view(), rate.span());
      look.what->evaluate(moment.view(), rate.view(), values.span());
      for (std::size_t lane = 0; lane < next.size(); ++lane) {
        if (next[lane] >= last[lane]) continue;
        for (Index v = 0; v < n; ++v)
          look.out(next[lane] * n + v, static_cast<Index>(lane)) = values(v, static_cast<Index>(lane));
        ++next[lane];
      }
    }
  }

  void add_drift(const double* times, LaneSpan state) const {
    for (Index row = 0; row < state.rows(); ++row) {
      double* amount = state[row];
      const double *steady = drift_.steady[row], *slope = drift_.slope[row];
      core::for_lanes(state.width(),
                      [&](Index lane) { amount[lane] += steady[lane] + times[lane] * slope[lane]; });
    }
  }

  [[nodiscard]] bool agrees_each(const Window& window, core::LaneView end) {
    LaneArray other(end.rows(), end.width());
    jump_to(lengths_.data(), other.span());
    return is_same(end, other.view()) && agrees_at(window.first());
  }

  /// Whether the rational exponential gives the same end, and the same start to a stretch ending at `first`.
  [[nodiscard]] bool agrees(const Stretch& stretch, double first, core::LaneView end) {
    LaneArray other(end.rows(), end.width());
    by_exponential(stretch.end - stretch.begin, other.span());
    return is_same(end, other.view()) && agrees_at(first);
  }

  [[nodiscard]] bool agrees_at(double length) {
    LaneArray one(start_.rows(), start_.width()), other = one;
    Resolvent resolvent(system_, drift_.forcing.view());
    pass(Window(length, length, contour_tolerance), {0.0, length, {}}, resolvent, one.span());
    by_exponential(length, other.span());
    return is_same(one.view(), other.view());
  }

  void by_exponential(double length, LaneSpan to) {
    exponential_.start(0.0, start_.view(), drift_.forcing.view());
    exponential_.advance(length, to);
    add_drift(length, to);
  }

  [[nodiscard]] bool is_same(core::LaneView a, core::LaneView b) const {
    for (Index lane = 0; lane < a.width(); ++lane) {
      double largest = 0.0, error = 0.0;
      for (Index row = 0; row < a.rows(); ++row) {
        largest = std::max(largest, std::abs(start_(row, lane)));
        largest = std::max(largest, std::abs(b(row, lane)));
        error = std::max(error, std::abs(a(row, lane) - b(row, lane)));
      }
      if (!(error <= 1e-9 * largest)) return false;
    }
    return true;
  }

  void check_finite(double time, core::LaneView state) const {
    for (Index row = 0; row < state.rows(); ++row)
      for (Index lane = 0; lane < state.width(); ++lane)
        if (!std::isfinite(state(row, lane)))
          throw core::IntegrationError(
              time, fmt::format("the amount in {} is not a finite number", system_.layout().row_name(row)),
              "look for a parameter that is extreme; `poultice check` lists all of them");
  }

  const core::System& system_;
  ProgressGuard guard_;
  double begin_ = 0.0;  // of the stretch
  bool is_safe_ = false;
  Exponential exponential_;
  std::unique_ptr<Integrator> fallback_;
  std::function<void(double)> seen_;
  LaneArray given_;  // the state at the beginning
  LaneArray start_;  // the same, less what drifts
  LaneArray dose_;
  Drift drift_;
  std::vector<TwinPack> end_;
  std::size_t n_end_nodes_ = 0;  // that matter at the end of the stretch
  LaneArray end_weights_;  // [2 * node + part][lane] of the state at the end; no rows if it is not wanted
  std::vector<double> lengths_;  // [lane], s; where they differ
  Work work_;
};

}  // namespace

std::unique_ptr<Integrator> make_contour(const core::System& system, const Limits& limits,
                                         std::unique_ptr<Integrator> fallback,
                                         std::function<void(double)> seen) {
  return std::make_unique<Contour>(system, limits, std::move(fallback), std::move(seen));
}

}  // namespace poultice::solvers
