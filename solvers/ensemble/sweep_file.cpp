#include "solvers/ensemble/sweep_file.hpp"

#include <algorithm>
#include <ctime>
#include <numeric>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/base/version.hpp"
#include "core/units/quantity.hpp"
#include "solvers/record/result_file.hpp"

namespace poultice::solvers {
namespace {

using core::Index;

constexpr std::size_t values_per_chunk = 65'536;

/// "depth" has a position for each member, so that its axis can only count.
std::string cell_axis(const std::string& axis) { return axis + "_cell"; }

std::string joined_names(const std::vector<Layout::Headline>& headlines) {
  std::vector<std::string> names;
  names.reserve(headlines.size());
  for (const auto& headline : headlines) names.push_back(headline.name);
  return core::joined(names, " ");
}

/// What is known of a member before it is run, and how it ended: coordinates of every array.
std::string coordinates_of(const Plan& plan) {
  std::vector<std::string> names;
  for (const auto& column : plan.design.columns) names.push_back(column.path);
  for (const auto& index : plan.design.indices) names.push_back(index.name);
  names.emplace_back("status");
  for (const auto& axis : plan.layout.axes) names.push_back(axis.name);
  return core::joined(names, " ");
}

Hdf5Attributes root_attributes(const Plan& plan) {
  return {
      {"Conventions", "CF-1.11"},
      {"title", plan.title},
      {"filetype", sweep_filetype},
      {"format_version", std::vector<int>{format_major, format_minor}},
      {"software", core::software()},
      {"git_hash", std::string(core::git_hash())},
      {"build", std::string(core::build_description())},
      {"created", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))},
      {"plan_sha256", plan.hash},
      {"headlines", joined_names(plan.layout.headlines)},
      {"coordinates", coordinates_of(plan)},
  };
}

Hdf5Attributes about(const Layout::Curve& curve) {
  return {{"units", curve.unit}, {"long_name", curve.long_name}, {"display_units", curve.display_unit}};
}

Hdf5Attributes about(const Layout::Headline& headline) {
  Hdf5Attributes attributes{{"units", headline.unit},
                            {"long_name", headline.long_name},
                            {"label", headline.label},
                            {"display_units", headline.display_unit},
                            {"probe", headline.probe}};
  if (!headline.relative_to.empty()) attributes.push_back({"relative_to", headline.relative_to});
  return attributes;
}

/// Values of a column, or an index, for some members.
template <class Value>
std::vector<Value> of_members(const std::vector<Value>& values, std::span<const std::int64_t> members) {
  std::vector<Value> chosen;
  chosen.reserve(members.size());
  for (const auto member : members) chosen.push_back(values[static_cast<std::size_t>(member)]);
  return chosen;
}

void write_axes(Hdf5Writer& file, const Layout& layout) {
  if (!layout.times.empty())
    file.scale("time", layout.times, {{"units", "s"}, {"long_name", "time since the start"}, {"axis", "T"}});
  if (!layout.profile_times.empty())
    file.scale("time_profile", layout.profile_times,
               {{"units", "s"}, {"long_name", "time since the start, of profiles"}});
  for (const auto& axis : layout.axes) {
    std::vector<std::int64_t> cells(static_cast<std::size_t>(axis.n_points));
    std::iota(cells.begin(), cells.end(), std::int64_t{0});
    file.scale(cell_axis(axis.name), cells,
               {{"long_name", fmt::format("number of the cell along {}", axis.name)}});
  }
}

/// About 65,000 numbers, whole rows.
std::vector<std::size_t> chunk_of(const StackedArray& array, const Layout& layout) {
  const auto n_values = static_cast<std::size_t>(std::max<Index>(array.n_values, 1));
  std::vector<std::size_t> chunk{std::max<std::size_t>(values_per_chunk / n_values, 1)};
  if (array.scales.size() > 1) chunk.push_back(n_values);
  if (array.scales.size() > 2) chunk = {chunk[0], layout.profile_times.size(), n_values};
  return chunk;
}

}  // namespace

std::vector<StackedArray> stacked_arrays(const Layout& layout) {
  std::vector<StackedArray> arrays;
  for (const auto& headline : layout.headlines)
    arrays.push_back({headline.name, 1, {"run"}, about(headline)});
  for (const auto& curve : layout.curves)
    arrays.push_back({curve.name, static_cast<Index>(layout.times.size()), {"run", "time"}, about(curve)});
  for (const auto& profile : layout.profiles)
    arrays.push_back(
        {profile.name,
         static_cast<Index>(layout.profile_times.size()) * layout.find_axis(profile.axis)->n_points,
         {"run", "time_profile", cell_axis(profile.axis)},
         about(profile)});
  for (const auto& axis : layout.axes)
    arrays.push_back({axis.name,
                      axis.n_points,
                      {"run", cell_axis(axis.name)},
                      {{"units", axis.unit}, {"long_name", axis.long_name}}});
  return arrays;
}

const std::vector<double>& array_of(const Rows& rows, std::size_t number) {
  for (const auto* arrays : {&rows.headlines, &rows.curves, &rows.profiles}) {
    if (number < arrays->size()) return (*arrays)[number];
    number -= arrays->size();
  }
  return rows.positions[number];
}

SweepFile::SweepFile(const std::string& path, const Plan& plan, std::span<const std::int64_t> members,
                     const Hdf5Attributes& attributes, int deflate, bool overwrite)
    : file_(path, overwrite) {
  for (const auto& attribute : root_attributes(plan)) file_.attribute("/", attribute);
  for (const auto& attribute : attributes) file_.attribute("/", attribute);
  file_.scale("run", members, {{"long_name", "number of the member in the design"}});
  write_design(plan.design, members);
  write_axes(file_, plan.layout);
  for (const auto& array : stacked_arrays(plan.layout))
    file_.stack(array.name, array.scales, array.attributes,
                deflate > 0 ? chunk_of(array, plan.layout) : std::vector<std::size_t>{}, deflate);
}

void SweepFile::write_design(const core::Design& design, std::span<const std::int64_t> members) {
  for (const auto& column : design.columns) {
    if (column.is_number())
      file_.dataset(column.path, of_members(column.numbers, members), {"run"},
                    {{"units", core::si_unit(column.unit)},
                     {"long_name", column.path},
                     {"display_units", column.unit}});
    else
      file_.dataset(column.path, of_members(column.words, members), {"run"}, {{"long_name", column.path}});
  }
  for (const auto& index : design.indices) {
    const auto chosen = of_members(index.values, members);
    file_.dataset(index.name, std::vector<std::int64_t>(chosen.begin(), chosen.end()), {"run"},
                  {{"long_name", index.meaning}});
  }
}

void SweepFile::put(const StackedArray& array, Index first, std::span<const double> values) {
  file_.rows(array.name, static_cast<std::size_t>(first), values);
}

void SweepFile::put_status(std::span<const std::int8_t> status, const std::vector<std::int64_t>& failed,
                           const std::vector<std::string>& why) {
  std::vector<int> flags;
  std::string meanings;
  for (int flag = 0; flag < n_member_statuses; ++flag) {
    flags.push_back(flag);
    meanings += (meanings.empty() ? "" : " ") + std::string(word_of(static_cast<MemberStatus>(flag)));
  }
  file_.dataset("status", status, {"run"},
                {{"long_name", "how the member ended"}, {"flag_values", flags}, {"flag_meanings", meanings}});
  if (failed.empty()) return;
  file_.scale("failed", failed, {{"long_name", "number of the failed member in the design"}});
  file_.dataset("status_text", why, {"failed"}, {{"long_name", "why it failed"}});
}

}  // namespace poultice::solvers
