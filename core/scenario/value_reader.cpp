#include "core/scenario/value_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/units/quantity.hpp"

namespace poultice::core {
namespace {

using Kind = Node::Kind;

constexpr double rounding = 1e-12;  // "0.1 m^2" is not above 1000 cm^2 for want of a last digit

std::string in_quotes(std::string_view text) { return fmt::format("\"{}\"", text); }

/// Reads one value; what is wrong goes to the problem list.
class ValueReader {
 public:
  ValueReader(const ParameterSpec& spec, const std::string& path, const Tier& tier, ProblemList& problems)
      : spec_(spec), path_(path), tier_(tier), problems_(problems) {}

  std::optional<ParameterValue> read(const Node& node) {
    value_.path = path_;
    value_.spec = &spec_;
    value_.origin = tier_.origin;
    value_.origin_name = tier_.name;
    value_.source = tier_.source;
    const auto* inner = node.kind == Kind::table ? unwrap(node) : &node;
    if (inner == nullptr) return std::nullopt;
    value_.line = inner->place.line;
    value_.column = inner->place.column;
    value_.given = inner->kind == Kind::text ? inner->text : inner->written;
    const bool is_good = fill(*inner);
    return is_good && !is_bad_ ? std::optional(value_) : std::nullopt;
  }

 private:
  bool refuse(const Node& node, std::string what, std::string expected, std::string hint = "") {
    auto problem = node.place.problem(path_, std::move(what));
    problem.given = node.kind == Kind::table || node.kind == Kind::array ? node.described() : node.written;
    problem.expected = std::move(expected);
    problem.hint = std::move(hint);
    problems_.add(std::move(problem));
    return false;
  }

  /// The value inside `{ value = …, source = … }`, whose other keys are kept; null when there is none.
  const Node* unwrap(const Node& table) {
    static const std::vector<std::string> keys{"value", "source", "trust", "note"};
    const std::array<std::string*, 4> targets{nullptr, &value_.source, &value_.trust, &value_.note};
    for (const auto& entry : table.entries) {
      const auto key = std::find(keys.begin(), keys.end(), entry.key);
      if (key == keys.end()) {
        auto problem = entry.place.problem(path_, "unknown key beside a value");
        problem.given = entry.key;
        problem.expected = joined(keys);
        if (const auto best = nearest(entry.key, keys); !best.empty())
          problem.hint = fmt::format("did you mean {}?", best);
        problems_.add(std::move(problem));
        is_bad_ = true;
      } else if (auto* target = targets[static_cast<std::size_t>(key - keys.begin())]; target != nullptr) {
        if (entry.value.kind == Kind::text)
          *target = entry.value.text;
        else
          is_bad_ = !refuse(entry.value, fmt::format("{} is a text", entry.key), "a text in quotes");
      }
    }
    const auto* value = table.find("value");
    if (value == nullptr && !is_bad_)
      refuse(table, "the table holds no value", fmt::format("{{ value = {} }}", example_of(spec_)));
    return value;
  }

  bool fill(const Node& node) {
    switch (spec_.type) {
      case ParameterType::quantity:
        return fill_quantity(node);
      case ParameterType::count:
        return fill_count(node);
      case ParameterType::flag:
        return fill_flag(node);
      case ParameterType::choice:
        return fill_text(node) && check_choice(node);
      case ParameterType::text:
      case ParameterType::set:
      case ParameterType::instance:
        return fill_text(node);
    }
    return false;
  }

  bool fill_quantity(const Node& node) {
    const bool is_number = node.kind == Kind::integer || node.kind == Kind::real;
    if (is_number) {
      const double number = node.kind == Kind::integer ? static_cast<double>(node.integer) : node.real;
      if (!std::isfinite(number)) return refuse(node, "the number is not finite", accepted(spec_));
      if (spec_.unit != "1")
        return refuse(node, "the unit is missing", accepted(spec_),
                      fmt::format("write \"{} {}\" if that is the unit", node.written, spec_.unit));
      value_.number = number;
    } else if (node.kind == Kind::text) {
      if (!parse(node)) return false;
    } else {
      return refuse(node, fmt::format("{} is no quantity", node.described()), accepted(spec_),
                    fmt::format("write for example {}", example_of(spec_)));
    }
    return check_range(node, to_si(spec_.minimum, spec_.unit), to_si(spec_.maximum, spec_.unit));
  }

  bool parse(const Node& node) {
    try {
      value_.number = parse_quantity(node.text, spec_.unit);
      return true;
    } catch (const UnitError& error) {
      auto problem = node.place.problem(path_, error.what_is_wrong());
      problem.given = node.written;
      problem.expected = error.expected();
      problem.hint = error.hint();
      problems_.add(std::move(problem));
      return false;
    }
  }

  bool fill_count(const Node& node) {
    if (node.kind != Kind::integer) {
      std::string hint;
      if (node.kind == Kind::text) hint = "a whole number stands without quotes";
      if (node.kind == Kind::real && std::floor(node.real) == node.real)
        hint = "write it without a decimal point";
      return refuse(node, "a whole number is needed", accepted(spec_), hint);
    }
    value_.number = static_cast<double>(node.integer);
    return check_range(node, spec_.minimum, spec_.maximum);
  }

