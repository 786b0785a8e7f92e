#pragma once

#include "solvers/linear/lane_pack.hpp"

namespace poultice::solvers {

/// Complex numbers side by side, one per lane of a LanePack. std::complex knows of no packs, and its products
/// look for infinities.
template <class Lanes>
struct Complex {
  Lanes re, im;

  Complex& operator+=(const Complex& b) {
    re += b.re;
    im += b.im;
    return *this;
  }
  Complex& operator-=(const Complex& b) {
    re -= b.re;
    im -= b.im;
    return *this;
  }
  Complex& operator*=(const Complex& b) { return *this = *this * b; }

  friend Complex operator+(const Complex& a, const Complex& b) { return {a.re + b.re, a.im + b.im}; }
  friend Complex operator-(const Complex& a, const Complex& b) { return {a.re - b.re, a.im - b.im}; }
  friend Complex operator-(const Complex& a) { return {-a.re, -a.im}; }
  friend Complex operator*(const Complex& a, const Complex& b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
  friend Complex operator*(const Lanes& a, const Complex& b) { return {a * b.re, a * b.im}; }
  friend Complex operator/(double a, const Complex& b) {
    const Lanes scale = a / (b.re * b.re + b.im * b.im);
    return {b.re * scale, -b.im * scale};
  }
};

}  // namespace poultice::solvers
