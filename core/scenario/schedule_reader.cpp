#include "core/scenario/schedule_reader.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/scenario/table_reader.hpp"
#include "core/units/quantity.hpp"

namespace poultice::core {
namespace {

const ParameterTable& timing() { return engine_table("schedule"); }

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void add_verbs(const ModelDescription& model, std::vector<std::string>& verbs) {
  for (const auto& action : model.actions)
    if (!contains(verbs, action.verb)) verbs.push_back(action.verb);
}

}  // namespace

/// One `[[schedule]]` and its path, "schedule.0".
struct ScheduleReader::Entry {
  const Node& node;
  const std::string& path;

  [[nodiscard]] std::string key(std::string_view name) const { return fmt::format("{}.{}", path, name); }
};

ScheduleReader::ScheduleReader(const Catalogue& catalogue, const InstanceNames& instances, const Tier& tier,
                               std::optional<ParameterValue> duration, ProblemList& problems)
    : catalogue_(catalogue),
      instances_(instances),
      tier_(tier),
      duration_(std::move(duration)),
      problems_(problems) {}

std::vector<Event> ScheduleReader::read(const Node& schedule) {
  if (schedule.kind != Node::Kind::array) {
    refuse(schedule.place, "schedule", "the schedule is a list", schedule.described(),
           "[[schedule]] for each entry", "write [[schedule]] with double brackets");
    return {};
  }
  for (std::size_t i = 0; i < schedule.items.size(); ++i) {
    const auto path = fmt::format("schedule.{}", i);
    const auto& node = schedule.items[i];
    timings_.emplace_back();
    if (node.kind == Node::Kind::table)
      read_entry(node, path);
    else
      refuse(node.place, path, "an entry of the schedule is a table", node.described(), "[[schedule]]");
  }
  std::stable_sort(events_.begin(), events_.end(),
                   [](const Event& a, const Event& b) { return a.time < b.time; });
  return std::move(events_);
}

void ScheduleReader::read_entry(const Node& node, const std::string& path) {
  const Entry entry{node, path};
  Event event;
  event.line = node.place.line;
  event.column = node.place.column;
  if (const auto* action = read_action(entry, event)) event.options = read_options(entry, *action);
  for (const double time : read_times(entry)) {
    event.time = time;
    events_.push_back(event);
  }
}

const ActionSpec* ScheduleReader::read_action(const Entry& entry, Event& event) {
  const auto verbs = present_verbs();
  std::vector<const core::Entry*> found;
  for (const auto& candidate : entry.node.entries)
    if (contains(verbs, candidate.key)) found.push_back(&candidate);
  if (found.empty()) return refuse_without_verb(entry);
  const auto& verb = *found.front();
  if (found.size() > 1) {
    refuse(found[1]->place, entry.key(found[1]->key), "two actions in one entry",
           fmt::format("{} and {}", verb.key, found[1]->key), "one action",
           "give each a [[schedule]] of its own; at equal times they happen in the order of the file");
    return nullptr;
  }
  const auto allowed = instances_.where([&](const auto& model) { return model.action(verb.key) != nullptr; });
  if (verb.value.kind != Node::Kind::text) {
    refuse(verb.value.place, entry.key(verb.key), "names a table", verb.value.described(),
           fmt::format("one of {}", joined(allowed)));
    return nullptr;
  }
  event.verb = verb.key;
  event.instance = verb.value.text;
  const auto* model =
      instances_.resolve(verb.value.text, allowed, verb.value.place, entry.key(verb.key), problems_);
  return model != nullptr ? model->action(verb.key) : nullptr;
}

/// Says why no key of an entry is an action that the scenario knows.
const ActionSpec* ScheduleReader::refuse_without_verb(const Entry& entry) {
  const auto verbs = present_verbs();
  const auto expected = verbs.empty() ? "a table that something can be done to" : joined(verbs);
  for (const auto& candidate : entry.node.entries) {
    std::vector<std::string> models;
    for (const auto* model : catalogue_.models())
      if (model->action(candidate.key) != nullptr) models.push_back(model->name);
    if (models.empty()) continue;
    if (!instances_.has_wrong_table())
      refuse(candidate.place, entry.key(candidate.key), "no table of the scenario knows this action",
             candidate.key, expected, fmt::format("it belongs to {}: add such a table", joined(models)));
    return nullptr;
  }
  for (const auto& candidate : entry.node.entries) {
    if (timing().find(candidate.key) != nullptr) continue;
    const auto best = nearest(candidate.key, verbs);
    refuse(candidate.place, entry.key(candidate.key), "unknown action", candidate.key, expected,
           best.empty() ? "" : fmt::format("did you mean {}?", best));
    return nullptr;
  }
  refuse(entry.node.place, entry.path, "the entry does nothing", "no action", expected);
  return nullptr;
}

std::vector<ParameterValue> ScheduleReader::read_options(const Entry& entry, const ActionSpec& action) {
  auto known = timing().keys();
  known.push_back(action.verb);
  TableReader reader(action.options, entry.path, problems_);
  reader.add(without(entry.node, known), tier_);
  auto options = reader.finish(entry.node.place);
  for (auto& option : options) {
    const auto key = option.path.substr(entry.path.size() + 1);
    check_reference(option, reader.place_of(key).value_or(entry.node.place), instances_, problems_);
    option.path = key;
  }
  return options;
}

std::vector<double> ScheduleReader::read_times(const Entry& entry) {
  const auto at = read_timing(entry, "at");
  const auto every = read_timing(entry, "every");
  const auto times = read_timing(entry, "times");
  const auto until = read_timing(entry, "until");
  if (entry.node.find("at") == nullptr)
    refuse(entry.node.place, entry.key("at"), "is missing", "", "when it happens, from time zero",
           "write at = \"0 h\"");
  if (!has_consistent_repeat(entry) || !at) return {};
  timings_.back().at = *at;
  if (!every) return is_before_the_end(entry, "at", *at) ? std::vector{*at} : std::vector<double>{};
  if (!times && !until) return {};
  if (until && *until < *at) {
    refuse(entry.node.find("until")->place, entry.key("until"), "is before the first time",
           entry.node.find("until")->written, fmt::format("at or after {}", entry.node.find("at")->written));
    return {};
  }
  timings_.back() = {*at, *every, times.value_or(EntryTiming::unsaid), until.value_or(EntryTiming::unsaid)};
  const auto& when = timings_.back();
  const double repeats = when.n_events();
  if (!is_before_the_end(entry, "at", *at) ||
      !is_before_the_end(entry, times ? "times" : "until", when.last()))
    return {};
  if (repeats > most_repeats) {
    refuse(entry.node.find("every")->place, entry.key("every"),
           fmt::format("this makes {:.0f} events", repeats), entry.node.find("every")->written,
           fmt::format("at most {:.0f}", most_repeats));
    return {};
  }
  std::vector<double> all;
  const auto n = std::lround(repeats);
  all.reserve(static_cast<std::size_t>(n));
  for (long i = 0; i < n; ++i) all.push_back(when.time(i));
  return all;
}

std::optional<double> ScheduleReader::read_timing(const Entry& entry, std::string_view key) {
  const auto* node = entry.node.find(key);
  if (node == nullptr) return std::nullopt;
  const auto value = read_value(*timing().find(key), entry.key(key), *node, tier_, problems_);
  return value ? std::optional(value->number) : std::nullopt;
}

bool ScheduleReader::has_consistent_repeat(const Entry& entry) {
  const auto* every = entry.node.find("every");
  const auto* times = entry.node.find("times");
  const auto* until = entry.node.find("until");
  if (every != nullptr && times == nullptr && until == nullptr)
    refuse(every->place, entry.key("every"), "repeats without an end", every->written,
           "times = 3 or until = \"72 h\" beside it");
  else if (every == nullptr && (times != nullptr || until != nullptr))
    refuse((times != nullptr ? times : until)->place, entry.key(times != nullptr ? "times" : "until"),
           "says how often, but not every how long", "", "every = \"24 h\" beside it");
  else if (times != nullptr && until != nullptr)
    refuse(until->place, entry.key("until"), "is one too many beside times", until->written,
           "either times or until");
  else
    return true;
  return false;
}

bool ScheduleReader::is_before_the_end(const Entry& entry, std::string_view key, double time) {
  if (!duration_ || time <= duration_->number * (1.0 + time_rounding)) return true;
  const auto* node = entry.node.find(key);
  refuse(node->place, entry.key(key),
         fmt::format("the event at {} is past the end", format_quantity(time, "h", 6)), node->written,
         fmt::format("at most {}, the duration", duration_->given),
         "make the duration longer or take the event away");
  return false;
}

void ScheduleReader::refuse(const Place& place, const std::string& key, std::string what, std::string given,
                            std::string expected, std::string hint) {
  auto problem = place.problem(key, std::move(what));
  problem.given = std::move(given);
  problem.expected = std::move(expected);
  problem.hint = std::move(hint);
  problems_.add(std::move(problem));
}

std::vector<std::string> ScheduleReader::present_verbs() const {
  std::vector<std::string> verbs;
  for (const auto* model : catalogue_.models())
    if (!instances_.where([&](const auto& other) { return &other == model; }).empty())
      add_verbs(*model, verbs);
  return verbs;
}

void check_reference(const ParameterValue& value, const Place& place, const InstanceNames& instances,
                     ProblemList& problems) {
  if (value.spec->type != ParameterType::instance || value.text.empty()) return;
  const auto& model = value.spec->folder;
  const auto allowed =
      instances.where([&](const auto& other) { return model.empty() || other.name == model; });
  instances.resolve(value.text, allowed, place, value.path, problems);
}

}  // namespace poultice::core
