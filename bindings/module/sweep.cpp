#include <atomic>
#include <memory>
#include <optional>
#include <tuple>

#include <pybind11/stl.h>

#include "bindings/module/away_from_python.hpp"
#include "bindings/module/module.hpp"
#include "bindings/module/typed.hpp"
#include "bindings/shared/sweep_study.hpp"
#include "models/catalogue.hpp"
#include "solvers/ensemble/merge.hpp"
#include "solvers/ensemble/plan_file.hpp"
#include "solvers/ensemble/planner.hpp"
#include "solvers/ensemble/run_blocks.hpp"
#include "solvers/ensemble/sweep_status.hpp"
#include "solvers/ensemble/trial.hpp"

namespace py = pybind11;

namespace poultice::bindings {
namespace {

using core::Index;
using solvers::Plan;
using solvers::SweepFolder;
/// A plan as Python holds it.
struct SharedPlan {
  std::shared_ptr<const Plan> it;
};

SharedPlan make_plan(const SweepStudy& study, const core::Design& design, Index width, Index shards) {
  return {std::make_shared<const Plan>(away_from_python({}, [&](const auto&, auto&) {
    return solvers::make_plan(*study, design, {.width = width, .n_shards = shards});
  }))};
}

SharedPlan with_shards(const SharedPlan& plan, Index shards) {
  auto cut = *plan.it;
  solvers::cut_into_shards(cut, shards);
  return {std::make_shared<const Plan>(std::move(cut))};
}

SharedPlan read_plan(const std::string& folder) {
  return {std::make_shared<const Plan>(solvers::read_plan(SweepFolder(folder).plan_file()))};
}

void write_plan(const SharedPlan& plan, const SweepStudy& study, const std::string& path) {
  const SweepFolder folder(path);
  folder.create();
  solvers::write_plan(*plan.it, *study, folder.plan_file(), false);
}

/// Processor time [s] and bytes that a sweep is expected to take, by one block of it.
std::tuple<double, double> try_out(const SharedPlan& plan) {
  const auto trial = away_from_python({}, [&](const std::atomic<bool>& stop, auto&) {
    return solvers::try_out(*plan.it, models::catalogue(), &stop);
  });
  return {trial.seconds, trial.bytes};
}

/// Runs what is missing of a shard, or of all. Gives members run, of these those that failed, and what looked
/// odd.
std::tuple<Index, Index, std::vector<std::string>> run_shard(const std::string& path,
                                                             std::optional<Index> shard, int threads,
                                                             const Progress& progress) {
  const SweepFolder folder(path);
  const auto report =
      away_from_python(progress, [&](const std::atomic<bool>& stop, std::atomic<double>& done) {
        const auto plan = solvers::read_plan(folder.plan_file());
        const auto blocks = solvers::blocks_to_run(plan, folder.pieces(plan), shard);
        Index n_members = 0;
        for (const Index block : blocks) n_members += static_cast<Index>(plan.members_of(block).size());
        const auto note = [&](Index members, Index) {
          done = static_cast<double>(members) / static_cast<double>(n_members);
        };
        return solvers::run_blocks(plan, folder, blocks, models::catalogue(),
                                   {.n_threads = threads, .stop = &stop, .progress = note});
      });
  if (progress) (*progress)(1.0);
  return {report.n_members, report.n_failed, report.warnings};
}

/// Shards that are done, begun and missing.
std::tuple<std::vector<Index>, std::vector<Index>, std::vector<Index>> shards_of(const std::string& path) {
  const SweepFolder folder(path);
  const auto status = solvers::sweep_status(solvers::read_plan(folder.plan_file()), folder);
  return {status.done, status.begun, status.missing};
}

void merge(const std::string& folder, const std::string& out, bool partial, int deflate, bool overwrite) {
  static_cast<void>(away_from_python({}, [&](const auto&, auto&) {
    return solvers::merge(SweepFolder(folder), out,
                          {.is_partial_fine = partial, .deflate = deflate, .overwrite = overwrite});
  }));
}

}  // namespace

void add_sweep(py::module_& module) {
  py::class_<SharedPlan>(module, "Plan")
      .def_property_readonly("title", [](const SharedPlan& self) { return self.it->title; })
      .def_property_readonly("hash", [](const SharedPlan& self) { return self.it->hash; })
      .def_property_readonly("integrator", [](const SharedPlan& self) { return self.it->integrator; })
      .def_property_readonly("width", [](const SharedPlan& self) { return self.it->width; })
      .def_property_readonly("n_members", [](const SharedPlan& self) { return self.it->n_members(); })
      .def_property_readonly("n_groups", [](const SharedPlan& self) { return self.it->n_groups(); })
      .def_property_readonly("n_blocks", [](const SharedPlan& self) { return self.it->n_blocks(); })
      .def_property_readonly("n_shards", [](const SharedPlan& self) { return self.it->n_shards(); })
      .def_property_readonly("design", [](const SharedPlan& self) { return self.it->design; })
      .def("with_shards", with_shards, py::arg("shards"))
      .def("write", write_plan, py::arg("study"), py::arg("folder"))
      .def("try_out", try_out);
  module.def("make_plan", make_plan, py::arg("study"), py::arg("design"), py::arg("width"),
             py::arg("shards"));
  module.def("read_plan", read_plan, py::arg("folder"));
  module.def("run_shard", run_shard, py::arg("folder"), py::arg("shard").none(true), py::arg("threads"),
             py::arg("progress").none(true));
  module.def("shards_of", shards_of, py::arg("folder"));
  module.def("merge_sweep", merge, py::arg("folder"), py::arg("out"), py::arg("partial"), py::arg("deflate"),
             py::arg("overwrite"));
  module.def(
      "is_study", [](const std::string& text) { return core::is_study(text); }, py::arg("text"));
}

}  // namespace poultice::bindings
