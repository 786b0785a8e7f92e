#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace poultice::core {

/// What a parameter holds.
enum class ParameterType {
  quantity,  ///< a number with a unit
  count,     ///< a whole number
  choice,    ///< one of a few words
  text,      ///< free text
  flag,      ///< true or false
  set,       ///< the name of a data set in a folder of `data/`, or the path of a TOML file
  instance,  ///< the name of another table of the scenario
};

/// How a parameter is thought to vary between people or batches; a suggestion for sweeps.
struct Prior {
  enum class Kind { none, uniform, normal, lognormal };
  Kind kind = Kind::none;
  double a = 0.0;  ///< uniform: lower end; normal: mean; lognormal: median; in the parameter's unit
  double b = 0.0;  ///< uniform: upper end; normal: standard deviation; lognormal: coefficient of variation
};

/// All that is known of a parameter but its value. The scenario reader, sweeps, Python, the documentation and
/// result files read this and nothing else. Built by the functions below: `quantity("area",
/// "cm^2").means(…)`.
struct ParameterSpec {
  std::string key;  ///< below its table: "area", "dermis.thickness"; "layer.*.thickness" for list elements
  ParameterType type = ParameterType::quantity;
  std::string unit = "1";    ///< the field's customary unit, in which defaults, ranges and tables are written
  std::string preset;        ///< the default as a user would write it ("32 degC"); "" = none
  bool is_optional = false;  ///< may be absent though it has no default
  double minimum = -std::numeric_limits<double>::infinity();  ///< in `unit`
  double maximum = std::numeric_limits<double>::infinity();   ///< in `unit`
  std::vector<std::string> choices;                           ///< of a choice
  std::string folder;   ///< of a set: where in `data/`; of an instance: the model it must be of ("" = any)
  std::string meaning;  ///< one sentence
  std::string source;   ///< where the default comes from, or why none was needed
  Prior prior;
  bool shapes_system = false;  ///< changes which equations there are; members of one block must share it

  [[nodiscard]] bool is_required() const { return preset.empty() && !is_optional; }

  ParameterSpec& by_default(std::string text) {
    preset = std::move(text);
    return *this;
  }
  ParameterSpec& optional() {
    is_optional = true;
    return *this;
  }
  ParameterSpec& between(double low, double high) {
    minimum = low;
    maximum = high;
    return *this;
  }
  ParameterSpec& means(std::string sentence) {
    meaning = std::move(sentence);
    return *this;
  }
  ParameterSpec& from(std::string where) {
    source = std::move(where);
    return *this;
  }
  ParameterSpec& varies(Prior how) {
    prior = how;
    return *this;
  }
  ParameterSpec& shaping() {
    shapes_system = true;
    return *this;
  }
};

[[nodiscard]] ParameterSpec quantity(std::string key, std::string unit);
/// Counts, choices, texts, flags, sets and instances shape the system: members of a block must share them.
[[nodiscard]] ParameterSpec count(std::string key);
[[nodiscard]] ParameterSpec choice(std::string key, std::vector<std::string> words);
[[nodiscard]] ParameterSpec text(std::string key);
[[nodiscard]] ParameterSpec flag(std::string key);
[[nodiscard]] ParameterSpec data_set(std::string key, std::string folder);
[[nodiscard]] ParameterSpec instance_of(std::string key, std::string model);

/// The parameters of one table, in the order in which they are shown.
class ParameterTable {
 public:
  ParameterTable() = default;
  ParameterTable(std::initializer_list<ParameterSpec> specs) : specs_(specs) {}
  explicit ParameterTable(std::vector<ParameterSpec> specs) : specs_(std::move(specs)) {}

  [[nodiscard]] const std::vector<ParameterSpec>& specs() const noexcept { return specs_; }
  /// The spec that a key below the table belongs to ("layer.upper.thickness" finds "layer.*.thickness"), or
  /// null.
  [[nodiscard]] const ParameterSpec* find(std::string_view key) const;
  /// Names of the lists in the table: "layer" for "layer.*.thickness".
  [[nodiscard]] std::vector<std::string> lists() const;
  /// The keys as a user writes them, for suggestions.
  [[nodiscard]] std::vector<std::string> keys() const;
  void add(ParameterSpec spec) { specs_.push_back(std::move(spec)); }

 private:
  std::vector<ParameterSpec> specs_;
};

}  // namespace poultice::core
