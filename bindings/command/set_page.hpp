#pragma once

#include <string>

#include "bindings/shared/named_sets.hpp"

namespace poultice::bindings {

/// The values of a set, each with its source and how far it may be trusted; of a therapy, its tables.
[[nodiscard]] std::string set_in_words(const NamedSet& set);
[[nodiscard]] std::string set_in_json(const NamedSet& set);

}  // namespace poultice::bindings
