// What the files of a sweep cost, beside a plain write of the same bytes and beside running the sweep.

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <numeric>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include "benchmarks/cases/cases.hpp"
#include "core/study/study.hpp"
#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "solvers/ensemble/block_runner.hpp"
#include "solvers/ensemble/merge.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/ensemble/planner.hpp"
#include "solvers/ensemble/run_blocks.hpp"
#include "solvers/ensemble/sweep_file.hpp"

namespace poultice::benchmarks {
namespace {

namespace fs = std::filesystem;
using core::Index;

constexpr std::size_t n_headlines = 20;

constexpr const char* study_text = R"(
title = "benchmark of writing"
therapy = "transdermal"
duration = "120 h"
drug.use = "fentanyl"
skin.site = "chest"
patch.use = "fentanyl_matrix_25"
skin.stratum_corneum.cells = 40
skin.viable_epidermis.cells = 20
skin.dermis.cells = 40
patch.cells = 40
output.every = "30 min"
schedule = [{{ at = "0 h", apply = "patch" }}, {{ at = "72 h", remove = "patch" }}]
[sweep]
curves = ["plasma_concentration", "delivered", "in_skin"]
[sweep.axes]
"skin.stratum_corneum.diffusivity" = {{ from = "1e-11 cm^2/s", to = "1e-10 cm^2/s", count = {}, spacing = "log" }}
"skin.stratum_corneum.thickness" = {{ from = "10 um", to = "20 um", count = 100 }}
)";

/// Of the clock on the wall and of the processor.
struct Seconds {
  std::vector<double> wall, processor;

  void add(const std::function<void()>& action) {
    const auto begun = std::chrono::steady_clock::now();
    const std::clock_t worked = std::clock();
    action();
    processor.push_back(static_cast<double>(std::clock() - worked) / CLOCKS_PER_SEC);
    wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
  }
};

double median(std::vector<double> seconds) {
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

/// One array after the other, then to the disk.
void write_plainly(const fs::path& path, const solvers::Plan& plan, const solvers::Rows& rows) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  bool is_good = file >= 0;
  for (std::size_t i = 0; i < solvers::stacked_arrays(plan.layout).size(); ++i) {
    const auto& values = solvers::array_of(rows, i);
    const auto size = values.size() * sizeof(double);
    for (std::size_t done = 0; is_good && done < size;) {
      const auto n = ::write(file, reinterpret_cast<const char*>(values.data()) + done, size - done);
      is_good = n > 0;
      done += is_good ? static_cast<std::size_t>(n) : 0;
    }
  }
  if (!is_good || ::fsync(file) != 0 || ::close(file) != 0) throw std::runtime_error("cannot write");
}

/// A piece as the engine commits it: when it holds 64 MB, which all of this does not.
void write_pieces(const solvers::SweepFolder& folder, const solvers::Plan& plan, const solvers::Rows& rows) {
  folder.write_piece(plan, 0, plan.n_blocks(), rows);
}

/// As many headlines as the question wants: those that there are, again under other names. Gives how many
/// there are.
std::size_t fill_up(solvers::Plan& plan) {
  auto& headlines = plan.layout.headlines;
  const std::size_t n = headlines.size();
  for (std::size_t i = 0; headlines.size() < n_headlines; ++i) {
    auto again = headlines[i];
    again.name += "_again";
    headlines.push_back(std::move(again));
  }
  headlines.resize(n_headlines);
  plan.hash = plan.computed_hash();
  return n;
}

}  // namespace

void time_writing(const std::string& where, Index n_members, int rounds) {
  const core::DataLibrary library(models::embedded_data());
  const auto study = core::Study::parse(fmt::format(study_text, std::max<Index>(n_members / 100, 1)),
                                        "writing.toml", ".", models::catalogue(), library);
  auto plan = solvers::make_plan(study, study.design());
  const std::size_t n_own = fill_up(plan);
  const fs::path top(where);
  const solvers::SweepFolder folder(top / "sweep");
  folder.create();
  solvers::write_plan(plan, study, folder.plan_file(), false);

  std::map<std::string, Seconds> seconds;
  const auto timed = [&](const char* what, const std::function<void()>& action) {
    seconds[what].add(action);
  };
  std::size_t compressed_bytes = 0;
  solvers::Rows rows;
  for (int round = 0; round < rounds; ++round) {
    timed("run", [&] {
      rows = {};
      solvers::BlockRunner runner(plan, models::catalogue(), nullptr, {});
      for (Index block = 0; block < plan.n_blocks(); ++block) rows.append(runner.run(block));
    });
    for (std::size_t i = n_own; i < n_headlines; ++i) rows.headlines[i] = rows.headlines[i - n_own];
    ::sync();
    timed("plain", [&] { write_plainly(top / "plain.bin", plan, rows); });
    fs::remove_all(folder.shards());
    folder.create();
    ::sync();
    timed("pieces", [&] { write_pieces(folder, plan, rows); });
    ::sync();
    timed("merge", [&] { solvers::merge(folder, top / "merged.h5", {.overwrite = true}); });
    ::sync();
    timed("merge_compressed",
          [&] { solvers::merge(folder, top / "packed.h5", {.deflate = 1, .overwrite = true}); });
    compressed_bytes = fs::file_size(top / "packed.h5");
  }
  std::string names = "members,values_per_member,bytes,bytes_compressed", values;
  for (const auto& [what, spent] : seconds) {
    names += fmt::format(",{0},{0}_processor", what);
    values += fmt::format(",{:.4g},{:.4g}", median(spent.wall), median(spent.processor));
  }
  fmt::print("{}\n{},{},{},{}{}\n", names, plan.n_members(), plan.layout.n_values(),
             static_cast<std::size_t>(plan.n_members() * plan.layout.n_values()) * sizeof(double),
             compressed_bytes, values);
}

}  // namespace poultice::benchmarks
