#include "core/scenario/parameter.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace poultice::core {
namespace {

ParameterSpec spec_of(std::string key, ParameterType type) {
  ParameterSpec spec;
  spec.key = std::move(key);
  spec.type = type;
  spec.shapes_system = type != ParameterType::quantity;
  return spec;
}

/// Whether a key fits a spec's key piece by piece, "*" standing for any one name.
bool matches(std::string_view pattern, std::string_view key) {
  const auto wanted = split(pattern, '.');
  const auto given = split(key, '.');
  return std::equal(
      wanted.begin(), wanted.end(), given.begin(), given.end(),
      [](const auto& want, const auto& have) { return want == "*" ? !have.empty() : want == have; });
}

}  // namespace

ParameterSpec quantity(std::string key, std::string unit) {
  auto spec = spec_of(std::move(key), ParameterType::quantity);
  spec.unit = std::move(unit);
  return spec;
}

ParameterSpec count(std::string key) {
  auto spec = spec_of(std::move(key), ParameterType::count);
  spec.minimum = 0.0;
  return spec;
}

ParameterSpec choice(std::string key, std::vector<std::string> words) {
  auto spec = spec_of(std::move(key), ParameterType::choice);
  spec.choices = std::move(words);
  return spec;
}

ParameterSpec text(std::string key) { return spec_of(std::move(key), ParameterType::text); }

ParameterSpec flag(std::string key) { return spec_of(std::move(key), ParameterType::flag); }

ParameterSpec data_set(std::string key, std::string folder) {
  auto spec = spec_of(std::move(key), ParameterType::set);
  spec.folder = std::move(folder);
  return spec;
}

ParameterSpec instance_of(std::string key, std::string model) {
  auto spec = spec_of(std::move(key), ParameterType::instance);
  spec.folder = std::move(model);
  return spec;
}

const ParameterSpec* ParameterTable::find(std::string_view key) const {
  for (const auto& spec : specs_)
    if (matches(spec.key, key)) return &spec;
  return nullptr;
}

std::vector<std::string> ParameterTable::lists() const {
  std::vector<std::string> lists;
  for (const auto& spec : specs_) {
    const auto star = spec.key.find(".*.");
    if (star == std::string::npos) continue;
    const auto list = spec.key.substr(0, star);
    if (std::find(lists.begin(), lists.end(), list) == lists.end()) lists.push_back(list);
  }
  return lists;
}

std::vector<std::string> ParameterTable::keys() const {
  std::vector<std::string> keys;
  for (const auto& spec : specs_) keys.push_back(spec.key);
  return keys;
}

}  // namespace poultice::core
