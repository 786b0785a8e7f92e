#include "bindings/shared/headline_table.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "bindings/shared/shown.hpp"
#include "core/units/quantity.hpp"

namespace poultice::bindings {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// `value` over the last sample of the running total `name`.
double share_of(const solvers::Result& result, double value, const std::string& name) {
  if (name.empty() || result.find_probe(name) == nullptr) return undefined;
  const auto samples = result.samples(name);
  const double total = samples(samples.rows() - 1, 0);
  return total != 0.0 ? value / total : undefined;
}

}  // namespace

std::vector<HeadlineRow> headline_rows(const solvers::Result& result) {
  std::vector<HeadlineRow> rows;
  for (std::size_t i = 0; i < result.headlines.size(); ++i) {
    const auto& headline = result.headlines[i];
    const double value = result.record.headlines(static_cast<core::Index>(i), 0);
    rows.push_back({headline.name, headline.label, value, headline.unit,
                    core::from_si(value, headline.display_unit), headline.display_unit,
                    share_of(result, value, headline.relative_to), headline.relative_to});
  }
  return rows;
}

std::string headline_table(const solvers::Result& result) {
  std::vector<std::vector<std::string>> lines;
  for (const auto& row : headline_rows(result)) {
    lines.push_back({row.label, shown_number(row.shown), shown_unit(row.display_unit)});
    if (!std::isnan(row.share))
      lines.back().push_back(fmt::format("{:.1f} % of {}", 100.0 * row.share, row.relative_to));
  }
  return in_columns(lines, {1});
}

}  // namespace poultice::bindings
