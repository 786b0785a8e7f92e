// Contours of lanes that go through stretches of their own.
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "solvers/contour/exponential.hpp"
#include "tests/unit/solvers/contour/linear_systems.hpp"
#include "tests/unit/solvers/time/compartments.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;
using testing::largest_difference;
using testing::system_of;

constexpr double spacing = 0.5;

/// A grid of times, and for each lane a stretch of its own within it.
struct Stretches {
  std::vector<double> times, begins, ends;
  std::vector<Index> first, last;

  Stretches(std::vector<double> from, std::vector<double> to) : begins(std::move(from)), ends(std::move(to)) {
    for (int i = 0; i * spacing <= 40.0; ++i) times.push_back(i * spacing);
    for (std::size_t lane = 0; lane < begins.size(); ++lane) {
      const auto place = [&](auto found) { return static_cast<Index>(found - times.begin()); };
      first.push_back(place(std::upper_bound(times.begin(), times.end(), begins[lane])));
      last.push_back(std::max(first.back(), place(std::lower_bound(times.begin(), times.end(), ends[lane]))));
    }
  }
};

/// All rows at all times [sample * n_rows + row][lane], zero where a lane has no sample; and the end.
struct Seen {
  LaneArray samples, end;
};

Seen follow(Integrator& integrator, const core::System& system, const LaneArray& start,
            const Stretches& stretches, bool of_rate = false) {
  const testing::AllRows rows(system, of_rate);
  const Index n = system.n_rows();
  Seen seen{LaneArray(static_cast<Index>(stretches.times.size()) * n, system.width()), start};
  const std::vector<Look> looks{
      {&rows.what(), stretches.times, seen.samples.span(), stretches.first, stretches.last, spacing}};
  integrator.integrate({0.0, 40.0, looks, stretches.begins, stretches.ends}, seen.end.span());
  for (std::size_t i = 0; i < stretches.times.size(); ++i)
    for (Index lane = 0; lane < system.width(); ++lane) {
      const auto at = static_cast<std::size_t>(lane);
      const auto sample = static_cast<Index>(i);
      if (stretches.first[at] <= sample && sample < stretches.last[at]) continue;
      for (Index row = 0; row < n; ++row) seen.samples(sample * n + row, lane) = 0.0;
    }
  return seen;
}

/// A chain of cells whose rates spread over six decades, which empties into a compartment with a way out, and
/// is supplied where told so.
std::unique_ptr<core::System> chain(Index width, double supply = 0.0) {
  constexpr Index n = 30;
  core::StateLayout layout;
  layout.add_species({"a", 0.1});
  layout.add_field("cells", n);
  for (Index i = 0; i + 1 < n; ++i) layout.graph().connect(i, i + 1);
  layout.add_compartment("plasma");
  layout.accumulator("out");
  layout.finish();
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> decades(-3.0, 3.0);
  LaneArray rates(2 * n + 2, width);
  for (Index i = 0; i < rates.rows(); ++i)
    for (Index lane = 0; lane < width; ++lane) rates(i, lane) = std::pow(10.0, decades(random));
  return system_of(std::move(layout), width, [rates, supply](core::RateMatrix& m, core::LaneSpan forcing) {
    for (Index i = 0; i + 1 < n; ++i) m.transfer(i, i + 1, rates[i]), m.transfer(i + 1, i, rates[n + i]);
    m.transfer(n - 1, n, rates[2 * n]);
    m.transfer(n, n + 1, rates[2 * n + 1]);
    for (Index lane = 0; lane < forcing.width(); ++lane) forcing(0, lane) = supply;
  });
}

LaneArray first_full(const core::System& system) {
  LaneArray state(system.n_rows(), system.width());
  for (Index lane = 0; lane < system.width(); ++lane) state(0, lane) = 1.0;
  return state;
}

/// Twenty lanes: registers of them, and some left over.
Stretches any_stretches() {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  std::vector<double> begins, ends;
  for (int lane = 0; lane < 20; ++lane) {
    begins.push_back(10.0 * unit(random));
    ends.push_back(begins.back() + 30.0 * unit(random));
  }
  begins[3] = 0.5 * spacing * 8.0, begins[4] = spacing * 4.0 - 1e-9, begins[5] = spacing * 4.0 + 1e-9;
  ends[6] = begins[6], ends[7] = begins[7] + 1e-6, ends[8] = spacing * 60.0,
  ends[9] = begins[9] + 0.3 * spacing;
  return {std::move(begins), std::move(ends)};
}

