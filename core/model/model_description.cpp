#include "core/model/model_description.hpp"

namespace poultice::core {

const ActionSpec* ModelDescription::action(std::string_view verb) const {
  for (const auto& spec : actions)
    if (spec.verb == verb) return &spec;
  return nullptr;
}

}  // namespace poultice::core
