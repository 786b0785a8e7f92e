#include "solvers/ensemble/merge.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/ensemble/sweep_file.hpp"
#include "solvers/record/hdf5_reader.hpp"

namespace poultice::solvers {
namespace {

namespace fs = std::filesystem;
using core::Index;

constexpr Index values_in_memory = Index{1} << 25;  ///< of the merged file, at a time
constexpr Index values_per_read = Index{1} << 20;

/// Rows of one array of the merged file, being put together.
struct Window {
  const StackedArray* array;
  Index first, end;  ///< members
  std::vector<double> values;
};

/// Arrays, or parts of them, that fill the memory for one pass over all pieces.
using Pass = std::vector<Window>;

std::vector<Pass> passes_over(const std::vector<StackedArray>& arrays, Index n_members) {
  std::vector<Pass> passes(1);
  Index free = values_in_memory;
  for (const auto& array : arrays) {
    for (Index first = 0; first < n_members;) {
      const Index rows = std::min(n_members - first, free / std::max<Index>(array.n_values, 1));
      if (rows > 0) {
        passes.back().push_back({&array, first, first + rows, {}});
        first += rows;
        free -= rows * array.n_values;
        continue;
      }
      // A row that is larger than all memory meant for this is still taken whole.
      free = std::max(values_in_memory, array.n_values);
      if (!passes.back().empty()) passes.emplace_back();
    }
  }
  return passes;
}

class Merger {
 public:
  Merger(const Plan& plan, const std::vector<Piece>& pieces) : plan_(plan), pieces_(pieces) {
    const auto n = static_cast<std::size_t>(plan.n_members());
    status_.assign(n, static_cast<std::int8_t>(MemberStatus::not_run));
    why_.resize(n);
    for (const auto& piece : pieces) read_status(piece);
  }

  [[nodiscard]] MergeReport report() const {
    MergeReport report{.n_members = plan_.n_members()};
    const auto not_run = static_cast<std::int8_t>(MemberStatus::not_run);
    report.n_missing = std::ranges::count(status_, not_run);
    report.n_failed =
        std::ranges::count_if(status_, [&](std::int8_t it) { return it != 0; }) - report.n_missing;
    return report;
  }

  void write(SweepFile& file) const {
    std::vector<std::int64_t> failed;
    std::vector<std::string> why;
    for (std::size_t i = 0; i < status_.size(); ++i)
      if (!why_[i].empty()) {
        failed.push_back(static_cast<std::int64_t>(i));
        why.push_back(why_[i]);
      }
    file.put_status(status_, failed, why);
    const auto arrays = stacked_arrays(plan_.layout);
    for (auto& pass : passes_over(arrays, plan_.n_members())) {
      for (auto& window : pass)
        window.values.assign(static_cast<std::size_t>((window.end - window.first) * window.array->n_values),
                             std::numeric_limits<double>::quiet_NaN());
      for (const auto& piece : pieces_) fill(pass, piece);
      for (const auto& window : pass) file.put(*window.array, window.first, window.values);
    }
  }

 private:
  void read_status(const Piece& piece) {
    const Hdf5Reader file(piece.file.string());
    const auto members = file.integers("run"), status = file.integers("status");
    for (std::size_t i = 0; i < members.size(); ++i)
      status_.at(static_cast<std::size_t>(members[i])) = static_cast<std::int8_t>(status.at(i));
    if (!file.has("failed")) return;
    const auto failed = file.integers("failed");
    const auto why = file.texts("status_text");
    for (std::size_t i = 0; i < failed.size(); ++i) why_.at(static_cast<std::size_t>(failed[i])) = why.at(i);
  }

