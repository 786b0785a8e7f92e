#include <cmath>
#include <complex>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "solvers/contour/complex_exponential.hpp"

namespace poultice::solvers {
namespace {

using Long = std::complex<long double>;

TEST(ComplexExponential, IsExactToTheRoundingOfItsArgument) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  double worst = 0.0;
  for (int round = 0; round < 2000; ++round) {
    const std::complex<double> z(80.0 * unit(random) - 60.0, 800.0 * unit(random) - 400.0);
    std::vector<double> times(11), re(11), im(11);
    for (double& time : times) time = unit(random);
    times[0] = 0.0;
    exponentials(z, times.data(), 11, re.data(), im.data());
    EXPECT_EQ(re[0], 1.0);
    EXPECT_EQ(im[0], 0.0);
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto expected = std::exp(Long(z) * static_cast<long double>(times[i]));
      const auto error = std::abs(Long(re[i], im[i]) - expected) / std::abs(expected);
      worst = std::max(worst, static_cast<double>(error) / (1.0 + std::abs(z * times[i])));
    }
  }
  EXPECT_LE(worst, 3.0 * 1.2e-16);  // a rounding of z t, and one or two of the result
}

TEST(ComplexExponential, OfWhatIsFarGoneIsNothing) {
  const double time = 1.0;
  double re = 1.0, im = 1.0;
  exponentials({-1e6, 3.0}, &time, 1, &re, &im);
  EXPECT_LE(std::abs(re) + std::abs(im), 1e-300);
}

}  // namespace
}  // namespace poultice::solvers
