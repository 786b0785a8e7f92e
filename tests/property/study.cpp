#include "tests/property/study.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ostream>
#include <stdexcept>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/units/quantity.hpp"
#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"

namespace poultice::property {
namespace {

// The same studies at every run, unless RC_PARAMS asks for others: seed, max_success and the like.
const int seeded = setenv("RC_PARAMS", "seed=2718281828", 0);

/// Three significant digits, spread evenly over the decades between two powers of ten.
double spread(int from_decade, int to_decade) {
  const int step = *rc::gen::inRange(100 * from_decade, 100 * to_decade + 1);
  return std::strtod(fmt::format("{:.2e}", std::pow(10.0, 0.01 * step)).c_str(), nullptr);
}

Value spread(int from_decade, int to_decade, const char* unit) {
  return {spread(from_decade, to_decade), unit};
}

Layer layer() {
  const bool is_cleared = *rc::gen::inRange(0, 3) == 0;
  return {spread(0, 3, "um"),
          spread(-11, -6, "cm^2/s"),
          is_cleared ? spread(-6, -2, "1/s") : Value{0.0, "1/s"},
          spread(-3, 4),
          *rc::gen::inRange(0, 2) == 0 ? 0.0 : spread(-1, 1),
          *rc::gen::inRange(2, 31)};
}

}  // namespace

std::string Value::toml() const { return fmt::format("\"{:.15g} {}\"", number, unit); }

std::string Study::toml() const {
  std::string text =
      fmt::format(R"(duration = {}
[output]
every = "{:.15g} {}"
profiles_every = "{:.15g} {}"
[drug]
molar_mass = "250 g/mol"
unbound_fraction = 0.3
)",
                  duration.toml(), duration.number / 20, duration.unit, duration.number / 5, duration.unit);
  const std::string worn = has_donor ? "donor" : "patch";
  text += fmt::format("[{}]\non = \"laminate\"\narea = {}\npartition_coefficient = {:.15g}\n", worn,
                      area.toml(), partition);
  if (has_donor) {
    text += "concentration = \"3 mg/mL\"\n";
  } else {
    text += fmt::format("content = {}\nthickness = {}\nkind = \"{}\"\n", content.toml(), thickness.toml(),
                        is_matrix ? "matrix" : "reservoir");
    text += is_matrix ? fmt::format("diffusivity = {}\n", diffusivity.toml())
                      : "membrane_permeability = \"1e-6 cm/s\"\n";
  }
  if (n_compartments > 0) {
    text +=
        fmt::format("[plasma]\ncompartments = \"{}\"\nvolume_central = \"30 L\"\nclearance = \"40 L/h\"\n",
                    n_compartments);
    if (n_compartments > 1) text += "volume_shallow = \"60 L\"\nclearance_shallow = \"90 L/h\"\n";
    if (n_compartments > 2) text += "volume_deep = \"200 L\"\nclearance_deep = \"20 L/h\"\n";
  }
  text += fmt::format("[laminate]\nlower_boundary = \"{}\"\n", is_sealed ? "sealed" : "sink");
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const auto& layer = layers[i];
    text += fmt::format(
        "[[laminate.layer]]\nname = \"layer{}\"\nthickness = {}\ndiffusivity = {}\npartition_coefficient = "
        "{:.15g}\n"
        "binding_ratio = {:.15g}\ncells = {}\n",
        i, layer.thickness.toml(), layer.diffusivity.toml(), layer.partition, layer.binding, layer.cells);
    if (layer.clearance.number > 0.0) text += fmt::format("clearance = {}\n", layer.clearance.toml());
  }
  for (const auto& wear : wears)
    text += fmt::format("[[schedule]]\nat = {}\napply = \"{}\"\n[[schedule]]\nat = {}\nremove = \"{}\"\n",
                        wear.from.toml(), worn, wear.to.toml(), worn);
  return text;
}

core::Scenario Study::scenario() const {
  return core::Scenario::parse(toml(), "study.toml", ".", models::catalogue(),
                               core::DataLibrary(models::embedded_data()));
}

double Study::largest_potential() const {
  if (has_donor) return 3.0 / partition;
  const double volume = core::to_si(area.number, area.unit) * core::to_si(thickness.number, thickness.unit);
  return core::to_si(content.number, content.unit) / volume / partition;
}

std::ostream& operator<<(std::ostream& out, const Study& study) { return out << '\n' << study.toml(); }

rc::Gen<Study> studies() {
  return rc::gen::exec([] {
    Study study{};
    study.has_donor = *rc::gen::arbitrary<bool>();
    study.is_matrix = *rc::gen::arbitrary<bool>();
    study.is_sealed = *rc::gen::arbitrary<bool>();
    study.n_compartments = *rc::gen::inRange(0, 4);
    study.area = spread(0, 2, "cm^2");
    study.content = spread(-1, 2, "mg");
    study.thickness = spread(1, 2, "um");
    study.diffusivity = spread(-11, -7, "cm^2/s");
    study.partition = spread(-1, 3);
    const int n_layers = *rc::gen::inRange(1, 5);
    for (int i = 0; i < n_layers; ++i) study.layers.push_back(layer());
    // Wears follow one another, some without a pause, some of a quarter of an hour only.
    int quarters = *rc::gen::inRange(0, 40);
    const int n_wears = *rc::gen::inRange(1, 4);
    for (int i = 0; i < n_wears; ++i) {
      const int from = quarters, to = from + *rc::gen::inRange(1, 200);
      study.wears.push_back({{0.25 * from, "h"}, {0.25 * to, "h"}});
      quarters = to + *rc::gen::inRange(0, 40);
    }
    study.duration = {0.25 * (quarters + *rc::gen::inRange(1, 100)), "h"};
    return study;
  });
}

Trial::Trial(const Study& study, core::Index width)
    : scenario(study.scenario()), parameters(scenario, width), block(parameters) {}

bool Trial::has(const std::string& probe) const {
  return std::any_of(block.probes().begin(), block.probes().end(),
                     [&](const auto& p) { return p.name == probe; });
}

const core::LaneArray& Trial::samples(const std::string& probe) const {
  for (std::size_t p = 0; p < block.probes().size(); ++p)
    if (block.probes()[p].name == probe) return record.samples[p];
  throw std::invalid_argument("no probe " + probe);
}

}  // namespace poultice::property
