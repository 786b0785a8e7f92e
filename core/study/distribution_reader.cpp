#include "core/study/distribution_reader.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/scenario/table_reader.hpp"
#include "core/units/quantity.hpp"

namespace poultice::core {
namespace {

using Kind = Distribution::Kind;

constexpr double least_share = 1e-9;  // less of a distribution than this cannot be drawn from faithfully

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> words{"normal", "lognormal", "uniform", "loguniform", "categorical"};
  return words;
}

/// A parameter's own spec under another key: the same unit and range.
ParameterSpec same(const ParameterSpec& parameter, std::string key, std::string meaning) {
  auto spec = quantity(std::move(key), parameter.unit);
  spec.minimum = parameter.minimum;
  spec.maximum = parameter.maximum;
  return spec.means(std::move(meaning));
}

ParameterTable table_for(Kind kind, const ParameterSpec& parameter) {
  const auto bound = [&](const char* key, const char* meaning) {
    return same(parameter, key, meaning).optional();
  };
  const auto low = bound("minimum", "Below this nothing is drawn.");
  const auto high = bound("maximum", "Above this nothing is drawn.");
  if (kind == Kind::normal)
    return {same(parameter, "mean", "The mean, before it is cut."),
            // A difference: kelvins where the parameter is a temperature, whose scale has a zero of its own.
            quantity("sd", to_si(0.0, parameter.unit) == 0.0 ? parameter.unit : si_unit(parameter.unit))
                .means("The standard deviation, before it is cut."),
            low, high};
  if (kind == Kind::lognormal)
    return {same(parameter, "median", "The median, before it is cut."),
            quantity("cv", "1")
                .between(0.0, 100.0)
                .means("The standard deviation over the mean, before it is cut."),
            low, high};
  return {same(parameter, "from", "The lower end."), same(parameter, "to", "The upper end.")};
}

/// Reads one entry; what is wrong goes to the problem list.
class Reader {
 public:
  Reader(const VariedEntry& entry, const Tier& tier, ProblemList& problems)
      : entry_(entry), tier_(tier), problems_(problems) {}

  std::optional<Distribution> read() {
    const auto kind = read_kind();
    if (!kind) return std::nullopt;
    const auto& parameter = entry_.parameter;
    it_.path = parameter.path;
    it_.unit = parameter.unit();
    it_.spec = parameter.spec;
    it_.kind = *kind;
    it_.place = entry_.place;
    it_.needs_own_scenario = parameter.needs_own_scenario;
    const bool is_good = *kind == Kind::categorical ? read_categories() : read_numbers();
    return is_good ? std::optional(it_) : std::nullopt;
  }

 private:
  bool refuse_it(const Place& place, std::string what, std::string given, std::string expected,
                 std::string hint = "") {
    refuse(problems_, place, entry_.key, std::move(what), std::move(given), std::move(expected),
           std::move(hint));
    return false;
  }

  std::optional<Kind> read_kind() {
    const auto& value = *entry_.value;
    const auto example = fmt::format("{{ distribution = \"uniform\", from = …, to = … }}");
    if (value.kind != Node::Kind::table) {
      refuse_it(
          value.place, "says not how the parameter is distributed",
          value.kind == Node::Kind::array ? value.described() : value.written, example,
          value.kind == Node::Kind::array ? "a list of values to be crossed stands in [sweep.axes]" : "");
      return std::nullopt;
    }
    const auto* word = value.find("distribution");
    if (word == nullptr) {
      refuse_it(value.place, "says not how the parameter is distributed", "",
                fmt::format("distribution = one of {}", joined(kinds())),
                value.find("count") != nullptr ? "a range to be crossed stands in [sweep.axes]" : "");
      return std::nullopt;
    }
    const auto known = std::find(kinds().begin(), kinds().end(), word->text);
    if (word->kind == Node::Kind::text && known != kinds().end())
      return static_cast<Kind>(known - kinds().begin());
    const auto best = nearest(word->text, kinds());
    refuse_it(word->place, "there is no such distribution", word->written,
              fmt::format("one of {}", joined(kinds())),
              best.empty() ? "" : fmt::format("did you mean \"{}\"?", best));
    return std::nullopt;
  }

  bool read_numbers() {
    const auto& value = *entry_.value;
    if (it_.spec.type != ParameterType::quantity)
      return refuse_it(value.place, fmt::format("{} is for quantities", word_of(it_.kind)),
                       value.find("distribution")->written, "distribution = \"categorical\"",
                       "give values = [...] and, where they are not alike, weights = [...]");
    auto table = without(value, {"distribution"});
    spell_difference(table);
    const auto specs = table_for(it_.kind, it_.spec);
    TableReader reader(specs, entry_.key, problems_);
    reader.add(table, tier_);
    const auto values = reader.finish(value.place);
    if (values.size() != specs.specs().size()) return false;
    it_.a = values[0].number;
    it_.b = values[1].number;
    const auto given = fmt::format("{} {}, {} {}", specs.specs()[0].key, values[0].given,
                                   specs.specs()[1].key, values[1].given);
    if (values.size() == 2) return check_ends(given);
    if (!std::isnan(values[2].number)) it_.minimum = values[2].number;
    if (!std::isnan(values[3].number)) it_.maximum = values[3].number;
    return check_spread(given) && check_cut(given);
  }

