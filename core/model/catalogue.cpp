#include "core/model/catalogue.hpp"

namespace poultice::core {

const ModelDescription* Catalogue::find(std::string_view name) const {
  for (const auto* model : models_)
    if (model->name == name) return model;
  return nullptr;
}

std::vector<std::string> Catalogue::names() const {
  std::vector<std::string> names;
  for (const auto* model : models_) names.push_back(model->name);
  return names;
}

}  // namespace poultice::core
