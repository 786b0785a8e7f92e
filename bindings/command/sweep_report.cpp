#include "bindings/command/sweep_report.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/shown.hpp"
#include "bindings/shared/wrapped.hpp"
#include "core/base/text.hpp"
#include "core/units/quantity.hpp"

namespace poultice::bindings {
namespace {

using Kind = core::Distribution::Kind;

constexpr std::size_t most_shown = 6;  // values of one axis

std::string shown(double si, const std::string& unit) { return shown_quantity(si, unit); }

std::vector<std::string> shown_values(const core::DesignColumn& column) {
  if (!column.is_number()) return column.words;
  std::vector<std::string> texts;
  texts.reserve(column.numbers.size());
  for (const double number : column.numbers) texts.push_back(shown(number, column.unit));
  return texts;
}

/// All values of a short axis, the ends of a long one.
std::string axis_in_words(const core::DesignColumn& axis) {
  auto values = shown_values(axis);
  if (values.size() <= most_shown) return core::joined(values);
  return fmt::format("{} values, {}, {} … {}", values.size(), values[0], values[1], values.back());
}

/// The smallest and the largest of a table's numbers; its different words.
std::string table_column_in_words(const core::DesignColumn& column) {
  if (column.is_number()) {
    const auto [least, largest] = std::ranges::minmax(column.numbers);
    return fmt::format("{} … {}", shown(least, column.unit), shown(largest, column.unit));
  }
  const std::set<std::string> different(column.words.begin(), column.words.end());
  const std::vector<std::string> words(different.begin(), different.end());
  return core::joined(words);
}

/// A standard deviation has no zero to start from: 0.5 degC is half a kelvin.
std::string shown_difference(double si, const std::string& unit) {
  return shown(si, core::to_si(0.0, unit) == 0.0 ? unit : core::si_unit(unit));
}

std::string numbers_in_words(const core::Distribution& it) {
  switch (it.kind) {
    case Kind::normal:
      return fmt::format("mean {}, sd {}", shown(it.a, it.unit), shown_difference(it.b, it.unit));
    case Kind::lognormal:
      return fmt::format("median {}, cv {:.4g} %", shown(it.a, it.unit), 100.0 * it.b);
    case Kind::uniform:
    case Kind::loguniform:
      return fmt::format("{} … {}", shown(it.a, it.unit), shown(it.b, it.unit));
    case Kind::categorical:
      break;
  }
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < it.weights.size(); ++i)
    parts.push_back(fmt::format("{} {:.3g} %", it.words.empty() ? shown(it.numbers[i], it.unit) : it.words[i],
                                100.0 * it.weights[i]));
  return core::joined(parts);
}

std::string distribution_in_words(const core::Distribution& it) {
  auto text = fmt::format("{}, {}", word_of(it.kind), numbers_in_words(it));
  if (std::isfinite(it.minimum)) text += fmt::format(", not below {}", shown(it.minimum, it.unit));
  if (std::isfinite(it.maximum)) text += fmt::format(", not above {}", shown(it.maximum, it.unit));
  return text;
}

std::string members_in_words(const core::Study& study) {
  std::vector<std::string> factors;
  factors.reserve(study.axes().size() + 2);
  if (study.replicates() > 1) factors.push_back(fmt::format("{} replicates", study.replicates()));
  for (const auto& axis : study.axes()) factors.push_back(fmt::format("{} of {}", axis.size(), axis.path));
  if (study.needs_drawing())
    factors.push_back(
        fmt::format("{} drawn ({}, seed {})", study.n(), word_of(study.method()), study.seed()));
  if (!study.table().empty()) factors.push_back(fmt::format("{} rows of the table", study.n()));
  return fmt::format("{} = {}", study.n_members(), core::joined(factors, " x "));
}

template <class Things, class Words>
std::string section(const char* title, const Things& things, const Words& words) {
  if (things.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  rows.reserve(things.size());
  for (const auto& thing : things) rows.push_back({thing.path, words(thing)});
  return fmt::format("\n{}\n{}", title, in_columns(rows));
}

std::string correlations_in_words(const core::Study& study) {
  if (study.correlations().empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const auto& it : study.correlations())
    rows.push_back({it.first, it.second, fmt::format("rank {:.4g}", it.rank)});
  return fmt::format("\ncorrelations\n{}", in_columns(rows));
}

std::string columns_in_json(const std::vector<core::DesignColumn>& columns) {
  std::vector<std::string> all;
  for (const auto& column : columns) {
    JsonObject json;
    json.add("path", column.path).add("n_values", static_cast<long>(column.size()));
    if (column.is_number()) json.add("unit", core::si_unit(column.unit));
    all.push_back(json.text());
  }
  return json_array(all);
}

std::string distributions_in_json(const core::Study& study) {
  std::vector<std::string> all;
  for (const auto& it : study.distributions())
    all.push_back(JsonObject()
                      .add("path", it.path)
                      .add("distribution", word_of(it.kind))
                      .add("text", distribution_in_words(it))
                      .text());
  return json_array(all);
}

}  // namespace

std::string sweep_in_words(const core::Study& study) {
  const auto& title = study.scenario()->title();
  auto text = (title.empty() ? study.name() : title) + "\n\n";
  text += wrapped(fmt::format("members  {}", members_in_words(study)), 11);
  text += section("axes", study.axes(), axis_in_words);
  text += section("distributions", study.distributions(), distribution_in_words);
  text += correlations_in_words(study);
  text += section("table", study.table(), table_column_in_words);
  text += "\nkept of each member\n  headlines\n";
  if (!study.curves().empty())
    text += wrapped(
        fmt::format("curves, every {}: {}", shown(study.every(), "h"), core::joined(study.curves())), 4);
  if (!study.profiles().empty())
    text += wrapped(fmt::format("profiles, every {}: {}", shown(study.profiles_every(), "h"),
                                core::joined(study.profiles())),
                    4);
  return text;
}

std::string sweep_in_json(const core::Study& study) {
  return JsonObject()
      .add("title", study.scenario()->title())
      .add("members", static_cast<long>(study.n_members()))
      .add("replicates", static_cast<long>(study.replicates()))
      .add("samples", static_cast<long>(study.n()))
      .add("method", study.needs_drawing() ? word_of(study.method()) : std::string_view())
      .add("seed", static_cast<long>(study.seed()))
      .add_json("axes", columns_in_json(study.axes()))
      .add_json("distributions", distributions_in_json(study))
      .add_json("table", columns_in_json(study.table()))
      .add_json("curves", json_texts(study.curves()))
      .add_json("profiles", json_texts(study.profiles()))
      .add("scenario_sha256", study.scenario()->hash())
      .text();
}

}  // namespace poultice::bindings
