#include "core/scenario/table_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace poultice::core {
namespace {

template <class Range>
bool contains(const Range& range, std::string_view word) {
  return std::find(range.begin(), range.end(), word) != range.end();
}

/// "layer.*.thickness" with its star replaced.
std::string with_element(const std::string& key, const std::string& list, const std::string& element) {
  return fmt::format("{}.{}{}", list, element, key.substr(list.size() + 2));
}

/// "write area = "1 cm^2" in [patch]".
std::string write_it(const ParameterSpec& spec, std::string_view path) {
  const auto dot = path.rfind('.');
  const auto key = dot == std::string_view::npos ? path : path.substr(dot + 1);
  auto line = fmt::format("write {} = {}", key, example_of(spec));
  if (dot == std::string_view::npos) return line;
  if (spec.key.find(".*.") == std::string::npos) return fmt::format("{} in [{}]", line, path.substr(0, dot));
  return fmt::format("{} in the element {}", line, path.substr(0, dot));
}

std::string meaning_of(const ParameterSpec& spec) {
  auto range = accepted(spec);
  if (spec.meaning.empty()) return range;
  auto meaning = spec.meaning;
  if (meaning.ends_with('.')) meaning.pop_back();
  return fmt::format("{} ({})", meaning, range);
}

}  // namespace

bool is_plain_name(std::string_view name) {
  const auto is_small = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && is_small(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_small(c) || (c >= '0' && c <= '9'); });
}

TableReader::TableReader(const ParameterTable& specs, std::string path, ProblemList& problems)
    : specs_(specs), path_(std::move(path)), problems_(problems), lists_(specs.lists()) {}

void TableReader::add(const Node& table, const Tier& tier) { add_entries(table, "", tier); }

void TableReader::add_entries(const Node& table, const std::string& prefix, const Tier& tier) {
  for (const auto& entry : table.entries)
    add_entry(entry, prefix.empty() ? entry.key : prefix + "." + entry.key, tier);
}

void TableReader::add_entry(const Entry& entry, const std::string& key, const Tier& tier) {
  using Kind = Node::Kind;
  if (const auto* spec = specs_.find(key)) return add_value(entry, key, *spec, tier);
  if (is_list(key) && entry.value.kind == Kind::array) return add_list(entry.value, key, tier);
  if (!is_branch(key)) return refuse_unknown(entry, key);
  if (entry.value.kind == Kind::table) return add_entries(entry.value, key, tier);
  auto problem = entry.value.place.problem(full(key), "is a table, not a value");
  problem.given = entry.value.described();
  problem.expected = is_list(key) ? fmt::format("[[{}]] for each element", full(key))
                                  : fmt::format("a table [{}]", full(key));
  problems_.add(std::move(problem));
}

void TableReader::add_value(const Entry& entry, const std::string& key, const ParameterSpec& spec,
                            const Tier& tier) {
  auto value = read_value(spec, full(key), entry.value, tier, problems_);
  if (tier.origin == Origin::set && spec.type == ParameterType::set && value) {
    auto problem = entry.place.problem(full(key), "a set cannot name another set");
    problem.hint = "name it in the scenario";
    problems_.add(std::move(problem));
    return;
  }
  auto& slot = slots_[key];
  if (tier.origin >= slot.origin) slot = {tier.origin, entry.value.place, std::move(value)};
}

void TableReader::add_list(const Node& list, const std::string& key, const Tier& tier) {
  std::vector<std::string> names;
  for (const auto& element : list.items) {
    const auto name = element_name(element, key, names);
    if (!name) continue;
    names.push_back(*name);
    element_places_[fmt::format("{}.{}", key, *name)] = element.place;
    for (const auto& entry : element.entries)
      if (entry.key != "name") add_entry(entry, fmt::format("{}.{}.{}", key, *name, entry.key), tier);
  }
  const auto origin = list_origins_.find(key);
  if (origin != list_origins_.end() && origin->second > tier.origin) return;
  list_origins_[key] = tier.origin;
  elements_[key] = std::move(names);
}

std::optional<std::string> TableReader::element_name(const Node& element, const std::string& list,
                                                     const std::vector<std::string>& before) const {
  const auto refuse = [&](const Place& place, std::string what, std::string given) {
    auto problem = place.problem(full(list), std::move(what));
    problem.given = std::move(given);
    problem.expected = "a name of its own in small letters, digits and _";
    problem.hint = fmt::format("write name = \"upper\" in its [[{}]]", full(list));
    problems_.add(std::move(problem));
    return std::nullopt;
  };
  if (element.kind != Node::Kind::table)
    return refuse(element.place, "an element of the list is no table", element.described());
  const auto* name = element.find("name");
  if (name == nullptr) return refuse(element.place, "an element of the list has no name", "");
  if (name->kind != Node::Kind::text || !is_plain_name(name->text))
    return refuse(name->place, "this cannot name an element", name->written);
  if (contains(before, name->text)) return refuse(name->place, "two elements of one name", name->written);
  return name->text;
}

void TableReader::refuse_unknown(const Entry& entry, const std::string& key) const {
  constexpr std::size_t most_shown = 16;
  auto known = siblings_of(key);
  auto problem = entry.place.problem(full(key), "unknown key");
  problem.given = entry.key;
  if (known.size() > most_shown) {
    known.resize(most_shown);
    known.emplace_back("…");
  }
  problem.expected = known.empty() ? "no key here" : joined(known);
  if (const auto likely = likely_key(key); !likely.empty())
    problem.hint = fmt::format("did you mean {}?", full(likely));
  problems_.add(std::move(problem));
}

