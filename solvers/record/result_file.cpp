#include "solvers/record/result_file.hpp"

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/base/version.hpp"
#include "solvers/record/hdf5_writer.hpp"
#include "solvers/record/result_provenance.hpp"

namespace poultice::solvers {
namespace {

/// Profiles smaller than this [values] are stored plain, where they open fastest.
constexpr std::size_t worth_deflating = 12'500;
constexpr std::size_t values_per_chunk = 65'536;

std::string now_in_utc() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

/// The numbers of a block of one member.
std::span<const double> values_of(core::LaneView samples) {
  return {samples.data(), static_cast<std::size_t>(samples.size())};
}

/// In the order in which they are shown: HDF5 itself lists by name.
std::string headline_names(const Result& result) {
  std::vector<std::string> names;
  for (const auto& headline : result.headlines) names.push_back(headline.name);
  return core::joined(names, " ");
}

void write_root_attributes(Hdf5Writer& file, const Result& result) {
  const auto& scenario = *result.scenario;
  const Hdf5Attributes attributes{
      {"Conventions", "CF-1.11"},
      {"title", scenario.title()},
      {"filetype", result_filetype},
      {"format_version", std::vector<int>{format_major, format_minor}},
      {"software", core::software()},
      {"git_hash", std::string(core::git_hash())},
      {"build", std::string(core::build_description())},
      {"created", now_in_utc()},
      {"scenario_sha256", scenario.hash()},
      {"scenario_text_sha256", core::sha256_hex(scenario.source_text())},
      {"headlines", headline_names(result)},
      {"status", std::int64_t{0}},
      {"status_text", "ok"},
      {"mass_balance_relative_error", result.mass_balance_relative_error()},
      {"relative_tolerance", scenario.number("solver.relative_tolerance")},
      {"wall_seconds", result.record.wall_seconds},
  };
  for (const auto& attribute : attributes) file.attribute("/", attribute);
  if (!result.warnings.empty()) file.attribute("/", {"warnings", core::joined(result.warnings, "\n")});
}

/// "layer_of_cell", or "left_arm_depth_layer_of_cell" for further axes.
std::string labels_name(const Result& result, const core::Axis& axis) {
  const bool is_first = axis.name == result.axes.front().name;
  return fmt::format("{}{}_of_cell", is_first ? "" : axis.name + "_", axis.label_name);
}

/// The layer that each point of the axis lies in, as one number per layer.
void write_labels(Hdf5Writer& file, const core::Axis& axis, const std::string& name) {
  std::vector<std::string> layers;
  std::vector<std::int64_t> numbers;
  for (const auto& label : axis.labels) {
    auto at = std::find(layers.begin(), layers.end(), label);
    if (at == layers.end()) at = layers.insert(at, label);
    numbers.push_back(at - layers.begin());
  }
  std::vector<int> flags;
  std::string meanings;
  for (const auto& layer : layers) {
    flags.push_back(static_cast<int>(flags.size()));
    meanings += (meanings.empty() ? "" : " ") + layer;
  }
  const Hdf5Attributes attributes{{"long_name", axis.label_name + " that the cell lies in"},
                                  {"flag_values", flags},
                                  {"flag_meanings", meanings}};
  if (layers.size() <= std::numeric_limits<std::int8_t>::max())
    file.dataset(name, std::vector<std::int8_t>(numbers.begin(), numbers.end()), {axis.name}, attributes);
  else
    file.dataset(name, numbers, {axis.name}, attributes);
}

void write_axes(Hdf5Writer& file, const Result& result) {
  file.scale("time", result.record.times,
             {{"units", "s"}, {"long_name", "time since the start"}, {"axis", "T"}});
  if (result.axes.empty()) return;
  file.scale("time_profile", result.record.profile_times,
             {{"units", "s"}, {"long_name", "time since the start, of profiles"}});
  for (const auto& axis : result.axes) {
    file.scale(axis.name, values_of(axis.positions.view()),
               {{"units", axis.unit}, {"long_name", axis.long_name}});
    if (!axis.labels.empty()) write_labels(file, axis, labels_name(result, axis));
  }
}

void write_probe(Hdf5Writer& file, const Result& result, std::size_t index) {
  const auto& probe = result.probes[index];
  Hdf5Attributes attributes{
      {"units", probe.unit}, {"long_name", probe.long_name}, {"display_units", probe.display_unit}};
  const auto values = values_of(result.record.samples[index].view());
  if (probe.axis.empty()) return file.dataset(probe.name, values, {"time"}, attributes);
  const auto* axis = result.find_axis(probe.axis);
  if (!axis->labels.empty()) attributes.push_back({"coordinates", labels_name(result, *axis)});
  std::vector<std::size_t> chunk;
  const auto n_points = static_cast<std::size_t>(probe.n_points);
  if (values.size() >= worth_deflating)
    chunk = {std::max<std::size_t>(values_per_chunk / n_points, 1), n_points};
  file.dataset(probe.name, values, {"time_profile", probe.axis}, attributes, chunk);
}

void write_headlines(Hdf5Writer& file, const Result& result) {
  for (std::size_t i = 0; i < result.headlines.size(); ++i) {
    const auto& headline = result.headlines[i];
    Hdf5Attributes attributes{{"units", headline.unit},
                              {"long_name", result.long_name(headline)},
                              {"label", headline.label},
                              {"display_units", headline.display_unit},
                              {"probe", headline.probe}};
    if (!headline.relative_to.empty()) attributes.push_back({"relative_to", headline.relative_to});
    file.scalar(headline.name, result.record.headlines(static_cast<core::Index>(i), 0), attributes);
  }
}

void write_events(Hdf5Writer& file, const std::vector<LoggedEvent>& events) {
  if (events.empty()) return;
  std::vector<double> times;
  std::vector<std::string> texts;
  std::vector<std::int64_t> numbers;
  for (const auto& event : events) {
    numbers.push_back(static_cast<std::int64_t>(numbers.size()) + 1);
    times.push_back(event.time);
    texts.push_back(event.text);
  }
  file.scale("event", numbers, {{"long_name", "number of the event"}});
  file.dataset("event_time", times, {"event"}, {{"units", "s"}, {"long_name", "when it happened"}});
  file.dataset("event_text", texts, {"event"}, {{"long_name", "what the schedule did"}});
}

}  // namespace

void write_result(const Result& result, const std::filesystem::path& path, bool overwrite) {
  Hdf5Writer file(path.string(), overwrite);
  write_root_attributes(file, result);
  write_axes(file, result);
  for (std::size_t p = 0; p < result.probes.size(); ++p) write_probe(file, result, p);
  write_headlines(file, result);
  write_events(file, result.record.events);
  write_provenance(file, *result.scenario);
  write_solver(file, result);
  file.commit();
}

void check_output(const std::filesystem::path& file, bool overwrite) {
  (void)AtomicFile(file.string(), overwrite);
}

}  // namespace poultice::solvers
