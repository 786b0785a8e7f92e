#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/document.hpp"
#include "core/scenario/parameter.hpp"

namespace poultice::core {

/// How one parameter is drawn. All numbers in SI but cv and weights, which are plain.
struct Distribution {
  enum class Kind { normal, lognormal, uniform, loguniform, categorical };

  std::string path{};
  std::string unit{};    ///< the field's customary unit; "1" of a count, "" of words
  ParameterSpec spec{};  ///< of the parameter
  Kind kind = Kind::normal;
  double a = 0.0;  ///< normal: mean; lognormal: median; uniform, loguniform: lower end
  double b = 0.0;  ///< normal: standard deviation; lognormal: cv; uniform, loguniform: upper end
  double minimum = -std::numeric_limits<double>::infinity();  ///< where a normal or lognormal is cut
  double maximum = std::numeric_limits<double>::infinity();
  std::vector<double> numbers{};     ///< of a categorical quantity or count
  std::vector<std::string> words{};  ///< of any other categorical
  std::vector<double> weights{};     ///< of a categorical; they sum to 1
  Place place{};                     ///< in the study
  bool needs_own_scenario = false;   ///< see DesignColumn

  /// The share of an uncut normal or lognormal that lies between minimum and maximum.
  [[nodiscard]] double kept_share() const;
};

/// "lognormal", as a study says it.
[[nodiscard]] std::string_view word_of(Distribution::Kind kind);

/// Two drawn parameters go together: Spearman's rank correlation, by a Gaussian copula.
struct RankCorrelation {
  std::string first, second;  ///< paths of distributions
  double rank = 0.0;          ///< between -1 and 1, ends excluded
  Place place{};
};

/// Whether some joint distribution has all these rank correlations at once, as a Gaussian copula makes them.
[[nodiscard]] bool can_hold_together(const std::vector<Distribution>& distributions,
                                     const std::vector<RankCorrelation>& correlations);

}  // namespace poultice::core
