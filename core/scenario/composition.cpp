#include "core/scenario/composition.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/scenario/scenario.hpp"
#include "core/scenario/table_reader.hpp"

namespace poultice::core {
namespace {

const std::vector<std::string> engine_tables{"output", "solver", "schedule"};

std::string own_name_hint(const std::string& name) {
  return fmt::format("a table with a name of its own says what it is: [{}] and below it model = \"skin\"",
                     name);
}

}  // namespace

bool is_table_entry(const Entry& entry, const Catalogue& catalogue) {
  const auto& items = entry.value.items;
  const bool is_engine_key =
      engine_table("").find(entry.key) != nullptr ||
      std::find(engine_tables.begin(), engine_tables.end(), entry.key) != engine_tables.end();
  const bool is_list_of_tables = !items.empty() && items.front().kind == Node::Kind::table;
  return !is_engine_key &&
         (entry.value.kind == Node::Kind::table || is_list_of_tables || catalogue.find(entry.key) != nullptr);
}

Composition::Composition(const Node& scenario, const SetFile* therapy, const OverrideList& overrides,
                         const Catalogue& catalogue, ProblemList& problems)
    : scenario_(scenario), overrides_(overrides), catalogue_(catalogue), problems_(problems) {
  if (therapy != nullptr) add_therapy(*therapy);
  for (const auto& entry : scenario.entries)
    if (is_table_entry(entry, catalogue) && !(entry.value.kind == Node::Kind::table && names_.has(entry.key)))
      add_own(entry);
}

void Composition::add_therapy(const SetFile& therapy) {
  for (const auto& entry : therapy.root.entries) {
    if (entry.value.kind != Node::Kind::table || !is_wanted(entry)) continue;
    const auto* model = model_of(entry);
    names_.add(entry.key, model);
    if (model == nullptr) continue;
    const auto* own = scenario_.find(entry.key);
    if (own != nullptr && own->kind != Node::Kind::table) own = nullptr;
    if (own != nullptr) check_same_model(*own, model, entry.key);
    const auto place = own != nullptr ? own->place : Place{scenario_.place.file};
    tables_.push_back({entry.key, model, &entry.value, own, place});
  }
}

/// A table of the therapy that says `when = "mentioned"` is left out of scenarios that do not speak of it.
bool Composition::is_wanted(const Entry& entry) {
  const auto* when = entry.value.find("when");
  if (when == nullptr || (when->kind == Node::Kind::text && when->text == "always")) return true;
  if (when->kind == Node::Kind::text && when->text == "mentioned")
    return scenario_.find(entry.key) != nullptr || overrides_.mentions(entry.key);
  auto problem = when->place.problem(entry.key + ".when", "is none of the choices");
  problem.given = when->written;
  problem.expected = "one of always, mentioned";
  problems_.add(std::move(problem));
  return true;
}

void Composition::add_own(const Entry& entry) {
  if (entry.value.kind == Node::Kind::table) {
    const auto* model = model_of(entry);
    names_.add(entry.key, model);
    if (model != nullptr) tables_.push_back({entry.key, model, nullptr, &entry.value, entry.value.place});
    return;
  }
  names_.add(entry.key, nullptr);
  auto problem = entry.value.place.problem(entry.key, "is one table");
  problem.given = entry.value.described();
  problem.expected = fmt::format("[{}]", entry.key);
  if (entry.value.kind == Node::Kind::array)
    problem.hint = fmt::format(
        "single brackets; a second one has a name of its own: [second_{0}] and below it "
        "model = \"{0}\"",
        entry.key);
  problems_.add(std::move(problem));
}

const ModelDescription* Composition::model_of(const Entry& entry) {
  if (!is_plain_name(entry.key)) {
    auto problem = entry.place.problem(entry.key, "this cannot name a table");
    problem.given = entry.key;
    problem.expected = "small letters, digits and _, starting with a letter";
    problems_.add(std::move(problem));
    return nullptr;
  }
  const auto* model = entry.value.find("model");
  if (model == nullptr) {
    auto hint = own_name_hint(entry.key);
    if (const auto best = nearest(entry.key, engine_tables); !best.empty())
      hint = fmt::format("did you mean {}?", best);
    return find_model(catalogue_, entry.key, entry.value.place, entry.key, hint, problems_);
  }
  const auto key = entry.key + ".model";
  if (model->kind == Node::Kind::text)
    return find_model(catalogue_, model->text, model->place, key, "", problems_);
  auto problem = model->place.problem(key, "a text is needed");
  problem.given = model->described();
  problem.expected = joined(catalogue_.names());
  problems_.add(std::move(problem));
  return nullptr;
}

void Composition::check_same_model(const Node& table, const ModelDescription* model,
                                   const std::string& name) {
  const auto* own = table.find("model");
  if (own == nullptr || own->text == model->name) return;
  auto problem = own->place.problem(name + ".model", "the therapy makes this table another model");
  problem.given = own->written;
  problem.expected = fmt::format("\"{}\"", model->name);
  problem.hint = "give a table of another model another name";
  problems_.add(std::move(problem));
}

}  // namespace poultice::core
