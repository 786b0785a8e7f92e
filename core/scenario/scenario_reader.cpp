#include "core/scenario/scenario_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/scenario/schedule_reader.hpp"

namespace poultice::core {
namespace {

constexpr double most_samples = 1e6;
constexpr std::int64_t newest_format = 1;

void refuse_empty(const Node& root) {
  if (!root.entries.empty()) return;
  auto problem = Place{root.place.file}.problem("", "the scenario is empty");
  problem.expected = "at least a duration and a therapy or a table";
  problem.hint =
      "a first scenario: therapy = \"transdermal\", duration = \"24 h\", then [drug] and [patch] with their "
      "values";
  throw ScenarioError(std::move(problem));
}

/// A later format may differ anywhere, so nothing else is worth saying.
void refuse_later_format(const Node& root) {
  const auto* format = root.find("format");
  if (format == nullptr || format->kind != Node::Kind::integer || format->integer <= newest_format) return;
  auto problem = format->place.problem("format", "the scenario is written for a later version of Poultice");
  problem.given = fmt::format("format {}", format->integer);
  problem.expected = fmt::format("format {} or earlier", newest_format);
  problem.hint = "install a newer version, or write the scenario anew for this one";
  throw ScenarioError(std::move(problem));
}

void refuse_study(const Node& root) {
  const auto* sweep = root.find("sweep");
  if (sweep == nullptr) return;
  auto problem = sweep->place.problem("sweep", "this is a study of many members, not one scenario");
  problem.given = "a table [sweep]";
  problem.expected = "a scenario";
  problem.hint =
      fmt::format("poultice sweep run {0}; to look at it first: poultice check {0}", sweep->place.file);
  throw ScenarioError(std::move(problem));
}

}  // namespace

ScenarioReader::ScenarioReader(const Catalogue& catalogue, const DataLibrary& library,
                               const std::filesystem::path& folder)
    : catalogue_(catalogue), sets_(library, catalogue, folder, problems_) {}

Scenario ScenarioReader::read(std::string text, const std::string& name,
                              const std::vector<Override>& overrides) {
  const auto root = begin(std::move(text), name, overrides);
  refuse_study(root);
  return read(root);
}

Scenario ScenarioReader::read_in_study(std::string text, const std::string& name,
                                       const std::vector<Override>& overrides) {
  return read(without(begin(std::move(text), name, overrides), {"sweep"}));
}

Node ScenarioReader::begin(std::string text, const std::string& name,
                           const std::vector<Override>& overrides) {
  tier_ = {Origin::scenario, name, ""};
  scenario_.name_ = name;
  scenario_.text_ = std::move(text);
  scenario_.overrides_ = overrides;
  return parse_document(scenario_.text_, name);
}

Scenario ScenarioReader::read(const Node& root) {
  refuse_empty(root);
  refuse_later_format(root);
  const OverrideList laid_over(scenario_.overrides_);
  const auto* therapy = read_root(root, laid_over);
  read_output_and_solver(root, laid_over);
  const Composition composition(root, therapy, laid_over, catalogue_, problems_);
  read_tables(composition, therapy, laid_over);
  read_schedule(root, laid_over, composition.names());
  throw_if_any();
  check_models();
  throw_if_any();
  return std::move(scenario_);
}

const SetFile* ScenarioReader::read_root(const Node& root, const OverrideList& overrides) {
  std::vector<std::string> others{"output", "solver", "schedule"};
  for (const auto& entry : root.entries)
    if (is_table_entry(entry, catalogue_)) others.push_back(entry.key);
  TableReader reader(engine_table(""), "", problems_);
  reader.add(without(root, others), tier_);
  lay_over(reader, overrides.of_root());
  keep(reader.finish(Place{root.place.file}));
  if (const auto* title = kept("title")) scenario_.title_ = title->text;
  if (const auto* duration = kept("duration")) scenario_.duration_ = duration->number;
  const auto* therapy = kept("therapy");
  if (therapy == nullptr || therapy->text.empty()) return nullptr;
  const auto* file = sets_.load(*therapy, reader.place_of("therapy").value_or(Place{root.place.file}));
  if (file == nullptr) throw_if_any();  // without its tables all that follows would look wrong
  return file;
}

void ScenarioReader::read_output_and_solver(const Node& root, const OverrideList& overrides) {
  for (const auto* name : {"output", "solver"}) {
    TableReader reader(engine_table(name), name, problems_);
    const auto* table = root.find(name);
    if (table != nullptr && table->kind == Node::Kind::table) {
      reader.add(*table, tier_);
    } else if (table != nullptr) {
      auto problem = table->place.problem(name, "is a table, not a value");
      problem.given = table->described();
      problem.expected = fmt::format("[{}]", name);
      problems_.add(std::move(problem));
    }
    lay_over(reader, overrides.of_table(name));
    keep(reader.finish(Place{root.place.file}));
    if (name == std::string_view("output")) check_samples(reader);
  }
}

void ScenarioReader::check_samples(const TableReader& output) {
  for (const auto* key : {"every", "profiles_every"}) {
    const auto* interval = kept(fmt::format("output.{}", key));
    if (interval == nullptr || scenario_.duration_ / interval->number <= most_samples) continue;
    auto problem =
        output.place_of(key).value_or(Place{scenario_.name_}).problem(interval->path, "too many samples");
    problem.given =
        fmt::format("{:.3g} samples of {}", scenario_.duration_ / interval->number, interval->given);
    problem.expected = fmt::format("at most {:.0f}", most_samples);
    problem.hint = "sample less often, or make the duration shorter";
    problems_.add(std::move(problem));
  }
}

void ScenarioReader::read_tables(const Composition& composition, const SetFile* therapy,
                                 const OverrideList& overrides) {
  std::vector<TableReader> readers;
  readers.reserve(composition.tables().size());
  for (const auto& table : composition.tables()) {
    auto& reader = readers.emplace_back(table.model->parameters, table.name, problems_);
    if (table.in_therapy != nullptr) reader.add(without(*table.in_therapy, {"model", "when"}), therapy->tier);
    if (table.in_scenario != nullptr) reader.add(without(*table.in_scenario, {"model"}), tier_);
    lay_over(reader, overrides.of_table(table.name));
  }
  if (readers.empty() && !composition.names().has_wrong_table()) {
    auto problem = Place{scenario_.name_}.problem("", "there is nothing to simulate");
    problem.expected = fmt::format("a therapy, or a table of {}", joined(catalogue_.names()));
    problems_.add(std::move(problem));
  }
  lay_sets(composition, readers);
  finish_tables(composition, readers);

  std::vector<std::string> tables{"output", "solver", "schedule"}, paths;
  for (const auto& value : scenario_.values_) paths.push_back(value.path);
  for (std::size_t i = 0; i < readers.size(); ++i) tables.push_back(composition.tables()[i].name);
  overrides.refuse_unknown(tables, paths, problems_);
}

/// A set may speak to tables before its own, so all are read before any set is laid over them.
void ScenarioReader::lay_sets(const Composition& composition, std::vector<TableReader>& readers) {
  const auto& tables = composition.tables();
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const auto& spec : tables[i].model->parameters.specs()) {
      if (spec.type != ParameterType::set) continue;
      const auto value = readers[i].peek(spec);
      const auto place = readers[i].place_of(spec.key);
      const bool is_wrong = place && !value;
      const bool is_named = value && !value->text.empty();
      const auto* set = is_named ? sets_.load(*value, place.value_or(tables[i].place)) : nullptr;
      if (set != nullptr)
        lay_set(*set, i, composition, readers);
      else
        lacks_a_set_ = lacks_a_set_ || is_wrong || is_named;
    }
  }
}

