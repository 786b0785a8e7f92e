#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "solvers/time/rosenbrock_kernels.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using core::LaneArray;

/// Sizes that fill packs and that do not.
constexpr Index sizes[] = {1, 3, 8, 13, 32};

LaneArray filled(Index size, double factor) {
  LaneArray all(1, size);
  for (Index i = 0; i < size; ++i) all(0, i) = factor * static_cast<double>(i + 1);
  return all;
}

TEST(WeightedSum, AddsToABaseEvenInPlace) {
  for (const Index size : sizes) {
    auto base = filled(size, 1.0);
    const auto a = filled(size, 10.0), b = filled(size, 100.0);
    WeightedSum sum;
    sum.add(2.0, a.view());
    sum.add(-1.0, b.view());
    add_to(base.view(), sum, base.span());
    for (Index i = 0; i < size; ++i) EXPECT_EQ(base(0, i), -79.0 * static_cast<double>(i + 1));
  }
}

TEST(WeightedSum, IsAssignedWithoutABase) {
  for (const Index size : sizes) {
    LaneArray out(1, size, 7.0);
    const auto a = filled(size, 3.0);
    WeightedSum sum;
    sum.add(0.5, a.view());
    assign(sum, out.span());
    for (Index i = 0; i < size; ++i) EXPECT_EQ(out(0, i), 1.5 * static_cast<double>(i + 1));
  }
}

TEST(WeightedSum, LeavesOutWhatHasNoWeight) {
  const LaneArray bad(1, 5, std::numeric_limits<double>::quiet_NaN());
  LaneArray out(1, 5);
  WeightedSum sum;
  sum.add(0.0, bad.view());
  EXPECT_EQ(sum.count, 0U);
  assign(sum, out.span());
  EXPECT_EQ(out(0, 4), 0.0);
}

TEST(SumOf, CountsEveryValueOnce) {
  for (const Index size : sizes) {
    const auto values = filled(size, 1.0);
    const double sum = sum_of(size, [&](Index i, auto& value) { load(value, values[0] + i); });
    EXPECT_EQ(sum, 0.5 * static_cast<double>(size * (size + 1)));
  }
}

TEST(SumOf, PassesOnWhatIsNoNumber) {
  for (const Index size : sizes)
    for (Index bad = 0; bad < size; ++bad) {
      auto values = filled(size, 1.0);
      values(0, bad) = std::numeric_limits<double>::infinity();
      const double sum = sum_of(size, [&](Index i, auto& value) {
        load(value, values[0] + i);
        value *= 0.0;
      });
      EXPECT_TRUE(std::isnan(sum));
    }
}

}  // namespace
}  // namespace poultice::solvers
