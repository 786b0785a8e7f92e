#include "core/study/drawn_columns.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/scenario/problem_list.hpp"
#include "core/scenario/value_reader.hpp"
#include "core/study/varied_entries.hpp"
#include "core/units/quantity.hpp"

namespace poultice::core {
namespace {

constexpr double rounding = 1e-12;

template <class Values>
bool are_all_among(const Values& values, const Values& allowed) {
  return std::all_of(values.begin(), values.end(), [&](const auto& value) {
    return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  });
}

void check_range(const Distribution& distribution, const DesignColumn& column, ProblemList& problems) {
  const auto& spec = distribution.spec;
  double low = to_si(spec.minimum, spec.unit), high = to_si(spec.maximum, spec.unit);
  low -= rounding * std::abs(low);
  high += rounding * std::abs(high);
  const auto& numbers = column.numbers;
  const auto n_outside = std::count_if(numbers.begin(), numbers.end(), [&](double number) {
    return !(number >= low && number <= high);  // NaN is outside
  });
  if (n_outside == 0) return;
  const auto [least, largest] = std::minmax_element(numbers.begin(), numbers.end());
  const bool can_be_cut =
      distribution.kind == Distribution::Kind::normal || distribution.kind == Distribution::Kind::lognormal;
  refuse(
      problems, distribution.place, fmt::format("sweep.distributions.\"{}\"", distribution.path),
      fmt::format("{} of {} drawn values are out of the parameter's range", n_outside, numbers.size()),
      fmt::format("from {} to {}", format_quantity(*least, spec.unit), format_quantity(*largest, spec.unit)),
      accepted(spec), can_be_cut ? "cut the distribution: minimum = …, maximum = …" : "");
}

DesignColumn checked(const Distribution& distribution, const DesignColumn& drawn, Index n,
                     ProblemList& problems) {
  const bool is_categorical = distribution.kind == Distribution::Kind::categorical;
  const bool has_words = !distribution.words.empty();
  if (drawn.is_number() == has_words || drawn.size() != n)
    throw ParameterError(
        drawn.path, fmt::format("the drawn column holds {} {}, where {} {} are needed", drawn.size(),
                                drawn.is_number() ? "numbers" : "words", n, has_words ? "words" : "numbers"));
  if (is_categorical &&
      !(are_all_among(drawn.numbers, distribution.numbers) && are_all_among(drawn.words, distribution.words)))
    throw ParameterError(drawn.path, "the drawn column holds values that are none of the categories");
  if (!is_categorical) check_range(distribution, drawn, problems);
  return {.path = distribution.path,
          .unit = distribution.unit,
          .numbers = drawn.numbers,
          .words = drawn.words,
          .needs_own_scenario = distribution.needs_own_scenario};
}

}  // namespace

std::vector<DesignColumn> checked_draws(const Study& study, const std::vector<DesignColumn>& drawn) {
  ProblemList problems;
  std::vector<DesignColumn> columns;
  for (const auto& distribution : study.distributions()) {
    const auto found = std::find_if(drawn.begin(), drawn.end(),
                                    [&](const auto& column) { return column.path == distribution.path; });
    if (found == drawn.end()) throw ParameterError(distribution.path, "no drawn column has this name");
    columns.push_back(checked(distribution, *found, study.n() * study.replicates(), problems));
  }
  if (drawn.size() != columns.size())
    throw ParameterError("drawn", "there are more columns than distributions");
  problems.throw_if_any({study.name()});
  return columns;
}

}  // namespace poultice::core
