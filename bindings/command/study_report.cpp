#include "bindings/command/study_report.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "bindings/shared/json.hpp"
#include "bindings/shared/shown.hpp"
#include "bindings/shared/wrapped.hpp"
#include "core/base/text.hpp"
#include "core/scenario/value_reader.hpp"
#include "core/units/quantity.hpp"
#include "solvers/record/result_provenance.hpp"
#include "solvers/run/simulate.hpp"

namespace poultice::bindings {
namespace {

using core::ParameterType;
using core::ParameterValue;

bool is_absent(const ParameterValue& value) { return std::isnan(value.number) && value.text.empty(); }

std::string shown_value(const ParameterValue& value) {
  if (value.spec->type == ParameterType::count) return fmt::format("{:.0f}", value.number);
  if (value.spec->type != ParameterType::quantity) return value.text;
  const auto number = core::rounded(core::from_si(value.number, value.spec->unit), 6);
  const auto unit = shown_unit(value.spec->unit);
  return unit.empty() ? number : number + " " + unit;
}

/// "patch.area" gives "patch"; "duration" gives "".
std::string table_of(const std::string& path) {
  const auto dot = path.find('.');
  return dot == std::string::npos ? "" : path.substr(0, dot);
}

std::string parameters_in_words(const core::Scenario& scenario) {
  std::vector<std::vector<std::string>> rows{{"parameter", "value", "set by", "trust"}};
  std::string table;
  for (const auto& value : scenario.values()) {
    if (is_absent(value) || value.path == "title") continue;
    if (const auto own = table_of(value.path); own != std::exchange(table, own))
      rows.insert(rows.end(), {{}, {fmt::format("[{}]", own)}});
    const auto key = table.empty() ? value.path : value.path.substr(table.size() + 1);
    rows.push_back({"  " + key, shown_value(value), solvers::set_by(value), value.trust});
  }
  return in_columns(rows, {}, "");
}

/// "14 assumed, 2 calibrated": how many values bear each word, the commonest first.
std::string count_words(std::vector<std::string> words) {
  std::vector<std::pair<std::ptrdiff_t, std::string>> counts;
  while (!words.empty()) {
    const auto word = words.front();
    counts.emplace_back(std::count(words.begin(), words.end(), word), word);
    std::erase(words, word);
  }
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> phrases;
  phrases.reserve(counts.size());
  for (const auto& [count, word] : counts) phrases.push_back(fmt::format("{} {}", count, word));
  return core::joined(phrases);
}

std::string trust_in_words(const core::Scenario& scenario) {
  std::vector<std::string> words;
  for (const auto& value : scenario.values())
    if (!is_absent(value) && !value.trust.empty()) words.push_back(value.trust);
  if (words.empty()) return "no value says how far it may be trusted";
  return fmt::format("{} (poultice describe NAME gives the sources of a set)", count_words(words));
}

std::string schedule_in_words(const core::Scenario& scenario) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& event : scenario.events())
    rows.push_back({shown_quantity(event.time, "h"), solvers::in_words(event)});
  rows.push_back({shown_quantity(scenario.duration(), "h"), "end"});
  return in_columns(rows, {0});
}

/// Names of the curves, or of the profiles.
std::vector<std::string> probe_names(const solvers::Block& block, bool profiles) {
  std::vector<std::string> names;
  for (const auto& probe : block.probes())
    if (probe.axis.empty() != profiles) names.push_back(probe.name);
  return names;
}

std::vector<std::string> headline_labels(const solvers::Block& block) {
  std::vector<std::string> labels;
  for (const auto& headline : block.headlines()) labels.push_back(headline.label);
  return labels;
}

std::string parameter_in_json(const ParameterValue& value) {
  JsonObject json;
  json.add("key", value.path);
  if (value.spec->type == ParameterType::quantity || value.spec->type == ParameterType::count)
    json.add("value", value.number).add("unit", core::si_unit(value.spec->unit));
  else
    json.add("value", value.text);
  json.add("text", value.given).add("set_by", solvers::set_by(value));
  return json.add("source", value.source).add("trust", value.trust).add("note", value.note).text();
}

std::string events_in_json(const core::Scenario& scenario) {
  std::vector<std::string> events;
  for (const auto& event : scenario.events())
    events.push_back(JsonObject().add("time", event.time).add("text", solvers::in_words(event)).text());
  return json_array(events);
}

}  // namespace

std::string study_in_words(const solvers::Block& block) {
  const auto& scenario = block.scenario();
  const auto& system = block.system();
  const auto curves = probe_names(block, false), profiles = probe_names(block, true);
  std::string text = (scenario.title().empty() ? scenario.name() : scenario.title()) + "\n\n";
  text += parameters_in_words(scenario);
  text += fmt::format("\nschedule\n{}", schedule_in_words(scenario));
  const auto part = [&](const char* name, const std::string& what) {
    text += wrapped(fmt::format("{:<11}{}", name, what), 13);
  };
  text += "\nsystem\n";
  part("size", fmt::format("{} cells, {} equations, {}", system.layout().n_cells(), system.n_rows(),
                           system.is_linear() ? "linear" : "nonlinear"));
  part("processes", core::joined(system.term_names()));
  text += "\nresult\n";
  part("curves", fmt::format("{} at {} times: {}", curves.size(), solvers::sample_times(scenario).size(),
                             core::joined(curves)));
  if (!profiles.empty())
    part("profiles", fmt::format("{} at {} times: {}", profiles.size(),
                                 solvers::profile_times(scenario).size(), core::joined(profiles)));
  part("headlines", core::joined(headline_labels(block)));
  text += "\ntrust\n";
  text += wrapped(trust_in_words(scenario), 2);
  return text;
}

std::string study_in_json(const solvers::Block& block) {
  const auto& scenario = block.scenario();
  std::vector<std::string> parameters;
  for (const auto& value : scenario.values())
    if (!is_absent(value)) parameters.push_back(parameter_in_json(value));
  std::vector<std::string> headlines;
  for (const auto& headline : block.headlines()) headlines.push_back(headline.name);
  return JsonObject()
      .add("title", scenario.title())
      .add("duration", scenario.duration())
      .add("scenario_sha256", scenario.hash())
      .add_json("parameters", json_array(parameters))
      .add_json("schedule", events_in_json(scenario))
      .add("cells", static_cast<long>(block.system().layout().n_cells()))
      .add("equations", static_cast<long>(block.system().n_rows()))
      .add_json("curves", json_texts(probe_names(block, false)))
      .add_json("profiles", json_texts(probe_names(block, true)))
      .add_json("headlines", json_texts(headlines))
      .text();
}

}  // namespace poultice::bindings
