#include "core/study/distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <Eigen/Cholesky>

#include "core/base/check.hpp"

namespace poultice::core {
namespace {

/// The share of a standard normal between two points, without loss in the tails.
double share_between(double low, double high) {
  if (low > 0.0) return share_between(-high, -low);
  const auto below = [](double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); };
  return below(high) - below(low);
}

/// The correlation of two normals whose ranks correlate by `rank` (Pearson 1907).
double of_normals(double rank) { return 2.0 * std::sin(std::numbers::pi / 6.0 * rank); }

}  // namespace

double Distribution::kept_share() const {
  if (kind == Kind::normal) return share_between((minimum - a) / b, (maximum - a) / b);
  POULTICE_ASSERT(kind == Kind::lognormal);
  const double sigma = std::sqrt(std::log1p(b * b));
  const auto in_sigmas = [&](double bound) { return bound > 0.0 ? std::log(bound / a) / sigma : -HUGE_VAL; };
  return share_between(in_sigmas(minimum), in_sigmas(maximum));
}

std::string_view word_of(Distribution::Kind kind) {
  constexpr std::array<std::string_view, 5> words{"normal", "lognormal", "uniform", "loguniform",
                                                  "categorical"};
  return words[static_cast<std::size_t>(kind)];
}

bool can_hold_together(const std::vector<Distribution>& distributions,
                       const std::vector<RankCorrelation>& correlations) {
  const auto n = static_cast<Eigen::Index>(distributions.size());
  const auto index_of = [&](const std::string& path) {
    return std::find_if(distributions.begin(), distributions.end(),
                        [&](const auto& distribution) { return distribution.path == path; }) -
           distributions.begin();
  };
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  for (const auto& [first, second, rank, place] : correlations)
    matrix(index_of(first), index_of(second)) = matrix(index_of(second), index_of(first)) = of_normals(rank);
  return Eigen::LLT<Eigen::MatrixXd>(matrix).info() == Eigen::Success;
}

}  // namespace poultice::core
