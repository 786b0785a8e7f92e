#pragma once

#include <string>

#include "solvers/run/block.hpp"

namespace poultice::bindings {

/// What a study is, before it is run: every parameter with where it comes from and how far it may be trusted,
/// the schedule, the size of the system and what the result will hold.
[[nodiscard]] std::string study_in_words(const solvers::Block& block);
[[nodiscard]] std::string study_in_json(const solvers::Block& block);

}  // namespace poultice::bindings