  bool check_range(const Node& node, double low, double high) {
    const double number = value_.number;
    if (number < low - rounding * std::abs(low)) return refuse(node, "is too small", accepted(spec_));
    if (number > high + rounding * std::abs(high)) return refuse(node, "is too large", accepted(spec_));
    return true;
  }

  bool fill_flag(const Node& node) {
    if (node.kind != Kind::boolean) {
      const bool is_quoted = node.kind == Kind::text && (node.text == "true" || node.text == "false");
      return refuse(node, "true or false is needed", "true or false",
                    is_quoted ? fmt::format("write {} without quotes", node.text) : "");
    }
    value_.number = node.boolean ? 1.0 : 0.0;
    value_.text = node.boolean ? "true" : "false";
    return true;
  }

  bool fill_text(const Node& node) {
    const bool is_table = node.kind == Kind::table || node.kind == Kind::array;
    if (node.kind == Kind::text)
      value_.text = node.text;
    else if (node.is_loose && !is_table)
      value_.text = node.written;
    else
      return refuse(node, "a text is needed", accepted(spec_),
                    is_table ? "" : fmt::format("write {}", in_quotes(node.written)));
    return true;
  }

  bool check_choice(const Node& node) {
    const auto& words = spec_.choices;
    if (std::find(words.begin(), words.end(), value_.text) != words.end()) return true;
    const auto best = nearest(value_.text, words);
    return refuse(node, "is none of the choices", accepted(spec_),
                  best.empty() ? "" : fmt::format("did you mean {}?", in_quotes(best)));
  }

  const ParameterSpec& spec_;
  const std::string& path_;
  const Tier& tier_;
  ProblemList& problems_;
  ParameterValue value_;
  bool is_bad_ = false;
};

std::string with_unit(std::string text, const std::string& unit) {
  return unit == "1" ? text : fmt::format("{} {}", text, unit);
}

}  // namespace

std::optional<ParameterValue> read_value(const ParameterSpec& spec, const std::string& path, const Node& node,
                                         const Tier& tier, ProblemList& problems) {
  return ValueReader(spec, path, tier, problems).read(node);
}

std::optional<ParameterValue> preset_value(const ParameterSpec& spec, const std::string& path,
                                           ProblemList& problems) {
  const Tier tier{Origin::preset, "default", spec.source};
  if (!spec.preset.empty())
    return read_value(spec, path, parse_loose_value(spec.preset, "default"), tier, problems);
  ParameterValue absent;
  absent.path = path;
  absent.spec = &spec;
  absent.number = std::numeric_limits<double>::quiet_NaN();
  absent.origin = tier.origin;
  absent.origin_name = tier.name;
  absent.source = tier.source;
  return absent;
}

std::string rounded(double number, int digits) {
  return fmt::format("{}", std::strtod(fmt::format("{:.{}g}", number, digits).c_str(), nullptr));
}

std::string accepted(const ParameterSpec& spec) {
  const bool is_count = spec.type == ParameterType::count;
  switch (spec.type) {
    case ParameterType::choice:
      return fmt::format("one of {}", joined(spec.choices));
    case ParameterType::flag:
      return "true or false";
    case ParameterType::set:
      return "the name of a set, or the path of a .toml file";
    case ParameterType::instance:
      return spec.folder.empty() ? "the name of a table"
                                 : fmt::format("the name of a table of model {}", spec.folder);
    case ParameterType::text:
      return "a text in quotes";
    case ParameterType::quantity:
    case ParameterType::count:
      break;
  }
  const bool has_low = std::isfinite(spec.minimum), has_high = std::isfinite(spec.maximum);
  const std::string noun = is_count ? "a whole number " : spec.unit == "1" ? "a number " : "";
  if (has_low && has_high)
    return with_unit(
        fmt::format("{}between {} and {}", noun, rounded(spec.minimum, 6), rounded(spec.maximum, 6)),
        spec.unit);
  if (has_low) return with_unit(fmt::format("{}>= {}", noun, rounded(spec.minimum, 6)), spec.unit);
  if (has_high) return with_unit(fmt::format("{}<= {}", noun, rounded(spec.maximum, 6)), spec.unit);
  return spec.unit == "1" ? noun.substr(0, noun.size() - 1) : fmt::format("a quantity in {}", spec.unit);
}

std::string example_of(const ParameterSpec& spec) {
  switch (spec.type) {
    case ParameterType::choice:
      return in_quotes(spec.choices.empty() ? "" : spec.choices.front());
    case ParameterType::flag:
      return "true";
    case ParameterType::text:
    case ParameterType::set:
    case ParameterType::instance:
      return in_quotes("name");
    case ParameterType::quantity:
    case ParameterType::count:
      break;
  }
  double number = 1.0;
  if (number < spec.minimum || number > spec.maximum) {
    const double low = std::max(spec.minimum, -std::numeric_limits<double>::max());
    number = low > 0.0 && std::isfinite(spec.maximum) ? std::sqrt(low * spec.maximum)
             : std::isfinite(spec.minimum)            ? spec.minimum
                                                      : spec.maximum;
  }
  if (spec.type == ParameterType::count) return fmt::format("{:.0f}", std::ceil(number));
  const auto text = rounded(number, 2);
  return spec.unit == "1" ? text : in_quotes(with_unit(text, spec.unit));
}

}  // namespace poultice::core