/// What a set says of its owner's model is meant for the owner alone: of two skins, each has its own site.
/// What it says of other models is meant for all their tables.
void ScenarioReader::lay_set(const SetFile& set, std::size_t owner, const Composition& composition,
                             std::vector<TableReader>& readers) {
  const auto& tables = composition.tables();
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (i != owner && tables[i].model == tables[owner].model) continue;
    const auto* values = set.root.find(tables[i].model->name);
    if (values != nullptr && values->kind == Node::Kind::table) readers[i].add(*values, set.tier);
  }
}

void ScenarioReader::finish_tables(const Composition& composition, std::vector<TableReader>& readers) {
  for (std::size_t i = 0; i < readers.size(); ++i) {
    const auto& table = composition.tables()[i];
    auto values = readers[i].finish(table.place, lacks_a_set_);
    for (const auto& value : values) {
      const auto place = readers[i].place_of(value.path.substr(table.name.size() + 1)).value_or(table.place);
      check_reference(value, place, composition.names(), problems_);
    }
    keep(std::move(values));
    scenario_.instances_.push_back(
        {table.name, table.model, readers[i].elements(), table.place.line, table.place.column});
  }
}

void ScenarioReader::read_schedule(const Node& root, const OverrideList& overrides,
                                   const InstanceNames& names) {
  const auto* duration = kept("duration");
  ScheduleReader reader(catalogue_, names, tier_,
                        duration == nullptr ? std::nullopt : std::optional(*duration), problems_);
  const auto* schedule = root.find("schedule");
  Node none;
  none.kind = Node::Kind::array;
  scenario_.events_ = reader.read(overrides.lay_over(schedule == nullptr ? none : *schedule, problems_));
  scenario_.timings_ = reader.take_timings();
}

void ScenarioReader::check_models() {
  for (const auto& instance : scenario_.instances_) {
    if (instance.model->check == nullptr) continue;
    std::vector<Problem> found;
    instance.model->check(scenario_, instance, found);
    for (auto& problem : found)
      if (problem.file.empty()) problem.file = scenario_.name_;
    problems_.add(std::move(found));
  }
}

void ScenarioReader::lay_over(TableReader& reader, const std::vector<Node>& overrides) {
  const Tier tier{Origin::override_, "--set", ""};
  for (const auto& table : overrides) reader.add(table, tier);
}

void ScenarioReader::keep(std::vector<ParameterValue> values) {
  for (auto& value : values) {
    scenario_.index_[value.path] = scenario_.values_.size();
    scenario_.values_.push_back(std::move(value));
  }
}

const ParameterValue* ScenarioReader::kept(std::string_view path) const {
  const auto found = scenario_.index_.find(path);
  return found == scenario_.index_.end() ? nullptr : &scenario_.values_[found->second];
}

void ScenarioReader::throw_if_any() const {
  std::vector<std::string> files{scenario_.name_};
  files.insert(files.end(), sets_.files().begin(), sets_.files().end());
  problems_.throw_if_any(files);
}

}  // namespace poultice::core
