#pragma once

#include "solvers/linear/lane_pack.hpp"

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace poultice::solvers {

/// Two LanePacks side by side. An elimination runs from cell to cell and waits for a division at each: with
/// two of them at once the processor has something to do meanwhile.
struct TwinPack {
  static constexpr core::Index size = 2 * pack_lanes;
  LanePack first, second;

  [[nodiscard]] double operator[](core::Index i) const {
    return i < pack_lanes ? first[i] : second[i - pack_lanes];
  }
  void set(core::Index i, double value) {
    if (i < pack_lanes)
      first[i] = value;
    else
      second[i - pack_lanes] = value;
  }
  TwinPack& operator+=(const TwinPack& b) {
    first += b.first;
    second += b.second;
    return *this;
  }
  TwinPack& operator-=(const TwinPack& b) {
    first -= b.first;
    second -= b.second;
    return *this;
  }
  friend TwinPack operator+(const TwinPack& a, const TwinPack& b) {
    return {a.first + b.first, a.second + b.second};
  }
  friend TwinPack operator-(const TwinPack& a, const TwinPack& b) {
    return {a.first - b.first, a.second - b.second};
  }
  friend TwinPack operator-(const TwinPack& a) { return {-a.first, -a.second}; }
  friend TwinPack operator*(const TwinPack& a, const TwinPack& b) {
    return {a.first * b.first, a.second * b.second};
  }
};

/// 1 / a, to a rounding error. Divisions are most of what an elimination waits for.
inline void invert(LanePack& to, const LanePack& a) {
#if defined(__AVX512F__)
  // r of fourteen bits from a table, and 1 / a = r / (1 - e) = r (1 + e) (1 + e^2) …: two steps of Newton's
  // iteration, the second of which need not wait for the first.
  const LanePack r = _mm512_rcp14_pd(a), e = 1.0 - a * r, once = r + r * e;
  to = once + once * (e * e);
#else
  to = 1.0 / a;
#endif
}
[[nodiscard]] inline TwinPack inverse(const TwinPack& a) {
  TwinPack result;
  invert(result.first, a.first);
  invert(result.second, a.second);
  return result;
}

/// One number in all lanes.
[[nodiscard]] inline TwinPack in_all_lanes(double value) { return {LanePack{} + value, LanePack{} + value}; }
inline void load(TwinPack& to, const double* from) {
  load(to.first, from);
  load(to.second, from + pack_lanes);
}
inline void store(double* to, const TwinPack& from) {
  store(to, from.first);
  store(to + pack_lanes, from.second);
}

/// Complex numbers side by side. std::complex knows of no packs, and its products look for infinities.
struct ComplexPack {
  TwinPack re, im;

  ComplexPack& operator+=(const ComplexPack& b) {
    re += b.re;
    im += b.im;
    return *this;
  }
  ComplexPack& operator-=(const ComplexPack& b) {
    re -= b.re;
    im -= b.im;
    return *this;
  }
  ComplexPack& operator*=(const ComplexPack& b) { return *this = *this * b; }

  friend ComplexPack operator+(const ComplexPack& a, const ComplexPack& b) {
    return {a.re + b.re, a.im + b.im};
  }
  friend ComplexPack operator-(const ComplexPack& a, const ComplexPack& b) {
    return {a.re - b.re, a.im - b.im};
  }
  friend ComplexPack operator-(const ComplexPack& a) { return {-a.re, -a.im}; }
  friend ComplexPack operator*(const ComplexPack& a, const ComplexPack& b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
  friend ComplexPack operator*(const TwinPack& a, const ComplexPack& b) { return {a * b.re, a * b.im}; }
  friend ComplexPack operator/(double a, const ComplexPack& b) {
    const TwinPack scale = in_all_lanes(a) * inverse(b.re * b.re + b.im * b.im);
    return {b.re * scale, -(b.im * scale)};
  }
};

}  // namespace poultice::solvers
