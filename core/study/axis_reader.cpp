#include "core/study/axis_reader.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/scenario/table_reader.hpp"

namespace poultice::core {
namespace {

/// Bounded above by hand, so that the example in messages stays small.
ParameterSpec at_least_two() {
  auto spec = count("count");
  spec.minimum = 2.0;
  return spec;
}

ParameterTable range_table(const ParameterSpec& parameter) {
  auto from = parameter, to = parameter;
  from.key = "from";
  to.key = "to";
  from.preset = to.preset = "";
  from.is_optional = to.is_optional = false;
  from.meaning = "The first value.";
  to.meaning = "The last value.";
  return {from, to, at_least_two().means("How many values there are, ends included."),
          choice("spacing", {"linear", "log"})
              .by_default("linear")
              .means("Whether values differ by a step or by a factor.")};
}

/// `n` numbers from one end to the other, which are met exactly.
std::vector<double> spaced(double from, double to, std::size_t n, bool by_factor) {
  std::vector<double> numbers(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(n - 1);
    numbers[i] = by_factor ? from * std::pow(to / from, share) : from + (to - from) * share;
  }
  numbers.back() = to;
  return numbers;
}

bool is_whole(double number) { return std::abs(number - std::round(number)) < 1e-9; }

std::vector<double> read_range(const VariedEntry& entry, const Tier& tier, ProblemList& problems) {
  const auto& spec = entry.parameter.spec;
  if (!entry.parameter.is_number()) {
    refuse(problems, entry.value->place, entry.key, "a range takes numbers", "a table",
           fmt::format("a list of values, each {}", accepted(spec)),
           fmt::format("write [{}, …]", example_of(spec)));
    return {};
  }
  const auto table = range_table(spec);
  TableReader reader(table, entry.key, problems);
  reader.add(*entry.value, tier);
  const auto values = reader.finish(entry.value->place);
  if (values.size() != table.specs().size()) return {};
  const double from = values[0].number, to = values[1].number;
  const bool by_factor = values[3].text == "log";
  const auto refuse_it = [&](std::string what, std::string expected, std::string hint) {
    refuse(problems, entry.value->place, entry.key, std::move(what),
           fmt::format("from {} to {}", values[0].given, values[1].given), std::move(expected),
           std::move(hint));
    return std::vector<double>{};
  };
  if (values[2].number > most_members)
    return refuse_it(fmt::format("{} values are too many", values[2].given),
                     fmt::format("at most {:.0f}", most_members), "");
  if (from == to) return refuse_it("the range has no width", "two different ends", "");
  if (by_factor && !(from > 0.0 && to > 0.0))
    return refuse_it("a range spaced by factors cannot hold zero", "ends above zero",
                     "take spacing = \"linear\", or begin at a small value");
  auto numbers = spaced(from, to, static_cast<std::size_t>(values[2].number), by_factor);
  if (spec.type == ParameterType::count) {
    if (!std::all_of(numbers.begin(), numbers.end(), is_whole))
      return refuse_it("the values of the range are no whole numbers", "whole numbers",
                       "choose another count, or write the values as a list");
    for (auto& number : numbers) number = std::round(number);
  }
  return numbers;
}

}  // namespace

DesignColumn read_axis(const VariedEntry& entry, const Tier& tier, ProblemList& problems) {
  const auto& value = *entry.value;
  if (value.kind == Node::Kind::array) return read_list(entry, value, tier, problems);
  auto column = column_for(entry.parameter);
  if (value.kind == Node::Kind::table) {
    column.numbers = read_range(entry, tier, problems);
  } else {
    refuse(problems, value.place, entry.key, "one value is no axis", value.written, "a list, or a range",
           fmt::format("write [{}, …], or give the one value in the scenario", value.written));
  }
  return column;
}

}  // namespace poultice::core
