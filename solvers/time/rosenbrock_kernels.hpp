#pragma once

#include <array>
#include <cstddef>
#include <type_traits>

#include "core/system/lane_array.hpp"
#include "solvers/linear/lane_pack.hpp"
#include "solvers/time/rosenbrock_tableau.hpp"

namespace poultice::solvers {

/// A sum of up to so many vectors, each with a factor.
struct WeightedSum {
  static constexpr std::size_t most = RosenbrockTableau::max_stages + 2;
  std::size_t count = 0;
  std::array<const double*, most> vectors;
  std::array<double, most> factors;

  /// Leaves out what does not count.
  void add(double factor, core::LaneView vector) {
    if (factor == 0.0) return;
    vectors[count] = vector.data();
    factors[count++] = factor;
  }
  template <class Lanes>
  void at(core::Index i, Lanes& sum) const {
    Lanes value;
    for (std::size_t k = 0; k < count; ++k) {
      load(value, vectors[k] + i);
      sum += factors[k] * value;
    }
  }
};

/// out = base + sum; `out` may be `base`.
inline void add_to(core::LaneView base, const WeightedSum& sum, core::LaneSpan out) {
  for_packs(out.size(), [&]<class Lanes>(core::Index i) {
    Lanes value;
    load(value, base.data() + i);
    sum.at(i, value);
    store(out.data() + i, value);
  });
}

/// out = sum
inline void assign(const WeightedSum& sum, core::LaneSpan out) {
  for_packs(out.size(), [&]<class Lanes>(core::Index i) {
    Lanes value{};
    sum.at(i, value);
    store(out.data() + i, value);
  });
}

/// sum over i of term<Lanes>(i, value), where `term` sets a value: several sums at once, since the additions
/// of one wait for one another.
template <class Term>
double sum_of(core::Index count, Term&& term) {
  LanePack packs{};
  double sum = 0.0;
  for_packs(count, [&]<class Lanes>(core::Index i) {
    Lanes value;
    term(i, value);
    if constexpr (std::is_same_v<Lanes, double>)
      sum += value;
    else
      packs += value;
  });
  for (core::Index k = 0; k < pack_lanes; ++k) sum += packs[k];
  return sum;
}

}  // namespace poultice::solvers
