#include "tests/unit/solvers/run/toy_tank.hpp"

#include <memory>
#include <stdexcept>

namespace poultice::solvers::testing {
namespace {

using core::Index;
using core::LaneArray;

/// Drains the tank into a total at its loss rate while open, and into nowhere at its leak rate.
class Draining final : public core::LinearTerm {
 public:
  Draining(Index tank, Index drained, core::Control is_open, LaneArray loss, LaneArray leak)
      : LinearTerm("draining", core::TermKind::exchange),
        tank_(tank),
        drained_(drained),
        is_open_(is_open),
        loss_(std::move(loss)),
        leak_(std::move(leak)) {}
  void assemble(core::LaneView controls, core::RateMatrix& matrix, core::LaneSpan) const override {
    LaneArray rate = loss_;
    for (Index lane = 0; lane < rate.width(); ++lane) rate(0, lane) *= controls(is_open_.index, lane);
    matrix.transfer(tank_, drained_, rate[0]);
    matrix.add(tank_, tank_, leak_[0], -1.0);
  }

 private:
  Index tank_, drained_;
  core::Control is_open_;
  LaneArray loss_, leak_;
};

class Tank final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    tank_ = declaration.layout.add_compartment("tank");
    drained_ = declaration.layout.accumulator("drained");
    filled_ = declaration.layout.accumulator("filled");
    poured_ = declaration.layout.accumulator("poured");
    is_open_ = declaration.layout.add_control(1.0);
  }

  void assemble(core::Assembly& assembly) override {
    const auto& layout = assembly.layout();
    assembly.system.add(std::make_unique<Draining>(layout.row(tank_), layout.row(drained_), is_open_,
                                                   assembly.parameters.column("loss"),
                                                   assembly.parameters.column("leak")));
    for (const Index row : {layout.row(tank_), layout.row(drained_), layout.row(poured_)})
      assembly.system.weigh("water", row, 1.0);
    assembly.system.weigh("water", layout.row(filled_), -1.0);
    assembly.note_amount(assembly.parameters.lanes("content"));
    const auto probe = [&](const char* name, Index row, bool of_rate) {
      assembly.probe({.name = name, .unit = "mol", .of_rate = of_rate}).add(0, row, assembly.constant(1.0));
    };
    probe("in_tank", layout.row(tank_), false);
    probe("drained", layout.row(drained_), false);
    probe("drain_rate", layout.row(drained_), true);
    core::Probe profile{.name = "profile", .unit = "mol", .axis = "place", .n_points = 2};
    profile.add(0, layout.row(tank_), assembly.constant(1.0));
    profile.add(1, layout.row(tank_), assembly.constant(2.0));
    assembly.probe(std::move(profile));
    assembly.axes.push_back({.name = "place", .unit = "m", .positions = LaneArray(2, assembly.width())});
    assembly.headlines.push_back(
        {.name = "most", .probe = "in_tank", .reduction = core::Headline::Reduction::maximum});
    assembly.headlines.push_back({.name = "nowhere", .probe = "no_such_probe"});
  }

  void act(core::Happening& happening) override {
    const Index tank = happening.layout.row(tank_);
    for (Index lane = 0; lane < happening.state.width(); ++lane) {
      if (happening.event.verb == "fill") {
        const double amount = happening.parameters.lanes("content")[lane];
        happening.state(tank, lane) += amount;
        happening.state(happening.layout.row(filled_), lane) += amount;
      } else if (happening.event.verb == "pour") {
        happening.state(happening.layout.row(poured_), lane) += happening.state(tank, lane);
        happening.state(tank, lane) = 0.0;
      } else {
        happening.controls(is_open_.index, lane) = 0.0;
      }
    }
  }

 private:
  core::Compartment tank_;
  core::Accumulator drained_, filled_, poured_;
  core::Control is_open_;
};

}  // namespace

const core::Catalogue& tank_catalogue() {
  static const core::ModelDescription description{
      .name = "tank",
      .meaning = "A tank.",
      .parameters = {core::quantity("loss", "1/h").by_default("1 1/h").means("Drained."),
                     core::quantity("content", "mol").by_default("1 mol").means("Filled in at once."),
                     core::quantity("leak", "1/h").by_default("0 1/h").means("Lost without account.")},
      .actions = {{"fill", "Fills.", {}}, {"pour", "Empties.", {}}, {"close", "Closes.", {}}},
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Tank>(); }};
  static const core::Catalogue all({&description});
  return all;
}

core::Scenario tank(const std::string& table, const std::string& schedule,
                    const std::vector<core::Override>& overrides) {
  return poultice::testing::read_toy(tank_catalogue(),
                                     "duration = \"3 h\"\n[tank]\n" + table + "\n" + schedule, overrides);
}

std::string happens(const std::string& at, const std::string& verb) {
  return "[[schedule]]\nat = \"" + at + "\"\n" + verb + " = \"tank\"\n";
}

core::LaneArray Study::run(const std::string& probe) const {
  Block block(parameters);
  const auto record = simulate(block);
  for (std::size_t p = 0; p < block.probes().size(); ++p)
    if (block.probes()[p].name == probe) return record.samples[p];
  throw std::invalid_argument(probe);
}

}  // namespace poultice::solvers::testing
