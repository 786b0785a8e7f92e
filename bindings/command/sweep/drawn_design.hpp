#pragma once

#include <string>
#include <vector>

#include "core/study/study.hpp"

namespace poultice::bindings {

/// The design of a study in a file. Distributions are drawn by the Python package's program poultice-draw,
/// which is told the file and the settings; grids and tables need no Python. Throws ScenarioError, also with
/// what to do where that program is not there; FileError.
[[nodiscard]] core::Design design_of(const core::Study& study, const std::string& file,
                                     const std::vector<std::string>& settings);

/// Drawn columns out of the CSV text that poultice-draw prints: paths, then a line for each draw; numbers SI.
[[nodiscard]] std::vector<core::DesignColumn> drawn_columns(const core::Study& study, const std::string& csv);

}  // namespace poultice::bindings
