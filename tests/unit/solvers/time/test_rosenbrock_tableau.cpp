#include <cmath>
#include <complex>
#include <vector>

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include "solvers/time/rosenbrock_tableau.hpp"

namespace poultice::solvers {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

const RosenbrockMethod tableaus[] = {RosenbrockMethod::ros34pw2, RosenbrockMethod::rodas5p};

VectorXd vector(const RosenbrockTableau& t, const RosenbrockTableau::Weights& w) {
  return Eigen::Map<const VectorXd>(w.data(), static_cast<Eigen::Index>(t.stages));
}

MatrixXd matrix(const RosenbrockTableau& t, const std::array<RosenbrockTableau::Weights, 8>& rows) {
  MatrixXd m(t.stages, t.stages);
  for (std::size_t i = 0; i < t.stages; ++i)
    m.row(static_cast<Eigen::Index>(i)) = vector(t, rows[i]).transpose();
  return m;
}

/// The method as it is defined: k_i = h f(y + sum alpha_ij k_j) + h J sum gamma_ij k_j.
struct Classic {
  MatrixXd alpha, gamma, beta;
  explicit Classic(const RosenbrockTableau& t) {
    const auto s = static_cast<Eigen::Index>(t.stages);
    gamma = (MatrixXd::Identity(s, s) / t.gamma - matrix(t, t.c)).inverse();
    alpha = matrix(t, t.a) * gamma;
    beta = alpha + gamma;
  }
  [[nodiscard]] VectorXd weights(const VectorXd& transformed) const {
    return gamma.transpose() * transformed;
  }
};

/// By how much weights b miss the conditions of one order at theta (1 at the end of a step): for every rooted
/// tree, Hairer & Wanner II, section IV.7, tables 7.1 and 7.2 (order 5: theorem 7.4 and the trees written
/// out).
double defect(const Classic& m, const VectorXd& b, int order, double theta = 1.0) {
  const auto& A = m.alpha;
  const auto& B = m.beta;
  const VectorXd one = VectorXd::Ones(b.size()), a = A * one, c = B * one;
  const VectorXd a2 = a.cwiseProduct(a), a3 = a2.cwiseProduct(a), Ac = A * c;
  std::vector<std::pair<double, double>> all;
  const auto add = [&](const VectorXd& tree, double product) {
    all.emplace_back(b.dot(tree), std::pow(theta, order) / product);
  };
  if (order == 1) add(one, 1);
  if (order == 2) add(c, 2);
  if (order == 3) add(a2, 3), add(B * c, 6);
  if (order == 4) add(a3, 4), add(a.cwiseProduct(Ac), 8), add(B * a2, 12), add(B * (B * c), 24);
  if (order == 5) {
    add(a3.cwiseProduct(a), 5), add(a2.cwiseProduct(Ac), 10), add(Ac.cwiseProduct(Ac), 20);
    add(a.cwiseProduct(A * a2), 15), add(a.cwiseProduct(A * (B * c)), 30);
    add(B * a3, 20), add(B * a.cwiseProduct(Ac), 40), add(B * (B * a2), 60), add(B * (B * (B * c)), 120);
  }
  double worst = 0.0;
  for (const auto& [is, should] : all) worst = std::max(worst, std::abs(is - should));
  return worst;
}

TEST(RosenbrockTableau, MeetsTheConditionsOfItsOrder) {
  for (const auto method : tableaus) {
    const auto& t = rosenbrock_tableau(method);
    const Classic m(t);
    const auto b = m.weights(vector(t, t.step));
    // Published to 16 digits in the transformed form, of magnitude 100: some rounding comes back.
    for (int order = 1; order <= t.order; ++order) EXPECT_LT(defect(m, b, order), 3e-14) << t.name << order;
    if (t.order < 5) {
      EXPECT_GT(defect(m, b, t.order + 1), 1e-4) << t.name;
    }
  }
}

TEST(RosenbrockTableau, TheEmbeddedMethodIsOneOrderLower) {
  for (const auto method : tableaus) {
    const auto& t = rosenbrock_tableau(method);
    const Classic m(t);
    const auto b = m.weights(vector(t, t.step) - vector(t, t.error));
    EXPECT_EQ(t.error_order, t.order) << t.name;
    for (int order = 1; order < t.order; ++order) EXPECT_LT(defect(m, b, order), 3e-14) << t.name << order;
    EXPECT_GT(defect(m, b, t.order), 1e-4) << t.name;
  }
}

TEST(RosenbrockTableau, TheContinuousExtensionMeetsItsConditionsEverywhere) {
  for (const auto method : tableaus) {
    const auto& t = rosenbrock_tableau(method);
    const Classic m(t);
    for (const double theta : {0.1, 0.5, 0.9, 1.0}) {
      VectorXd w = VectorXd::Zero(static_cast<Eigen::Index>(t.stages));
      for (std::size_t k = 0; k < t.stages; ++k)
        w += std::pow(theta, static_cast<double>(k + 1)) * vector(t, t.dense[k]);
      for (int order = 1; order <= t.dense_order; ++order)
        EXPECT_LT(defect(m, m.weights(w), order, theta), 3e-14) << t.name << " at " << theta;
      if (theta == 1.0) {
        EXPECT_LT((w - vector(t, t.step)).lpNorm<Eigen::Infinity>(), 1e-13) << t.name;
      }
    }
  }
}

TEST(RosenbrockTableau, SumsOfRowsAreAsStated) {
  for (const auto method : tableaus) {
    const auto& t = rosenbrock_tableau(method);
    const Classic m(t);
    EXPECT_LT((m.alpha.rowwise().sum() - vector(t, t.alpha)).lpNorm<Eigen::Infinity>(), 3e-14) << t.name;
    EXPECT_LT((m.gamma.rowwise().sum() - vector(t, t.d)).lpNorm<Eigen::Infinity>(), 3e-14) << t.name;
  }
}

TEST(RosenbrockTableau, IsStifflyAccurate) {
  for (const auto method : tableaus) {
    const auto& t = rosenbrock_tableau(method);
    auto last = t.a[t.stages - 1];
    last[t.stages - 1] = 1.0;
    EXPECT_EQ(t.step, last) << t.name;
    EXPECT_EQ(t.alpha[t.stages - 1], 1.0) << t.name;
  }
}

/// What a step does to y' = lambda y, z = h lambda.
std::complex<double> growth(const RosenbrockTableau& t, std::complex<double> z) {
  const auto s = static_cast<Eigen::Index>(t.stages);
  Eigen::VectorXcd u(s);
  const auto pole = 1.0 / (1.0 - t.gamma * z);
  for (std::size_t i = 0; i < t.stages; ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    if (t.is_chain) {
      u[row] = i == 0 ? t.gamma * z * pole : pole * u[row - 1];
      continue;
    }
    std::complex<double> argument = 1.0, sum = 0.0;
    for (std::size_t j = 0; j < i; ++j) {
      argument += t.a[i][j] * u[static_cast<Eigen::Index>(j)];
      sum += t.c[i][j] * u[static_cast<Eigen::Index>(j)];
    }
    u[row] = t.gamma * (z * argument + sum) * pole;
  }
  return 1.0 + vector(t, t.step).cast<std::complex<double>>().dot(u);
}

TEST(RosenbrockTableau, IsLStable) {
  for (const auto method : {RosenbrockMethod::pade5, RosenbrockMethod::ros34pw2, RosenbrockMethod::rodas5p}) {
    const auto& t = rosenbrock_tableau(method);
    for (double size = 1e-2; size < 1e6; size *= 1.1) {
      EXPECT_LE(std::abs(growth(t, {0.0, size})), 1.0 + 1e-9) << t.name << " at i " << size;
      EXPECT_LE(std::abs(growth(t, {-size, 0.0})), 1.0) << t.name << " at -" << size;
    }
    EXPECT_LT(std::abs(growth(t, {-1e9, 0.0})), 1e-6) << t.name;
  }
}

TEST(RestrictedPade, MatchesTheExponentialToItsOrder) {
  // U_j adds gamma^k (j + k - 2 over k - 1) at z^k.
  for (const std::size_t stages : {4, 5, 6, 7, 8}) {
    const auto t = restricted_pade("test", stages, 0.2, 1.0);
    EXPECT_EQ(t.order, static_cast<int>(stages) - 1);
    EXPECT_EQ(t.step[0], 1.0) << "so that the stiffest is damped to zero";
    double power = 1.0, factorial = 1.0;
    std::vector<double> binomial(stages, 1.0);
    for (int k = 1; k <= t.order + 1; ++k) {
      power *= t.gamma;
      factorial *= k;
      double sum = 0.0, size = 0.0;
      for (std::size_t j = 0; j < stages; ++j) {
        sum += t.step[j] * power * binomial[j];
        size += std::abs(t.step[j] * power * binomial[j]);
      }
      if (k <= t.order)
        EXPECT_NEAR(sum, 1.0 / factorial, 1e-15 * size + 1e-15) << stages << " solves, z^" << k;
      else
        EXPECT_GT(std::abs(sum - 1.0 / factorial), 1e-8) << stages << " solves";
      for (std::size_t j = 1; j < stages; ++j) binomial[j] += binomial[j - 1];
    }
  }
}

TEST(RestrictedPade, TheEstimateHasItsOrderAndIgnoresTheStiffest) {
  const auto& t = rosenbrock_tableau(RosenbrockMethod::pade5);
  const auto estimate = [&](double z) {
    const double x = 1.0 / (1.0 - t.gamma * z);
    double sum = 0.0, power = 1.0;
    for (std::size_t i = 0; i < t.stages; ++i, power *= x) sum += t.error[i] * (power * x - power);
    return std::abs(sum);
  };
  EXPECT_NEAR(std::log2(estimate(-0.02) / estimate(-0.01)), t.error_order, 0.05);
  EXPECT_LT(estimate(-1e9), 1e-6);
}

TEST(RestrictedPade, TheContinuousExtensionIsAsExactAsTheStep) {
  const auto& t = rosenbrock_tableau(RosenbrockMethod::pade5);
  const auto error = [&](double z, double theta) {
    const double x = 1.0 / (1.0 - t.gamma * z);
    double value = 1.0, power = 1.0;
    for (std::size_t i = 0; i < t.stages; ++i, power *= x) {
      double weight = 0.0;
      for (std::size_t k = t.stages; k-- > 0;) weight = (weight + t.dense[k][i]) * theta;
      value += weight * (power * x - power);
    }
    return std::abs(value - std::exp(theta * z));
  };
  for (const double theta : {0.2, 0.5, 0.8}) {
    EXPECT_NEAR(std::log2(error(-0.4, theta) / error(-0.2, theta)), t.order + 1.0, 0.7) << theta;
    EXPECT_LT(error(-0.5, theta), 3e-6) << theta;
  }
  EXPECT_NEAR(error(-0.5, 1.0), std::abs(growth(t, {-0.5, 0.0}) - std::exp(-0.5)), 1e-13);
}

}  // namespace
}  // namespace poultice::solvers
