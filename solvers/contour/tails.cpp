#include "solvers/contour/tails.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "solvers/contour/resolvent.hpp"
#include "solvers/contour/scales.hpp"
#include "solvers/contour/window.hpp"

namespace poultice::solvers {

using core::Index;
using core::LaneArray;
using core::LaneView;

namespace {

/// Whole packs of them, on any processor.
constexpr std::size_t n_nodes = 32;
/// The ratio of the times that one window serves.
constexpr double widest = 2.0;
/// What is smaller, relative to the dose, is nothing.
constexpr double smallest = 1e-30;

/// One sample of one lane that is to be worked out anew.
struct Small {
  double time;  ///< since the stretch began
  double* to;
  const Observation* what;
  Index value;
  double nothing;  ///< what is taken for zero
};
using SmallOfLanes = std::vector<std::vector<Small>>;

/// Values that stand for themselves and are sums: what is a difference has no digits to be found.
std::vector<bool> candidates(const Observation& what) {
  std::vector<bool> all(static_cast<std::size_t>(what.n_values()));
  for (Index value = 0; value < what.n_values(); ++value)
    all[static_cast<std::size_t>(value)] = what.is_scalar(value);
  for (const auto* entries : {&what.of_state(), &what.of_rate()})
    for (const auto& [value, row, weight] : *entries)
      if (std::any_of(weight, weight + what.width(), [](double w) { return w < 0.0; }))
        all[static_cast<std::size_t>(value)] = false;
  return all;
}

/// The beginning of a stretch, and what is observed there.
class Beginning {
 public:
  Beginning(const core::System& system, LaneView start, double time)
      : system_(system), start_(start), time_(time) {}

  [[nodiscard]] LaneArray observe(const Observation& what) {
    LaneArray seen(what.n_values(), what.width());
    if (rate_.rows() == 0 && !what.of_rate().empty()) {
      rate_ = LaneArray(system_.n_rows(), system_.width());
      system_.rates(time_, start_, rate_.span());
    }
    what.evaluate(start_, rate_.view(), seen.span());
    return seen;
  }

