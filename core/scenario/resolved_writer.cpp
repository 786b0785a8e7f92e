#include "core/scenario/resolved_writer.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/scenario/value_reader.hpp"
#include "core/units/quantity.hpp"

namespace poultice::core {
namespace {

bool is_absent(const ParameterValue& value) { return std::isnan(value.number); }

/// What stands to the right of "=". A set is folded in: its name is empty then, so that nothing is looked up
/// again, and stays only as a note.
std::string written(const ParameterValue& value) {
  switch (value.spec->type) {
    case ParameterType::quantity: {
      const auto text = exact_quantity(value.number, value.spec->unit);
      return value.spec->unit == "1" ? text : toml_string(text);
    }
    case ParameterType::count:
      return fmt::format("{:.0f}", value.number);
    case ParameterType::flag:
      return value.text;
    case ParameterType::set:
      return fmt::format("{{ value = \"\", note = {} }}",
                         toml_string(value.text.empty() ? value.note : value.text));
    case ParameterType::choice:
    case ParameterType::text:
    case ParameterType::instance:
      return toml_string(value.text);
  }
  return "";
}

/// Sorts the keys of one table under the TOML headers they need, in the order in which these first appear.
class TableWriter {
 public:
  explicit TableWriter(const Instance& instance) : instance_(instance) {
    lines_of(fmt::format("[{}]", instance.name));
  }

  void add(const ParameterValue& value) {
    const auto key = std::string_view(value.path).substr(instance_.name.size() + 1);
    for (const auto& [list, names] : instance_.elements)
      for (const auto& name : names)
        if (const auto element = fmt::format("{}.{}.", list, name); key.starts_with(element))
          return add_to_element(list, name, key.substr(element.size()), value);
    const auto dot = key.rfind('.');
    if (dot == std::string_view::npos)
      add_line(lines_of(fmt::format("[{}]", instance_.name)), key, value);
    else
      add_line(lines_of(fmt::format("[{}.{}]", instance_.name, key.substr(0, dot))), key.substr(dot + 1),
               value);
  }

  [[nodiscard]] std::string text() const {
    std::string text;
    for (const auto& [header, lines] : groups_)
      text += fmt::format("\n{}\n{}", header.substr(0, header.find('#')), lines);
    return text;
  }

 private:
  /// Elements of one list share a header; what follows the '#' keeps them apart and is not written.
  void add_to_element(std::string_view list, std::string_view name, std::string_view key,
                      const ParameterValue& value) {
    auto& lines = lines_of(fmt::format("[[{}.{}]]#{}", instance_.name, list, name));
    if (lines.empty()) lines = fmt::format("name = {}\n", toml_string(name));
    add_line(lines, key, value);
  }

  static void add_line(std::string& lines, std::string_view key, const ParameterValue& value) {
    if (!is_absent(value)) lines += fmt::format("{} = {}\n", key, written(value));
  }

  std::string& lines_of(const std::string& header) {
    const auto group = std::find_if(groups_.begin(), groups_.end(),
                                    [&](const auto& candidate) { return candidate.first == header; });
    return group != groups_.end() ? group->second : groups_.emplace_back(header, "").second;
  }

  const Instance& instance_;
  std::vector<std::pair<std::string, std::string>> groups_;
};

std::string write_root(const Scenario& scenario) {
  std::string text = "# Every value of the study written out; sets and therapies are folded in.\n";
  for (const auto& spec : engine_table("").specs()) {
    const auto& value = scenario.value(spec.key);
    if (spec.type != ParameterType::set && !is_absent(value))
      text += fmt::format("{} = {}\n", spec.key, written(value));
  }
  return text;
}

std::string write_table(const Scenario& scenario, const Instance& instance) {
  TableWriter writer(instance);
  const auto prefix = instance.name + ".";
  for (const auto& value : scenario.values())
    if (value.path.starts_with(prefix)) writer.add(value);
  auto text = writer.text();
  if (instance.model != nullptr && instance.model->name != instance.name)
    text.insert(text.find('\n', 1) + 1, fmt::format("model = {}\n", toml_string(instance.model->name)));
  return text;
}

std::string write_event(const Event& event) {
  auto text = fmt::format("\n[[schedule]]\nat = {}\n{} = {}\n", toml_string(exact_quantity(event.time, "h")),
                          event.verb, toml_string(event.instance));
  for (const auto& option : event.options)
    if (!is_absent(option)) text += fmt::format("{} = {}\n", option.path, written(option));
  return text;
}

}  // namespace

std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += fmt::format("\\{}", c);
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      quoted += fmt::format("\\u{:04X}", c);
    else
      quoted += c;
  }
  return quoted + '"';
}

std::string exact_quantity(double si, const std::string& unit) {
  constexpr int enough_digits = 17;
  const double number = from_si(si, unit);
  for (int digits = 1; digits <= enough_digits; ++digits) {
    auto text = rounded(number, digits);
    if (unit != "1") text += " " + unit;
    if (parse_quantity(text, unit) == si) return text;
  }
  return fmt::format("{} {}", si, si_unit(unit));
}

std::string write_resolved(const Scenario& scenario) {
  auto text = write_root(scenario);
  for (const auto* table : {"output", "solver"}) text += write_table(scenario, {table, nullptr, {}, 0, 0});
  for (const auto& instance : scenario.instances()) text += write_table(scenario, instance);
  for (const auto& event : scenario.events()) text += write_event(event);
  return text;
}

}  // namespace poultice::core