  static void fill(Pass& pass, const Piece& piece) {
    const Hdf5Reader file(piece.file.string());
    const auto members = file.integers("run");
    for (auto& window : pass) {
      const auto is_in = [&](std::int64_t member) { return window.first <= member && member < window.end; };
      if (std::ranges::none_of(members, is_in)) continue;
      const auto n_values = static_cast<std::size_t>(window.array->n_values);
      const auto step = std::max<std::size_t>(static_cast<std::size_t>(values_per_read) / n_values, 1);
      for (std::size_t first = 0; first < members.size(); first += step) {
        const auto count = std::min(step, members.size() - first);
        const auto values = file.rows(window.array->name, first, count);
        if (values.size() != count * n_values)
          throw core::FileError(file.path(),
                                fmt::format("\"{}\" has another shape than in the plan", window.array->name),
                                "it is damaged; move it elsewhere, and run: poultice sweep run --resume");
        for (std::size_t i = 0; i < count; ++i)
          if (is_in(members[first + i]))
            std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(i * n_values), n_values,
                        window.values.begin() + (members[first + i] - window.first) * window.array->n_values);
      }
    }
  }

  const Plan& plan_;
  const std::vector<Piece>& pieces_;
  std::vector<std::int8_t> status_;  ///< [member]
  std::vector<std::string> why_;     ///< [member]
};

/// What the plan says of where its values come from.
void copy_provenance(const Hdf5Reader& from, Hdf5Writer& to) {
  const auto about = [&](const std::string& object) {
    Hdf5Attributes attributes;
    for (const auto& name : from.attribute_names(object))
      attributes.push_back({name, from.attribute(object, name)});
    return attributes;
  };
  const std::string group = "/provenance", key = group + "/key";
  to.group(group, about(group));
  to.scale(key, from.texts(key), about(key));
  for (const auto& array : from.datasets()) {
    if (!array.path.starts_with(group + "/") || array.path == key) continue;
    const bool is_text = array.kind == Hdf5Dataset::Kind::text;
    if (array.shape.empty() && is_text)
      to.scalar(array.path, from.text(array.path), about(array.path));
    else if (array.shape.empty())
      to.scalar(array.path, from.real(array.path), about(array.path));
    else if (is_text)
      to.dataset(array.path, from.texts(array.path), {"key"}, about(array.path));
    else
      to.dataset(array.path, from.reals(array.path), {"key"}, about(array.path));
  }
}

/// "3 of 8 shards: 0, 4, 7"
std::string missing_shards(const Plan& plan, const std::vector<bool>& done) {
  constexpr std::size_t shown = 10;
  std::vector<std::string> shards;
  for (Index shard = 0; shard < plan.n_shards(); ++shard) {
    const auto first = done.begin() + plan.shard_begin[static_cast<std::size_t>(shard)];
    const auto end = done.begin() + plan.shard_begin[static_cast<std::size_t>(shard) + 1];
    if (std::find(first, end, false) != end) shards.push_back(fmt::format("{}", shard));
  }
  const auto count = shards.size();
  if (count > shown) {
    shards.resize(shown);
    shards.emplace_back("…");
  }
  return fmt::format("{} of {} shards: {}", count, plan.n_shards(), fmt::join(shards, ", "));
}

}  // namespace

MergeReport merge(const SweepFolder& folder, const fs::path& out, const MergeOptions& options) {
  const auto plan = read_plan(folder.plan_file());
  const auto pieces = folder.pieces(plan);
  const auto done = blocks_done(plan, pieces);
  if (!options.is_partial_fine && std::ranges::find(done, false) != done.end())
    throw core::FileError(
        folder.path().string(),
        fmt::format("parts of this sweep are missing, in {}", missing_shards(plan, done)),
        fmt::format("run them: poultice sweep run {} --resume; or add --partial", folder.path().string()));
  const Merger merger(plan, pieces);
  const auto report = merger.report();
  std::vector<std::int64_t> members(static_cast<std::size_t>(plan.n_members()));
  std::iota(members.begin(), members.end(), std::int64_t{0});
  double seconds = 0.0;
  for (const auto& piece : pieces) seconds += piece.seconds;
  SweepFile file(out.string(), plan, members,
                 {{"n_failed", std::int64_t{report.n_failed}},
                  {"n_missing", std::int64_t{report.n_missing}},
                  {"cpu_seconds", seconds}},
                 options.deflate, options.overwrite);
  merger.write(file);
  copy_provenance(Hdf5Reader(folder.plan_file().string()), file.file());
  file.commit();
  if (report.n_missing == 0) folder.remove_left_overs();
  return report;
}

}  // namespace poultice::solvers
