#include "core/study/study_reader.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/base/check.hpp"
#include "core/base/text.hpp"
#include "core/scenario/scenario_reader.hpp"
#include "core/scenario/text_file.hpp"
#include "core/study/axis_reader.hpp"
#include "core/study/correlation_reader.hpp"
#include "core/study/distribution_reader.hpp"
#include "core/study/member_table.hpp"

namespace poultice::core {
namespace {

constexpr std::uintmax_t largest_table = 1u << 30;
constexpr double most_samples = 1e6;

/// The keys of [sweep] that hold no single value.
const std::vector<std::string> lists{"curves", "profiles", "axes", "distributions", "correlations"};

const ParameterValue& value_of(const std::vector<ParameterValue>& values, std::string_view key) {
  const auto found = std::find_if(values.begin(), values.end(),
                                  [&](const auto& value) { return value.path.substr(6) == key; });
  POULTICE_ASSERT(found != values.end());
  return *found;
}

/// The overrides that speak to [sweep], or those that do not.
std::vector<Override> overrides_of(const std::vector<Override>& overrides, bool of_sweep) {
  std::vector<Override> chosen;
  for (const auto& override : overrides)
    if (override.first.starts_with("sweep.") == of_sweep) chosen.push_back(override);
  return chosen;
}

const Node& sweep_of(const Node& root, const std::string& name) {
  const auto* sweep = root.find("sweep");
  auto problem = Place{name}.problem("sweep", "this is one scenario, not a study of many members");
  problem.expected = "a table [sweep] that says what varies";
  problem.hint = fmt::format("poultice run {}", name);
  if (sweep == nullptr) throw ScenarioError(std::move(problem));
  if (sweep->kind == Node::Kind::table) return *sweep;
  problem = sweep->place.problem("sweep", "is a table, not a value");
  problem.given = sweep->described();
  problem.expected = "[sweep]";
  throw ScenarioError(std::move(problem));
}

}  // namespace

StudyReader::StudyReader(const Catalogue& catalogue, const DataLibrary& library, std::filesystem::path folder)
    : folder_(std::move(folder)), study_(catalogue, library) {}

Study StudyReader::read(std::string text, const std::string& name, const std::vector<Override>& overrides) {
  tier_ = {Origin::scenario, name, ""};
  files_ = {name};
  study_.name_ = name;
  study_.text_ = std::move(text);
  const auto root = parse_document(study_.text_, name);
  const auto& sweep = sweep_of(root, name);
  keep_places(sweep);
  const auto keys = read_keys(sweep, overrides_of(overrides, true));
  study_.curves_ = read_names(sweep, "curves");
  study_.profiles_ = read_names(sweep, "profiles");
  throw_if_any();  // a file or a number among them may be wrong

  const auto for_scenario = overrides_of(overrides, false);
  const auto document = read_scenario(root, value_of(keys, "scenario").text, for_scenario);
  throw_if_any();
  const auto& method = value_of(keys, "method");
  const auto& words = method.spec->choices;
  study_.method_ =
      static_cast<Study::Method>(std::find(words.begin(), words.end(), method.text) - words.begin());
  study_.seed_ = static_cast<std::int64_t>(value_of(keys, "seed").number);
  study_.replicates_ = static_cast<Index>(value_of(keys, "replicates").number);
  study_.every_ = value_of(keys, "every").number;
  study_.profiles_every_ = value_of(keys, "profiles_every").number;
  const VariedPaths paths(*study_.scenario_, document);
  read_varied(sweep, paths);
  if (const auto& table = value_of(keys, "table").text; !table.empty()) read_table(table, paths);
  check_times();
  check_overrides(for_scenario);
  check_drawing(keys);
  throw_if_any();
  check_size();
  throw_if_any();
  return std::move(study_);
}

void StudyReader::keep_places(const Node& sweep) {
  study_.places_[""] = sweep.place;
  for (const auto& entry : sweep.entries) study_.places_[entry.key] = entry.value.place;
}

std::vector<ParameterValue> StudyReader::read_keys(const Node& sweep,
                                                   const std::vector<Override>& overrides) {
  refuse_unknown_keys(sweep);
  const auto& specs = engine_table("sweep");
  Node known = without(sweep, lists);
  std::erase_if(known.entries, [&](const Entry& entry) { return specs.find(entry.key) == nullptr; });
  TableReader reader(specs, "sweep", problems_);
  reader.add(known, tier_);
  for (const auto& table : OverrideList(overrides).of_table("sweep"))
    reader.add(table, {Origin::override_, "--set", ""});
  return reader.finish(sweep.place);
}

void StudyReader::refuse_unknown_keys(const Node& sweep) {
  auto known = engine_table("sweep").keys();
  known.insert(known.end(), lists.begin() + 2, lists.end());
  for (const auto& entry : sweep.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    const auto best = nearest(entry.key, known);
    const bool is_path = entry.key.find('.') != std::string::npos || entry.value.kind == Node::Kind::table;
    refuse(problems_, entry.place, "sweep." + entry.key, "unknown key", entry.key, joined(known),
           !best.empty() ? fmt::format("did you mean {}?", best)
           : is_path     ? "what varies stands in [sweep.axes] or [sweep.distributions]"
                         : "");
  }
}

/// A name, or a list of names.
std::vector<std::string> StudyReader::read_names(const Node& sweep, const char* key) {
  const auto* value = sweep.find(key);
  if (value == nullptr) return {};
  std::vector<std::string> names;
  const auto add = [&](const Node& item) {
    const bool is_text = item.kind == Node::Kind::text && !item.text.empty();
    if (!is_text)
      refuse(problems_, item.place, fmt::format("sweep.{}", key), "this is no name", item.described(),
             fmt::format("{} = [\"a_name\", …]", key));
    else if (std::find(names.begin(), names.end(), item.text) != names.end())
      refuse(problems_, item.place, fmt::format("sweep.{}", key), "the name stands twice", item.written,
             "each name once");
    else
      names.push_back(item.text);
  };
  if (value->kind == Node::Kind::array)
    for (const auto& item : value->items) add(item);
  else
    add(*value);
  return names;
}

Node StudyReader::read_scenario(const Node& root, const std::string& file,
                                const std::vector<Override>& overrides) {
  try {
    if (file.empty()) {
      study_.scenario_folder_ = folder_;
      ScenarioReader reader(*study_.catalogue_, *study_.library_, folder_);
      study_.scenario_ =
          std::make_shared<const Scenario>(reader.read_in_study(study_.text_, study_.name_, overrides));
      return root;
    }
    refuse_beside(root);
    const auto path = folder_ / file;
    files_.push_back(path.string());
    study_.scenario_folder_ = path.parent_path();
    study_.scenario_ = std::make_shared<const Scenario>(
        Scenario::read(path, *study_.catalogue_, *study_.library_, overrides));
    return parse_document(study_.scenario_->source_text(), path.string());
  } catch (const ScenarioError& error) {
    problems_.add(error.problems());
  } catch (const FileError& error) {
    const auto what = std::string_view(error.what());
    refuse(problems_, study_.place_of("scenario"), "sweep.scenario",
           std::string(what.substr(0, what.find('\n'))), file, "the file of a scenario", error.hint());
  }
  return root;
}

void StudyReader::refuse_beside(const Node& root) {
  for (const auto& entry : root.entries)
    if (entry.key != "sweep")
      refuse(problems_, entry.place, entry.key, "stands beside a scenario that is another file", entry.key,
             "[sweep] alone", "move it to that file, or take scenario out of [sweep]");
}

void StudyReader::read_varied(const Node& sweep, const VariedPaths& paths) {
  if (const auto* axes = sweep.find("axes"))
    for (const auto& entry : varied_entries(*axes, "sweep.axes", paths, problems_)) {
      note_varied(entry.parameter.path, entry.place, entry.key);
      study_.axes_.push_back(read_axis(entry, tier_, problems_));
    }
  if (const auto* distributions = sweep.find("distributions"))
    for (const auto& entry : varied_entries(*distributions, "sweep.distributions", paths, problems_)) {
      note_varied(entry.parameter.path, entry.place, entry.key);
      if (auto found = read_distribution(entry, tier_, problems_))
        study_.distributions_.push_back(std::move(*found));
      else
        has_wrong_distribution_ = true;
    }
  const auto* correlations = sweep.find("correlations");
  if (correlations != nullptr && !has_wrong_distribution_)
    study_.correlations_ = read_correlations(*correlations, study_.distributions_, tier_, problems_);
}

void StudyReader::read_table(const std::string& file, const VariedPaths& paths) {
  const auto path = folder_ / file;
  files_.push_back(path.string());
  try {
    study_.table_text_ = read_text_file(path, largest_table);
  } catch (const FileError& error) {
    const auto what = std::string_view(error.what());
    return refuse(problems_, study_.place_of("table"), "sweep.table",
                  std::string(what.substr(0, what.find('\n'))), file, "a CSV file", error.hint());
  }
  study_.table_ = read_member_table(study_.table_text_, path.string(), paths, problems_);
  std::set<std::string> seen{""};  // of a wrong column; two of one name are reported already
  for (const auto& column : study_.table_)
    if (seen.insert(column.path).second) note_varied(column.path, {path.string(), 1, 1}, column.path);
  if (!study_.table_.empty()) study_.n_ = study_.table_.front().size();
}

/// Remembers what varies; a parameter has one place where it does.
void StudyReader::note_varied(const std::string& path, const Place& place, const std::string& key) {
  const auto [known, is_new] = study_.places_.try_emplace(path, place);
  if (is_new) return;
  refuse(problems_, place, key, "varies twice", path, "one axis, distribution or column",
         fmt::format("it does so already in line {} of {}", known->second.line, known->second.file));
}

void StudyReader::check_times() {
  const auto check = [&](const char* key, const char* probes, bool has_probes, double& interval) {
    const auto path = fmt::format("sweep.{}", key);
    const auto place = study_.place_of(key);
    if (std::isnan(interval))
      interval = study_.scenario_->number(fmt::format("output.{}", key));
    else if (!has_probes)
      return refuse(problems_, place, path, fmt::format("there are no {} to sample", probes), "",
                    fmt::format("{} = [\"a_name\", …] beside it", probes), "or leave it out");
    const double n = study_.scenario_->duration() / interval;
    if (has_probes && n > most_samples)
      refuse(problems_, place, path, "too many samples", fmt::format("{:.3g}", n),
             fmt::format("at most {:.0f}", most_samples), "sample less often");
  };
  check("every", "curves", !study_.curves_.empty(), study_.every_);
  check("profiles_every", "profiles", !study_.profiles_.empty(), study_.profiles_every_);
}

/// What varies cannot be set from the command line too: one of the two would go unheard.
void StudyReader::check_overrides(const std::vector<Override>& overrides) {
  for (const auto& [path, value] : overrides)
    if (path != "scenario" && study_.is_varied(path))
      refuse(problems_, {"--set " + path}, path, "the study varies this parameter", value,
             "a parameter that does not vary", "change the study, or another parameter");
}

void StudyReader::check_drawing(const std::vector<ParameterValue>& keys) {
  const auto n = value_of(keys, "n").number;
  const bool has_table = !value_of(keys, "table").text.empty();
  if (study_.distributions_.empty() && !has_wrong_distribution_) {
    for (const auto* key : {"n", "method", "seed", "replicates"}) {
      const auto& value = value_of(keys, key);
      if (value.origin == Origin::preset) continue;
      refuse(problems_, study_.place_of(key), value.path, "there is nothing to draw", value.given,
             "[sweep.distributions] beside it", "or leave it out");
    }
    if (study_.axes_.empty() && !has_table && study_.places_.find("axes") == study_.places_.end())
      refuse(problems_, study_.place_of(""), "sweep", "nothing varies", "",
             "[sweep.axes], [sweep.distributions] or a table",
             "write under [sweep.axes]: \"duration\" = [\"24 h\", \"48 h\"]");
    return;
  }
  if (has_table)
    refuse(problems_, study_.place_of("table"), "sweep.table", "a table and distributions at once",
           value_of(keys, "table").text, "one of them",
           "members that are drawn elsewhere can be in the table");
  if (std::isnan(n))
    return refuse(problems_, study_.place_of(""), "sweep.n", "is missing", "",
                  "how many members to draw from the distributions", "write n = 1024 in [sweep]");
  study_.n_ = static_cast<Index>(n);
}

void StudyReader::check_size() {
  double n = static_cast<double>(study_.n_) * static_cast<double>(study_.replicates_);
  for (const auto& axis : study_.axes_) n *= static_cast<double>(axis.size());
  if (n > most_members)
    refuse(problems_, study_.place_of(""), "sweep", "too many members", fmt::format("{:.4g}", n),
           fmt::format("at most {:.0f}", most_members), "shorten an axis, or draw fewer");
}

void StudyReader::throw_if_any() const { problems_.throw_if_any(files_); }

}  // namespace poultice::core