TEST(OwnStretches, OfAContourAreThoseOfTheRationalExponential) {
  for (const double supply : {0.0, 0.3})
    for (const bool of_rate : {false, true}) {
      const auto one = chain(20, supply), other = chain(20, supply);
      const auto stretches = any_stretches();
      const auto by_contour = testing::contour(*one);
      const auto exponential = make_stepping(*other, std::make_unique<Exponential>(*other, Limits{}));
      const auto a = follow(*by_contour, *one, first_full(*one), stretches, of_rate);
      const auto b = follow(*exponential, *other, first_full(*other), stretches, of_rate);
      EXPECT_GT(by_contour->work().factorizations, 30);
      // Rates reach a thousand times the amounts. What is supplied has a double pole where it only piles up,
      // which costs a contour three digits of 0.3 x 30.
      const double tolerance = supply > 0.0 ? 1e-11 * supply * 30.0 : 2e-13;
      EXPECT_LE(largest_difference(a.samples, b.samples), tolerance * (of_rate ? 1e3 : 1.0)) << supply;
      EXPECT_LE(largest_difference(a.end, b.end), tolerance) << supply;
    }
}

TEST(OwnStretches, KeepWhatIsConservedToRounding) {
  const auto system = chain(20);
  const auto stretches = any_stretches();
  const auto seen = follow(*testing::contour(*system), *system, first_full(*system), stretches);
  const Index n = system->n_rows();
  for (Index i = 0; i < seen.samples.rows(); i += n)
    for (Index lane = 0; lane < 20; ++lane) {
      double sum = 0.0;
      for (Index row = 0; row < n; ++row) sum += seen.samples(i + row, lane);
      if (sum == 0.0) continue;  // no sample
      EXPECT_NEAR(sum, 1.0, static_cast<double>(n) * 2.2e-16);
    }
  for (Index row = 0; row < n; ++row) EXPECT_EQ(seen.end(row, 6), row == 0 ? 1.0 : 0.0);  // of no length
}

TEST(OwnStretches, OneLaneWithASampleJustAfterItsBeginningCostsEightSolvesMore) {
  const auto count = [](double begin) {
    const auto system = chain(2);
    const auto integrator = testing::contour(*system);
    static_cast<void>(
        follow(*integrator, *system, first_full(*system), {{begin, 4.2 * spacing}, {39.0, 38.0}}));
    return integrator->work().factorizations;
  };
  EXPECT_EQ(count(3.0 * spacing - 1e-9), count(3.2 * spacing) + 8);
}

TEST(OwnStretches, WithFewSamplesAreSteppedThrough) {
  const auto system = chain(2);
  const auto integrator = testing::contour(*system);
  static_cast<void>(follow(*integrator, *system, first_full(*system), {{0.2, 0.7}, {0.9, 0.9}}));
  EXPECT_EQ(integrator->work().factorizations, 16);  // one sample and the end
}

TEST(OwnStretches, OfALoopThatGoesOneWayAreLeftToTheFallback) {
  constexpr Index n = 10;
  const double k[2] = {0.6, 0.9};
  const auto system = system_of(testing::compartments(n), 2, [&](core::RateMatrix& m, core::LaneSpan) {
    for (Index i = 0; i < n; ++i) m.transfer(i, (i + 1) % n, k);
  });
  const Stretches stretches({0.3, 5.1}, {38.0, 39.0});
  const auto integrator = testing::contour(*system);
  const auto seen = follow(*integrator, *system, first_full(*system), stretches);
  EXPECT_GT(integrator->work().steps, 10);
  const auto exact = [&](Index row, std::size_t lane, double time) {
    std::complex<double> sum = 0.0;  // of the ring's Fourier modes
    for (Index mode = 0; mode < n; ++mode) {
      const auto turn = std::polar(1.0, 2.0 * std::numbers::pi * static_cast<double>(mode) / n);
      sum += std::exp(k[lane] * time * (std::conj(turn) - 1.0)) * std::pow(turn, static_cast<double>(row)) /
             double(n);
    }
    return sum.real();
  };
  for (std::size_t lane = 0; lane < 2; ++lane)
    for (Index row = 0; row < n; ++row) {
      const auto at = static_cast<Index>(lane);
      for (Index i = stretches.first[lane]; i < stretches.last[lane]; ++i)
        EXPECT_NEAR(seen.samples(i * n + row, at),
                    exact(row, lane, stretches.times[static_cast<std::size_t>(i)] - stretches.begins[lane]),
                    1e-7);
      EXPECT_NEAR(seen.end(row, at), exact(row, lane, stretches.ends[lane] - stretches.begins[lane]), 1e-7);
    }
}

}  // namespace
}  // namespace poultice::solvers
