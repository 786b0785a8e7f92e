#include <cmath>

#include <gtest/gtest.h>

#include "solvers/run/record.hpp"

namespace poultice::solvers {
namespace {

using Reduction = core::Headline::Reduction;
using core::LaneArray;

const std::vector<double> times{0.0, 10.0, 20.0, 40.0};

/// Lane 0 rises and falls, lane 1 falls all the time.
LaneArray samples() {
  LaneArray values(4, 2);
  const double first[] = {0.0, 5.0, 3.0, 1.0}, second[] = {8.0, 6.0, 4.0, 2.0};
  for (core::Index i = 0; i < 4; ++i) values(i, 0) = first[i], values(i, 1) = second[i];
  return values;
}

/// The headline of both lanes.
std::array<double, 2> reduced(Reduction reduction, double from = 0.0, double to = 0.0) {
  std::array<double, 2> out{};
  Record record;
  record.times = times;
  Reducer(record, 2).reduce({.reduction = reduction, .from = {from, from}, .to = {to, to}}, samples().view(),
                            out.data());
  return out;
}

TEST(Reduce, Last) { EXPECT_EQ(reduced(Reduction::last), (std::array{1.0, 2.0})); }

TEST(Reduce, MaximumAndItsTime) {
  EXPECT_EQ(reduced(Reduction::maximum), (std::array{5.0, 8.0}));
  EXPECT_EQ(reduced(Reduction::time_of_maximum), (std::array{10.0, 0.0}));
}

TEST(Reduce, OfEqualMaximaTheFirstCounts) {
  const LaneArray flat(4, 1, 3.0);
  double out = -1.0;
  Record record;
  record.times = times;
  Reducer(record, 1).reduce({.reduction = Reduction::time_of_maximum}, flat.view(), &out);
  EXPECT_EQ(out, 0.0);
}

TEST(Reduce, MinimumAfterATime) {
  EXPECT_EQ(reduced(Reduction::minimum_after, 0.0), (std::array{0.0, 2.0}));
  EXPECT_EQ(reduced(Reduction::minimum_after, 5.0), (std::array{1.0, 2.0}));
  EXPECT_EQ(reduced(Reduction::minimum_after, 40.0), (std::array{1.0, 2.0}));
}

TEST(Reduce, AtATimeBetweenSamplesItIsInterpolated) {
  EXPECT_EQ(reduced(Reduction::at, 20.0), (std::array{3.0, 4.0}));
  EXPECT_EQ(reduced(Reduction::at, 30.0), (std::array{2.0, 3.0}));
  EXPECT_EQ(reduced(Reduction::at, 0.0), (std::array{0.0, 8.0}));
}

TEST(Reduce, AMeanRateIsADifferenceOverItsTime) {
  EXPECT_EQ(reduced(Reduction::mean_rate, 10.0, 20.0), (std::array{-0.2, -0.2}));
  EXPECT_EQ(reduced(Reduction::mean_rate, 5.0, 30.0), (std::array{(2.0 - 2.5) / 25.0, (3.0 - 7.0) / 25.0}));
}

TEST(Reduce, OutsideOfTheSamplesThereIsNoNumber) {
  EXPECT_TRUE(std::isnan(reduced(Reduction::at, 41.0)[0]));
  EXPECT_TRUE(std::isnan(reduced(Reduction::at, -1.0)[0]));
  EXPECT_TRUE(std::isnan(reduced(Reduction::mean_rate, 10.0, 50.0)[1]));
}

TEST(Reduce, OfSamplesAtTimesOfItsOwnALaneTakesItsOwnOrder) {
  Record record;
  record.times = {0.0, 10.0, 20.0};
  record.own_times = LaneArray(2, 2);  // lane 0: at 5 and 20; lane 1: twice at 12
  record.own_times(0, 0) = 5.0, record.own_times(1, 0) = 20.0;
  record.own_times(0, 1) = 12.0, record.own_times(1, 1) = 12.0;
  LaneArray values(5, 2);
  const double first[] = {0.0, 2.0, 4.0, 9.0, 3.0}, second[] = {0.0, 2.0, 4.0, 50.0, 1.0};
  for (core::Index i = 0; i < 5; ++i) values(i, 0) = first[i], values(i, 1) = second[i];
  std::array<double, 2> out{};
  const auto reduced_to = [&](const core::Headline& headline) {
    Reducer(record, 2).reduce(headline, values.view(), out.data());
    return out;
  };
  // At 20 lane 0 has the sample after its event; of the two of lane 1 only the later counts.
  EXPECT_EQ(reduced_to({.reduction = Reduction::last}), (std::array{3.0, 4.0}));
  EXPECT_EQ(reduced_to({.reduction = Reduction::maximum}), (std::array{9.0, 4.0}));
  EXPECT_EQ(reduced_to({.reduction = Reduction::time_of_maximum}), (std::array{5.0, 20.0}));
  EXPECT_EQ(reduced_to({.reduction = Reduction::at, .from = {7.5, 11.0}}), (std::array{5.5, 1.5}));
  EXPECT_EQ(reduced_to({.reduction = Reduction::mean_rate, .from = {0.0, 0.0}, .to = {5.0, 12.0}}),
            (std::array{9.0 / 5.0, 1.0 / 12.0}));
}

}  // namespace
}  // namespace poultice::solvers
