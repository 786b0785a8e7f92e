#include "core/scenario/set_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/scenario/text_file.hpp"

namespace poultice::core {
namespace {

const std::vector<std::string> head_keys{"kind", "name", "title", "source", "trust", "note"};

std::string head_text(const Node& root, std::string_view key) {
  const auto* node = root.find(key);
  return node != nullptr ? node->text : "";
}

}  // namespace

const ModelDescription* find_model(const Catalogue& catalogue, const std::string& name, const Place& place,
                                   const std::string& key, const std::string& hint, ProblemList& problems) {
  if (const auto* model = catalogue.find(name)) return model;
  auto problem = place.problem(key, "there is no model of this name");
  problem.given = name;
  problem.expected = joined(catalogue.names());
  const auto best = nearest(name, catalogue.names());
  problem.hint = best.empty() ? hint : fmt::format("did you mean {}?", best);
  problems.add(std::move(problem));
  return nullptr;
}

const SetFile* SetLoader::load(const ParameterValue& value, const Place& place) {
  const auto key = fmt::format("{}/{}", value.spec->folder, value.text);
  const auto known = sets_.find(key);
  if (known != sets_.end()) return known->second.get();
  return (sets_[key] = read(value, place)).get();
}

std::unique_ptr<SetFile> SetLoader::read(const ParameterValue& value, const Place& place) {
  const auto& folder = value.spec->folder;
  auto set = std::make_unique<SetFile>();
  try {
    const auto found = library_.find(folder, value.text, folder_);
    if (!found) {
      refuse_unknown(value, place);
      return nullptr;
    }
    set->file = found->name;
    files_.push_back(found->name);
    set->root = parse_document(found->text, found->name);
  } catch (const ScenarioError& error) {
    problems_.add(error.problems());
    return nullptr;
  } catch (const FileError& error) {
    const auto what = std::string_view(error.what());
    auto problem = place.problem(value.path, std::string(what.substr(0, what.find('\n'))));
    problem.hint = error.hint();
    problems_.add(std::move(problem));
    return nullptr;
  }
  const bool is_therapy = folder == "therapies";
  const bool is_path = value.text.ends_with(".toml");
  set->tier.origin = is_therapy ? Origin::therapy : Origin::set;
  set->tier.name = is_path ? value.text : fmt::format("{}/{}", folder, value.text);
  set->tier.source = head_text(set->root, "source");
  check_root(*set, is_therapy);
  return set;
}

void SetLoader::check_root(const SetFile& set, bool is_therapy) {
  const auto kind = head_text(set.root, "kind");
  if (kind.empty() || (kind == "therapy") != is_therapy) {
    const auto* node = set.root.find("kind");
    const auto place = node != nullptr ? node->place : Place{set.file};
    auto problem = place.problem("kind", is_therapy ? "this is no therapy" : "this is no set");
    problem.given = node != nullptr ? node->written : "no kind";
    problem.expected = is_therapy ? "kind = \"therapy\"" : "a kind of set, such as kind = \"drug\"";
    problems_.add(std::move(problem));
  }
  for (const auto& entry : set.root.entries) {
    const bool is_head = std::find(head_keys.begin(), head_keys.end(), entry.key) != head_keys.end();
    if (is_head && entry.value.kind == Node::Kind::text) continue;
    if (!is_head && entry.value.kind == Node::Kind::table) {
      if (!is_therapy) find_model(catalogue_, entry.key, entry.value.place, entry.key, "", problems_);
      continue;
    }
    auto problem = is_head ? entry.value.place.problem(entry.key, "a text is needed")
                           : entry.place.problem(entry.key, "unknown key");
    problem.given = is_head ? entry.value.written : entry.key;
    problem.expected = is_head ? "a text in quotes" : joined(head_keys) + ", or a table of a model";
    if (!is_head)
      if (const auto best = nearest(entry.key, head_keys); !best.empty())
        problem.hint = fmt::format("did you mean {}?", best);
    problems_.add(std::move(problem));
  }
}

void SetLoader::refuse_unknown(const ParameterValue& value, const Place& place) {
  auto problem = place.problem(value.path, "there is no set of this name");
  problem.given = fmt::format("\"{}\"", value.text);
  if (value.text.ends_with(".toml")) {
    problem.what = "there is no such file";
    problem.expected = "a path that starts at the folder of the scenario";
    problem.hint = neighbours_of(folder_ / value.text);
  } else {
    const auto names = library_.names(value.spec->folder);
    problem.expected = names.empty() ? "the path of a .toml file" : joined(names);
    if (const auto best = nearest(value.text, names); !best.empty())
      problem.hint = fmt::format("did you mean \"{}\"?", best);
  }
  problems_.add(std::move(problem));
}

}  // namespace poultice::core
