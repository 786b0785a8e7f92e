#pragma once

#include <array>
#include <complex>

namespace poultice::solvers {

/// The best rational approximation of order 16 to exp on the negative real axis, as a product: exp(x) =
/// limit * prod_k (1 + 2 Re(residue_k / (x - pole_k))), to 2e-16 of exp(0). M. Pusa, Nucl. Sci. Eng. 182
/// (2016) 297.
struct Cram {
  static constexpr std::size_t n_poles = 8;
  static constexpr double limit = 2.124853710495224e-16;
  static constexpr std::array<std::complex<double>, n_poles> poles{{
      {+3.509103608414918e+0, 8.436198985884374e+0},
      {+5.948152268951177e+0, 3.587457362018322e+0},
      {-5.264971343442647e+0, 1.622022147316793e+1},
      {+1.419375897185666e+0, 1.092536348449672e+1},
      {+6.416177699099435e+0, 1.194122393370139e+0},
      {+4.993174737717997e+0, 5.996881713603942e+0},
      {-1.413928462488886e+0, 1.349772569889275e+1},
      {-1.084391707869699e+1, 1.927744616718165e+1},
  }};
  static constexpr std::array<std::complex<double>, n_poles> residues{{
      {+5.464930576870210e+3, -3.797983575308356e+4},
      {+9.045112476907548e+1, -1.115537522430261e+3},
      {+2.344818070467641e+2, -4.228020157070496e+2},
      {+9.453304067358312e+1, -2.951294291446048e+2},
      {+7.283792954673409e+2, -1.205646080220011e+5},
      {+3.648229059594851e+1, -1.155509621409682e+2},
      {+2.547321630156819e+1, -2.639500283021502e+1},
      {+2.394538338734709e+1, -5.650522971778156e+0},
  }};
};

}  // namespace poultice::solvers
