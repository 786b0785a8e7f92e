#include "tests/problems/closed_forms.hpp"

#include <cmath>
#include <numbers>

#include <Eigen/Eigenvalues>

namespace poultice::problems {
namespace {

using std::numbers::pi;

// Enough for tau down to 1e-4, where the last term kept is exp(-60) of the first.
constexpr int n_terms = 250;

/// The root of beta tan(beta) = alpha between n pi and n pi + pi/2.
double donor_root(double alpha, int n) {
  double low = n * pi, high = low + pi / 2.0;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    // cos has the sign (-1)^n here, so that nothing is divided by a cosine near zero.
    const double sign = n % 2 == 0 ? 1.0 : -1.0;
    const bool above = sign * (middle * std::sin(middle) - alpha * std::cos(middle)) > 0.0;
    (above ? high : low) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

double slab_infinite_donor(double tau) {
  double sum = 0.0;
  for (int n = n_terms; n >= 1; --n)
    sum += (n % 2 == 0 ? 1.0 : -1.0) / (n * n) * std::exp(-n * n * pi * pi * tau);
  return tau - 1.0 / 6.0 - 2.0 / (pi * pi) * sum;
}

FiniteDonor finite_donor(double alpha, double tau) {
  FiniteDonor fractions{1.0, 0.0};
  for (int n = n_terms - 1; n >= 0; --n) {
    const double beta = donor_root(alpha, n), square = beta * beta, decay = std::exp(-square * tau);
    const double norm = alpha * alpha + square + alpha, sign = n % 2 == 0 ? 1.0 : -1.0;
    fractions.through -= 2.0 * sign * alpha * std::sqrt(alpha * alpha + square) / (beta * norm) * decay;
    fractions.left += 2.0 * alpha / norm * decay;
  }
  return fractions;
}

double matrix_release(double tau) {
  double left = 0.0;
  for (int n = n_terms - 1; n >= 0; --n) {
    const double m = (2 * n + 1) * pi / 2.0;
    left += 2.0 / (m * m) * std::exp(-m * m * tau);
  }
  return 1.0 - left;
}

double laminate_permeability(const std::vector<Sheet>& sheets) {
  double resistance = 0.0;
  for (const auto& [h, D, K] : sheets) resistance += h / (D * K);
  return 1.0 / resistance;
}

double laminate_lag(const std::vector<Sheet>& sheets) {
  const double total = 1.0 / laminate_permeability(sheets);
  double above = 0.0, sum = 0.0;
  for (const auto& [h, D, K] : sheets) {
    const double r = h / (D * K), below = total - above - r;
    sum += K * h * (above * below + r * (above + below) / 2.0 + r * r / 6.0);
    above += r;
  }
  return sum / total;
}

double ClearedLayer::profile(double x) const {
  const double phi = thickness * std::sqrt(clearance / diffusivity);
  return std::cosh(phi * (1.0 - x / thickness)) / std::cosh(phi);
}

double ClearedLayer::uptake_permeability() const {
  const double phi = thickness * std::sqrt(clearance / diffusivity);
  return partition_coefficient * std::sqrt(clearance * diffusivity) * std::tanh(phi);
}

template <class Function>
double Compartments::over_exponentials(const Function& f) const {
  const auto n = static_cast<Eigen::Index>(volumes.size());
  // In the unknowns amount / sqrt(volume) the rate matrix is symmetric.
  Eigen::MatrixXd rates = Eigen::MatrixXd::Zero(n, n);
  rates(0, 0) = -clearance / volumes[0];
  for (Eigen::Index i = 1; i < n; ++i) {
    const double V = volumes[static_cast<std::size_t>(i)], Q = exchange[static_cast<std::size_t>(i - 1)];
    rates(0, 0) -= Q / volumes[0];
    rates(i, i) = -Q / V;
    rates(0, i) = rates(i, 0) = Q / std::sqrt(V * volumes[0]);
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> modes(rates);
  double sum = 0.0;
  for (Eigen::Index i = 0; i < n; ++i) {
    const double share = modes.eigenvectors()(0, i);
    sum += share * share * f(-modes.eigenvalues()(i));
  }
  return sum;
}

double Compartments::after_bolus(double t) const {
  return over_exponentials([t](double rate) { return std::exp(-rate * t); });
}

double Compartments::under_infusion(double t) const {
  return over_exponentials([t](double rate) { return -std::expm1(-rate * t) / rate; });
}

namespace {

/// Lambert's W of exp(y), from w + ln w = y; Newton's method on ln w.
double lambert_w_of_exp(double y) {
  double log_w = y < 1.0 ? y - 1.0 : std::log(y);
  for (int i = 0; i < 60; ++i) {
    const double w = std::exp(log_w);
    log_w -= (w + log_w - y) / (w + 1.0);
  }
  return std::exp(log_w);
}

}  // namespace

double michaelis_menten(double c0, double K, double v, double t) {
  return K * lambert_w_of_exp(std::log(c0 / K) + (c0 - v * t) / K);
}

double SaturableSites::bound(double t) const {
  // db/dt = (binding/sites) (b - b1) (b - b2)
  const double middle = 0.5 * (sites + total + release * sites / binding);
  const double half = std::sqrt(middle * middle - sites * total);
  const double b1 = middle - half, b2 = middle + half;
  const double r = b1 / b2 * std::exp(-binding / sites * (b2 - b1) * t);
  return (b1 - b2 * r) / (1.0 - r);
}

}  // namespace poultice::problems
