#include "models/parts/wear.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace poultice::models {

std::string tissue_of(const core::Event& event, const core::Scenario& scenario, const std::string& instance) {
  const auto& to = event.option("to").text;
  return to.empty() ? scenario.text(instance + ".on") : to;
}

std::vector<Wear> wears(const core::Scenario& scenario, const std::string& instance) {
  std::vector<Wear> all;
  const auto& events = scenario.events();
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& event = events[i];
    const auto number = static_cast<core::Index>(i);
    if (event.instance != instance) continue;
    if (event.verb == "apply")
      all.push_back({.tissue = tissue_of(event, scenario, instance),
                     .from = event.time,
                     .to = scenario.duration(),
                     .applied_by = number});
    else if (event.verb == "remove" && !all.empty())
      all.back().to = event.time, all.back().is_removed = true, all.back().removed_by = number;
  }
  return all;
}

std::vector<std::string> worn_on(const core::Scenario& scenario, const std::string& instance) {
  std::vector<std::string> tissues;
  for (const auto& wear : wears(scenario, instance))
    if (std::find(tissues.begin(), tissues.end(), wear.tissue) == tissues.end())
      tissues.push_back(wear.tissue);
  if (tissues.empty()) tissues.push_back(scenario.text(instance + ".on"));
  return tissues;
}

void check_wear(const core::Scenario& scenario, const core::Instance& instance,
                std::vector<core::Problem>& problems) {
  const auto report = [&](const core::Event& event, std::string what, std::string expected,
                          std::string hint) {
    problems.push_back(
        {.what = std::move(what),
         .line = event.line,
         .column = event.column,
         .key = "schedule",
         .given = fmt::format("{} = \"{}\" at {:.6g} h", event.verb, event.instance, event.time / 3600.0),
         .expected = std::move(expected),
         .hint = std::move(hint)});
  };
  bool is_worn = false;
  for (const auto& event : scenario.events()) {
    if (event.instance != instance.name) continue;
    if (event.verb == "remove") {
      if (!is_worn)
        report(event, instance.name + " is removed but is not worn then", "an `apply` before it",
               "check the times of the schedule");
      is_worn = false;
    } else if (event.verb == "apply") {
      if (is_worn)
        report(event, instance.name + " is applied while it is still worn", "a `remove` before it",
               "for two at a time, give the second a table of its own");
      is_worn = true;
      const auto tissue = tissue_of(event, scenario, instance.name);
      for (const auto& other : scenario.instances()) {
        if (other.name == instance.name || other.model->action("apply") == nullptr) continue;
        for (const auto& wear : wears(scenario, other.name))
          if (wear.tissue == tissue && wear.from <= event.time && event.time < wear.to)
            report(event,
                   fmt::format("{} is applied to [{}] where {} is still worn", instance.name, tissue,
                               other.name),
                   "a free place", "remove the other first, or apply to another table of skin");
      }
    }
  }
}

core::ParameterSpec on_parameter() {
  return core::instance_of("on", "")
      .by_default("skin")
      .means("Table of the tissue it is put on, unless the schedule says `to`.")
      .from("the usual name of that table");
}

std::vector<core::ActionSpec> wear_actions(const std::string& what) {
  return {{"apply",
           "Puts a new " + what + " on.",
           {core::instance_of("to", "").optional().means("Table of the tissue it is put on.")}},
          {"remove", "Takes the " + what + " off, with what is left in it.", {}}};
}

namespace {

constexpr double day = 86400.0, hour = 3600.0;

/// A time of each lane [s], and how to say it.
struct Moment {
  std::vector<double> times;

  [[nodiscard]] bool is_shared() const {
    return std::all_of(times.begin(), times.end(), [&](double time) { return time == times.front(); });
  }
};

Moment moment_of(const core::ParameterView& own, core::Index event) {
  const double* times = own.event_times(event);
  return {{times, times + own.width()}};
}

/// "24–72 h", or what it means where it differs between members.
std::string span_in_words(const Moment& from, const Moment& to) {
  if (from.is_shared() && to.is_shared())
    return fmt::format("{:.4g}–{:.4g} h", from.times.front() / hour, to.times.front() / hour);
  return "after the first day of wear";
}

std::string in_words(const Moment& at) {
  return at.is_shared() ? fmt::format("at {:.4g} h", at.times.front() / hour) : "at removal";
}

}  // namespace

void add_wear_headlines(core::Assembly& assembly) {
  const auto& own = assembly.parameters;
  const auto& scenario = own.scenario();
  const auto all = wears(scenario, own.instance());
  if (all.empty()) return;
  const auto& first = all.front();
  using Reduction = core::Headline::Reduction;
  const auto headline = [&](const char* name, std::string label, const char* probe, Reduction reduction,
                            std::vector<double> from, std::vector<double> to, const char* unit,
                            const char* shown, const char* relative_to) {
    // All of them are of totals over everything worn: one of a kind is enough.
    if (std::any_of(assembly.headlines.begin(), assembly.headlines.end(),
                    [&](const auto& one) { return one.name == name; }))
      return;
    assembly.headlines.push_back({.name = name,
                                  .label = std::move(label),
                                  .probe = probe,
                                  .reduction = reduction,
                                  .from = std::move(from),
                                  .to = std::move(to),
                                  .unit = unit,
                                  .display_unit = shown,
                                  .relative_to = relative_to});
  };
  auto from = moment_of(own, first.applied_by);
  const auto to = first.is_removed ? moment_of(own, first.removed_by)
                                   : Moment{std::vector<double>(from.times.size(), scenario.duration())};
  // The first day fills the skin; dose rates on labels are those of the time after it.
  for (std::size_t lane = 0; lane < from.times.size(); ++lane)
    if (to.times[lane] - from.times[lane] > day) from.times[lane] += day;
  headline("mean_delivery_rate", "mean delivery rate " + span_in_words(from, to), "delivered",
           Reduction::mean_rate, from.times, to.times, "kg/s", "ug/h", "");
  headline("delivered_total", "delivered", "delivered", Reduction::last, {}, {}, "kg", "ug", "applied");
  const bool is_removed =
      std::any_of(all.begin(), all.end(), [](const auto& wear) { return wear.is_removed; });
  if (is_removed)
    headline("residual", "residual in what was removed", "removed", Reduction::last, {}, {}, "kg", "ug",
             "applied");
  else
    headline("residual", "residual in the patch", "in_patch", Reduction::last, {}, {}, "kg", "ug", "applied");
  if (first.is_removed)
    headline("depot_at_removal", "depot in skin " + in_words(to), "in_skin", Reduction::at, to.times, {},
             "kg", "ug", "applied");
}

}  // namespace poultice::models
