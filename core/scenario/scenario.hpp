#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/catalogue.hpp"
#include "core/scenario/data_library.hpp"
#include "core/scenario/entry_timing.hpp"
#include "core/scenario/parameter.hpp"

namespace poultice::core {

/// Who gave a parameter its value.
enum class Origin { preset, therapy, set, scenario, override_ };

/// One parameter with its value and where that came from.
struct ParameterValue {
  std::string path;                     ///< "patch.area", "skin.layer.upper.thickness"
  const ParameterSpec* spec = nullptr;  ///< lives as long as the catalogue
  double number = 0.0;  ///< SI, of a quantity or count; NaN when optional and absent; flag: 0 or 1
  std::string text;     ///< of a choice, text, set or instance; "" when absent
  std::string given;    ///< as written
  Origin origin = Origin::preset;
  std::string origin_name;  ///< the file or set it was written in, "--set", or "default"
  int line = 0, column = 0;
  std::string source, trust, note;  ///< as written beside the value, else the spec's source
};

/// One table of the scenario: a model under a name of its own.
struct Instance {
  std::string name;
  const ModelDescription* model = nullptr;
  std::map<std::string, std::vector<std::string>>
      elements;  ///< names of list elements: "layer" -> {"upper", …}
  int line = 0, column = 0;
};

/// One thing that happens at one time. Repeats (`every`, `times`) are already written out.
struct Event {
  double time = 0.0;  ///< [s]
  std::string verb;   ///< "apply"
  std::string instance;
  std::vector<ParameterValue> options;  ///< path holds the bare key: "to"
  int line = 0, column = 0;

  [[nodiscard]] const ParameterValue& option(std::string_view key) const;
};

/// How often an entry of a schedule may be repeated.
inline constexpr double most_repeats = 100000;

/// By how much of the duration an event may lie past the end, or apart from a sample that it is one with.
inline constexpr double time_rounding = 1e-12;

/// How many members a study may have.
inline constexpr double most_members = 1e7;

/// The tables that belong to the engine and not to a model: "" (title, therapy, duration, format), "output",
/// "solver", "schedule": when an entry of it happens, and "sweep": what varies in a study.
[[nodiscard]] const ParameterTable& engine_table(std::string_view name);

/// `--set patch.area="20 cm^2"`: a path and a value as it would stand in TOML (quotes may be left out).
using Override = std::pair<std::string, std::string>;

/// A study, parsed, unit-checked and fully resolved:
/// defaults <- therapy <- named sets <- scenario <- overrides. Immutable; made by `read` or `parse`.
class Scenario {
 public:
  /// Throws ScenarioError with every problem found, FileError when the file cannot be read.
  [[nodiscard]] static Scenario read(const std::filesystem::path& file, const Catalogue&, const DataLibrary&,
                                     const std::vector<Override>& overrides = {});
  /// `name` stands for the file in errors; `folder` is where relative paths start.
  [[nodiscard]] static Scenario parse(std::string text, const std::string& name,
                                      const std::filesystem::path& folder, const Catalogue&,
                                      const DataLibrary&, const std::vector<Override>& overrides = {});

  [[nodiscard]] const std::string& title() const noexcept { return title_; }
  [[nodiscard]] double duration() const noexcept { return duration_; }             ///< [s]
  [[nodiscard]] const std::string& name() const noexcept { return name_; }         ///< file name as given
  [[nodiscard]] const std::string& source_text() const noexcept { return text_; }  ///< byte for byte
  [[nodiscard]] const std::vector<Override>& overrides() const noexcept { return overrides_; }
  [[nodiscard]] const std::vector<Instance>& instances() const noexcept { return instances_; }
  [[nodiscard]] const Instance* find_instance(std::string_view name) const;
  /// By time; at equal times in the order of the file.
  [[nodiscard]] const std::vector<Event>& events() const noexcept { return events_; }
  /// When the entries of the schedule happen, in the order of the file.
  [[nodiscard]] const std::vector<EntryTiming>& timings() const noexcept { return timings_; }
  [[nodiscard]] const std::vector<ParameterValue>& values() const noexcept { return values_; }

  /// Throws ParameterError, naming the nearest path, when there is none of this name.
  [[nodiscard]] const ParameterValue& value(std::string_view path) const;
  [[nodiscard]] double number(std::string_view path) const { return value(path).number; }
  [[nodiscard]] const std::string& text(std::string_view path) const { return value(path).text; }

  /// TOML in which every default is written out, in the units of the specs; parses to the same study.
  [[nodiscard]] std::string resolved_toml() const;
  /// SHA-256 of resolved_toml().
  [[nodiscard]] std::string hash() const;

 private:
  friend class ScenarioReader;
  std::string name_, text_, title_;
  double duration_ = 0.0;
  std::vector<Override> overrides_;
  std::vector<Instance> instances_;
  std::vector<Event> events_;
  std::vector<EntryTiming> timings_;
  std::vector<ParameterValue> values_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

}  // namespace poultice::core
