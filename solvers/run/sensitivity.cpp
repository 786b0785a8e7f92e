#include "solvers/run/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/error.hpp"
#include "solvers/contour/contour.hpp"
#include "solvers/contour/derivative.hpp"
#include "solvers/contour/drift.hpp"
#include "solvers/contour/exponential.hpp"
#include "solvers/contour/symmetry.hpp"
#include "solvers/contour/weight_table.hpp"
#include "solvers/run/parameter_lanes.hpp"
#include "solvers/run/simulate.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;
using core::LaneView;

namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

/// A row of numbers with their derivatives: [row], and [parameter][row].
struct Rows {
  Rows(std::size_t n_parameters, Index n_rows) : value(at(n_rows)), slopes(n_parameters, value) {}
  std::vector<double> value;
  std::vector<std::vector<double>> slopes;
};

Rows rows_of(LaneView lanes, const ParameterLanes& parameters) {
  Rows rows(parameters.n_parameters(), lanes.rows());
  for (Index row = 0; row < lanes.rows(); ++row) {
    rows.value[at(row)] = lanes(row, 0);
    for (std::size_t p = 0; p < rows.slopes.size(); ++p)
      rows.slopes[p][at(row)] = parameters.slope(lanes[row], p);
  }
  return rows;
}

LaneArray lanes_of(const Rows& rows, const ParameterLanes& parameters) {
  LaneArray lanes(static_cast<Index>(rows.value.size()), parameters.width());
  std::vector<double> slopes(parameters.n_parameters());
  for (Index row = 0; row < lanes.rows(); ++row) {
    for (std::size_t p = 0; p < slopes.size(); ++p) slopes[p] = rows.slopes[p][at(row)];
    parameters.spread(rows.value[at(row)], slopes, lanes[row]);
  }
  return lanes;
}

/// How the matrix changes with each parameter.
std::vector<RateSlots> rate_slopes(const core::RateMatrix& matrix, const ParameterLanes& parameters) {
  std::vector<RateSlots> all;
  for (std::size_t p = 0; p < parameters.n_parameters(); ++p) {
    auto& slots = all.emplace_back(matrix);
    const auto take = [&](const LaneArray& from, std::vector<double>& to) {
      for (std::size_t i = 0; i < to.size(); ++i) to[i] = parameters.slope(from[static_cast<Index>(i)], p);
    };
    take(matrix.up(), slots.up);
    take(matrix.down(), slots.down);
    take(matrix.local(), slots.local);
    take(matrix.coupling_values(), slots.couplings);
  }
  return all;
}

/// A probe's weights with their derivatives.
struct Watched {
  Watched(const core::Probe& probe, const ParameterLanes& parameters) : of_rate(probe.of_rate) {
    for (const auto& entry : probe.entries) {
      rows.push_back(entry.row);
      const double* lanes = probe.weights[entry.weight];
      weights.push_back(lanes[0]);
      std::vector<double> of_entry;
      for (std::size_t p = 0; p < parameters.n_parameters(); ++p)
        of_entry.push_back(parameters.slope(lanes, p));
      slopes.push_back(std::move(of_entry));
    }
  }

  /// What is seen of numbers value(row) with derivatives slope(parameter, row).
  template <class Number, class Value, class Slope>
  void observe(Value&& value, Slope&& slope, Number& seen, Number* seen_slopes) const {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Number here = value(rows[i]);
      seen += weights[i] * here;
      for (std::size_t p = 0; p < slopes[i].size(); ++p)
        seen_slopes[p] += weights[i] * slope(p, rows[i]) + slopes[i][p] * here;
    }
  }

  bool of_rate;
  std::vector<Index> rows;
  std::vector<double> weights;
  std::vector<std::vector<double>> slopes;  ///< [entry][parameter]
};