/// The known key that is spelled nearest, or else one whose last part is the same; "" when there is none.
std::string TableReader::likely_key(const std::string& key) const {
  const auto known = keys();
  if (auto best = nearest(key, known); !best.empty()) return best;
  const auto last = key.substr(key.rfind('.') + 1);
  const auto same = std::find_if(known.begin(), known.end(),
                                 [&](const auto& other) { return other.ends_with("." + last); });
  return same == known.end() ? "" : *same;
}

/// The known keys of the same table; all of them when it has none.
std::vector<std::string> TableReader::siblings_of(const std::string& key) const {
  const auto known = keys();
  const auto table = key.substr(0, key.rfind('.') + 1);
  std::vector<std::string> siblings;
  for (const auto& other : known)
    if (other.starts_with(table)) siblings.push_back(other);
  return siblings.empty() ? known : siblings;
}

std::optional<ParameterValue> TableReader::peek(const ParameterSpec& spec) const {
  const auto slot = slots_.find(spec.key);
  if (slot != slots_.end()) return slot->second.value;
  ProblemList nobody;  // a wrong default is reported by finish()
  return spec.is_required() ? std::nullopt : preset_value(spec, full(spec.key), nobody);
}

std::vector<ParameterValue> TableReader::finish(const Place& place, bool excused) {
  is_excused_ = excused;
  for (const auto& list : lists_) elements_[list];
  refuse_unknown_elements();
  std::vector<ParameterValue> values;
  std::vector<std::string> done;
  for (const auto& spec : specs_.specs()) {
    const auto star = spec.key.find(".*.");
    if (star == std::string::npos) {
      finish_one(spec, spec.key, place, values);
    } else if (const auto list = spec.key.substr(0, star); !contains(done, list)) {
      finish_list(list, values);
      done.push_back(list);
    }
  }
  return values;
}

void TableReader::finish_list(const std::string& list, std::vector<ParameterValue>& values) {
  for (const auto& element : elements_[list]) {
    const auto& place = element_places_[fmt::format("{}.{}", list, element)];
    for (const auto& spec : specs_.specs())
      if (spec.key.starts_with(list + ".*."))
        finish_one(spec, with_element(spec.key, list, element), place, values);
  }
}

void TableReader::finish_one(const ParameterSpec& spec, const std::string& key, const Place& place,
                             std::vector<ParameterValue>& values) {
  if (const auto slot = slots_.find(key); slot != slots_.end()) {
    if (slot->second.value) values.push_back(*slot->second.value);
  } else if (spec.is_required()) {
    if (is_excused_) return;
    auto problem = place.problem(full(key), "is missing");
    problem.expected = meaning_of(spec);
    problem.hint = write_it(spec, full(key));
    problems_.add(std::move(problem));
  } else if (auto value = preset_value(spec, full(key), problems_)) {
    values.push_back(std::move(*value));
  }
}

/// `[skin.layer.dermis]` changes an element; there must be one, unless a stronger tier wrote the list anew.
void TableReader::refuse_unknown_elements() {
  for (const auto& [key, slot] : slots_) {
    const auto list = std::find_if(lists_.begin(), lists_.end(),
                                   [&, &key = key](const auto& name) { return key.starts_with(name + "."); });
    if (list == lists_.end()) continue;
    const auto rest = std::string_view(key).substr(list->size() + 1);
    const auto name = rest.substr(0, rest.find('.'));
    const auto& names = elements_[*list];
    const auto written = list_origins_.find(*list);
    const bool was_replaced = written != list_origins_.end() && written->second > slot.origin;
    if (contains(names, name) || was_replaced) continue;
    auto problem = slot.place.problem(full(key), "there is no element of this name");
    problem.given = name;
    problem.expected = names.empty() ? fmt::format("a [[{}]] of this name", full(*list)) : joined(names);
    if (const auto best = nearest(name, names); !best.empty())
      problem.hint = fmt::format("did you mean {}?", full(fmt::format("{}.{}", *list, best)));
    problems_.add(std::move(problem));
  }
}

std::optional<Place> TableReader::place_of(std::string_view key) const {
  const auto slot = slots_.find(key);
  return slot == slots_.end() ? std::nullopt : std::optional(slot->second.place);
}

std::vector<std::string> TableReader::keys() const {
  std::vector<std::string> keys;
  for (const auto& key : specs_.keys()) {
    const auto star = key.find(".*.");
    const auto names = star == std::string::npos ? elements_.end() : elements_.find(key.substr(0, star));
    if (names == elements_.end() || names->second.empty()) {
      keys.push_back(key);
      continue;
    }
    for (const auto& name : names->second) keys.push_back(with_element(key, names->first, name));
  }
  return keys;
}

/// Whether a parameter lies below this key.
bool TableReader::is_branch(std::string_view key) const {
  const auto pieces = split(key, '.');
  return std::any_of(specs_.specs().begin(), specs_.specs().end(), [&](const auto& spec) {
    const auto pattern = split(spec.key, '.');
    return pattern.size() > pieces.size() &&
           std::equal(pieces.begin(), pieces.end(), pattern.begin(),
                      [](const auto& given, const auto& want) { return want == "*" || want == given; });
  });
}

bool TableReader::is_list(std::string_view key) const { return contains(lists_, key); }

std::string TableReader::full(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

}  // namespace poultice::core
