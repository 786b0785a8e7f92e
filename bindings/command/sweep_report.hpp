#pragma once

#include <string>

#include "core/study/study.hpp"

namespace poultice::bindings {

/// What a study says: how many members and why so many, what varies how, what is kept. For people, and as
/// one JSON object in SI.
[[nodiscard]] std::string sweep_in_words(const core::Study& study);
[[nodiscard]] std::string sweep_in_json(const core::Study& study);

}  // namespace poultice::bindings