  /// "0.5 degC" as a standard deviation is half a kelvin, not 273.65 K.
  void spell_difference(Node& table) {
    if (to_si(0.0, it_.spec.unit) == 0.0) return;
    for (auto& [key, place, value] : table.entries) {
      if (key != "sd" || value.kind != Node::Kind::text) continue;
      try {
        value.text =
            fmt::format("{} {}", parse_difference(value.text, it_.spec.unit), si_unit(it_.spec.unit));
      } catch (const UnitError&) {
        // As it stands; the reader of the table complains of it.
      }
    }
  }

  bool check_ends(const std::string& given) {
    const auto& place = entry_.value->place;
    if (it_.a >= it_.b)
      return refuse_it(place, "the lower end is not below the upper", given, "from below to");
    if (it_.kind == Kind::loguniform && it_.a <= 0.0)
      return refuse_it(place, "a loguniform cannot hold zero", given, "ends above zero",
                       "take uniform, or begin at a small value");
    return true;
  }

  bool check_spread(const std::string& given) {
    const auto& place = entry_.value->place;
    if (it_.kind == Kind::lognormal && it_.a <= 0.0)
      return refuse_it(place, "the median of a lognormal is above zero", given, "a median above zero");
    if (it_.b <= 0.0)
      return refuse_it(place, "nothing is spread", given,
                       fmt::format("{} above zero", it_.kind == Kind::normal ? "sd" : "cv"),
                       "a parameter that does not vary stands in the scenario");
    return true;
  }

  bool check_cut(const std::string& given) {
    const auto& place = entry_.value->place;
    if (it_.minimum >= it_.maximum)
      return refuse_it(place, "the minimum is not below the maximum", given, "minimum below maximum");
    if (it_.kept_share() >= least_share) return true;
    return refuse_it(place, "nothing is left between minimum and maximum", given,
                     fmt::format("a share of at least {:g} of the whole distribution", least_share));
  }

  bool read_categories() {
    static const std::vector<std::string> known{"distribution", "values", "weights"};
    const auto& value = *entry_.value;
    bool is_good = true;
    for (const auto& entry : value.entries) {
      if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
      const auto best = nearest(entry.key, known);
      is_good = refuse_it(entry.place, "unknown key", entry.key, joined(known),
                          best.empty() ? "" : fmt::format("did you mean {}?", best));
    }
    const auto* values = value.find("values");
    if (values == nullptr || values->kind != Node::Kind::array)
      return refuse_it(value.place, "the values are missing", values == nullptr ? "" : values->described(),
                       fmt::format("values = [{}, …]", example_of(it_.spec)));
    const auto column = read_list(entry_, *values, tier_, problems_);
    it_.numbers = column.numbers;
    it_.words = column.words;
    const auto n = values->items.size();
    return read_weights(value.find("weights"), n) && is_good &&
           static_cast<std::size_t>(column.size()) == n && n > 0;
  }

  bool read_weights(const Node* weights, std::size_t n) {
    it_.weights.assign(n, 1.0 / static_cast<double>(n));
    if (weights == nullptr) return true;
    const auto expected = fmt::format("{} numbers, none below zero, one for each of the values", n);
    if (weights->kind != Node::Kind::array || weights->items.size() != n)
      return refuse_it(weights->place, "there is not one weight for each value",
                       weights->kind == Node::Kind::array ? fmt::format("{} weights", weights->items.size())
                                                          : weights->described(),
                       expected);
    for (std::size_t i = 0; i < n; ++i) {
      const auto& item = weights->items[i];
      const bool is_integer = item.kind == Node::Kind::integer;
      it_.weights[i] = is_integer ? static_cast<double>(item.integer) : item.real;
      const bool is_number = is_integer || item.kind == Node::Kind::real;
      if (!is_number || !std::isfinite(it_.weights[i]) || it_.weights[i] < 0.0)
        return refuse_it(item.place, "this is no weight", item.written, expected);
    }
    const double sum = std::accumulate(it_.weights.begin(), it_.weights.end(), 0.0);
    if (!(sum > 0.0) || !std::isfinite(sum))
      return refuse_it(weights->place, "the weights do not sum to a number above zero", "", expected);
    for (auto& weight : it_.weights) weight /= sum;
    return true;
  }

  const VariedEntry& entry_;
  const Tier& tier_;
  ProblemList& problems_;
  Distribution it_;
};

}  // namespace

std::optional<Distribution> read_distribution(const VariedEntry& entry, const Tier& tier,
                                              ProblemList& problems) {
  return Reader(entry, tier, problems).read();
}

}  // namespace poultice::core