class Run {
 public:
  Run(std::shared_ptr<const core::Scenario> scenario, const std::vector<std::string>& paths)
      : parameters_(*scenario, paths),
        block_(parameters_.block()),
        controls_(block_.initial_controls()),
        state_(paths.size(), block_.system().n_rows()) {
    if (!block_.system().is_linear())
      throw core::ModelError("sensitivity",
                             "serves linear studies only; this one has the nonlinear term " +
                                 block_.system().term_names().back(),
                             "compare runs with slightly different values");
    found_.scenario = std::move(scenario);
    found_.parameters = paths;
    found_.values = parameters_.values();
    found_.times = sample_times(*found_.scenario);
    for (const auto& probe : block_.probes()) {
      if (!probe.axis.empty()) continue;
      watched_.emplace_back(probe, parameters_);
      found_.probes.push_back(probe);
      found_.probes.back().entries.clear();
      found_.probes.back().weights = LaneArray();
      const auto n_times = static_cast<Index>(found_.times.size());
      found_.curves.emplace_back(n_times, 1);
      found_.slopes.emplace_back(n_times, static_cast<Index>(paths.size()));
    }
  }

  Sensitivity go() {
    const auto& events = found_.scenario->events();
    const double end = found_.scenario->duration();
    for (double time = 0.0;;) {
      for (; next_event_ < events.size() && events[next_event_].time <= time; ++next_event_)
        act(events[next_event_]);
      block_.system().set_controls(controls_.view());
      rate_slopes_ = rate_slopes(block_.system().matrix(), parameters_);
      forcing_ = std::make_unique<Rows>(rows_of(block_.system().forcing(), parameters_));
      look_here(time);
      if (time >= end) break;
      const double stop = next_event_ < events.size() ? std::min(events[next_event_].time, end) : end;
      integrate(time, stop);
      time = stop;
    }
    sum_up();
    return std::move(found_);
  }

 private:
  /// What the schedule does to a state and its derivatives: done to all lanes, and differentiated where it
  /// did anything.
  void act(const core::Event& event) {
    const auto before = lanes_of(state_, parameters_);
    auto after = before;
    block_.act(event, after.span(), controls_.span());
    for (Index row = 0; row < after.rows(); ++row) {
      if (std::equal(after[row], after[row] + after.width(), before[row])) continue;
      state_.value[at(row)] = after(row, 0);
      for (std::size_t p = 0; p < state_.slopes.size(); ++p)
        state_.slopes[p][at(row)] = parameters_.slope(after[row], p);
    }
  }

  /// The rates of the state where it is.
  [[nodiscard]] Rows rates() const {
    const auto& matrix = block_.system().matrix();
    const auto rates = rates_of(matrix, 0);
    const auto complex = [](const std::vector<double>& v) { return ComplexVector(v.begin(), v.end()); };
    const auto to_real = [](const ComplexVector& from, std::vector<double>& to) {
      for (std::size_t i = 0; i < to.size(); ++i) to[i] = from[i].real();
    };
    Rows found(state_.slopes.size(), block_.system().n_rows());
    const auto state = complex(state_.value);
    auto sum = complex(forcing_->value);
    multiply_add(matrix, rates, state, sum);
    to_real(sum, found.value);
    for (std::size_t p = 0; p < found.slopes.size(); ++p) {
      sum = complex(forcing_->slopes[p]);
      multiply_add(matrix, rates, complex(state_.slopes[p]), sum);
      multiply_add(matrix, rate_slopes_[p], state, sum);
      to_real(sum, found.slopes[p]);
    }
    return found;
  }

  /// Samples where a stretch begins, after the events there.
  void look_here(double time) {
    const auto sample = std::lower_bound(found_.times.begin(), found_.times.end(), time);
    if (sample == found_.times.end() || *sample != time) return;
    const auto rate = rates();
    for (std::size_t i = 0; i < watched_.size(); ++i)
      add(i, sample - found_.times.begin(), state_, rate, 1.0);
  }

  /// Adds `factor` times what a probe sees of a state and its rate to its sample.
  void add(std::size_t probe, Index sample, const Rows& state, const Rows& rate, double factor) {
    const auto& of = watched_[probe].of_rate ? rate : state;
    double seen = 0.0;
    std::vector<double> slopes(parameters_.n_parameters());
    watched_[probe].observe([&](Index row) { return of.value[at(row)]; },
                            [&](std::size_t p, Index row) { return of.slopes[p][at(row)]; }, seen,
                            slopes.data());
    found_.curves[probe](sample, 0) += factor * seen;
    for (std::size_t p = 0; p < slopes.size(); ++p)
      found_.slopes[probe](sample, static_cast<Index>(p)) += factor * slopes[p];
  }

