#include "bindings/shared/known_parameters.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/scenario/scenario.hpp"
#include "models/catalogue.hpp"

namespace poultice::bindings {
namespace {

using Pieces = std::vector<std::string>;

std::vector<KnownParameter> gather() {
  std::vector<KnownParameter> all;
  const auto add = [&](const core::ParameterTable& table, const std::string& name, const std::string& verb,
                       const core::ModelDescription* model) {
    for (const auto& spec : table.specs()) all.push_back({name, verb, &spec, model});
  };
  for (const auto* name : {"", "output", "solver", "schedule", "sweep"})
    add(core::engine_table(name), name, "", nullptr);
  for (const auto* model : models::catalogue().models()) {
    add(model->parameters, model->name, "", model);
    for (const auto& action : model->actions) add(action.options, model->name, action.verb, model);
  }
  return all;
}

/// Whether a key says the same as a pattern, in which "*" stands for any name.
bool fits(const std::string& pattern, const Pieces& key) {
  const auto wanted = core::split(pattern, '.');
  return std::equal(wanted.begin(), wanted.end(), key.begin(), key.end(),
                    [](const auto& want, const auto& have) { return want == "*" || want == have; });
}

/// Whether the last pieces of a pattern are those of the key.
bool ends_with(const std::string& pattern, const Pieces& key) {
  const auto wanted = core::split(pattern, '.');
  return wanted.size() > key.size() && std::equal(key.rbegin(), key.rend(), wanted.rbegin());
}

std::vector<KnownParameter> where(const std::function<bool(const KnownParameter&)>& is_wanted) {
  std::vector<KnownParameter> found;
  std::ranges::copy_if(known_parameters(), std::back_inserter(found), is_wanted);
  return found;
}

std::string key_of(const KnownParameter& known) {
  return known.verb.empty() ? known.spec->key : known.verb + "." + known.spec->key;
}

bool is_table(const std::string& name) {
  return std::ranges::any_of(known_parameters(), [&](const auto& known) { return known.table == name; });
}

}  // namespace

std::string KnownParameter::path() const {
  return table.empty() ? key_of(*this) : fmt::format("{}.{}", table, key_of(*this));
}

const std::vector<KnownParameter>& known_parameters() {
  static const auto all = gather();
  return all;
}

std::vector<KnownParameter> find_parameters(std::string_view key) {
  auto pieces = core::split(key, '.');
  const auto is_number = [](const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  };
  if (pieces.size() > 2 && pieces[0] == "schedule" && is_number(pieces[1])) pieces.erase(pieces.begin() + 1);
  const Pieces rest(pieces.begin() + 1, pieces.end());
  const bool has_own_name = !is_table(pieces[0]) && !rest.empty();

  const std::vector<std::function<bool(const KnownParameter&)>> readings{
      [&](const auto& known) { return fits(known.path(), pieces); },
      [&](const auto& known) { return fits(key_of(known), pieces); },
      [&](const auto& known) { return has_own_name && known.model && fits(key_of(known), rest); },
      [&](const auto& known) {
        const bool is_option = !known.verb.empty() && fits(known.spec->key, rest);
        return is_option && (pieces[0] == "schedule" || pieces[0] == known.table || pieces[0] == known.verb);
      },
      [&](const auto& known) { return ends_with(known.path(), pieces); },
  };
  for (const auto& reading : readings)
    if (auto found = where(reading); !found.empty()) return found;
  return {};
}

}  // namespace poultice::bindings
