#include <random>

#include <gtest/gtest.h>

#include "solvers/contour/symmetry.hpp"
#include "tests/support/random_matrix.hpp"

namespace poultice::solvers {
namespace {

using core::Index;
using poultice::testing::chain_of;
using poultice::testing::layout_of;
using poultice::testing::Make;

TEST(RealSpectrum, AnyForestOfFacesHasOne) {
  std::mt19937 random(1);
  const Make make{poultice::testing::random_forest(40, 3, random), 1, 0, 2};
  const auto layout = layout_of(make);
  core::RateMatrix matrix(layout, 3);
  poultice::testing::fill_with_transfers(matrix, make, random);
  EXPECT_TRUE(has_real_spectrum(matrix));
}

TEST(RealSpectrum, ACompartmentThatTakesAndReturnsInTheRightProportionsKeepsIt) {
  // Two cells of capacities 1 and 3 that exchange with one another and with a compartment of capacity 5.
  const Make make{chain_of(2), 1, 1, 1};
  const auto layout = layout_of(make);
  const auto matrix_with = [&](double return_to_second) {
    core::RateMatrix matrix(layout, 1);
    const auto move = [&](Index from, Index to, double k) { matrix.transfer(from, to, &k); };
    move(0, 1, 0.7), move(1, 0, 0.7 / 3.0);
    move(0, 2, 2.0), move(2, 0, 2.0 / 5.0);
    move(1, 2, 0.1 / 3.0), move(2, 1, return_to_second);
    move(2, 3, 0.5);
    return matrix;
  };
  EXPECT_TRUE(has_real_spectrum(matrix_with(0.1 / 5.0)));
  EXPECT_FALSE(has_real_spectrum(matrix_with(0.2 / 5.0)));
}

TEST(RealSpectrum, OneWayStepsAreInNoCycle) {
  const Make make{chain_of(20), 1, 2, 1, false};
  const auto layout = layout_of(make);
  core::RateMatrix matrix(layout, 1);
  const double k = 1.0;
  for (Index i = 0; i + 1 < 20; ++i) matrix.transfer(i, i + 1, &k);
  matrix.transfer(19, 20, &k);
  matrix.transfer(20, 21, &k);
  EXPECT_TRUE(has_real_spectrum(matrix));
  matrix.transfer(21, 0, &k);
  EXPECT_FALSE(has_real_spectrum(matrix));
}

TEST(RealSpectrum, ARateOfTheWrongSignIsNoTransfer) {
  const Make make{chain_of(2), 2, 0, 0};
  const auto layout = layout_of(make);
  core::RateMatrix matrix(layout, 1);
  const double k = 1.0;
  matrix.add(0, 1, &k, -1.0);
  matrix.add(1, 0, &k, 1.0);
  EXPECT_FALSE(has_real_spectrum(matrix));
}

}  // namespace
}  // namespace poultice::solvers
