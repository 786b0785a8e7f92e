#include "solvers/contour/contour.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/base/error.hpp"
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
    const auto times = times_of(stretch);
    std::copy_n(state.data(), state.size(), start_.span().data());
    const LaneArray begin = start_;
    dose_ = dose_of(begin.view(), system_.forcing(), stretch.end - stretch.begin);
    is_safe_ = has_real_spectrum(system_.matrix());
    drift_ = drift_of(system_, start_.view(), stretch.end - stretch.begin);
    for (Index i = 0; i < state.size(); ++i) start_.span().data()[i] -= drift_.steady.view().data()[i];
    if (Cram::n_poles * times.size() <= Window(times.front(), times.back(), contour_tolerance).n_nodes())
      step_through(stretch, times, state);
    else
      follow(stretch, times, state);
    check_finite(stretch.end, state);
    if (is_safe_) work_ += refine_tails(system_, begin.view(), stretch);
    if (seen_) seen_(stretch.end);
  }

  [[nodiscard]] Work work() const override {
    Work sum = work_;
    sum += exponential_.work();
    sum += fallback_->work();
    return sum;
  }

 private:
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
    const std::size_t n = window.n_nodes(),
                      n_padded = (n + TwinPack::size - 1) / TwinPack::size * TwinPack::size;
    std::vector<ContourLook> looks;
    for (const auto& look : stretch.looks) {
      ContourLook here(look, window, stretch.begin, n_padded, resolvent);
      if (!here.is_empty()) looks.push_back(std::move(here));
    }
    const double length = stretch.end - stretch.begin;
    const bool has_end = window.last() == length;
    n_end_nodes_ = has_end ? window.n_active(length) : 0;
    end_.assign(static_cast<std::size_t>(system_.n_rows()), TwinPack{});
    std::vector<std::complex<double>> weights(n_padded), nodes(n_padded, window.node(0));
    const double scale = 2.0 / constant_factor(window, length);
    for (std::size_t k = 0; k < n; ++k) {
      nodes[k] = window.node(k);
      weights[k] = k < n_end_nodes_ ? scale * window.weight(k, length) : 0.0;
    }

    const Index width = state.width();
    Index lane = 0;
    for (; lane + TwinPack::size <= width; lane += TwinPack::size) {
      std::fill(end_.begin(), end_.end(), TwinPack{});
      for (std::size_t k = 0; k < n; ++k)
        visit(AcrossMembers{lane}, k, everywhere(nodes[k]), everywhere(weights[k]), resolvent, looks);
      if (!has_end) continue;
      for (Index row = 0; row < state.rows(); ++row)
        store(state[row] + lane, end_[static_cast<std::size_t>(row)]);
    }
    for (; lane < width; ++lane) {
      std::fill(end_.begin(), end_.end(), TwinPack{});
      for (std::size_t k = 0; k < n_padded; k += TwinPack::size) {
        ComplexPack z, weight;
        for (Index i = 0; i < TwinPack::size; ++i) {
          const auto at = k + static_cast<std::size_t>(i);
          z.re.set(i, nodes[at].real()), z.im.set(i, nodes[at].imag());
          weight.re.set(i, weights[at].real()), weight.im.set(i, weights[at].imag());
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
    if (has_end) add_drift(length, state);
    const auto error = error_of(window);
    for (auto& look : looks) look.finish(window, drift_, error);
    work_.factorizations += static_cast<long>(n);
    work_.linear_solves += static_cast<long>(n) * resolvent.n_solves();
  }

  template <class Access>
  void visit(const Access& access, std::size_t k, const ComplexPack& z, const ComplexPack& weight,
             Resolvent& resolvent, std::vector<ContourLook>& looks) {
    if (!guard_.is_in_time()) {
      if (guard_.was_interrupted()) throw core::Interrupted(begin_);
      throw core::IntegrationError(begin_, guard_.reason(), guard_.hint());
    }
    resolvent.solve(access, z, start_.view(), 1.0 / z);
    for (auto& look : looks) look.observe(access, k, z, resolvent, start_.view());
    if (k >= n_end_nodes_) return;
    for (std::size_t row = 0; row < end_.size(); ++row) {
      const auto& x = resolvent[static_cast<Index>(row)];
      end_[row] += weight.re * x.re - weight.im * x.im;
    }
  }

  /// What a sum of amounts may err by [1][lane], mol: twenty times the bound of a scalar. Where a forcing
  /// fills what hardly empties, a double pole costs three digits. Without a real spectrum there is no bound.
  [[nodiscard]] LaneArray error_of(const Window& window) const {
    if (!is_safe_) return {1, system_.width(), std::numeric_limits<double>::infinity()};
    const double relative = std::max(contour_tolerance, 20.0 * window.error_bound());
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
        const auto& [what, at, out] = stretch.looks[i];
        if (next[i] == at.size() || at[next[i]] - stretch.begin != time) continue;
        if (!what->of_rate().empty()) system_.rates(stretch.begin + time, state, rate.span());
        const Index n = what->n_values();
        what->evaluate(state, rate.view(), {out[static_cast<Index>(next[i]++) * n], n, out.width()});
      }
    }
  }

  /// Whether the rational exponential gives the same end, and the same start to a stretch ending at `first`.
  [[nodiscard]] bool agrees(const Stretch& stretch, double first, core::LaneView end) {
    LaneArray other(end.rows(), end.width()), soon = other;
    const auto by_contour = [&](double length, LaneSpan to) {
      Resolvent resolvent(system_, drift_.forcing.view());
      pass(Window(length, length, contour_tolerance), {0.0, length, {}}, resolvent, to);
    };
    const auto by_exponential = [&](double length, LaneSpan to) {
      exponential_.start(0.0, start_.view(), drift_.forcing.view());
      exponential_.advance(length, to);
      add_drift(length, to);
    };
    const auto same = [&](core::LaneView a, core::LaneView b) {
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
    };
    by_exponential(stretch.end - stretch.begin, other.span());
    if (!same(end, other.view())) return false;
    by_contour(first, soon.span());
    by_exponential(first, other.span());
    return same(soon.view(), other.view());
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
  LaneArray start_, dose_;
  Drift drift_;
  std::vector<TwinPack> end_;
  std::size_t n_end_nodes_ = 0;  // that matter at the end of the stretch
  Work work_;
};

}  // namespace

std::unique_ptr<Integrator> make_contour(const core::System& system, const Limits& limits,
                                         std::unique_ptr<Integrator> fallback,
                                         std::function<void(double)> seen) {
  return std::make_unique<Contour>(system, limits, std::move(fallback), std::move(seen));
}

}  // namespace poultice::solvers
