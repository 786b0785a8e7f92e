// A layer cut in two at a face between cells is the same layer. Models grade their cells, so that their own
// layers cannot be cut at a face exactly; what they are built from can, with uniform cells.
#include <cmath>
#include <memory>
#include <optional>

#include <gtest/gtest.h>

#include "models/catalogue.hpp"
#include "models/parts/layered_tissue.hpp"
#include "tests/conformance/conformance.hpp"

namespace poultice::conformance {
namespace {

/// A tissue of uniform cells: one layer of 40, or the same in parts.
template <int n_parts>
class Sheet final : public core::Model {
 public:
  void declare(core::Declaration& declaration) override {
    const auto& own = declaration.parameters;
    std::vector<models::TissueLayer> layers;
    for (int i = 0; i < n_parts; ++i) {
      LaneArray thickness = own.column("thickness");
      for (Index lane = 0; lane < own.width(); ++lane) thickness(0, lane) /= n_parts;
      layers.push_back({.geometry = {"part" + std::to_string(i), 40 / n_parts, thickness, 1.0},
                        .drug = {.diffusivity = LaneArray(1, own.width(), 1e-13),
                                 .partition_coefficient = LaneArray(1, own.width(), 5.0),
                                 .binding_ratio = LaneArray(1, own.width(), 0.5),
                                 .activation = {},
                                 .clearance = LaneArray(1, own.width(), 1e-4)}});
    }
    tissue_.emplace(std::move(layers), models::TissueOptions{.drains_below = true, .whole = "sheet"});
    tissue_->declare(declaration);
  }
  void couple(core::Declaration& declaration) override { tissue_->couple(declaration); }
  void assemble(core::Assembly& assembly) override { tissue_->assemble(assembly); }

 private:
  std::optional<models::LayeredTissue> tissue_;
};

template <int n_parts>
const core::ModelDescription& sheet() {
  static const core::ModelDescription description{
      .name = "sheet",
      .meaning = "A test piece.",
      .parameters = {core::quantity("area", "cm^2").optional().means("Its area."),
                     core::quantity("thickness", "um").means("Its thickness.")},
      .actions = {},
      .create = +[]() -> std::unique_ptr<core::Model> { return std::make_unique<Sheet<n_parts>>(); }};
  return description;
}

core::Scenario study(const core::ModelDescription& tissue) {
  static std::vector<std::unique_ptr<core::Catalogue>> catalogues;  // scenarios point into them
  catalogues.push_back(std::make_unique<core::Catalogue>(
      std::vector{models::catalogue().find("drug"), models::catalogue().find("donor"), &tissue}));
  return core::Scenario::parse(R"(duration = "10 h"
[drug]
molar_mass = "200 g/mol"
[donor]
on = "sheet"
area = "1 cm^2"
concentration = "1 mg/mL"
[sheet]
thickness = "40 um"
[[schedule]]
at = "0 h"
apply = "donor"
)",
                               "sheet.toml", ".", *catalogues.back(), core::DataLibrary());
}

TEST(SplitLayer, ChangesNoEntryOfTheMatrix) {
  const auto whole = study(sheet<1>()), split = study(sheet<2>()), pieces = study(sheet<8>());
  Members one(whole, 0, 1), two(split, 0, 1), eight(pieces, 0, 1);
  Traveller(one.block).act(), Traveller(two.block).act(), Traveller(eight.block).act();
  const auto& matrix = one.block.system().matrix();
  ASSERT_EQ(two.block.system().n_rows(), one.block.system().n_rows());
  for (Index row = 0; row < one.block.system().n_rows(); ++row)
    for (Index column = 0; column < one.block.system().n_rows(); ++column) {
      const double entry = matrix.entry(row, column, 0);
      EXPECT_NEAR(two.block.system().matrix().entry(row, column, 0), entry, 1e-13 * std::abs(entry));
      EXPECT_NEAR(eight.block.system().matrix().entry(row, column, 0), entry, 1e-13 * std::abs(entry));
    }
}

TEST(SplitLayer, ChangesNoResult) {
  const auto whole = study(sheet<1>()), split = study(sheet<2>());
  Members one(whole, 0, 1), two(split, 0, 1);
  const auto a = solvers::simulate(one.block), b = solvers::simulate(two.block);
  int compared = 0;
  for (std::size_t p = 0; p < one.block.probes().size(); ++p)
    for (std::size_t q = 0; q < two.block.probes().size(); ++q) {
      if (one.block.probes()[p].name != two.block.probes()[q].name) continue;
      if (one.block.probes()[p].name.starts_with("in_part")) continue;
      ++compared;
      const double size = 1e-12 * largest(a.samples[p], 0);
      for (Index row = 0; row < a.samples[p].rows(); ++row)
        ASSERT_NEAR(a.samples[p](row, 0), b.samples[q](row, 0), size) << one.block.probes()[p].name;
    }
  EXPECT_GE(compared, 6);
}

}  // namespace
}  // namespace poultice::conformance
