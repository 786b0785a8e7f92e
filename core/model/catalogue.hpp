#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/model_description.hpp"

namespace poultice::core {

/// The models there are. A plain value: tests make small ones of their own.
class Catalogue {
 public:
  Catalogue() = default;
  explicit Catalogue(std::vector<const ModelDescription*> models) : models_(std::move(models)) {}

  [[nodiscard]] const std::vector<const ModelDescription*>& models() const noexcept { return models_; }
  [[nodiscard]] const ModelDescription* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::vector<const ModelDescription*> models_;
};

}  // namespace poultice::core
