#include "solvers/contour/complex_exponential.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <numbers>

#include "core/system/lane_loop.hpp"

namespace poultice::solvers {
namespace {

// Adding this leaves a number rounded to a whole one in the last bits.
constexpr double rounder = 0x1.8p52;
constexpr auto rounder_bits = std::bit_cast<std::int64_t>(rounder);

struct Rounded {
  double value;
  std::int64_t whole;
};

inline Rounded rounded(double x) {
  const double shifted = x + rounder;
  return {shifted - rounder, std::bit_cast<std::int64_t>(shifted) - rounder_bits};
}

/// sum of c_k x^k, c being 1 / (first + step k)! in turn with signs; by Horner.
template <std::size_t n>
inline double polynomial(const std::array<double, n>& c, double x) {
  double sum = c[n - 1];
  for (std::size_t k = n - 1; k-- > 0;) sum = sum * x + c[k];
  return sum;
}

template <std::size_t n>
constexpr std::array<double, n> inverse_factorials(int first, int step, double sign) {
  std::array<double, n> c{};
  double factorial = 1.0, s = 1.0;
  int reached = 1;
  for (std::size_t k = 0; k < n; ++k) {
    for (; reached <= first + step * static_cast<int>(k); ++reached) factorial *= reached;
    c[k] = s / factorial;
    s *= sign;
  }
  return c;
}

// Taylor's series, as far as they count for |x| < ln(2)/2 and pi/4.
constexpr auto exponential = inverse_factorials<14>(0, 1, 1.0);
constexpr auto cosine = inverse_factorials<9>(0, 2, -1.0);
constexpr auto sine = inverse_factorials<8>(1, 2, -1.0);

// ln 2 and pi/2 in parts, the first of which have so few bits that a product with a small whole number is
// exact.
constexpr double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;
constexpr double half_pi_high = 0x1.921fb54400000p+0, half_pi_middle = 0x1.0b4611a600000p-34,
                 half_pi_low = 0x1.3198a2e037073p-69;

}  // namespace

void exponentials(std::complex<double> z, const double* times, core::Index n, double* re, double* im) {
  const double decay = z.real(), frequency = z.imag();
  core::for_lanes(n, [&](core::Index i) {
    double x = decay * times[i];
    const double y = frequency * times[i];
    // Beyond this the result is no number, or nothing.
    x = x < -700.0 ? -700.0 : x;
    x = x > 700.0 ? 700.0 : x;
    const auto power = rounded(x * std::numbers::log2e);
    const double rest = (x - power.value * ln2_high) - power.value * ln2_low;
    const double size = polynomial(exponential, rest) * std::bit_cast<double>((power.whole + 1023) << 52);

    const auto quarter = rounded(y * (2.0 / std::numbers::pi));
    const double angle =
        ((y - quarter.value * half_pi_high) - quarter.value * half_pi_middle) - quarter.value * half_pi_low;
    const double square = angle * angle;
    const double c = polynomial(cosine, square), s = angle * polynomial(sine, square);
    // By bits, which every processor does for several numbers at once.
    const std::int64_t swapped = -(quarter.whole & 1);
    const auto either = [&](double odd, double even) {
      return (std::bit_cast<std::int64_t>(odd) & swapped) | (std::bit_cast<std::int64_t>(even) & ~swapped);
    };
    const auto with_sign = [](std::int64_t bits, std::int64_t turns) {
      return std::bit_cast<double>(bits ^ ((turns & 2) << 62));
    };
    re[i] = size * with_sign(either(s, c), quarter.whole + 1);
    im[i] = size * with_sign(either(c, s), quarter.whole);
  });
}

}  // namespace poultice::solvers
