#include "bindings/shared/commented_scenario.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bindings/shared/commented_schedule.hpp"
#include "bindings/shared/commented_value.hpp"
#include "bindings/shared/source_list.hpp"

namespace poultice::bindings {
namespace {

using core::Origin;
using core::ParameterValue;

/// Writes the tables of one scenario.
class Writer {
 public:
  Writer(const core::Scenario& scenario, const core::Node& root) : scenario_(scenario), root_(root) {}

  std::string text() {
    std::string text = "\n" + keys("", core::engine_table(""));
    std::vector<std::string> done{"output", "solver", "schedule"};
    for (const auto& entry : root_.entries)
      if (const auto* instance = scenario_.find_instance(entry.key)) {
        text += table(*instance);
        done.push_back(entry.key);
      }
    for (const auto& instance : scenario_.instances())
      if (std::ranges::find(done, instance.name) == done.end()) text += table(instance);
    text += commented_schedule(scenario_, root_, sources_);
    for (const auto* name : {"output", "solver"})
      text += fmt::format("\n[{}]\n", name) + keys(std::string(name) + ".", core::engine_table(name));
    return text + list_of_sources();
  }

 private:
  std::string table(const core::Instance& instance) {
    auto text = '\n' + comment(instance.model->meaning);
    text += fmt::format("[{}]\n", instance.name);
    if (instance.name != instance.model->name) text += fmt::format("model = \"{}\"\n", instance.model->name);
    text += keys(instance.name + ".", instance.model->parameters);
    for (const auto& [list, names] : instance.elements)
      for (const auto& name : names) {
        const auto prefix = fmt::format("{}.{}.{}.", instance.name, list, name);
        text += fmt::format("\n[[{}.{}]]\nname = \"{}\"\n", instance.name, list, name);
        for (const auto& value : scenario_.values())
          if (value.path.starts_with(prefix))
            text += commented_value(value, value.path.substr(prefix.size()), sources_);
      }
    return text;
  }

  /// All values right below `prefix`, in the order: said here, said by sets, by default, not at all.
  std::string keys(const std::string& prefix, const core::ParameterTable& table) {
    std::vector<const ParameterValue*> values;
    for (const auto& value : scenario_.values())
      if (is_below(value, prefix, table)) values.push_back(&value);
    std::stable_sort(values.begin(), values.end(),
                     [](const auto* a, const auto* b) { return rank(*a) < rank(*b); });
    std::string text;
    int last = 0;
    for (const auto* value : values) {
      if (rank(*value) != last && last != 0) text += '\n';
      last = rank(*value);
      text += commented_value(*value, value->path.substr(prefix.size()), sources_);
    }
    return text;
  }

  static bool is_below(const ParameterValue& value, const std::string& prefix,
                       const core::ParameterTable& table) {
    if (!value.path.starts_with(prefix) || value.spec->key.find(".*.") != std::string::npos) return false;
    return std::ranges::any_of(table.specs(), [&](const auto& spec) { return &spec == value.spec; });
  }

  static int rank(const ParameterValue& value) {
    if (is_absent(value)) return 4;
    return value.origin == Origin::preset ? 3 : value.origin == Origin::scenario ? 1 : 2;
  }

  std::string list_of_sources() const {
    std::string text = "\n# Sources\n";
    for (std::size_t i = 0; i < sources_.sources().size(); ++i)
      text += comment(fmt::format("[{}] {}", i + 1, sources_.sources()[i]), "    ");
    return text;
  }

  const core::Scenario& scenario_;
  const core::Node& root_;
  SourceList sources_;
};

}  // namespace

std::string commented_scenario(const core::Scenario& scenario, const core::Node& root) {
  return Writer(scenario, root).text();
}

}  // namespace poultice::bindings
