#include "core/scenario/scenario.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/scenario/resolved_writer.hpp"
#include "core/scenario/scenario_reader.hpp"
#include "core/scenario/text_file.hpp"

namespace poultice::core {

const ParameterValue& Event::option(std::string_view key) const {
  for (const auto& option : options)
    if (option.path == key) return option;
  std::vector<std::string> names;
  for (const auto& option : options) names.push_back(option.path);
  throw ParameterError(std::string(key), fmt::format("there is no such option of {}", verb),
                       names.empty() ? "it has none" : "there are " + joined(names));
}

Scenario Scenario::read(const std::filesystem::path& file, const Catalogue& catalogue,
                        const DataLibrary& library, const std::vector<Override>& overrides) {
  return parse(read_text_file(file), file.string(), file.parent_path(), catalogue, library, overrides);
}

Scenario Scenario::parse(std::string text, const std::string& name, const std::filesystem::path& folder,
                         const Catalogue& catalogue, const DataLibrary& library,
                         const std::vector<Override>& overrides) {
  return ScenarioReader(catalogue, library, folder).read(std::move(text), name, overrides);
}

const Instance* Scenario::find_instance(std::string_view name) const {
  for (const auto& instance : instances_)
    if (instance.name == name) return &instance;
  return nullptr;
}

const ParameterValue& Scenario::value(std::string_view path) const {
  if (const auto found = index_.find(path); found != index_.end()) return values_[found->second];
  std::vector<std::string> paths;
  for (const auto& value : values_) paths.push_back(value.path);
  const auto best = nearest(path, paths);
  std::vector<std::string> tables;
  for (const auto& instance : instances_) tables.push_back(instance.name);
  throw ParameterError(
      std::string(path), "there is no such parameter",
      best.empty() ? "the tables are " + joined(tables) : fmt::format("did you mean {}?", best));
}

std::string Scenario::resolved_toml() const { return write_resolved(*this); }

std::string Scenario::hash() const { return sha256_hex(resolved_toml()); }

}  // namespace poultice::core
