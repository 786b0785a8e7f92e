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
  for (const auto* name : {"", "output", "solver"}) add(core::engine_table(name), name, "", nullptr);
  add(schedule_table(), "schedule", "", nullptr);
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

const core::ParameterTable& schedule_table() {
  constexpr double ten_years = 87660.0, most_repeats = 100000;
  static const core::ParameterTable table{
      core::quantity("at", "h").between(0.0, ten_years).means("When it happens, from time zero."),
      core::quantity("every", "h")
          .optional()
          .between(1e-6, ten_years)
          .means("The time between repeats; beside it stands times or until."),
      core::count("times").optional().between(1, most_repeats).means("How often it happens in all."),
      core::quantity("until", "h")
          .optional()
          .between(0.0, ten_years)
          .means("The time after which it is not repeated."),
  };
  return table;
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
