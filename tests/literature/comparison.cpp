#include "tests/literature/comparison.hpp"

#include <cmath>
#include <memory>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"

namespace poultice::literature {

std::string Precision::cells_line() const { return cells == 0 ? "" : fmt::format("cells = {}\n", cells); }

std::string Precision::solver_table() const {
  return cells == 0 ? "" : "[solver]\nrelative_tolerance = 1e-10\nabsolute_tolerance = 1e-13\n";
}

std::string name_of(const ::testing::TestParamInfo<Precision>& info) { return info.param.name; }

solvers::Result run(const std::string& text) {
  const core::DataLibrary library(models::embedded_data());
  return solvers::run(std::make_shared<const core::Scenario>(
      core::Scenario::parse(text, "literature.toml", ".", models::catalogue(), library)));
}

void expect_follows(const solvers::Result& result, const std::string& probe, const Exact& exact,
                    const Precision& precision, double scale) {
  const auto& times = result.record.times;
  const auto values = result.samples(probe);
  if (scale == 0.0) scale = std::abs(exact(times.back()));
  double worst = 0.0, worst_time = 0.0;
  int compared = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i] <= 0.0) continue;
    const double expected = exact(times[i]);
    if (std::abs(expected) < 0.01 * scale) continue;
    ++compared;
    const double error = std::abs(values(static_cast<core::Index>(i), 0) - expected) / scale;
    if (!(error <= worst)) worst = error, worst_time = times[i];
  }
  ::testing::Test::RecordProperty(probe, fmt::format("{:.2e}", worst));
  EXPECT_GE(compared, 5) << probe << " was hardly compared";
  EXPECT_LE(worst, precision.tolerance)
      << probe << " is off by " << worst << " of " << scale << " at " << worst_time / 3600.0 << " h";
}

void expect_near(const std::string& what, double value, double exact, double tolerance) {
  const double error = std::abs(value / exact - 1.0);
  ::testing::Test::RecordProperty(what, fmt::format("{:.2e}", error));
  EXPECT_LE(error, tolerance) << what << " is " << value << ", exactly " << exact;
}

double last(const solvers::Result& result, const std::string& probe) {
  const auto values = result.samples(probe);
  return values(values.rows() - 1, 0);
}

}  // namespace poultice::literature
