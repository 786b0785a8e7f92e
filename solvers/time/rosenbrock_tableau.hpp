#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "core/system/lane_array.hpp"

namespace poultice::solvers {

/// Coefficients of a Rosenbrock method in the transformed form, in which no product with the Jacobian occurs
/// (Hairer & Wanner, Solving Ordinary Differential Equations II, 2nd ed., section IV.7):
///
///   (I - gamma h J) U_i = gamma h f(t + alpha_i h, y + sum_j a_ij U_j) + gamma sum_j c_ij U_j
///                         + gamma h^2 d_i df/dt,             i = 1 … stages,
///   y(t + h) = y + sum_i m_i U_i,   error = sum_i e_i U_i,   y(t + theta h) = y + sum_i w_i(theta) U_i.
///
/// Where the system is linear, all of this is a rational function of h J with one pole, and the same
/// function comes from solves alone: a `chain` takes (I - gamma h J) U_1 = gamma h f(y) and
/// (I - gamma h J) U_i = U_(i-1).
struct RosenbrockTableau {
  static constexpr std::size_t max_stages = 8;
  using Weights = std::array<double, max_stages>;

  std::string_view name;
  std::size_t stages = 0;
  int order = 0;
  int error_order = 0;  ///< the error estimate of a step falls as h to this power
  int dense_order = 0;  ///< of the continuous extension, counted like `order`
  double gamma = 0.0;
  Weights step{}, error{};                  ///< m, e
  std::array<Weights, max_stages> dense{};  ///< dense[k][i]: coefficient of theta^(k + 1) in w_i
  bool is_chain = false;                    ///< serves linear systems only; the rest is not used
  std::array<Weights, max_stages> a{}, c{};
  Weights alpha{}, d{};
};

enum class RosenbrockMethod {
  automatic,  ///< pade5 for a linear system, rodas5p for any other
  pade5,      ///< linear systems: order 5, 6 solves
  ros34pw2,   ///< order 3, 4 stages: for a single run at a tolerance of 1e-3
  rodas5p,    ///< order 5, 8 stages
};

/// The coefficients of one method; not of `automatic`.
[[nodiscard]] const RosenbrockTableau& rosenbrock_tableau(RosenbrockMethod method);

/// The chain of order stages - 1 with this gamma that damps the stiffest to zero: the restricted Padé
/// approximation of the exponential (Nørsett, Numer. Math. 22 (1974) 1).
[[nodiscard]] RosenbrockTableau restricted_pade(std::string_view name, std::size_t stages, double gamma,
                                                double error_scale);

}  // namespace poultice::solvers