  void integrate(double begin, double stop) {
    const auto& system = block_.system();
    const double length = stop - begin;
    const auto lanes = lanes_of(state_, parameters_);
    const auto drift = drift_of(system, lanes.view(), length);
    const auto steady = rows_of(drift.steady.view(), parameters_);
    const auto slope = rows_of(drift.slope.view(), parameters_);
    const auto forcing = rows_of(drift.forcing.view(), parameters_);
    const auto rest = [](const std::vector<double>& all, const std::vector<double>& part) {
      auto left = all;
      for (std::size_t i = 0; i < left.size(); ++i) left[i] -= part[i];
      return left;
    };
    std::vector<Direction> directions;
    for (std::size_t p = 0; p < parameters_.n_parameters(); ++p)
      directions.push_back({rate_slopes_[p], {rest(state_.slopes[p], steady.slopes[p]), forcing.slopes[p]}});
    Derivative derivative(system.matrix(), 0, {rest(state_.value, steady.value), forcing.value},
                          std::move(directions));

    const auto first = std::upper_bound(found_.times.begin(), found_.times.end(), begin);
    const auto last = std::lower_bound(first, found_.times.end(), stop);
    std::vector<double> times;
    for (auto time = first; time != last; ++time) times.push_back(*time - begin);
    times.push_back(length);
    first_sample_ = first - found_.times.begin();
    Rows end(parameters_.n_parameters(), system.n_rows());
    for (const auto& window : windows_over(times, contour_tolerance)) pass(window, times, derivative, end);

    const Rows none(parameters_.n_parameters(), system.n_rows());
    for (std::size_t i = 0; i + 1 < times.size(); ++i)
      for (std::size_t probe = 0; probe < watched_.size(); ++probe) {
        add(probe, first_sample_ + static_cast<Index>(i), steady, slope, 1.0);
        add(probe, first_sample_ + static_cast<Index>(i), slope, none, times[i]);
      }
    const auto drift_on = [&](std::vector<double>& to, const std::vector<double>& constant,
                              const std::vector<double>& growing) {
      for (std::size_t i = 0; i < to.size(); ++i) to[i] += constant[i] + length * growing[i];
    };
    drift_on(end.value, steady.value, slope.value);
    for (std::size_t p = 0; p < end.slopes.size(); ++p)
      drift_on(end.slopes[p], steady.slopes[p], slope.slopes[p]);
    if (!has_real_spectrum(system.matrix())) compare(stop, lanes, length, end);
    state_ = std::move(end);
  }

  /// All samples within one window, and the end if it is among them.
  void pass(const Window& window, const std::vector<double>& times, Derivative& derivative, Rows& end) {
    const std::size_t n = parameters_.n_parameters();
    const double length = times.back(), to_end = 2.0 / constant_factor(window, length);
    std::vector<double> scales;
    scales.reserve(times.size());
    for (const double time : times) scales.push_back(2.0 / constant_factor(window, time));
    ComplexVector slopes(n);
    for (std::size_t k = 0; k < window.n_nodes(); ++k) {
      derivative.solve(window.node(k));
      if (window.last() == length) {
        const auto weight = to_end * window.weight(k, length);
        for (std::size_t row = 0; row < end.value.size(); ++row) {
          end.value[row] += (weight * derivative.state()[row]).real();
          for (std::size_t p = 0; p < n; ++p)
            end.slopes[p][row] += (weight * derivative.slope(p)[row]).real();
        }
      }
      for (std::size_t probe = 0; probe < watched_.size(); ++probe) {
        std::complex<double> seen = 0.0;
        std::fill(slopes.begin(), slopes.end(), 0.0);
        if (watched_[probe].of_rate)
          watched_[probe].observe([&](Index row) { return derivative.state_rate(row); },
                                  [&](std::size_t p, Index row) { return derivative.slope_rate(p, row); },
                                  seen, slopes.data());
        else
          watched_[probe].observe([&](Index row) { return derivative.state()[at(row)]; },
                                  [&](std::size_t p, Index row) { return derivative.slope(p)[at(row)]; },
                                  seen, slopes.data());
        for (std::size_t i = 0; i + 1 < times.size(); ++i) {
          if (times[i] < window.first() || times[i] > window.last()) continue;
          if (k >= window.n_active(times[i])) continue;
          const auto weight = scales[i] * window.weight(k, times[i]);
          const Index sample = first_sample_ + static_cast<Index>(i);
          found_.curves[probe](sample, 0) += (weight * seen).real();
          for (std::size_t p = 0; p < n; ++p)
            found_.slopes[probe](sample, static_cast<Index>(p)) += (weight * slopes[p]).real();
        }
      }
    }
  }

