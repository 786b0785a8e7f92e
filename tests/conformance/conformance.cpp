#include "tests/conformance/conformance.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include "core/units/quantity.hpp"
#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"
#include "solvers/time/cvode.hpp"
#include "tests/conformance/exemptions.hpp"

namespace poultice::conformance {
namespace {

/// A value of a member's own: somewhat less than the scenario's, by a share that depends on key and member
/// only, so that areas of things that touch stay equal.
double varied(const core::ParameterValue& value, Index member) {
  const std::string key = value.path.substr(value.path.find('.') + 1);
  std::mt19937 random(static_cast<unsigned>(std::hash<std::string>()(key)) + static_cast<unsigned>(member));
  const double number = value.number * std::uniform_real_distribution<double>(0.9, 1.0)(random);
  return core::from_si(number, value.spec->unit) < value.spec->minimum ? value.number : number;
}

}  // namespace

core::Scenario reference(const std::string& model, const std::vector<core::Override>& overrides) {
  return core::Scenario::read(std::string(POULTICE_SOURCE_DIR) + "/models/" + model + "/reference.toml",
                              models::catalogue(), core::DataLibrary(models::embedded_data()), overrides);
}

core::Scenario parse(const std::string& text) {
  return core::Scenario::parse(text, "test.toml", ".", models::catalogue(),
                               core::DataLibrary(models::embedded_data()));
}

void Conformance::SetUp() {
  const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  const auto law = name.substr(0, name.find('/'));
  for (const auto& exemption : exemptions())
    if (exemption.model == model() && exemption.law == law) GTEST_SKIP() << "exempt: " << exemption.reason;
}

const core::ModelDescription& Conformance::description() const { return *models::catalogue().find(model()); }

Traveller::Traveller(solvers::Block& block)
    : Traveller(block, {0.0, block.initial_state(), block.initial_controls(), 0}) {}

Traveller::Traveller(solvers::Block& block, Checkpoint from)
    : block_(block),
      here_(std::move(from)),
      integrator_(solvers::make_cvode(
          block.system(), {block.scenario().number("solver.relative_tolerance"), block.absolute_tolerance()},
          {})) {}

void Traveller::act() {
  const auto& events = block_.scenario().events();
  for (; here_.next_event < events.size() && events[here_.next_event].time <= here_.time; ++here_.next_event)
    block_.act(events[here_.next_event], here_.state.span(), here_.controls.span());
  block_.system().set_controls(here_.controls.view());
}

bool Traveller::go_on() {
  const auto& events = block_.scenario().events();
  const double end = block_.scenario().duration();
  if (here_.time >= end) return false;
  const double next = here_.next_event < events.size() ? events[here_.next_event].time : end;
  integrator_->start(here_.time, here_.state.view(), next);
  integrator_->advance(next, here_.state.span());
  here_.time = next;
  return true;
}

Members::Members(const core::Scenario& scenario, Index first, Index count)
    : parameters([&] {
        core::ParameterBlock all(scenario, count);
        for (const auto& value : scenario.values()) {
          const bool is_of_a_table =
              scenario.find_instance(value.path.substr(0, value.path.find('.'))) != nullptr;
          if (!is_of_a_table || value.spec->type != core::ParameterType::quantity) continue;
          if (value.spec->shapes_system || std::isnan(value.number)) continue;
          for (Index lane = 0; lane < count; ++lane) all.set(value.path, lane, varied(value, first + lane));
        }
        return all;
      }()),
      block(parameters) {}

void expect_same_bits(const solvers::Record& a, const solvers::Record& b) {
  ASSERT_EQ(a.samples.size(), b.samples.size());
  for (std::size_t p = 0; p < a.samples.size(); ++p) {
    ASSERT_EQ(a.samples[p].view().size(), b.samples[p].view().size());
    for (Index i = 0; i < a.samples[p].view().size(); ++i)
      ASSERT_EQ(a.samples[p].view().data()[i], b.samples[p].view().data()[i])
          << "probe " << p << ", sample " << i;
  }
}

double largest(const LaneArray& samples, Index lane) {
  double most = 0.0;
  for (Index row = 0; row < samples.rows(); ++row) most = std::max(most, std::abs(samples(row, lane)));
  return most;
}

INSTANTIATE_TEST_SUITE_P(Models, Conformance, ::testing::ValuesIn(models::catalogue().names()),
                         [](const auto& test) { return test.param; });

}  // namespace poultice::conformance
