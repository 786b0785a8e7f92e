#include "core/study/study.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/scenario/document.hpp"
#include "core/scenario/scenario_reader.hpp"
#include "core/scenario/text_file.hpp"
#include "core/study/drawn_columns.hpp"
#include "core/study/study_reader.hpp"

namespace poultice::core {
namespace {

/// The values of `source` at `at(member)` for every member.
template <class At>
DesignColumn spread(const DesignColumn& source, Index n_members, const At& at) {
  DesignColumn column{
      .path = source.path, .unit = source.unit, .needs_own_scenario = source.needs_own_scenario};
  const auto fill = [&](const auto& from, auto& to) {
    to.reserve(static_cast<std::size_t>(n_members));
    for (Index member = 0; member < n_members; ++member)
      to.push_back(from[static_cast<std::size_t>(at(member))]);
  };
  if (source.is_number())
    fill(source.numbers, column.numbers);
  else
    fill(source.words, column.words);
  return column;
}

template <class At>
DesignIndex counted(std::string name, std::string meaning, Index n_members, const At& at) {
  DesignIndex index{std::move(name), std::move(meaning)};
  index.values.reserve(static_cast<std::size_t>(n_members));
  for (Index member = 0; member < n_members; ++member)
    index.values.push_back(static_cast<std::int32_t>(at(member)));
  return index;
}

Index product_of(const std::vector<DesignColumn>& axes) {
  Index product = 1;
  for (const auto& axis : axes) product *= axis.size();
  return product;
}

}  // namespace

Study Study::read(const std::filesystem::path& file, const Catalogue& catalogue, const DataLibrary& library,
                  const std::vector<Override>& overrides) {
  return parse(read_text_file(file), file.string(), file.parent_path(), catalogue, library, overrides);
}

Study Study::parse(std::string text, const std::string& name, const std::filesystem::path& folder,
                   const Catalogue& catalogue, const DataLibrary& library,
                   const std::vector<Override>& overrides) {
  return StudyReader(catalogue, library, folder).read(std::move(text), name, overrides);
}

Index Study::n_members() const noexcept { return replicates_ * product_of(axes_) * n_; }

Design Study::design() const {
  if (needs_drawing()) {
    auto problem = distributions_.front().place.problem(
        "sweep.distributions", "the members are drawn by Python, and nothing has drawn them yet");
    problem.expected = "a design with drawn columns";
    problem.hint = "in Python: poultice.plan(…); without Python: name a CSV file, [sweep] table = \"…\"";
    throw ScenarioError(std::move(problem));
  }
  return cross(table_, n_, 1);
}

Design Study::design_with(const std::vector<DesignColumn>& drawn) const {
  return cross(checked_draws(*this, drawn), n_, replicates_);
}

Design Study::grid() const { return cross({}, 1, 1); }

/// Members in order: replicates, then axes (the first slowest), then draws or rows.
Design Study::cross(const std::vector<DesignColumn>& drawn, Index n, Index replicates) const {
  const Index n_points = product_of(axes_);
  Design design;
  design.n_members = replicates * n_points * n;
  Index below = n_points;
  for (const auto& axis : axes_) {
    below /= axis.size();
    design.columns.push_back(
        spread(axis, design.n_members, [&](Index member) { return member / n / below % axis.size(); }));
  }
  const auto sample = [&](Index member) { return member % n; };
  const auto replicate = [&](Index member) { return member / (n_points * n); };
  for (const auto& column : drawn)
    design.columns.push_back(spread(column, design.n_members,
                                    [&](Index member) { return replicate(member) * n + sample(member); }));
  if (replicates > 1)
    design.indices.push_back(
        counted("replicate", "which of the designs, each drawn anew", design.n_members, replicate));
  if (n > 1 && needs_drawing())
    design.indices.push_back(counted("sample", "which of the draws", design.n_members, sample));
  else if (n > 1)
    design.indices.push_back(counted("row", "which row of the table", design.n_members, sample));
  return design;
}

Scenario Study::scenario_of(const Design& design, Index member) const {
  auto overrides = scenario_->overrides();
  for (auto& override : design.overrides_of(member)) overrides.push_back(std::move(override));
  try {
    return ScenarioReader(*catalogue_, *library_, scenario_folder_)
        .read_in_study(scenario_->source_text(), scenario_->name(), overrides);
  } catch (const ScenarioError& error) {
    auto problems = error.problems();
    for (auto& problem : problems) {
      constexpr std::string_view option = "--set ";
      if (!problem.file.starts_with(option)) continue;
      const auto place = place_of(problem.file.substr(option.size()));
      problem.file = place.file;
      problem.line = place.line;
      problem.column = place.column;
    }
    for (auto& problem : problems) problem.what += fmt::format(" (member {})", member);
    throw ScenarioError(std::move(problems));
  }
}

Place Study::place_of(std::string_view key) const {
  const auto found = places_.find(key);
  return found != places_.end() ? found->second : places_.find("")->second;
}

bool Study::is_varied(std::string_view path) const {
  const auto has_it = [&](const auto& varied) {
    return std::any_of(varied.begin(), varied.end(), [&](const auto& one) { return one.path == path; });
  };
  return has_it(axes_) || has_it(table_) || has_it(distributions_);
}

std::vector<std::string> Study::warnings() const {
  const bool is_power_of_two = (n_ & (n_ - 1)) == 0;
  if (!needs_drawing() || method_ != Method::sobol || is_power_of_two) return {};
  Index below = 1;
  while (2 * below < n_) below *= 2;
  return {fmt::format("a Sobol sequence is balanced for powers of two only: take n = {} or {} in place of {}",
                      below, 2 * below, n_)};
}

std::string_view word_of(Study::Method method) {
  constexpr std::array<std::string_view, 3> words{"sobol", "latin_hypercube", "random"};
  return words[static_cast<std::size_t>(method)];
}

bool is_study(std::string_view text) {
  try {
    return parse_document(text, "").find("sweep") != nullptr;
  } catch (const ScenarioError&) {
    return false;
  }
}

}  // namespace poultice::core