  /// Where the spectrum may lie off the real axis, the rational exponential must come to the same end.
  void compare(double time, const LaneArray& start, double length, const Rows& end) const {
    Exponential exponential(block_.system(), Limits{});
    LaneArray other(start.rows(), start.width());
    exponential.start(0.0, start.view(), length);
    exponential.advance(length, other.span());
    const auto expected = rows_of(other.view(), parameters_);
    const auto differ = [](const std::vector<double>& a, const std::vector<double>& b, double allowed) {
      double largest = 0.0, error = 0.0;
      for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(b[i])), error = std::max(error, std::abs(a[i] - b[i]));
      return !(error <= allowed * largest);
    };
    bool is_off = differ(end.value, expected.value, 1e-9);
    for (std::size_t p = 0; p < end.slopes.size() && !is_off; ++p)
      is_off = differ(end.slopes[p], expected.slopes[p], 1e-6);
    if (is_off)
      throw core::IntegrationError(time, "the system goes round in circles, where contours do not serve",
                                   "compare runs with slightly different values");
  }

  /// Headlines of all lanes, and their differences.
  void sum_up() {
    const auto n_times = static_cast<Index>(found_.times.size());
    found_.headlines = block_.headlines();
    const auto n = static_cast<Index>(found_.headlines.size());
    found_.headline_values = LaneArray(n, 1);
    found_.headline_slopes = LaneArray(n, static_cast<Index>(parameters_.n_parameters()));
    std::vector<double> slopes(parameters_.n_parameters()), reduced(at(parameters_.width()));
    Record shown;
    shown.times = found_.times;
    const Reducer reducer(shown, parameters_.width());
    for (Index h = 0; h < n; ++h) {
      const auto& headline = found_.headlines[at(h)];
      const auto found = std::find_if(found_.probes.begin(), found_.probes.end(),
                                      [&](const auto& probe) { return probe.name == headline.probe; });
      POULTICE_ASSERT(found != found_.probes.end());
      const auto probe = static_cast<std::size_t>(found - found_.probes.begin());
      LaneArray samples(n_times, parameters_.width());
      for (Index i = 0; i < n_times; ++i) {
        std::copy_n(found_.slopes[probe][i], slopes.size(), slopes.begin());
        parameters_.spread(found_.curves[probe](i, 0), slopes, samples[i]);
      }
      reducer.reduce(headline, samples.view(), reduced.data());
      found_.headline_values(h, 0) = reduced.front();
      for (std::size_t p = 0; p < slopes.size(); ++p)
        found_.headline_slopes(h, static_cast<Index>(p)) =
            headline.reduction == core::Headline::Reduction::time_of_maximum
                ? std::numeric_limits<double>::quiet_NaN()
                : parameters_.slope(reduced.data(), p);
    }
  }

  ParameterLanes parameters_;
  Block block_;
  LaneArray controls_;
  Rows state_;
  std::vector<RateSlots> rate_slopes_;
  std::unique_ptr<Rows> forcing_;
  std::vector<Watched> watched_;
  std::size_t next_event_ = 0;
  Index first_sample_ = 0;
  Sensitivity found_;
};

}  // namespace

Sensitivity sensitivity(std::shared_ptr<const core::Scenario> scenario,
                        const std::vector<std::string>& parameters) {
  return Run(std::move(scenario), parameters).go();
}

}  // namespace poultice::solvers
