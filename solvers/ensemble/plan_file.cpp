#include "solvers/ensemble/plan_file.hpp"

#include <array>
#include <ctime>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/version.hpp"
#include "solvers/record/file_format.hpp"
#include "solvers/record/hdf5_file.hpp"
#include "solvers/record/result_file.hpp"
#include "solvers/record/result_provenance.hpp"

namespace poultice::solvers {
namespace {

using core::Index;

std::vector<std::int64_t> wide(const std::vector<Index>& numbers) { return {numbers.begin(), numbers.end()}; }

std::vector<Index> narrow(const std::vector<std::int64_t>& numbers) {
  return {numbers.begin(), numbers.end()};
}

/// One text out of each element of a list.
template <class Element, class Of>
std::vector<std::string> texts_of(const std::vector<Element>& elements, const Of& of) {
  std::vector<std::string> texts;
  texts.reserve(elements.size());
  for (const auto& element : elements) texts.push_back(of(element));
  return texts;
}

void write_design(Hdf5Writer& file, const core::Design& design) {
  std::vector<std::int64_t> members;
  for (Index member = 0; member < design.n_members; ++member) members.push_back(member);
  file.group("design", {{"long_name", "what varies, and its value for each member, SI"}});
  file.scale("design/run", members, {{"long_name", "number of the member"}});
  file.scale("design/column", texts_of(design.columns, [](const auto& column) { return column.path; }),
             {{"long_name", "parameter that varies"}});
  file.dataset("design/unit", texts_of(design.columns, [](const auto& column) { return column.unit; }),
               {"column"}, {{"long_name", "its customary unit"}});
  std::vector<std::int8_t> own;
  for (const auto& column : design.columns) own.push_back(column.needs_own_scenario ? 1 : 0);
  file.dataset("design/needs_own_scenario", own, {"column"},
               {{"long_name", "1 where members with different values cannot be lanes of one block"}});
  for (const auto& column : design.columns) {
    const auto name = "design/values/" + column.path;
    if (column.is_number())
      file.dataset(name, column.numbers, {"run"});
    else
      file.dataset(name, column.words, {"run"});
  }
  for (const auto& index : design.indices)
    file.dataset("design/indices/" + index.name,
                 std::vector<std::int64_t>(index.values.begin(), index.values.end()), {"run"},
                 {{"long_name", index.meaning}});
}

void write_blocks(Hdf5Writer& file, const Plan& plan) {
  file.group("blocks", {{"long_name", "which members run side by side, in which order"}});
  file.dataset("blocks/order", wide(plan.order), {"/design/run"}, {{"long_name", "members as they are run"}});
  file.scale("blocks/bound", wide(plan.block_begin),
             {{"long_name", "where each block begins in the order, and the end"}});
  file.scale("blocks/group", wide(plan.block_group), {{"long_name", "group of each block"}});
  file.scale("blocks/shard_bound", wide(plan.shard_begin),
             {{"long_name", "the first block of each shard, and the end"}});
}

void write_scenarios(Hdf5Writer& file, const ScenarioTexts& scenarios) {
  std::string all;
  std::vector<std::int64_t> lengths;
  for (const auto& changes : scenarios.changes()) {
    all += changes;
    lengths.push_back(static_cast<std::int64_t>(changes.size()));
  }
  file.group("scenarios",
             {{"long_name", "the resolved scenario of each group: the first, and changes to it"}});
  file.scalar("scenarios/first", scenarios.first());
  file.scale("scenarios/length", lengths, {{"long_name", "bytes of each group's changes"}});
  file.scalar("scenarios/changes", all);
}

using TimingPart = std::pair<const char*, double core::EntryTiming::*>;
constexpr std::array<TimingPart, 4> timing_parts{{
    {"at", &core::EntryTiming::at},
    {"every", &core::EntryTiming::every},
    {"times", &core::EntryTiming::times},
    {"until", &core::EntryTiming::until},
}};

void write_timings(Hdf5Writer& file, const std::vector<core::EntryTiming>& timings) {
  std::vector<std::int64_t> entries;
  for (std::size_t i = 0; i < timings.size(); ++i) entries.push_back(static_cast<std::int64_t>(i));
  file.group("schedule",
             {{"long_name", "when the entries of the schedule happen where nothing varies them"}});
  file.scale("schedule/entry", entries, {{"long_name", "number of the entry"}});
  for (const auto& [name, part] : timing_parts) {
    std::vector<double> numbers;
    for (const auto& timing : timings) numbers.push_back(timing.*part);
    file.dataset(fmt::format("schedule/{}", name), numbers, {"entry"},
                 {{"units", part == &core::EntryTiming::times ? "1" : "s"}});
  }
}

void write_layout(Hdf5Writer& file, const Layout& layout) {
  file.group("layout", {{"long_name", "what is kept of every member"}});
  const auto& headlines = layout.headlines;
  file.scale("layout/headline", texts_of(headlines, [](const auto& it) { return it.name; }));
  const auto of_headlines = [&](const char* name, std::string Layout::Headline::*field) {
    file.dataset(fmt::format("layout/headline_{}", name),
                 texts_of(headlines, [&](const auto& it) { return it.*field; }), {"headline"});
  };
  of_headlines("label", &Layout::Headline::label);
  of_headlines("probe", &Layout::Headline::probe);
  of_headlines("long_name", &Layout::Headline::long_name);
  of_headlines("unit", &Layout::Headline::unit);
  of_headlines("display_unit", &Layout::Headline::display_unit);
  of_headlines("relative_to", &Layout::Headline::relative_to);
  const auto of_curves = [&](const std::string& kind, const std::vector<Layout::Curve>& curves) {
    const auto write = [&](const char* name, std::string Layout::Curve::*field) {
      file.dataset(fmt::format("layout/{}_{}", kind, name),
                   texts_of(curves, [&](const auto& it) { return it.*field; }), {kind});
    };
    file.scale("layout/" + kind, texts_of(curves, [](const auto& it) { return it.name; }));
    write("long_name", &Layout::Curve::long_name);
    write("unit", &Layout::Curve::unit);
    write("display_unit", &Layout::Curve::display_unit);
    write("axis", &Layout::Curve::axis);
  };
  of_curves("curve", layout.curves);
  of_curves("profile", layout.profiles);
  file.scale("layout/axis", texts_of(layout.axes, [](const auto& it) { return it.name; }));
  file.dataset("layout/axis_long_name", texts_of(layout.axes, [](const auto& it) { return it.long_name; }),
               {"axis"});
  file.dataset("layout/axis_unit", texts_of(layout.axes, [](const auto& it) { return it.unit; }), {"axis"});
  std::vector<std::int64_t> n_points;
  for (const auto& axis : layout.axes) n_points.push_back(axis.n_points);
  file.dataset("layout/axis_points", n_points, {"axis"});
  file.scale("layout/time", layout.times, {{"units", "s"}});
  file.scale("layout/time_profile", layout.profile_times, {{"units", "s"}});
}

std::vector<core::EntryTiming> read_timings(const Hdf5Reader& file) {
  std::vector<core::EntryTiming> timings(file.integers("schedule/entry").size());
  for (const auto& [name, part] : timing_parts) {
    const auto numbers = file.reals(fmt::format("schedule/{}", name));
    for (std::size_t i = 0; i < timings.size(); ++i) timings[i].*part = numbers.at(i);
  }
  return timings;
}

core::Design read_design(const Hdf5Reader& file) {
  core::Design design;
  design.n_members = static_cast<Index>(file.at("design/run").shape.front());
  const auto paths = file.texts("design/column"), units = file.texts("design/unit");
  const auto own = file.integers("design/needs_own_scenario");
  for (std::size_t i = 0; i < paths.size(); ++i) {
    core::DesignColumn column{.path = paths[i], .unit = units[i], .needs_own_scenario = own[i] != 0};
    const auto name = "design/values/" + column.path;
    if (file.at(name).kind == Hdf5Dataset::Kind::text)
      column.words = file.texts(name);
    else
      column.numbers = file.reals(name);
    design.columns.push_back(std::move(column));
  }
  constexpr std::string_view indices = "/design/indices/";
  for (const auto& array : file.datasets()) {
    if (!array.path.starts_with(indices)) continue;
    const auto numbers = file.integers(array.path);
    design.indices.push_back({array.path.substr(indices.size()),
                              text_attribute(file, array.path, "long_name"),
                              {numbers.begin(), numbers.end()}});
  }
  return design;
}

ScenarioTexts read_scenarios(const Hdf5Reader& file) {
  const auto all = file.text("scenarios/changes");
  std::vector<std::string> changes;
  std::size_t at = 0;
  for (const auto length : file.integers("scenarios/length")) {
    changes.push_back(all.substr(std::min(at, all.size()), static_cast<std::size_t>(length)));
    at += static_cast<std::size_t>(length);
  }
  return {file.text("scenarios/first"), std::move(changes)};
}

Layout read_layout(const Hdf5Reader& file) {
  Layout layout;
  const auto column = [&](const std::string& name) { return file.texts("layout/" + name); };
  for (const auto& name : column("headline")) layout.headlines.push_back({.name = name});
  const auto of_headlines = [&](const char* name, std::string Layout::Headline::*field) {
    const auto texts = column(fmt::format("headline_{}", name));
    for (std::size_t i = 0; i < layout.headlines.size(); ++i) layout.headlines[i].*field = texts.at(i);
  };
  of_headlines("label", &Layout::Headline::label);
  of_headlines("probe", &Layout::Headline::probe);
  of_headlines("long_name", &Layout::Headline::long_name);
  of_headlines("unit", &Layout::Headline::unit);
  of_headlines("display_unit", &Layout::Headline::display_unit);
  of_headlines("relative_to", &Layout::Headline::relative_to);
  const auto of_curves = [&](const std::string& kind) {
    std::vector<Layout::Curve> curves;
    const auto long_names = column(kind + "_long_name"), units = column(kind + "_unit");
    const auto display_units = column(kind + "_display_unit"), axes = column(kind + "_axis");
    const auto names = column(kind);
    for (std::size_t i = 0; i < names.size(); ++i)
      curves.push_back({names[i], long_names.at(i), units.at(i), display_units.at(i), axes.at(i)});
    return curves;
  };
  layout.curves = of_curves("curve");
  layout.profiles = of_curves("profile");
  const auto axes = column("axis"), long_names = column("axis_long_name"), units = column("axis_unit");
  const auto n_points = file.integers("layout/axis_points");
  for (std::size_t i = 0; i < axes.size(); ++i)
    layout.axes.push_back({axes[i], long_names.at(i), units.at(i), static_cast<Index>(n_points.at(i))});
  layout.times = file.reals("layout/time");
  layout.profile_times = file.reals("layout/time_profile");
  return layout;
}

std::string text_of(const Hdf5Reader& file, const char* name) { return text_attribute(file, "/", name); }

}  // namespace

void write_plan(const Plan& plan, const core::Study& study, const std::filesystem::path& path,
                bool overwrite) {
  Hdf5Writer file(path.string(), overwrite);
  const Hdf5Attributes attributes{
      {"title", plan.title},
      {"filetype", plan_filetype},
      {"format_version", std::vector<int>{format_major, format_minor}},
      {"software", plan.software},
      {"git_hash", std::string(core::git_hash())},
      {"created", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))},
      {"plan_sha256", plan.hash},
      {"integrator", plan.integrator},
      {"width", std::int64_t{plan.width}},
  };
  for (const auto& attribute : attributes) file.attribute("/", attribute);
  write_design(file, plan.design);
  write_blocks(file, plan);
  write_timings(file, plan.timings);
  write_scenarios(file, plan.scenarios);
  write_layout(file, plan.layout);
  write_provenance(file, *study.scenario());
  file.scalar("provenance/study_toml", study.text(), {{"long_name", "the study, byte for byte"}});
  if (!study.table_text().empty())
    file.scalar("provenance/table", study.table_text(),
                {{"long_name", "its table of members, byte for byte"}});
  file.commit();
}

Plan read_plan(const std::filesystem::path& path) {
  const Hdf5Reader file(path.string());
  (void)read_format(file, {plan_filetype});
  Plan plan;
  plan.title = text_of(file, "title");
  plan.software = text_of(file, "software");
  plan.hash = text_of(file, "plan_sha256");
  plan.integrator = text_of(file, "integrator");
  plan.width = static_cast<Index>(std::get<std::int64_t>(file.attribute("/", "width")));
  plan.design = read_design(file);
  plan.order = narrow(file.integers("blocks/order"));
  plan.block_begin = narrow(file.integers("blocks/bound"));
  plan.block_group = narrow(file.integers("blocks/group"));
  plan.shard_begin = narrow(file.integers("blocks/shard_bound"));
  plan.timings = read_timings(file);
  plan.scenarios = read_scenarios(file);
  plan.layout = read_layout(file);
  if (plan.computed_hash() != plan.hash)
    throw core::FileError(path.string(), "the plan does not match its own hash",
                          "it is damaged, or was changed; make it anew: poultice sweep plan");
  return plan;
}

}  // namespace poultice::solvers