 private:
  const core::System& system_;
  LaneView start_;
  double time_;
  LaneArray rate_;
};

void find_small(const Look& look, const Stretch& stretch, Beginning& beginning, const LaneArray& dose,
                SmallOfLanes& found) {
  if (look.times.empty()) return;
  const auto& what = *look.what;
  const Index n = what.n_values();
  const auto scales = scales_of(what, dose);
  const auto is_candidate = candidates(what);
  std::vector<bool> is_rate(static_cast<std::size_t>(n), false);
  for (const auto& entry : what.of_rate()) is_rate[static_cast<std::size_t>(entry.value)] = true;
  std::optional<LaneArray> begun;
  for (Index value = 0; value < n; ++value) {
    if (!is_candidate[static_cast<std::size_t>(value)]) continue;
    const auto scale_at = [&](Index lane, double time) {
      return scales(value, lane) / (is_rate[static_cast<std::size_t>(value)] ? time : 1.0);
    };
    for (Index lane = 0; lane < what.width(); ++lane) {
      const auto l = static_cast<std::size_t>(lane);
      const double begin = stretch.is_shared() ? stretch.begin : stretch.begins[l];
      const Index first = stretch.is_shared() ? 0 : look.first[l];
      const Index end = stretch.is_shared() ? static_cast<Index>(look.times.size()) : look.last[l];
      const auto since = [&](Index i) { return look.times[static_cast<std::size_t>(i)] - begin; };
      if (first >= end) continue;
      if (std::abs(look.out(first * n + value, lane)) >= tail_threshold * scale_at(lane, since(first)))
        continue;
      // Zero to the end is what nothing flows into.
      if (look.out((end - 1) * n + value, lane) == 0.0) continue;
      if (!begun) begun = beginning.observe(what);
      if ((*begun)(value, lane) != 0.0) continue;
      for (Index i = first; i < end; ++i) {
        double& sample = look.out(i * n + value, lane);
        const double time = since(i), scale = scale_at(lane, time);
        if (std::abs(sample) >= tail_threshold * scale) break;
        found[static_cast<std::size_t>(lane)].push_back({time, &sample, &what, value, smallest * scale});
      }
    }
  }
}

/// What is seen of the resolvents of one lane at a pack of nodes.
ComplexPack observe(const Small& small, const AcrossNodes& access, const ComplexPack& z,
                    const Resolvent& resolvent, LaneView start) {
  ComplexPack sum{};
  TwinPack weight;
  for (const auto& entry : small.what->of_state())
    if (entry.value == small.value) {
      access.load(weight, entry.weight);
      sum += weight * resolvent[entry.row];
    }
  for (const auto& entry : small.what->of_rate())
    if (entry.value == small.value) {
      access.load(weight, entry.weight);
      sum += weight * resolvent.rate(access, entry.row, z, start);
    }
  return sum;
}

/// Works out samples of one lane, rising in time, by one window.
void refine(std::span<const Small> samples, const AcrossNodes& access, Resolvent& resolvent, LaneView start) {
  // The window for a last time of one second. Shaping one for each lane would cost as much as its solves.
  static const auto window = Window::with_nodes(1.0 / widest, 1.0, n_nodes);
  const double last = samples.back().time;
  for (const auto& small : samples) *small.to = 0.0;
  for (std::size_t k = 0; k < n_nodes; k += static_cast<std::size_t>(TwinPack::size)) {
    ComplexPack z;
    for (Index i = 0; i < TwinPack::size; ++i) {
      const auto node = window.node(k + static_cast<std::size_t>(i)) / last;
      z.re.set(i, node.real()), z.im.set(i, node.imag());
    }
    resolvent.solve(access, z, start, 1.0 / z);
    for (const auto& small : samples) {
      const auto seen = observe(small, access, z, resolvent, start);
      for (Index i = 0; i < TwinPack::size; ++i) {
        const auto weight = window.weight(k + static_cast<std::size_t>(i), small.time / last) / last;
        *small.to += 2.0 * (weight.real() * seen.re[i] - weight.imag() * seen.im[i]);
      }
    }
  }
}

}  // namespace

Work refine_tails(const core::System& system, LaneView start, const Stretch& stretch) {
  Work work;
  // What is in a total is nowhere any more.
  const Index n_rows = system.n_rows() - system.layout().n_accumulators();
  const auto dose =
      dose_of({start.data(), n_rows, start.width()}, system.forcing(), stretch.end - stretch.begin);
  Beginning beginning(system, start, stretch.begin);
  SmallOfLanes small(static_cast<std::size_t>(system.width()));
  for (const auto& look : stretch.looks) find_small(look, stretch, beginning, dose, small);

  std::optional<Resolvent> resolvent;
  for (Index lane = 0; lane < system.width(); ++lane) {
    auto& samples = small[static_cast<std::size_t>(lane)];
    std::sort(samples.begin(), samples.end(), [](const Small& a, const Small& b) { return a.time < b.time; });
    // From the last on: those before what turns out to be nothing are nothing too.
    for (auto end = samples.end(); end != samples.begin();) {
      const double earliest = std::prev(end)->time / widest;
      const auto first =
          std::find_if(samples.begin(), end, [&](const Small& s) { return s.time >= earliest; });
      if (!resolvent) resolvent.emplace(system, system.forcing());
      refine({first, end}, AcrossNodes{lane}, *resolvent, start);
      work.factorizations += static_cast<long>(n_nodes);
      work.linear_solves += static_cast<long>(n_nodes) * resolvent->n_solves();
      bool is_something = false;
      for (auto s = first; s != end; ++s) {
        if (std::abs(*s->to) >= s->nothing)
          is_something = true;
        else
          *s->to = 0.0;
      }
      if (!is_something)
        for (auto s = samples.begin(); s != first; ++s) *s->to = 0.0;
      end = is_something ? first : samples.begin();
    }
  }
  return work;
}

}  // namespace poultice::solvers
